/**
 * What the documents say of registering media.
 *
 * @module
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  type CreateNtmsMediaEntry,
  CreateNtmsMediaW,
  type HANDLE,
  NTMS_BARCODESTATE_OK,
  NTMS_BARCODESTATE_UNREADABLE,
  NTMS_MEDIASTATE_IDLE,
  NTMS_NULLGUID,
  NTMS_PARTITION,
  NTMS_PARTSTATE_ALLOCATED,
  NTMS_PARTSTATE_AVAILABLE,
  NTMS_PARTSTATE_COMPLETE,
  NTMS_PHYSICAL_MEDIA,
  NTMS_READY,
  NTMS_STORAGESLOT,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import {
  BAR_CODE,
  cartridge,
  create,
  poolOfType,
  side,
  TWO_SIDED,
} from "./create_media.ts";
import { inRun } from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService, SMALL_LIBRARY } from "./running_service.ts";

const ID = "0123abcd-0000-4000-8000-00000000000a";
const SIDE_ID = "0123abcd-0000-4000-8000-00000000000b";
const MEDIUM_ID = "0123abcd-0000-4000-8000-00000000000c";

/** What became of structures that were registered. */
async function filled(
  hSession: HANDLE,
  medium: CreateNtmsMediaEntry,
  sides: CreateNtmsMediaEntry[],
) {
  const ref = { value: medium };
  const code = await CreateNtmsMediaW(hSession, ref, sides, 0);
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  const info = await calls.infoOf(hSession, ref.value.ObjectGuid);
  assert(info.dwType === NTMS_PHYSICAL_MEDIA);
  assertEquals<unknown>(ref.value, info);
  const partitions = [];
  for (const each of sides) {
    const partition = await calls.infoOf(hSession, each.ObjectGuid);
    assert(partition.dwType === NTMS_PARTITION);
    assertEquals<unknown>(each, partition);
    partitions.push(partition);
  }
  return { info, partitions };
}

Deno.test(
  "CreateNtmsMedia() puts a cartridge into the offline library, with a side for each entry, into the pool that is named",
  holds(["CreateNtmsMedia.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { offline } = await calls.libraries(hSession);
    const pool = await poolOfType(hSession, TWO_SIDED);
    const sides = [side(), side({ OmidLabelId: Uint8Array.of(4, 5, 6) })];
    const { info, partitions } = await filled(
      hSession,
      cartridge(pool, { dwNumberOfPartitions: 2 }),
      sides,
    );
    const type = NTMS_PHYSICAL_MEDIA;
    for (const container of [offline, pool]) {
      const ids = await calls.idsOf(hSession, type, container);
      assertEquals(ids, [info.ObjectGuid]);
    }
    assertEquals(
      await calls.idsOf(hSession, NTMS_PARTITION, info.ObjectGuid),
      partitions.map(({ ObjectGuid }) => ObjectGuid),
    );
  }),
);

Deno.test(
  "CreateNtmsMedia() takes id, state, name, description, bar code and codes of the cartridge",
  holds(["CreateNtmsMedia.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { offline } = await calls.libraries(hSession);
    const medium = cartridge(await calls.poolId(hSession), {
      CurrentLibrary: offline,
      szBarCode: "VAULT1L6  ",
      dwMediaTypeCode: 0x68,
      dwDensityCode: 0x5a,
    }, {
      ObjectGuid: ID,
      Enabled: false,
      szName: "monday",
      szDescription: "In the vault",
    });
    const { info } = await filled(hSession, medium, [side()]);
    assertEquals(
      [info.ObjectGuid, info.Enabled, info.szName, info.szDescription],
      [ID, false, "monday", "In the vault"],
    );
    const { PhysicalMedia } = info.Info;
    assertEquals(PhysicalMedia.szBarCode, "VAULT1L6");
    assertEquals(PhysicalMedia.dwMediaTypeCode, 0x68);
    assertEquals(PhysicalMedia.dwDensityCode, 0x5a);
  }),
);

Deno.test(
  "CreateNtmsMedia() fills times, place, media type, bar code state, number and state of the cartridge",
  holds(["CreateNtmsMedia.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const { offline } = await calls.libraries(hSession);
    const before = Date.now();
    const { info } = await filled(hSession, cartridge(pool), [side()]);
    assert(
      info.Created.getTime() >= before - 1 && info.Modified >= info.Created,
    );
    assertEquals(info.dwOperationalState, NTMS_READY);
    const { PhysicalMedia } = info.Info;
    assertEquals(PhysicalMedia.CurrentLibrary, offline);
    assertEquals(PhysicalMedia.Location, NTMS_NULLGUID);
    assertEquals(PhysicalMedia.HomeSlot, NTMS_NULLGUID);
    assertEquals(PhysicalMedia.LocationType, NTMS_STORAGESLOT);
    assertEquals(PhysicalMedia.MediaType, await calls.mediaTypeId(hSession));
    assertEquals(PhysicalMedia.MediaState, NTMS_MEDIASTATE_IDLE);
    assertEquals(PhysicalMedia.BarCodeState, NTMS_BARCODESTATE_OK);
    assertMatch(PhysicalMedia.szSequenceNumber, /^\d+$/);
    const other = cartridge(pool, { szBarCode: "" });
    const { info: bare } = await filled(hSession, other, [side()]);
    assertEquals(
      bare.Info.PhysicalMedia.BarCodeState,
      NTMS_BARCODESTATE_UNREADABLE,
    );
    assert(
      bare.Info.PhysicalMedia.szSequenceNumber !==
        PhysicalMedia.szSequenceNumber,
    );
  }),
);

