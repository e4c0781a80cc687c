/**
 * What programs in JavaScript may hand over: each documented function resolves
 * to a documented code, whatever its arguments are.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ERROR_CODES } from "../../src/model/errors.ts";
import * as api from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "./codes.ts";
import { FakeService } from "./fake_service.ts";
import { type BadArguments, MANAGING_CASES } from "./managing_arguments.ts";
import { guid } from "./records.ts";

/** A documented function as a program without types sees it. */
type Untyped = (...given: unknown[]) => Promise<unknown>;

function untyped(name: string): Untyped {
  const found: unknown = Object.entries(api).find(([it]) => it === name)?.[1];
  assert(typeof found === "function", name);
  return (...given) => found(...given);
}

const W = 1408;
const A = 896;
const id = guid(5);
const frozen = Object.freeze({ value: "" });
const abort = { signal: 5 };

/** Good arguments after the handle, and what makes each of them bad. */
const CASES: readonly BadArguments[] = [
  {
    name: "EnumerateNtmsObject",
    good: () => [null, [], { value: 9 }, 5, 0],
    bad: [
      [0, [5, "x", {}, id.slice(1), `${id}0`]],
      [1, ["", 5, {}, Object.freeze([])]],
      [2, [null, undefined, 9, {}, Object.freeze({ value: 9 })]],
      [2, [{ value: -1 }, { value: 1.5 }, { value: 2 ** 32 }, { value: "9" }]],
      [3, [0, 1, 19, 99, -1, "5", null, undefined]],
      [4, [2, 3, -1, 0.5, "0", null, undefined]],
    ],
  },
  ...[["W", W, A], ["", W, A], ["A", A, W]].map(([set, size, other]) => ({
    name: `GetNtmsObjectInformation${set}`,
    good: () => [id, { value: { dwSize: size, dwType: 5 } }],
    bad: [
      [0, [null, undefined, 5, "x", api.NTMS_NULLGUID]],
      [1, [null, undefined, 5, {}, { value: null }, { value: {} }]],
      [
        1,
        [0, other, undefined, "1408"].map((dwSize) => ({
          value: { dwSize, dwType: 5 },
        })),
      ],
      [
        1,
        [1, 18 + 1, 99, -1, "5", undefined].map((dwType) => ({
          value: { dwSize: size, dwType },
        })),
      ],
      [1, [Object.freeze({ value: { dwSize: size, dwType: 5 } })]],
    ] as const,
  })),
  ...["W", "", "A"].map((set) => ({
    name: `CreateNtmsMediaPool${set}`,
    good: () => ["\\Daily", null, 3, null, { value: "" }],
    bad: [
      [0, [null, undefined, 5, {}]],
      [
        0,
        ["", "\\", "a\\", "a\\\\b", "\\\\a", "a\nb", "a".repeat(65)],
        "ERROR_INVALID_NAME",
      ],
      [0, [Array(100).fill("abcdef").join("\\")], "ERROR_INVALID_NAME"],
      [1, [5, "x", {}]],
      [2, [0, 4, -1, "3", null, undefined]],
      [3, [{}, 0, "x"]],
      [4, [null, undefined, "", {}, frozen]],
    ] as const,
  })),
  {
    name: "CreateNtmsMediaPoolA",
    good: () => ["\\Daily", null, 3, null, { value: "" }],
    bad: [
      [0, [new Uint8Array(0), Uint8Array.of(0, 65), "Ł"], "ERROR_INVALID_NAME"],
    ],
  },
  {
    name: "AllocateNtmsMedia",
    good: () => [id, null, { value: "" }, 0, 0, null, {}],
    bad: [
      [0, [null, undefined, 5, "x", api.NTMS_NULLGUID]],
      [1, [5, "x", {}]],
      [2, [null, undefined, "", {}, frozen]],
      [3, [8, 1 | 2, -1, 2 ** 31, 0.5, "0", null]],
      [3, [2], "ERROR_INVALID_MEDIA"],
      [4, [-1, 0.5, 2 ** 32, NaN, "0", null]],
      [5, [5, {}, { value: null }, { value: { dwSize: 16 } }]],
      [5, [{ value: { dwSize: 32, lpReserved: 1 } }]],
      [6, [5, "x", abort]],
    ],
  },
  ...MANAGING_CASES,
  {
    name: "DeallocateNtmsMedia",
    good: () => [id, 0],
    bad: [
      [0, [null, undefined, 5, "x", api.NTMS_NULLGUID]],
      [1, [1, -1, "0", null, undefined]],
    ],
  },
  {
    name: "MountNtmsMedia",
    good: () => [[id], [], 1, 0, 0, 0, null, {}],
    bad: [
      [0, [null, undefined, id, [], [null], [5], ["x"]]],
      [1, [null, undefined, "", {}, Object.freeze([])]],
      [2, [0, 2, -1, 0.5, "1", null, undefined]],
      [3, [64, 2 ** 31, -1, 16, "0", null]],
      [4, [16, -16, 0.5, 2 ** 32 - 15, "0", null]],
      [5, [-1, 0.5, 2 ** 32, "0", null]],
      [6, [5, {}, { value: null }, { value: { dwSize: 32 } }]],
      [6, [{ value: { dwSize: 16, lpReserved: {} } }]],
      [7, [5, "x", abort]],
    ],
  },
  {
    name: "DismountNtmsMedia",
    good: () => [[id], 1, 0, {}],
    bad: [
      [0, [null, undefined, id, [], [null], [5], ["x"]]],
      [1, [0, 2, -1, 0.5, "1", null, undefined]],
      [2, [3, 4, -1, "0", null, undefined]],
      [3, [5, "x", abort]],
    ],
  },
  {
    name: "InventoryNtmsLibrary",
    good: () => [id, 1, {}],
    bad: [
      [0, [null, undefined, 5, "x", api.NTMS_NULLGUID]],
      [1, [0, 4, 6, -1, "1", null, undefined]],
      [2, [5, "x", abort]],
    ],
  },
  ...["W", "", "A"].map((set) => ({
    name: `SubmitNtmsOperatorRequest${set}`,
    good: () => [5, "Hello", null, null, { value: "" }],
    bad: [
      [0, [0, 6, -1, 0.5, "5", null, undefined]],
      [1, [5, {}, set === "A" ? "ł" : []]],
      [2, [5, "x", {}]],
      [3, [5, "x", {}]],
      [4, [null, undefined, 5, {}, frozen]],
    ] as const,
  })),
  {
    name: "WaitForNtmsOperatorRequest",
    good: () => [id, 0],
    bad: [
      [0, [null, undefined, 5, "x", api.NTMS_NULLGUID]],
      [1, [null, undefined, -1, 0.5, 2 ** 32, "0"]],
      [2, [5, "x", abort]],
    ],
  },
  ...["Cancel", "Satisfy"].map((verb) => ({
    name: `${verb}NtmsOperatorRequest`,
    good: () => [id],
    bad: [[0, [null, undefined, 5, "x", api.NTMS_NULLGUID]]] as const,
  })),
];

