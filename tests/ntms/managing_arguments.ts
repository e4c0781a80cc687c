/**
 * Bad arguments of the functions that manage pools, media and objects.
 *
 * @module
 */

import { NTMS_NULLGUID } from "../../src/ntms/ntmsapi.ts";
import { guid } from "./records.ts";

/** What a function takes after the handle, and what it refuses. */
export interface BadArguments {
  readonly name: string;
  /** Arguments that are good. */
  readonly good: () => unknown[];
  /** Values that make one of them bad, and the code where it is not ERROR_INVALID_PARAMETER. */
  readonly bad: readonly (readonly [
    index: number,
    values: readonly unknown[],
    code?: string,
  ])[];
}

const W = 1408;
const A = 896;
const id = guid(5);
const frozen = Object.freeze({ value: "" });

/** The cases. */
export const MANAGING_CASES: readonly BadArguments[] = [
  ...["SetNtmsMediaComplete", "DecommissionNtmsMedia", "DeleteNtmsMedia"].map(
    (name) => ({
      name,
      good: () => [id],
      bad: [[0, [null, undefined, 5, "x", NTMS_NULLGUID]]] as const,
    }),
  ),
  {
    name: "DeleteNtmsMediaPool",
    good: () => [id],
    bad: [[0, [null, undefined, 5, "x", NTMS_NULLGUID]]],
  },
  ...[
    "SwapNtmsMedia",
    "MoveToNtmsMediaPool",
    "AddNtmsMediaType",
    "DeleteNtmsMediaType",
    "ChangeNtmsMediaType",
  ].map((name) => ({
    name,
    good: () => [id, guid(6)],
    bad: [
      [0, [null, undefined, 5, "x", NTMS_NULLGUID]],
      [1, [null, undefined, 5, "x", NTMS_NULLGUID]],
    ] as const,
  })),
  ...["W", "", "A"].flatMap((set) =>
    ["GetNtmsMediaPoolName", "GetNtmsDeviceName"].map((name) => ({
      name: `${name}${set}`,
      good: () => [id, { value: "" }, { value: 64 }],
      bad: [
        [0, [5, "x", {}]],
        [1, [5, {}, frozen]],
        [2, [null, undefined, 9, {}, Object.freeze({ value: 64 })]],
        [2, [{ value: -1 }, { value: 1.5 }, { value: "9" }]],
      ] as const,
    }))
  ),
  ...["W", "", "A"].map((set) => ({
    name: `GetNtmsObjectAttribute${set}`,
    good: () => [id, 12, "a", new Uint8Array(4), { value: 4 }],
    bad: [
      [0, [null, undefined, 5, "x", NTMS_NULLGUID]],
      [1, [1, 19, -1, "5", null, undefined]],
      [2, [null, undefined, 5, {}]],
      [3, [null, undefined, [], "", new Uint8Array(3)]],
      [4, [null, undefined, 4, {}, Object.freeze({ value: 4 })]],
      [4, [{ value: 5 }, { value: -1 }, { value: "4" }]],
    ] as const,
  })),
  ...["W", "", "A"].map((set) => ({
    name: `SetNtmsObjectAttribute${set}`,
    good: () => [id, 12, "a", new Uint8Array(65_536), 4],
    bad: [
      [0, [null, undefined, 5, "x", NTMS_NULLGUID]],
      [1, [1, 19, -1, "5", null, undefined]],
      [2, [null, undefined, 5, {}]],
      [3, [null, undefined, [], "", new Uint8Array(3)]],
      [4, [-1, 0.5, 2 ** 32, 65_537, "4", null]],
      [4, [65_536], "ERROR_NO_DATA"],
    ] as const,
  })),
  {
    name: "SetNtmsObjectAttributeA",
    good: () => [id, 12, "a", new Uint8Array(4), 4],
    bad: [[2, ["\u0141"], "ERROR_INVALID_NAME"]],
  },
  ...["EnableNtmsObject", "DisableNtmsObject"].map((name) => ({
    name,
    good: () => [5, id],
    bad: [
      [0, [0, 12, 16, 19, -1, "5", null, undefined]],
      [1, [null, undefined, 5, "x", NTMS_NULLGUID]],
    ] as const,
  })),
  ...[["W", W, A], ["", W, A], ["A", A, W]].map(([set, size, other]) => {
    const drive = {
      dwSize: size,
      dwType: 5,
      szDescription: "",
      Info: { Drive: { dwDeferDismountDelay: 5 } },
    };
    return {
      name: `SetNtmsObjectInformation${set}`,
      good: () => [id, drive],
      bad: [
        [0, [null, undefined, 5, "x", NTMS_NULLGUID]],
        [1, [null, undefined, 5, {}, { value: drive }]],
        [
          1,
          [0, other, undefined, "1408"].map((dwSize) => ({ ...drive, dwSize })),
        ],
        [
          1,
          [0, 1, 9, 99, -1, "5", undefined].map((dwType) => ({
            ...drive,
            dwType,
          })),
        ],
        [
          1,
          [5, null, undefined].map((it) => ({ ...drive, szDescription: it })),
        ],
        [1, [5, null, {}, { Door: {} }].map((Info) => ({ ...drive, Info }))],
        [
          1,
          [-1, 0.5, "5", null].map((dwDeferDismountDelay) => ({
            ...drive,
            Info: { Drive: { dwDeferDismountDelay } },
          })),
        ],
      ] as const,
    };
  }),
];
