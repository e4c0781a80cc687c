/**
 * What the documents say of security descriptors.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  CreateNtmsMediaPool,
  DACL_SECURITY_INFORMATION,
  GetNtmsObjectSecurity,
  GROUP_SECURITY_INFORMATION,
  NTMS_COMPUTER,
  NTMS_CONTROL_ACCESS,
  NTMS_CREATE_NEW,
  NTMS_MEDIA_POOL,
  NTMS_MODIFY_ACCESS,
  NTMS_USE_ACCESS,
  OWNER_SECURITY_INFORMATION,
} from "../../src/ntms/ntmsapi.ts";
import { ACCESS_RIGHTS, userSid } from "../../src/model/mod.ts";
import { encodeSecurityDescriptor } from "../../src/ntms/security_descriptor.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";
import {
  allowing,
  getSecurity,
  securityOf,
  setSecurity,
} from "./security_calls.ts";

const SOMEBODY = userSid(4711);

Deno.test(
  "GetNtmsObjectSecurity() gives what was set, with the three rights as access bits, and of it what is asked for",
  holds(["GetNtmsObjectSecurity.1"], async () => {
    assertEquals(
      [NTMS_USE_ACCESS, NTMS_MODIFY_ACCESS, NTMS_CONTROL_ACCESS],
      [ACCESS_RIGHTS.use, ACCESS_RIGHTS.modify, ACCESS_RIGHTS.control],
    );
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const entries = [allowing(SOMEBODY, "use", "modify", "control")];
    assertEquals(
      await setSecurity(hSession, pool, { entries }),
      "ERROR_SUCCESS",
    );
    const bytes = new Uint8Array(4096);
    const needed = { value: 0 };
    const dacl = DACL_SECURITY_INFORMATION;
    await GetNtmsObjectSecurity(
      hSession,
      pool,
      NTMS_MEDIA_POOL,
      dacl,
      bytes,
      bytes.length,
      needed,
    );
    const expected = { owner: null, group: null, entries };
    const only = encodeSecurityDescriptor(expected);
    assertEquals(bytes.subarray(0, needed.value), only);
    // The access mask of the one entry, behind the headers of descriptor, ACL and ACE.
    assertEquals(bytes[20 + 8 + 4], 7);
    const owner = OWNER_SECURITY_INFORMATION;
    assertEquals((await securityOf(hSession, pool, owner)).entries, null);
    const root = userSid(Deno.uid() ?? 0);
    assertEquals((await securityOf(hSession, pool, owner)).owner, root);
    const group = await securityOf(hSession, pool, GROUP_SECURITY_INFORMATION);
    assertEquals([group.owner, group.group], [null, "S-1-5-32-544"]);
  }),
);

Deno.test(
  "what is in a pool, a library or the computer has no security of its own",
  holds(["GetNtmsObjectSecurity.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, "LAB001L6");
    const [drive = ""] = await calls.driveIds(hSession);
    const side = await calls.sideOf(hSession, "LAB002L6");
    const { id } = await calls.cartridgeOf(hSession, "LAB002L6");
    const mediaType = await calls.mediaTypeId(hSession);
    for (const inside of [medium, drive, side, id, mediaType]) {
      assertEquals(
        await getSecurity(hSession, inside),
        "ERROR_NO_SECURITY_ON_OBJECT",
      );
    }
    const { online: [library = ""], offline } = await calls.libraries(hSession);
    const [computer = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
    const pool = await calls.poolId(hSession);
    for (const own of [library, offline, computer, pool]) {
      assertEquals(await getSecurity(hSession, own), "ERROR_SUCCESS");
    }
  }),
);

Deno.test("CreateNtmsMediaPool() gives a new pool the list of a descriptor, beside its creator and the service", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const entries = [allowing(SOMEBODY, "use")];
  const security = encodeSecurityDescriptor({
    owner: null,
    group: null,
    entries,
  });
  const pool = { value: "" };
  const create = (lpSecurityAttributes: Uint8Array) =>
    CreateNtmsMediaPool(
      hSession,
      "Mine",
      null,
      NTMS_CREATE_NEW,
      lpSecurityAttributes,
      pool,
    );
  assertEquals(await create(security.subarray(1)), 87);
  assertEquals(await create(security), 0);
  const { entries: given } = await securityOf(hSession, pool.value);
  assertEquals(given?.map(({ sid }) => sid), [
    userSid(Deno.uid() ?? 0),
    "S-1-5-18",
    SOMEBODY,
  ]);
});
