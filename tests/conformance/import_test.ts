/**
 * What the documents say of media in an import pool.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  type HANDLE,
  MoveToNtmsMediaPool,
  NTMS_NULLGUID,
  NTMS_PARTITION,
  NTMS_PARTSTATE_ALLOCATED,
  NTMS_PARTSTATE_IMPORT,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { cartridge, create, side } from "./create_media.ts";
import { systemPool } from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const BAR_CODE = "LAB003Z2";
const LIBRARY =
  "virtual:sides?slots=4&drives=1&cartridges=3&barcodes=LAB%03dZ2&files=no";
const TYPE = {
  name: "Two-sided",
  suffixes: ["Z2"],
  deviceClass: "tape",
  writability: "rewritable",
  sides: 2,
};

/** Acts where a cartridge with two sides is in the library and in its import pool. */
async function withImported(
  act: (hSession: HANDLE, id: string, sides: string[]) => Promise<void>,
): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  const types = JSON.stringify({ types: [TYPE] });
  await Deno.writeTextFile(`${state}/media_types.json`, types);
  const fewer = LIBRARY.replace("cartridges=3", "cartridges=2");
  try {
    {
      await using service = await RunningService.start({
        state,
        libraries: [fewer],
      });
      const hSession = await service.open();
      const pool = await systemPool(hSession, "\\Import\\Two-sided");
      const medium = cartridge(pool, {
        szBarCode: BAR_CODE,
        dwNumberOfPartitions: 2,
      });
      const second = side({ OmidLabelId: Uint8Array.of(4, 5, 6) });
      assertEquals(
        await create(hSession, medium, [side(), second]),
        "ERROR_SUCCESS",
      );
    }
    await using service = await RunningService.start({
      state,
      libraries: [LIBRARY],
    });
    const hSession = await service.open();
    const { id } = await calls.cartridgeOf(hSession, BAR_CODE);
    await act(hSession, id, await calls.idsOf(hSession, NTMS_PARTITION, id));
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

Deno.test(
  "AllocateNtmsMedia() by a side in import moves its cartridge into the pool and allocates the side; the other one stays in import",
  holds(
    ["AllocateNtmsMedia.6"],
    () =>
      withImported(async (hSession, id, [one = ""]) => {
        const pool = await calls.poolId(hSession);
        const medium = { value: "" };
        assertEquals(
          await calls.allocate(hSession, pool, { side: one, medium }),
          "ERROR_SUCCESS",
        );
        const infos = await calls.infosOf(hSession, NTMS_PARTITION, id);
        assertEquals(
          infos.map(({ Info: { Partition } }) => [
            Partition.State,
            Partition.LogicalMedia,
          ]),
          [
            [NTMS_PARTSTATE_ALLOCATED, medium.value],
            [NTMS_PARTSTATE_IMPORT, NTMS_NULLGUID],
          ],
        );
        const { MediaPool } = await calls.cartridgeOf(hSession, BAR_CODE);
        assertEquals(MediaPool, pool);
      }),
  ),
);

Deno.test(
  "MoveToNtmsMediaPool() takes into an import pool what is in import on every side, and nothing else",
  holds(["MoveToNtmsMediaPool.5"], () =>
    withImported(async (hSession, id) => {
      const target = await systemPool(hSession, "\\Import\\Two-sided");
      const move = async (cartridge: string) =>
        nameOf(await MoveToNtmsMediaPool(hSession, cartridge, target));
      assertEquals(await move(id), "ERROR_SUCCESS");
      const other = await calls.cartridgeOf(hSession, "LAB001Z2");
      assertEquals(await move(other.id), "ERROR_INVALID_MEDIA_POOL");
    })),
);
