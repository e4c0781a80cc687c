/**
 * A service with a drive that stands alone, and the person at it.
 *
 * @module
 */

import { assert } from "@std/assert";
import { openSession, type Session } from "../../mod.ts";
import {
  EjectDiskFromSADriveA,
  EjectDiskFromSADriveW,
  NTMS_EJECT_START,
  type NtmsEjectOperation,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { RunningService } from "./running_service.ts";

/** A drive that stands alone. */
export const DESK = "virtual:desk?slots=0";

/** A drive that is looked at often. */
export const WITH_DESK = {
  libraries: [DESK],
  limits: { restingLibraryAskedMs: 5, watchedLibraryAskedMs: 5 },
} as const;

/** The drive and its library. */
export interface Desk {
  readonly session: Session;
  readonly drive: string;
  readonly library: string;
  /** Puts a cartridge in; resolves when it was looked at. */
  insert(name: string): Promise<void>;
  /** Takes out what is in it. */
  remove(): Promise<void>;
  /** Makes a free medium of what is in the drive, and allocates it. */
  allocate(): Promise<string>;
}

/** Comes to the drive of a service. */
export async function atDesk(session: Session): Promise<Desk> {
  const libraries = await session.objects("library");
  const library = libraries.find(({ kind }) => kind === "standalone")?.id ?? "";
  const [{ id: drive } = { id: "" }] = await session.objects("drive");
  const inDrive = async () =>
    (await session.objects("cartridge"))
      .find(({ location }) => location === drive);
  return {
    session,
    drive,
    library,
    async insert(barCode) {
      const read = async () =>
        (await session.objects("libraryRequest")).filter((one) =>
          one.operation === "processOmid" && one.completed !== null
        ).length;
      const before = await read();
      await session.ports.useHands({
        library,
        action: "insert",
        place: drive,
        barCode,
      });
      await calls.until(async () => await read() > before);
    },
    async remove() {
      await session.ports.useHands({ library, action: "remove", place: drive });
    },
    async allocate() {
      const found = await inDrive();
      assert(found !== undefined, "the drive is empty");
      const { id, mediaType } = found;
      const [free] = (await session.objects("mediaPool"))
        .filter(({ kind }) => kind === "free");
      const pools = await session.objects("mediaPool", {
        container: free?.id ?? "",
      });
      const pool = pools.find((one) => one.mediaType === mediaType);
      await session.moveToPool(id, pool?.id ?? "");
      const own = await session.createPool({
        name: "Desk",
        mediaType,
        drawFromFree: true,
      });
      return (await session.allocate({ pool: own })).logicalMedium;
    },
  };
}

/** Runs a test at a desk. */
export async function withDesk(
  test: (desk: Desk, service: RunningService) => Promise<void>,
): Promise<void> {
  await using service = await RunningService.start(WITH_DESK);
  await using session = await openSession({ socket: service.socket });
  await test(await atDesk(session), service);
}

/** EjectDiskFromSADrive(): the name of its code. */
export async function ejectDisk(
  { socket }: RunningService,
  action: NtmsEjectOperation = NTMS_EJECT_START,
  device = DESK,
): Promise<string> {
  const code = await EjectDiskFromSADriveW(
    null,
    "Conformance",
    device,
    null,
    "Tape",
    "May it go?",
    action,
    { socket },
  );
  return nameOf(code);
}

/** The same by the `A` function. */
export async function ejectDiskA({ socket }: RunningService): Promise<string> {
  const device = new TextEncoder().encode(`${DESK}\0`);
  const code = await EjectDiskFromSADriveA(
    null,
    null,
    device,
    null,
    null,
    null,
    NTMS_EJECT_START,
    { socket },
  );
  return nameOf(code);
}