for (const { name, good, bad } of CASES) {
  Deno.test(`${name}() refuses each bad argument before it asks the service`, async () => {
    await using service = await FakeService.open();
    const call = untyped(name);
    assertEquals(await call(service.hSession, ...good()), 0);
    for (const [index, values, code] of bad) {
      for (const value of values) {
        service.asked.length = 0;
        const given = good();
        given[index] = value;
        const outcome = await call(service.hSession, ...given);
        const what = `argument ${index}: ${Deno.inspect(value)}`;
        assertEquals(
          nameOf(Number(outcome)),
          code ?? "ERROR_INVALID_PARAMETER",
          what,
        );
        assertEquals(service.asked, [], what);
      }
    }
  });
}

Deno.test("a handle that is none is ERROR_INVALID_HANDLE for every function", async () => {
  await using service = await FakeService.open();
  const handles = [
    null,
    undefined,
    0n,
    -1n,
    service.hSession + 1n,
    service.hSession + (1n << 64n),
    Number(service.hSession),
    `${service.hSession}`,
    {},
  ];
  for (const { name, good } of CASES) {
    for (const handle of handles) {
      const outcome = await untyped(name)(handle, ...good());
      assertEquals(nameOf(Number(outcome)), "ERROR_INVALID_HANDLE", name);
    }
  }
  assertEquals(service.asked, []);
});

