/**
 * What the documents say of copies of the database.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  ExportNtmsDatabase,
  ImportNtmsDatabase,
  NTMS_CREATE_NEW,
  NTMS_MEDIA_POOL,
  NTMS_OPEN_EXISTING,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { inRun } from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

Deno.test(
  "ImportNtmsDatabase() changes nothing until the service starts anew; then it has what was exported",
  holds(["ImportNtmsDatabase.1"], async () => {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      const before = await inRun({ state }, async (hSession) => {
        const kept = await calls.poolId(hSession, "Kept");
        assertEquals(
          nameOf(await ExportNtmsDatabase(hSession)),
          "ERROR_SUCCESS",
        );
        const later = await calls.poolId(hSession, "Later");
        assertEquals(
          nameOf(await ImportNtmsDatabase(hSession)),
          "ERROR_SUCCESS",
        );
        assertEquals(
          await calls.getInformation(hSession, later, NTMS_MEDIA_POOL),
          "ERROR_SUCCESS",
        );
        return kept;
      });
      const after = await inRun({ state }, async (hSession) => {
        const action = NTMS_OPEN_EXISTING;
        assertEquals(
          await calls.createPool(hSession, "Later", action),
          "ERROR_OBJECT_NOT_FOUND",
        );
        return await calls.poolId(hSession, "Kept");
      });
      assertEquals(after, before);
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  }),
);

Deno.test(
  "ExportNtmsDatabase() overwrites the copy before, while the service works on",
  holds(["ExportNtmsDatabase.1", "ExportNtmsDatabase.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    assertEquals(nameOf(await ExportNtmsDatabase(hSession)), "ERROR_SUCCESS");
    const copy = `${service.state}/Export/rsm.sqlite`;
    const { mtime: first } = await Deno.stat(copy);
    let exported = false;
    const exporting = ExportNtmsDatabase(hSession).then((code) => {
      exported = true;
      return code;
    });
    assertEquals(
      await calls.createPool(hSession, "Meanwhile", NTMS_CREATE_NEW),
      "ERROR_SUCCESS",
    );
    assert(!exported, "the export was over before the pool was made");
    assertEquals(nameOf(await exporting), "ERROR_SUCCESS");
    const { mtime: second } = await Deno.stat(copy);
    assert(first !== null && second !== null && second > first);
  }),
);
