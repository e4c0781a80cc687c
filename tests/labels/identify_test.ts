import { assertEquals, assertRejects } from "@std/assert";
import {
  BUILT_IN_LIBRARIES,
  encodeFreeLabel,
  FREE_LABEL_TYPE,
  freeLabelLibrary,
  identify,
  type LabelBlock,
  librariesInOrder,
  type MediaLabelAnswer,
  type MediaLabelLibrary,
} from "../../src/labels/mod.ts";
import type { Clock } from "../../src/model/mod.ts";
import { FakeClock } from "../manager/fake_clock.ts";
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
  tapeBlock,
} from "./made_labels.ts";

const FREE = encodeFreeLabel({
  medium: "6f1c0a52-8a5e-4b0e-9a53-0d6a3a7c1e42",
  written: new Date(0),
  writtenBy: "",
});

function library(
  name: string,
  claimMediaLabel: MediaLabelLibrary["claimMediaLabel"],
): MediaLabelLibrary {
  return { name, maxMediaLabel: () => 16, claimMediaLabel };
}

function claiming(name: string, id: string): MediaLabelLibrary {
  return library(name, () => answer(name, id));
}

function answer(LabelType: string, id: string): MediaLabelAnswer {
  const LabelID = ascii(id);
  return {
    status: "NO_ERROR",
    label: { LabelType, LabelID, LabelAppDescr: "" },
  };
}

const RECORDED: readonly (readonly [RecordedMedium, string])[] = [
  ["amanda_labelled", "claimed Amanda"],
  ["bacula_ansi", "claimed Bacula ANSI"],
  ["bacula_disk", "claimed Bacula"],
  ["bacula_ibm", "claimed Bacula ANSI"],
  ["bacula_tape", "claimed Bacula"],
  ["tar_gnu", "recognized tar"],
  ["tar_oldgnu", "recognized tar"],
  ["tar_pax", "recognized tar"],
  ["tar_ustar", "recognized tar"],
  ["tar_v7", "recognized tar"],
  ["tar_volume", "recognized tar"],
];
for (const [medium, expected] of RECORDED) {
  Deno.test(`${medium} is ${expected}`, async () => {
    const found = await ask(recordedLabel(medium), ...BUILT_IN_LIBRARIES);
    const { status, claim, alsoClaimedBy, rejections, faults } = found;
    const libraries = [claim, ...alsoClaimedBy].map((by) => by?.library);
    assertEquals([status, ...libraries].join(" "), expected);
    assertEquals([rejections, faults], [[], []]);
  });
}

Deno.test("each made label is claimed by the library of its format", async () => {
  const uuid = "30a91a08-daae-48d1-ae75-69804e61d2ea";
  const media: readonly (readonly [string, readonly LabelBlock[]])[] = [
    ["RSM", [record(FREE), FILE_MARK]],
    ["MTF", [record(tapeBlock({ name: "A" })), FILE_MARK]],
    ["LTFS", ltfsVolume("LTF001", ltfsXml(uuid))],
  ];
  for (const [name, blocks] of media) {
    const { claim } = await ask(blocks, ...BUILT_IN_LIBRARIES);
    assertEquals([claim?.library, claim?.isFree], [name, name === "RSM"]);
  }
});

Deno.test("a medium without data is blank, whoever asks", async () => {
  const greedy = claiming("Greedy", "1");
  for (const blocks of [[END_OF_DATA], [FILE_MARK, FILE_MARK, END_OF_DATA]]) {
    const { status, claim } = await ask(blocks, greedy);
    assertEquals([status, claim], ["blank", null]);
  }
});

Deno.test("data that no library knows is not blank, also when it is all zeros", async () => {
  for (
    const bytes of [new Uint8Array(512), ascii("Dear diary"), FREE.slice(1)]
  ) {
    const { status, claim } = await ask(bytes, ...BUILT_IN_LIBRARIES);
    assertEquals([status, claim], ["unknown", null]);
  }
  // Data may follow: the end was not seen.
  assertEquals((await ask([FILE_MARK, FILE_MARK])).status, "unknown");
});

Deno.test("data behind a first file mark makes a medium not blank", async () => {
  const blocks = [FILE_MARK, record(FREE), END_OF_DATA];
  const { status } = await ask(blocks, ...BUILT_IN_LIBRARIES);
  assertEquals(status, "unknown");
});

Deno.test("nothing read is no medium to be identified", async () => {
  await assertRejects(() => ask([]), RangeError, "nothing was read");
});

Deno.test("of several claims the first with an identity counts, the others are told", async () => {
  const found = await ask(
    ascii("x"),
    claiming("Form", ""),
    claiming("First", "1"),
    claiming("Second", "2"),
  );
  assertEquals(found.status, "claimed");
  assertEquals(found.claim?.library, "First");
  assertEquals(found.alsoClaimedBy.map(({ library }) => library), [
    "Form",
    "Second",
  ]);
});

