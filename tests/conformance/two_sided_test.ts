/**
 * What the documents say of cartridges with two sides.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  DeallocateNtmsMedia,
  type DWORD,
  type HANDLE,
  MoveToNtmsMediaPool,
  NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE,
  NTMS_ALLOCATE_NEW,
  NTMS_ALLOCATE_NEXT,
  NTMS_PARTITION,
  NTMS_PARTSTATE_ALLOCATED,
  NTMS_PARTSTATE_AVAILABLE,
  NTMS_PARTSTATE_RESERVED,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001Z2";
const LIBRARY =
  "virtual:sides?slots=4&drives=1&cartridges=2&barcodes=LAB%03dZ2&files=no";
const TYPES = {
  types: [{
    name: "Two-sided",
    suffixes: ["Z2"],
    deviceClass: "tape",
    writability: "rewritable",
    sides: 2,
  }],
};

/** Acts in a service whose library has cartridges with two sides. */
async function withTwoSides(
  act: (service: RunningService) => Promise<void>,
): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  try {
    await Deno.writeTextFile(
      `${state}/media_types.json`,
      JSON.stringify(TYPES),
    );
    await using service = await RunningService.start({
      state,
      libraries: [LIBRARY],
    });
    await act(service);
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

/** The state and the logical medium of each side of a cartridge. */
async function sidesOf(
  hSession: HANDLE,
): Promise<[state: DWORD, medium: string][]> {
  const { id } = await calls.cartridgeOf(hSession, A);
  return (await calls.infosOf(hSession, NTMS_PARTITION, id))
    .map(({ Info: { Partition } }) => [
      Partition.State,
      Partition.LogicalMedia,
    ]);
}

Deno.test(
  "AllocateNtmsMedia() with NTMS_ALLOCATE_NEW reserves the other side; NTMS_ALLOCATE_NEXT takes it, and fails when all are taken",
  holds(
    ["AllocateNtmsMedia.4", "AllocateNtmsMedia.5"],
    () =>
      withTwoSides(async (service) => {
        const hSession = await service.open();
        const pool = await calls.poolId(hSession);
        const side = await calls.sideOf(hSession, A);
        const medium = { value: "" };
        const options = NTMS_ALLOCATE_NEW;
        assertEquals(
          await calls.allocate(hSession, pool, { side, medium, options }),
          "ERROR_SUCCESS",
        );
        const first = medium.value;
        const [one, two] = await sidesOf(hSession);
        assertEquals(one, [NTMS_PARTSTATE_ALLOCATED, first]);
        assertEquals(two?.[0], NTMS_PARTSTATE_RESERVED);
        const next = { medium, options: NTMS_ALLOCATE_NEXT };
        const other = await service.open("Other");
        const atOnce = NTMS_ALLOCATE_ERROR_IF_UNAVAILABLE;
        assertEquals(
          await calls.allocate(other, pool, { options: atOnce }),
          "ERROR_MEDIA_UNAVAILABLE",
        );
        assertEquals(
          await calls.allocate(hSession, pool, next),
          "ERROR_SUCCESS",
        );
        assertEquals(await sidesOf(hSession), [
          [NTMS_PARTSTATE_ALLOCATED, first],
          [NTMS_PARTSTATE_ALLOCATED, medium.value],
        ]);
        assertEquals(
          await calls.allocate(hSession, pool, next),
          "ERROR_INVALID_MEDIA",
        );
        for (const gone of [first, medium.value]) {
          assertEquals(await DeallocateNtmsMedia(hSession, gone, 0), 0);
        }
        const states = (await sidesOf(hSession)).map(([state]) => state);
        assertEquals(states, [
          NTMS_PARTSTATE_AVAILABLE,
          NTMS_PARTSTATE_AVAILABLE,
        ]);
      }),
  ),
);

Deno.test(
  "MoveToNtmsMediaPool() takes all sides of a cartridge along",
  holds(["MoveToNtmsMediaPool.1"], () =>
    withTwoSides(async (service) => {
      const hSession = await service.open();
      const { id } = await calls.cartridgeOf(hSession, A);
      const pool = await calls.poolId(hSession);
      const sides = await calls.idsOf(hSession, NTMS_PARTITION, id);
      assertEquals(sides.length, 2);
      assertEquals(
        nameOf(await MoveToNtmsMediaPool(hSession, id, pool)),
        "ERROR_SUCCESS",
      );
      assertEquals(await calls.idsOf(hSession, NTMS_PARTITION, pool), sides);
    })),
);
