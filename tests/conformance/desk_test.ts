/**
 * Drives that stand alone, by the lines of the documents.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  DismountNtmsDrive,
  GetVolumesFromDriveA,
  GetVolumesFromDriveW,
  NTMS_EJECT_ASK_USER,
  NTMS_EJECT_FORCE,
  NTMS_EJECT_IMMEDIATE,
  NTMS_EJECT_QUEUE,
  NTMS_EJECT_START,
  NTMS_EJECT_STOP,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { type Desk, ejectDisk, ejectDiskA, withDesk } from "./desk_calls.ts";
import { holds, recordError } from "./record.ts";

async function driveState({ session }: Desk): Promise<string> {
  const [drive] = await session.objects("drive");
  return drive?.state ?? "";
}

async function untilEmpty(desk: Desk): Promise<void> {
  await calls.until(async () => await driveState(desk) === "dismounted");
}

Deno.test(
  "DismountNtmsDrive() leaves the medium in a stand-alone drive, for whoever wants it next",
  holds(["DismountNtmsDrive.2"], () =>
    withDesk(async (desk, service) => {
      await desk.insert("A");
      const medium = await desk.allocate();
      const hSession = await service.open("RSM");
      assertEquals(await calls.mount(hSession, [medium]), "ERROR_SUCCESS");
      assertEquals(
        nameOf(await DismountNtmsDrive(hSession, desk.drive)),
        "ERROR_SUCCESS",
      );
      await calls.until(async () =>
        await driveState(desk) === "dismountable" &&
        (await desk.session.objects("mediaPool")).length > 0
      );
      const other = await service.open("Other");
      assertEquals(await calls.mount(other, [medium]), "ERROR_SUCCESS");
    })),
);

Deno.test(
  "EjectDiskFromSADrive() queues what START and QUEUE eject, and stops what waits",
  holds(["EjectDiskFromSADrive.1"], () =>
    withDesk(async (desk, service) => {
      assertEquals(await ejectDisk(service), "ERROR_SUCCESS", "it is empty");
      for (const action of [NTMS_EJECT_START, NTMS_EJECT_QUEUE] as const) {
        await desk.insert("A");
        assertEquals(await ejectDisk(service, action), "ERROR_SUCCESS");
        await untilEmpty(desk);
        await desk.remove();
      }
      assertEquals(
        await ejectDisk(service, NTMS_EJECT_STOP),
        "ERROR_INVALID_OPERATION",
      );
      recordError(
        "EjectDiskFromSADrive",
        "ERROR_INVALID_OPERATION",
        "there is nothing to stop",
      );
    })),
);

Deno.test(
  "EjectDiskFromSADrive() ejects at once, by force what is mounted, or where the operator agrees",
  holds(["EjectDiskFromSADrive.2"], () =>
    withDesk(async (desk, service) => {
      await desk.insert("A");
      const medium = await desk.allocate();
      const mount = () =>
        desk.session.mount(medium).then(({ mounts }) => mounts.length);
      assertEquals(await mount(), 1);
      assertEquals(
        await ejectDisk(service, NTMS_EJECT_IMMEDIATE),
        "ERROR_BUSY",
      );
      assertEquals(await ejectDisk(service, NTMS_EJECT_FORCE), "ERROR_SUCCESS");
      assertEquals(await driveState(desk), "dismounted");
      await desk.remove();
      await desk.insert("A");
      assertEquals(await mount(), 1);
      const asked = ejectDisk(service, NTMS_EJECT_ASK_USER);
      let question = "";
      await calls.until(async () => {
        const requests = await desk.session.objects("operatorRequest");
        const open = requests.find(({ state }) => state === "submitted");
        question = open?.message ?? "";
        if (open !== undefined) await desk.session.operators.satisfy(open.id);
        return open !== undefined;
      });
      assertEquals(question, "Tape: May it go?");
      assertEquals(await asked, "ERROR_SUCCESS");
      assertEquals(await driveState(desk), "dismounted");
      recordError(
        "EjectDiskFromSADrive",
        "ERROR_SUCCESS",
        "the operator agrees that a mounted medium goes",
      );
    })),
);

Deno.test(
  "EjectDiskFromSADrive() sends an allocated medium to the offline library, and forgets one that nobody knows",
  holds(
    ["EjectDiskFromSADrive.3", "EjectDiskFromSADrive.4"],
    () =>
      withDesk(async (desk, service) => {
        await desk.insert("A");
        await desk.allocate();
        assertEquals(
          await ejectDisk(service, NTMS_EJECT_IMMEDIATE),
          "ERROR_SUCCESS",
        );
        await desk.remove();
        await desk.insert("B");
        assertEquals(await ejectDiskA(service), "ERROR_SUCCESS");
        await untilEmpty(desk);
        const cartridges = await desk.session.objects("cartridge");
        const libraries = await desk.session.objects("library");
        const offline = libraries.find(({ kind }) => kind === "offline");
        assertEquals(
          cartridges.map(({ library }) => library),
          [offline?.id],
        );
        assertEquals(
          await ejectDisk(service, NTMS_EJECT_START, "Off-line media"),
          "ERROR_INVALID_DRIVE",
        );
      }),
  ),
);

Deno.test(
  "GetVolumesFromDrive() tells the one device of a drive without a session, and fails with a code of the system",
  holds([
    "GetVolumesFromDrive.1",
    "GetVolumesFromDrive.2",
    "GetVolumesFromDrive.3",
  ], () =>
    withDesk(async (desk, { socket }) => {
      const volume = { value: "" };
      const letter = { value: "?" };
      const options = { socket };
      for (const tell of [GetVolumesFromDriveW, GetVolumesFromDriveA]) {
        volume.value = "";
        const code = await tell("Drive 0", volume, letter, options);
        assertEquals(nameOf(code), "ERROR_SUCCESS");
        assert(volume.value.endsWith("/drive0"), volume.value);
        assertEquals(letter.value, "");
      }
      recordError(
        "GetVolumesFromDrive",
        "ERROR_SUCCESS",
        "the drive is named by its name, its device or its id",
      );
      for (const name of [desk.drive, volume.value]) {
        const code = await GetVolumesFromDriveW(name, volume, letter, options);
        assertEquals(nameOf(code), "ERROR_SUCCESS");
      }
      const none = await GetVolumesFromDriveW("E:", volume, letter, options);
      assertEquals(nameOf(none), "ERROR_INVALID_DRIVE");
    })),
);