Deno.test("OpenNtmsSession() refuses each bad argument with the documented code", async () => {
  await using service = new FakeService();
  const cases: readonly [unknown[], string][] = [
    [["no host!", null, 0], "ERROR_INVALID_COMPUTERNAME"],
    [["::1", null, 0], "ERROR_INVALID_COMPUTERNAME"],
    [["host:0", null, 0], "ERROR_INVALID_COMPUTERNAME"],
    [[5, null, 0], "ERROR_INVALID_PARAMETER"],
    [[null, "", 0], "ERROR_INVALID_PARAMETER"],
    [[null, "a".repeat(65), 0], "ERROR_INVALID_PARAMETER"],
    [[null, "a\tb", 0], "ERROR_INVALID_PARAMETER"],
    [[null, 5, 0], "ERROR_INVALID_PARAMETER"],
    [[null, null, 1], "ERROR_INVALID_PARAMETER"],
    [[null, null], "ERROR_INVALID_PARAMETER"],
    [[null, null, 0, 5], "ERROR_INVALID_PARAMETER"],
    [[null, null, 0, { signal: 5 }], "ERROR_INVALID_PARAMETER"],
    [[null, null, 0, { socket: 5 }], "ERROR_INVALID_PARAMETER"],
  ];
  for (const set of ["W", "", "A"]) {
    for (const [given, code] of cases) {
      const handle = await untyped(`OpenNtmsSession${set}`)(...given);
      assertEquals(handle, api.INVALID_HANDLE_VALUE, Deno.inspect(given));
      assertEquals(nameOf(api.GetLastError()), code, Deno.inspect(given));
    }
  }
  assertEquals(service.asked, []);
});

Deno.test("OpenNtmsSessionA() refuses a server name that Windows-1252 lacks", async () => {
  assertEquals(
    await api.OpenNtmsSessionA("łódź", null, 0),
    api.INVALID_HANDLE_VALUE,
  );
  assertEquals(nameOf(api.GetLastError()), "ERROR_INVALID_COMPUTERNAME");
});

Deno.test("no documented function rejects, whatever it is given", async () => {
  await using service = await FakeService.open();
  const codes: number[] = Object.values(ERROR_CODES).map((it) => it.win32);
  const hostile = new Proxy({}, {
    get: () => {
      throw new Error("hostile");
    },
    has: () => true,
  });
  // Made only when they are handed over: fast-check looks into its values.
  const special: readonly (() => unknown)[] = [
    () => id,
    () => [id],
    () => ({ value: id }),
    () => ({ value: 3 }),
    () => ({ value: { dwSize: W, dwType: 0 } }),
    () => hostile,
    () => ({ value: hostile }),
    () => [hostile],
    () => Symbol("s"),
  ];
  const argument = fc.oneof(
    fc.anything({ withBigInt: true }).map((value) => () => value),
    fc.constantFrom(() => null, () => 0, () => 1),
    fc.constantFrom(...special),
  );
  const names = CASES.map(({ name }) => name);
  await fc.assert(fc.asyncProperty(
    fc.constantFrom(...names),
    fc.array(argument, { maxLength: 9 }),
    async (name, given) => {
      const outcome = await untyped(name)(
        service.hSession,
        ...given.map((make) => make()),
      );
      assert(typeof outcome === "number" && codes.includes(outcome));
    },
  ));
});
