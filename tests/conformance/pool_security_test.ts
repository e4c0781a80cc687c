/**
 * What the documents say of the rights on new pools.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { userSid } from "../../src/model/mod.ts";
import {
  CreateNtmsMediaPool,
  DACL_SECURITY_INFORMATION,
  GetNtmsObjectSecurity,
  type HANDLE,
  NTMS_CONTROL_ACCESS,
  NTMS_CREATE_NEW,
  NTMS_MEDIA_POOL,
  NTMS_MODIFY_ACCESS,
  NTMS_USE_ACCESS,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";
import { allowing, securityOf, setSecurity } from "./security_calls.ts";

const OTHER = userSid(4711);

/** Who may do something with a pool. */
async function whoOf(hSession: HANDLE, pool: string): Promise<string[]> {
  const { entries } = await securityOf(hSession, pool);
  return (entries ?? []).map(({ sid }) => sid);
}

Deno.test(
  "CreateNtmsMediaPool() gives a new pool the rights of its parent, but none of the root pool's",
  holds(["CreateNtmsMediaPool.5"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const parent = { value: "" };
    const action = NTMS_CREATE_NEW;
    await CreateNtmsMediaPool(hSession, "App", null, action, null, parent);
    // Whoever made it, and the service; nothing of the root pool.
    const own = await whoOf(hSession, parent.value);
    assertEquals(own.length, 2);
    const entries = [allowing(OTHER, "use")];
    assertEquals(
      await setSecurity(hSession, parent.value, { entries }),
      "ERROR_SUCCESS",
    );
    const child = await calls.poolId(hSession, "App\\Day");
    assertEquals(await whoOf(hSession, child), [...own, OTHER]);
  }),
);

/** Where a descriptor says where its list of rights begins. */
const DACL_OFFSET = 16;
/** From there to the rights of the first entry: heads of the list and of the entry. */
const FIRST_MASK = 12;

Deno.test(
  "GetNtmsObjectSecurity() tells USE, MODIFY and CONTROL as the lowest bits of an entry in a Windows descriptor",
  holds(["GetNtmsObjectSecurity.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const bits = [
      [["use"], NTMS_USE_ACCESS],
      [["modify"], NTMS_MODIFY_ACCESS],
      [["use", "control"], NTMS_USE_ACCESS | NTMS_CONTROL_ACCESS],
    ] as const;
    for (const [rights, mask] of bits) {
      const entries = [allowing(OTHER, ...rights)];
      await setSecurity(hSession, pool, { entries });
      const bytes = new Uint8Array(4096);
      const needed = { value: 0 };
      const code = await GetNtmsObjectSecurity(
        hSession,
        pool,
        NTMS_MEDIA_POOL,
        DACL_SECURITY_INFORMATION,
        bytes,
        bytes.length,
        needed,
      );
      assertEquals(code, 0);
      const view = new DataView(bytes.buffer);
      const list = view.getUint32(DACL_OFFSET, true);
      assertEquals(view.getUint32(list + FIRST_MASK, true), mask);
    }
  }),
);