Deno.test("the libraries of the site come before the built-in ones", async () => {
  const libraries = librariesInOrder([claiming("Site", "1")]);
  const { claim, alsoClaimedBy } = await ask(FREE, ...libraries);
  assertEquals([claim?.library, claim?.isFree], ["Site", false]);
  assertEquals(alsoClaimedBy.map(({ isFree }) => isFree), [true]);
});

Deno.test("no library but our own can make a medium free", async () => {
  const copy = { ...freeLabelLibrary };
  for (
    const liar of [
      copy,
      library("Liar", () => answer(FREE_LABEL_TYPE, "1")),
    ]
  ) {
    const { status, faults } = await ask(FREE, liar);
    assertEquals([status, faults.length], ["unknown", 1]);
  }
  const padded = library("Padded", () => answer(` ${FREE_LABEL_TYPE} `, "1"));
  assertEquals((await ask(FREE, padded)).faults.length, 1);
});

Deno.test("a library that throws is reported, and the others are asked", async () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [new Error("out\u001b[31m of order"), "out\ufffd[31m of order"],
    ["no error at all", "no error at all"],
    [undefined, "undefined"],
    [Object.create(null), "it threw something that cannot be shown"],
  ];
  for (const [thrown, message] of wrong) {
    for (
      const claim of [
        () => {
          throw thrown;
        },
        () => Promise.reject(thrown),
      ]
    ) {
      const { claim: counts, faults } = await ask(
        ascii("x"),
        library("Broken", claim),
        claiming("Good", "1"),
      );
      assertEquals(counts?.library, "Good");
      assertEquals(faults, [{ library: "Broken", message }]);
    }
  }
});

Deno.test("a library that does not answer is left out when its time is over", async () => {
  const clock = new FakeClock();
  const aborted: unknown[] = [];
  const slow = library("Slow", (_bytes, { signal }) => {
    signal.addEventListener("abort", () => aborted.push(signal.reason));
    return new Promise(() => {});
  });
  const libraries = [slow, claiming("Good", "1")];
  const found = identify([record(ascii("x"))], libraries, {
    clock,
    timeoutMs: 50,
  });
  clock.advance(49);
  assertEquals(aborted, []);
  clock.advance(1);
  const { claim, faults } = await found;
  assertEquals(claim?.library, "Good");
  assertEquals(faults[0]?.message, "it did not answer within 50 ms");
  assertEquals(aborted.length, 1);
});

Deno.test("an answer that kept the thread for too long does not count", async () => {
  // While the thread is kept, time passes and no timer runs.
  let now = 0;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: () => ({ cancel() {} }),
  };
  const slow = library("Slow", () => {
    now += 5_001;
    return answer("Slow", "1");
  });
  const { status, faults } = await identify([record(ascii("x"))], [slow], {
    clock,
  });
  assertEquals(status, "unknown");
  assertEquals(faults[0]?.message, "it took 5001 ms to answer, more than 5000");
});

Deno.test("what a library does to its answer afterwards changes nothing", async () => {
  const kept = ascii("1");
  const { claim } = await ask(
    ascii("x"),
    library("Site", () => ({
      status: "NO_ERROR",
      label: { LabelType: "T", LabelID: kept, LabelAppDescr: "" },
    })),
  );
  kept.fill(0);
  assertEquals(claim?.label.LabelID, ascii("1"));
});

Deno.test("a library sees the first file's bytes, and no more of a record than it asked for", async () => {
  const seen: string[] = [];
  const curious = library("Curious", (bytes, { blocks }) => {
    seen.push(new TextDecoder().decode(bytes));
    for (const block of blocks) {
      seen.push(
        block.kind === "record"
          ? new TextDecoder().decode(block.bytes)
          : block.kind,
      );
    }
    return { status: "ERROR_BAD_FORMAT" };
  });
  const blocks = [
    record(ascii("0123456789")),
    record(ascii("abcdefghijklmnopqrst")),
    FILE_MARK,
    record(ascii("second")),
    END_OF_DATA,
  ];
  await ask(blocks, curious);
  assertEquals(seen, [
    "0123456789abcdef",
    "0123456789",
    "abcdefghijklmnop",
    "fileMark",
    "second",
    "endOfData",
  ]);
});

Deno.test("what a library does to its bytes, others do not see", async () => {
  const vandal = library("Vandal", (bytes, { blocks }) => {
    bytes.fill(0);
    for (const block of blocks) {
      if (block.kind === "record") block.bytes.fill(0);
    }
    return { status: "ERROR_BAD_FORMAT" };
  });
  const medium = FREE.slice();
  const { claim } = await ask(medium, vandal, ...BUILT_IN_LIBRARIES);
  assertEquals(claim?.library, "RSM");
  assertEquals(medium, FREE);
});

Deno.test("what is nearly a label is told with its reason", async () => {
  const damaged = FREE.slice();
  damaged[300] = 1;
  const { status, rejections } = await ask(damaged, ...BUILT_IN_LIBRARIES);
  assertEquals(status, "unknown");
  assertEquals(rejections, [{
    library: "RSM",
    message: "Cannot read a free label: its check sum is wrong",
  }]);
});
