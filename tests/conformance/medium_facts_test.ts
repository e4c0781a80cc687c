/**
 * What the documents say of codes and capacity of media, which drives tell.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import {
  type HANDLE,
  InventoryNtmsLibrary,
  NTMS_INVENTORY_FAST,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { cartridge, create, poolOfType, side } from "./create_media.ts";
import { WRITABLE_LIBRARY } from "./label_calls.ts";
import { hands } from "./port_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const LTO_6 = 0x5a;
/** What the chip of a virtual LTO-6 cartridge says. */
const CAPACITY = 2_384_186n * 0x10_0000n;
const WRITABLE = { libraries: [WRITABLE_LIBRARY] };

/** Codes and capacity of a cartridge. */
async function factsOf(hSession: HANDLE, barCode: string) {
  const { dwDensityCode, dwMediaTypeCode } = await calls.cartridgeOf(
    hSession,
    barCode,
  );
  const { Capacity } = await calls.sideInfoOf(hSession, barCode);
  return { dwMediaTypeCode, dwDensityCode, Capacity };
}

Deno.test(
  "MountNtmsMedia() has the drive tell the codes and the capacity of a medium that came in",
  holds(["MountNtmsMedia.16"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    const none = { dwMediaTypeCode: 0, dwDensityCode: 0, Capacity: 0n };
    assertEquals(await factsOf(hSession, A), none);
    assertEquals(await calls.mount(hSession, [medium]), "ERROR_SUCCESS");
    assertEquals(await factsOf(hSession, A), {
      ...none,
      dwDensityCode: LTO_6,
      Capacity: CAPACITY,
    });
  }),
);

Deno.test(
  "CreateNtmsMedia() takes codes and capacity as they are given, and the first mount tells them again",
  holds(["CreateNtmsMedia.8"], async () => {
    await using service = await RunningService.start(WRITABLE);
    const hSession = await service.open();
    const NEW = "NEW001L6";
    const pool = await poolOfType(hSession, "LTO-6");
    await create(
      hSession,
      cartridge(pool, {
        szBarCode: NEW,
        dwMediaTypeCode: 7,
        dwDensityCode: 0x40,
      }),
      [side({ Capacity: 5n })],
    );
    assertEquals(await factsOf(hSession, NEW), {
      dwMediaTypeCode: 7,
      dwDensityCode: 0x40,
      Capacity: 5n,
    });
    await hands(service, { action: "insert", place: null, barCode: NEW });
    const { online: [online = ""] } = await calls.libraries(hSession);
    // Nobody has written the label that it is registered with.
    await using session = await openSession({ socket: service.socket });
    await session.change(online, { checkLabels: false });
    await InventoryNtmsLibrary(hSession, online, NTMS_INVENTORY_FAST);
    await calls.until(async () => {
      const { CurrentLibrary } = await calls.cartridgeOf(hSession, NEW);
      return CurrentLibrary === online;
    });
    const medium = await calls.sideOf(hSession, NEW);
    assertEquals(await calls.mount(hSession, [medium]), "ERROR_SUCCESS");
    assertEquals(await factsOf(hSession, NEW), {
      dwMediaTypeCode: 0,
      dwDensityCode: LTO_6,
      Capacity: CAPACITY,
    });
  }),
);
