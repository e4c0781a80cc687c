/**
 * How drives are emptied, by the lines of the documents.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  DismountNtmsDrive,
  NTMS_DISMOUNT_DEFERRED,
  NTMS_DRIVE,
  NTMS_STORAGESLOT,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { endTold } from "./ends.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";

Deno.test(
  "DismountNtmsDrive() has what was left in the drive taken to its slot",
  holds(["DismountNtmsDrive.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    const { HomeSlot } = await calls.cartridgeOf(hSession, A);
    await calls.mount(hSession, [medium]);
    const { Location } = await calls.cartridgeOf(hSession, A);
    await calls.dismount(hSession, [medium], NTMS_DISMOUNT_DEFERRED);
    assertEquals(
      nameOf(await DismountNtmsDrive(hSession, Location)),
      "ERROR_SUCCESS",
    );
    await calls.until(async () =>
      (await calls.cartridgeOf(hSession, A)).Location === HomeSlot
    );
    assertEquals(
      nameOf(await DismountNtmsDrive(hSession, Location)),
      "ERROR_INVALID_STATE",
    );
  }),
);

Deno.test(
  "DismountNtmsDrive() ends the mount of who knows the drive only, and its end is told under the id of the drive",
  holds(["DismountNtmsDrive.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const medium = await calls.allocated(hSession, A);
    await calls.mount(hSession, [medium]);
    const { Location } = await calls.cartridgeOf(hSession, A);
    const told = await endTold(
      hSession,
      NTMS_DRIVE,
      () => DismountNtmsDrive(hSession, Location),
    );
    assertEquals(told, Location);
    const { LocationType } = await calls.cartridgeOf(hSession, A);
    assertEquals(LocationType, NTMS_STORAGESLOT);
    assertEquals(
      await calls.dismount(hSession, [medium]),
      "ERROR_INVALID_STATE",
      "its mount goes on",
    );
  }),
);
