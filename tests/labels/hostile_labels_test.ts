import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  BUILT_IN_LIBRARIES,
  encodeFreeLabel,
  type LabelBlock,
  type MediaLabelLibrary,
} from "../../src/labels/mod.ts";
import {
  recordedLabel,
  type RecordedMedium,
} from "../recorded/labels/recorded_labels.ts";
import { ask } from "./ask.ts";
import {
  ascii,
  END_OF_DATA,
  FILE_MARK,
  ltfsVolume,
  ltfsXml,
  record,
  sealHeader,
  tapeBlock,
  vol1,
  volumeBlock,
} from "./made_labels.ts";

const RECORDED: readonly RecordedMedium[] = [
  "amanda_labelled",
  "bacula_ansi",
  "bacula_disk",
  "bacula_ibm",
  "tar_gnu",
  "tar_v7",
  "tar_volume",
];

/** Media that are as they should be, from which hostile ones are made. */
const SOUND: readonly (readonly LabelBlock[])[] = [
  ...RECORDED.map((medium) => recordedLabel(medium)),
  [record(encodeFreeLabel({
    medium: "6f1c0a52-8a5e-4b0e-9a53-0d6a3a7c1e42",
    written: new Date(0),
    writtenBy: "rsm",
  }))],
  [record(tapeBlock({ name: "N", description: "D", isLabel: true }))],
  ltfsVolume("LTF001", ltfsXml("30a91a08-daae-48d1-ae75-69804e61d2ea")),
  [record(vol1({ volume: "ABC123" }))],
  // Without a check sum, each change gets as far as it can.
  [record(volumeBlock({
    id: "Bareos 2.0 immortal\n",
    version: 20,
    volume: "V",
    isUnchecked: true,
  }))],
];

const MAGICS = [
  "RSM FREE MEDIUM\n",
  "TAPE",
  "VOL1ABC123",
  "AMANDA: TAPESTART DATE ",
  "<ltfslabel><volumeuuid>",
  "\0\0\0\0\0\0\0\0\0\0\0\0BB02",
];

const blocks: fc.Arbitrary<LabelBlock> = fc.oneof(
  fc.constantFrom(FILE_MARK, END_OF_DATA),
  fc.tuple(
    fc.constantFrom("", ...MAGICS),
    fc.uint8Array({ maxLength: 600 }),
  ).map(([magic, bytes]) => {
    const start = ascii(magic);
    const joined = new Uint8Array(start.length + bytes.length);
    joined.set(start);
    joined.set(bytes, start.length);
    return record(joined);
  }),
);

/** A sound medium with some bytes changed and its first record cut. */
const damaged: fc.Arbitrary<LabelBlock[]> = fc.tuple(
  fc.constantFrom(...SOUND),
  fc.array(fc.tuple(fc.nat(1100), fc.nat(255)), { maxLength: 6 }),
  fc.option(fc.nat(1100)),
  fc.boolean(),
).map(([medium, changes, cut, reseal]) =>
  medium.map((block) => {
    if (block.kind !== "record") return block;
    const bytes = block.bytes.slice(0, cut ?? undefined);
    for (const [at, byte] of changes) {
      if (at < bytes.length) bytes[at] = byte;
    }
    if (reseal && bytes.length > 52 && bytes[0] === 0x54) sealHeader(bytes);
    return record(bytes);
  })
);

/** Fails unless every library keeps to its contract. */
async function isHandled(medium: readonly LabelBlock[]): Promise<void> {
  const before = JSON.stringify(medium.map(lengthOf));
  const found = await ask(medium, ...BUILT_IN_LIBRARIES);
  const { status, claim, alsoClaimedBy, faults } = found;
  assertEquals(faults, []);
  for (const by of claim === null ? [] : [claim, ...alsoClaimedBy]) {
    const { LabelType, LabelID, LabelAppDescr } = by.label;
    assert(LabelType.length >= 1 && LabelType.length <= 63, LabelType);
    assert(LabelID.length <= 255 && LabelAppDescr.length <= 255);
    assert(!/\p{Cc}/u.test(LabelType + LabelAppDescr + by.details.volumeName));
    assert(!by.isFree || by.library === "RSM");
  }
  assertEquals(claim === null, status === "unknown" || status === "blank");
  assertEquals(JSON.stringify(medium.map(lengthOf)), before);
}

function lengthOf(block: LabelBlock): number | string {
  return block.kind === "record" ? block.bytes.length : block.kind;
}

Deno.test("no bytes make a built-in library fail", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(blocks, { minLength: 1, maxLength: 6 }),
      isHandled,
    ),
    { numRuns: 1_000 },
  );
});

Deno.test("no damage to a label makes a built-in library fail", async () => {
  await fc.assert(fc.asyncProperty(damaged, isHandled), { numRuns: 2_000 });
});

/** Bytes that know when something outside of them is read. */
function watched(bytes: Uint8Array): {
  inside: Uint8Array<ArrayBuffer>;
  around: Uint8Array<ArrayBuffer>;
} {
  const around = new Uint8Array(bytes.length + 2 * 4096).fill(0x41);
  const inside = around.subarray(4096, 4096 + bytes.length);
  inside.set(bytes);
  return { inside, around };
}

Deno.test("what stands around the bytes of a medium makes no difference", async () => {
  const { signal } = new AbortController();
  const claim = async (library: MediaLabelLibrary, medium: LabelBlock[]) => {
    const [first = END_OF_DATA] = medium;
    const bytes = first.kind === "record" ? first.bytes : new Uint8Array();
    const answer = await library.claimMediaLabel(bytes, {
      blocks: medium,
      signal,
    });
    return JSON.stringify(answer);
  };
  await fc.assert(
    fc.asyncProperty(
      damaged,
      fc.constantFrom(...BUILT_IN_LIBRARIES),
      async (medium, library) => {
        const surroundings: Uint8Array[] = [];
        const embedded = medium.map((block) => {
          if (block.kind !== "record") return block;
          const { inside, around } = watched(block.bytes);
          surroundings.push(around.subarray(0, 4096));
          surroundings.push(around.subarray(4096 + block.bytes.length));
          return record(inside);
        });
        const first = await claim(library, embedded);
        for (const part of surroundings) part.fill(0x30);
        assertEquals(await claim(library, embedded), first);
        assertEquals(await claim(library, medium), first);
      },
    ),
    { numRuns: 1_000 },
  );
});

Deno.test("the longest records are worked off in a moment", async () => {
  const started = performance.now();
  for (const magic of ["", ...MAGICS, "<!--", "VOL1LTF001"]) {
    const bytes = new Uint8Array(1 << 20).fill(0x3c);
    bytes.set(ascii(magic));
    const ltfs = record(vol1({ volume: "LTF001", implementation: "LTFS" }));
    await isHandled([record(bytes), FILE_MARK, record(bytes)]);
    await isHandled([ltfs, FILE_MARK, record(bytes)]);
  }
  const tookMs = performance.now() - started;
  assert(tookMs < 5_000, `it took ${tookMs} ms`);
});
