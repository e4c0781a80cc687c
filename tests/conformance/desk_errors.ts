/**
 * Errors of EjectDiskFromSADrive.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { openSession } from "../../mod.ts";
import {
  EjectDiskFromSADriveW,
  NTMS_EJECT_START,
} from "../../src/ntms/ntmsapi.ts";
import { fill, NAMESPACE, smallDisk } from "../crash/small_disk.ts";
import { nameOf } from "../ntms/codes.ts";
import { ServiceProcess } from "../recovery/service_process.ts";
import {
  atDesk,
  DESK,
  type Desk,
  ejectDisk,
  WITH_DESK,
  withDesk,
} from "./desk_calls.ts";
import { NO_OTHER_USER, otherUser } from "./other_user.ts";
import type { Row } from "./rows.ts";
import {
  RunningService,
  type RunningServiceOptions,
} from "./running_service.ts";

const name = "EjectDiskFromSADrive";

/** The code of an ejection at a drive that something was done to. */
function row(
  code: string,
  cause: string,
  prepare: (desk: Desk, service: RunningService) => Promise<unknown>,
): Row {
  return {
    name,
    code,
    cause,
    async produce() {
      let found = "";
      await withDesk(async (desk, service) => {
        await prepare(desk, service);
        found = await ejectDisk(service);
      });
      return found;
    },
  };
}

/** Runs in a directory that is removed afterwards. */
async function inDirectory(
  act: (directory: string) => Promise<string>,
): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  try {
    return await act(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function inRun<T>(
  options: RunningServiceOptions,
  act: (service: RunningService) => Promise<T>,
): Promise<T> {
  await using service = await RunningService.start(options);
  return await act(service);
}

const ABSENT: Row = {
  name,
  code: "ERROR_LIBRARY_OFFLINE",
  cause: "the drive is not connected",
  produce: () =>
    inDirectory(async (state) => {
      await inRun({ ...WITH_DESK, state }, () => Promise.resolve());
      return await inRun({ state }, (service) => ejectDisk(service));
    }),
};

const MISSING: Row = {
  name,
  code: "ERROR_INVALID_PARAMETER",
  cause: "no device is named",
  async produce() {
    // @ts-expect-error A program without types can do that.
    const eject = () => EjectDiskFromSADriveW(null, null, null);
    return nameOf(await eject());
  },
};

const DENIED: Row = {
  name,
  code: "ERROR_ACCESS_DENIED",
  cause: "the caller may not control the drive",
  ...(NO_OTHER_USER === undefined ? {} : { obstacle: NO_OTHER_USER }),
  async produce() {
    let found = "";
    await withDesk(async (_, { socket }) => {
      await using other = await otherUser(socket);
      const code = await EjectDiskFromSADriveW(
        null,
        null,
        DESK,
        null,
        null,
        null,
        NTMS_EJECT_START,
        { socket: other.socket },
      );
      found = nameOf(code);
    });
    return found;
  },
};

const FULL: Row = {
  name,
  code: "ERROR_DATABASE_FULL",
  cause: "the disk with the catalogue is full",
  ...(NAMESPACE === null
    ? { obstacle: "no mount namespace is to be had here; run as root" }
    : {}),
  produce: () =>
    inDirectory(async (directory) => {
      const [state, contents] = [`${directory}/state`, `${directory}/contents`];
      await Deno.mkdir(state);
      await Deno.mkdir(contents);
      const wrapper = smallDisk("8m", state, contents, "rw");
      const service = await ServiceProcess.start(directory, [DESK], {
        wrapper,
      });
      const { pid, socket } = service;
      const session = await openSession({ socket });
      const { drive, library } = await atDesk(session);
      await session.ports.useHands({
        library,
        action: "insert",
        place: drive,
        barCode: "A",
      });
      await session.inventory(library);
      fill(`/proc/${pid}/root${state}/ballast`);
      let code = "ERROR_SUCCESS";
      // The write-ahead log has some room of its own.
      for (let count = 0; count < 3_000 && code === "ERROR_SUCCESS"; count++) {
        code = await session.createPool({
          name: `Pool ${count}`,
          mode: "new",
        }).then(() => code, ({ code }) => code);
      }
      const found = nameOf(
        await EjectDiskFromSADriveW(
          null,
          null,
          DESK,
          null,
          null,
          null,
          NTMS_EJECT_START,
          { socket },
        ),
      );
      await session.close();
      await service.stop();
      return found;
    }),
};

/** All rows. */
export const DESK_ERRORS: readonly Row[] = [
  row(
    "ERROR_DEVICE_NOT_AVAILABLE",
    "the drive is disabled",
    ({ drive, session }) => session.disable(drive),
  ),
  row(
    "ERROR_MEDIA_NOT_AVAILABLE",
    "the medium is disabled",
    async ({ insert, session }) => {
      await insert("A");
      const [cartridge] = await session.objects("cartridge");
      await session.disable(cartridge?.id ?? "");
    },
  ),
  row(
    "ERROR_DATABASE_FAILURE",
    "the catalogue is damaged under the service",
    async (_, { state }) => {
      {
        using sqlite = new DatabaseSync(`${state}/rsm.sqlite`);
        sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      const { size } = await Deno.stat(`${state}/rsm.sqlite`);
      using file = await Deno.open(`${state}/rsm.sqlite`, { write: true });
      await file.seek(4096, Deno.SeekMode.Start);
      await file.write(new Uint8Array(size - 4096).fill(0xa5));
    },
  ),
  {
    name,
    code: "ERROR_NOT_ENOUGH_MEMORY",
    cause: "the service has all the sessions that it takes",
    produce: () =>
      inRun({ ...WITH_DESK, limits: { sessions: 1 } }, async (service) => {
        await using _session = await openSession({ socket: service.socket });
        return await ejectDisk(service);
      }),
  },
  ABSENT,
  MISSING,
  DENIED,
  FULL,
];
