import { assertEquals } from "@std/assert";
import type {
  MediaLabelAnswer,
  MediaLabelLibrary,
} from "../../src/labels/mod.ts";
import { checkedAnswer } from "../../src/labels/answers.ts";
import { assertThrows } from "@std/assert";
import { ask } from "./ask.ts";
import { ascii } from "./made_labels.ts";

const LABEL = {
  LabelType: "T",
  LabelID: new Uint8Array([1]),
  LabelAppDescr: "",
};

const GOOD = { status: "NO_ERROR", label: LABEL };

Deno.test("an answer is taken to the documented lengths", () => {
  const label = {
    LabelType: "t".repeat(63),
    LabelID: new Uint8Array(255),
    LabelAppDescr: "d".repeat(255),
  };
  const answer = checkedAnswer({ status: "NO_ERROR", label });
  assertEquals(answer, { status: "NO_ERROR", label, details: {} });
});

Deno.test("each breach of the contract is named", () => {
  const label = (change: object) => ({
    ...GOOD,
    label: { ...LABEL, ...change },
  });
  const details = (details: unknown) => ({ ...GOOD, details });
  const wrong: readonly (readonly [unknown, string])[] = [
    [undefined, "the answer is no object"],
    [11, "the answer is no object"],
    [{}, '"status" is neither'],
    [{ status: 0 }, '"status" is neither'],
    [{ status: "NO_ERROR" }, '"label" is no object'],
    [label({ LabelType: 5 }), '"LabelType" is no string'],
    [label({ LabelType: "" }), '"LabelType" is empty'],
    [label({ LabelType: " " }), '"LabelType" is empty'],
    [
      label({ LabelType: "t".repeat(64) }),
      '"LabelType" has 64 characters, more than 63',
    ],
    [label({ LabelID: "1" }), '"LabelID" is no Uint8Array'],
    [
      label({ LabelID: new Uint8Array(256) }),
      '"LabelID" has 256 bytes, more than 255',
    ],
    [label({ LabelAppDescr: undefined }), '"LabelAppDescr" is no string'],
    [
      label({ LabelAppDescr: "d".repeat(256) }),
      '"LabelAppDescr" has 256 characters, more than 255',
    ],
    [details(null), '"details" is no object'],
    [details({ owner: 1 }), '"owner" is no string'],
    [details({ pool: "p".repeat(256) }), '"pool" has 256 characters'],
    [details({ written: "today" }), '"written" is no valid Date'],
    [details({ written: new Date(NaN) }), '"written" is no valid Date'],
  ];
  for (const [answer, message] of wrong) {
    assertThrows(() => checkedAnswer(answer), TypeError, message);
  }
});

Deno.test("texts are given on without what a terminal must not get", () => {
  const { status, ...rest } = checkedAnswer({
    status: "NO_ERROR",
    label: {
      LabelType: " A\u001b[31m ",
      LabelID: new Uint8Array(),
      LabelAppDescr: "a\u202eb\ud800c",
    },
    details: { owner: "\n", volumeName: "V\0" },
  });
  assertEquals(status, "NO_ERROR");
  assertEquals(rest, {
    label: {
      LabelType: "A\ufffd[31m",
      LabelID: new Uint8Array(),
      LabelAppDescr: "a\ufffdb\ufffdc",
    },
    details: { owner: "\ufffd", volumeName: "V\ufffd" },
  });
});

Deno.test("a library that breaks the contract is reported", async () => {
  const broken: MediaLabelAnswer = {
    status: "NO_ERROR",
    label: { ...LABEL, LabelID: new Uint8Array(256) },
  };
  const library: MediaLabelLibrary = {
    name: "Broken",
    maxMediaLabel: () => 1,
    claimMediaLabel: () => broken,
  };
  const { status, faults } = await ask(ascii("x"), library);
  assertEquals(status, "unknown");
  assertEquals(faults, [{
    library: "Broken",
    message: '"LabelID" has 256 bytes, more than 255',
  }]);
});
