/**
 * Errors of ExportNtmsDatabase and ImportNtmsDatabase.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import {
  CloseNtmsSession,
  ExportNtmsDatabase,
  ImportNtmsDatabase,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";
import type { RunningService } from "./running_service.ts";

/** Directory where the service exports to. */
function exportsOf({ socket }: RunningService): string {
  return socket.replace("rsm.sock", "state/Export");
}

/** Exports, changes the copy and imports it. */
function importing(change: (copy: string) => Promise<void> | void): Act {
  return async (hSession, service) => {
    await ExportNtmsDatabase(hSession);
    await change(`${exportsOf(service)}/rsm.sqlite`);
    return await ImportNtmsDatabase(hSession);
  };
}

/** What both functions have in common. */
function commonErrors(name: string, call: typeof ExportNtmsDatabase): Row[] {
  return rowsOf(name, [
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      async (hSession) => {
        await CloseNtmsSession(hSession);
        return await call(hSession);
      },
    ],
    [
      "ERROR_NOT_CONNECTED",
      "the service has stopped",
      async (hSession, { service }) => {
        await service.close();
        return await call(hSession);
      },
    ],
  ]);
}

/** The rows. */
export const DATABASE_ERRORS: readonly Row[] = [
  ...rowsOf("ExportNtmsDatabase", [
    [
      "ERROR_SUCCESS",
      "the copy is written",
      async (hSession, service) => {
        const code = await ExportNtmsDatabase(hSession);
        await Deno.stat(`${exportsOf(service)}/rsm.sqlite`);
        return code;
      },
      { lines: ["ExportNtmsDatabase.1"] },
    ],
    [
      "ERROR_SHARING_VIOLATION",
      "another export is being written",
      async (hSession) => {
        const codes = await Promise.all([
          ExportNtmsDatabase(hSession),
          ExportNtmsDatabase(hSession),
        ]);
        return codes.map(nameOf).toSorted()[0] ?? "";
      },
    ],
    [
      "ERROR_DATABASE_FAILURE",
      "there cannot be an export directory",
      async (hSession, service) => {
        await Deno.writeTextFile(exportsOf(service), "in the way");
        return await ExportNtmsDatabase(hSession);
      },
    ],
    [
      "ERROR_DATABASE_FAILURE",
      "the catalogue was damaged under the service",
      async (hSession, { socket }) => {
        const catalogue = socket.replace("rsm.sock", "state/rsm.sqlite");
        {
          using sqlite = new DatabaseSync(catalogue);
          sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        const { size } = await Deno.stat(catalogue);
        using file = await Deno.open(catalogue, { write: true });
        await file.seek(4096, Deno.SeekMode.Start);
        await file.write(new Uint8Array(size - 4096).fill(0xa5));
        return await ExportNtmsDatabase(hSession);
      },
    ],
  ]),
  ...commonErrors("ExportNtmsDatabase", ExportNtmsDatabase),
  ...rowsOf("ImportNtmsDatabase", [
    [
      "ERROR_SUCCESS",
      "there is a whole copy",
      importing(() => {}),
    ],
    [
      "ERROR_DATABASE_FAILURE",
      "there is no copy",
      (hSession) => ImportNtmsDatabase(hSession),
    ],
    [
      "ERROR_DATABASE_FAILURE",
      "the copy is damaged",
      importing((copy) => Deno.truncate(copy, 5 * 4096)),
    ],
    [
      "ERROR_DATABASE_FAILURE",
      "the copy comes from a newer version",
      importing((copy) => {
        using newer = new DatabaseSync(copy);
        newer.exec(
          "insert into kysely_migration (name, timestamp) values ('9999_future', '2099')",
        );
      }),
    ],
  ]),
  ...commonErrors("ImportNtmsDatabase", ImportNtmsDatabase),
];