Deno.test(
  "CreateNtmsMedia() takes id, name, logical medium, state, label, counts and capacity of each side",
  holds(["CreateNtmsMedia.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const given = side({
      LogicalMedia: MEDIUM_ID,
      State: NTMS_PARTSTATE_COMPLETE,
      dwOmidLabelIdLength: 2,
      OmidLabelId: Uint8Array.of(0xab, 0xcd, 0xef),
      szOmidLabelType: "ACME",
      szOmidLabelInfo: "Full",
      dwMountCount: 7,
      dwAllocateCount: 3,
      Capacity: 2_500_000_000_000n,
    }, {
      ObjectGuid: SIDE_ID,
      Enabled: false,
      szName: "A",
      szDescription: "Side A",
    });
    const pool = await calls.poolId(hSession);
    const { partitions: [made] } = await filled(hSession, cartridge(pool), [
      given,
    ]);
    assertEquals(
      [made?.ObjectGuid, made?.Enabled, made?.szName, made?.szDescription],
      [SIDE_ID, false, "A", "Side A"],
    );
    const partition = made?.Info.Partition;
    assertEquals(partition?.LogicalMedia, MEDIUM_ID);
    assertEquals(partition?.State, NTMS_PARTSTATE_COMPLETE);
    assertEquals(partition?.OmidLabelId, Uint8Array.of(0xab, 0xcd));
    assertEquals(
      [partition?.szOmidLabelType, partition?.szOmidLabelInfo],
      ["ACME", "Full"],
    );
    assertEquals(
      [partition?.dwMountCount, partition?.dwAllocateCount],
      [7, 3],
    );
    assertEquals(partition?.Capacity, 2_500_000_000_000n);
  }),
);

Deno.test(
  "CreateNtmsMedia() fills cartridge, number, logical medium and state of operation of each side",
  holds(["CreateNtmsMedia.5"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await poolOfType(hSession, TWO_SIDED);
    const { info, partitions } = await filled(
      hSession,
      cartridge(pool, { dwNumberOfPartitions: 2 }),
      [
        side({ State: NTMS_PARTSTATE_ALLOCATED }),
        side({ State: NTMS_PARTSTATE_AVAILABLE }),
      ],
    );
    for (const [index, { dwOperationalState, Info }] of partitions.entries()) {
      assertEquals(dwOperationalState, NTMS_READY);
      assertEquals(Info.Partition.PhysicalMedia, info.ObjectGuid);
      assertEquals(Info.Partition.Side, index);
    }
    const [a, b] = partitions.map(({ Info }) => Info.Partition.LogicalMedia);
    const medium = await calls.infoOf(hSession, a ?? "");
    assertEquals(medium.ObjectGuid, a);
    assertEquals(b, NTMS_NULLGUID);
  }),
);

Deno.test(
  "CreateNtmsMedia() names what has no name by bar code, else of one side by its label, else by number",
  holds(["CreateNtmsMedia.6"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const one = await calls.poolId(hSession);
    const two = await poolOfType(hSession, TWO_SIDED);
    const named = async (
      pool: string,
      szBarCode: string,
      szOmidLabelInfo: string,
      count = 1,
    ) => {
      const info = { szBarCode, dwNumberOfPartitions: count };
      const sides = Array.from(
        { length: count },
        (_, index) =>
          side({ szOmidLabelInfo, OmidLabelId: Uint8Array.of(index, 0, 0) }),
      );
      const made = await filled(hSession, cartridge(pool, info), sides);
      assertEquals(made.partitions[0]?.szName, made.info.szName);
      return [made.info.szName, made.info.Info.PhysicalMedia.szSequenceNumber];
    };
    assertEquals((await named(one, "A00001L6", "Monday"))[0], "A00001L6");
    assertEquals((await named(one, "", "Monday"))[0], "Monday");
    const [byNumber, number] = await named(one, "", "");
    assertEquals(byNumber, number);
    assertEquals((await named(two, "B00001", "Monday", 2))[0], "B00001");
    const [ofTwo, numberOfTwo] = await named(two, "", "Monday", 2);
    assertEquals(ofTwo, numberOfTwo);
  }),
);

Deno.test("CreateNtmsMedia() registers what an inventory recognizes by its bar code, whosever it is", async () => {
  const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  const libraries = [SMALL_LIBRARY.replace("cartridges=4", "cartridges=3")];
  try {
    await inRun({ state, libraries }, async (hSession) => {
      const pool = await calls.poolId(hSession);
      const medium = cartridge(pool, { szBarCode: BAR_CODE }, {
        ObjectGuid: ID,
      });
      return await create(hSession, medium, [
        side({ State: NTMS_PARTSTATE_ALLOCATED, LogicalMedia: MEDIUM_ID }),
      ]);
    });
    await inRun({ state }, async (hSession) => {
      const found = await calls.cartridgeOf(hSession, BAR_CODE);
      const { online: [library] } = await calls.libraries(hSession);
      assertEquals([found.id, found.CurrentLibrary], [ID, library]);
      assertEquals(found.MediaPool, await calls.poolId(hSession));
      const partition = await calls.sideInfoOf(hSession, BAR_CODE);
      assertEquals(partition.LogicalMedia, MEDIUM_ID);
      assertEquals(partition.State, NTMS_PARTSTATE_ALLOCATED);
      const all = await calls.idsOf(hSession, NTMS_PHYSICAL_MEDIA);
      assertEquals(all.length, 4);
      return "ERROR_SUCCESS";
    });
  } finally {
    await Deno.remove(state, { recursive: true });
  }
});
