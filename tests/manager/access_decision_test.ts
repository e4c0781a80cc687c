import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type AccessRight,
  ALL_RIGHTS,
  type Descriptor,
  groupSid,
  type PoolKind,
  type StoredEntry,
  tokenSid,
  userSid,
  WELL_KNOWN_SIDS,
} from "../../src/model/mod.ts";
import {
  type Asker,
  defaultDescriptor,
  descriptorOfNewPool,
  hasRight,
} from "../../src/manager/access_decision.ts";

const { administrators, everyone, system } = WELL_KNOWN_SIDS;
const ALICE = userSid(1000);
const BOB = userSid(1001);
const TAPE = groupSid(26);

function asker(...sids: string[]): Asker {
  return { administrator: false, sids: new Set([...sids, everyone]) };
}

const ADMINISTRATOR: Asker = {
  administrator: true,
  sids: new Set([userSid(0), everyone, administrators]),
};

function entry(
  sid: string,
  allow: boolean,
  ...rights: AccessRight[]
): StoredEntry {
  return { sid, allow, rights, inherited: false };
}

function list(...entries: StoredEntry[]): Descriptor {
  return { owner: BOB, group: administrators, entries };
}

/** What of use, modify, control, readControl and writeDac a caller has. */
function rightsOf(descriptor: Descriptor, who: Asker): string {
  const asked = [
    "use",
    "modify",
    "control",
    "readControl",
    "writeDac",
  ] as const;
  return asked.filter((right) => hasRight(descriptor, who, right)).join(" ");
}

const CASES: readonly (readonly [string, Descriptor, Asker, string])[] = [
  ["nobody is named", list(), asker(ALICE), ""],
  ["the user is named", list(entry(ALICE, true, "use")), asker(ALICE), "use"],
  ["another is named", list(entry(BOB, true, "use")), asker(ALICE), ""],
  [
    "a group of the user's is named",
    list(entry(TAPE, true, "control")),
    asker(ALICE, TAPE),
    "control",
  ],
  ["everyone is named", list(entry(everyone, true, "use")), asker(), "use"],
  [
    "several entries add up",
    list(entry(ALICE, true, "use"), entry(TAPE, true, "modify")),
    asker(ALICE, TAPE),
    "use modify",
  ],
  [
    "what is denied first is denied",
    list(entry(ALICE, false, "use"), entry(everyone, true, "use", "modify")),
    asker(ALICE),
    "modify",
  ],
  [
    "what is given first is given",
    list(entry(everyone, true, "use"), entry(ALICE, false, "use")),
    asker(ALICE),
    "use",
  ],
  ["the owner has the list alone", list(), asker(BOB), "readControl writeDac"],
  [
    "the list cannot be denied to the owner",
    list(entry(everyone, false, ...ALL_RIGHTS)),
    asker(BOB),
    "readControl writeDac",
  ],
  [
    "an administrator has all, whatever is denied",
    list(entry(everyone, false, ...ALL_RIGHTS)),
    ADMINISTRATOR,
    "use modify control readControl writeDac",
  ],
  [
    "a token is named",
    list(entry(tokenSid(3), true, "use")),
    asker(tokenSid(3)),
    "use",
  ],
  [
    "a user's number is no token's and no group's",
    list(
      entry(tokenSid(1000), true, "use"),
      entry(groupSid(1000), true, "use"),
    ),
    asker(ALICE),
    "",
  ],
];

for (const [name, descriptor, who, rights] of CASES) {
  Deno.test(`hasRight() when ${name}`, () => {
    assertEquals(rightsOf(descriptor, who), rights);
  });
}

const SIDS = [ALICE, BOB, TAPE, everyone, tokenSid(1)];
const anyRight = fc.constantFrom(...ALL_RIGHTS);
const anyEntry = fc.record({
  sid: fc.constantFrom(...SIDS),
  rights: fc.uniqueArray(anyRight, { minLength: 1 }),
  allow: fc.boolean(),
  inherited: fc.boolean(),
});
const anyList = fc.record({
  owner: fc.constantFrom(...SIDS),
  group: fc.constant(administrators),
  entries: fc.array(anyEntry, { maxLength: 8 }),
});
const anyAsker = fc.subarray(SIDS).map((sids) => asker(...sids));

Deno.test("nobody gains by an entry less that gives, or by one more that denies", () => {
  fc.assert(
    fc.property(
      anyList,
      anyAsker,
      anyRight,
      fc.nat(8),
      anyEntry,
      (before, who, right, index, one) => {
        const { entries } = before;
        const given = entries.filter(({ allow }) => allow);
        const without = entries.filter((each) => each !== given[index]);
        const denying = entries.toSpliced(index, 0, { ...one, allow: false });
        const had = hasRight(before, who, right);
        for (const after of [without, denying]) {
          const has = hasRight({ ...before, entries: after }, who, right);
          assertEquals(has && !had, false);
        }
      },
    ),
  );
});

Deno.test("nobody loses by an entry more that gives, or by one less that denies", () => {
  fc.assert(
    fc.property(
      anyList,
      anyAsker,
      anyRight,
      fc.nat(8),
      anyEntry,
      (before, who, right, index, one) => {
        const { entries } = before;
        const denied = entries.filter(({ allow }) => !allow);
        const without = entries.filter((each) => each !== denied[index]);
        const giving = entries.toSpliced(index, 0, { ...one, allow: true });
        const had = hasRight(before, who, right);
        for (const after of [without, giving]) {
          const has = hasRight({ ...before, entries: after }, who, right);
          assertEquals(had && !has, false);
        }
      },
    ),
  );
});

Deno.test("what an entry about others says changes nothing", () => {
  fc.assert(
    fc.property(
      anyList,
      anyRight,
      fc.nat(8),
      anyEntry,
      (before, right, at, one) => {
        const stranger = asker(userSid(4711));
        const sid = one.sid === everyone ? ALICE : one.sid;
        const entries = before.entries.toSpliced(at, 0, { ...one, sid });
        assertEquals(
          hasRight({ ...before, entries }, stranger, right),
          hasRight(before, stranger, right),
        );
      },
    ),
  );
});

Deno.test("an object for which nobody has set it is for everyone to use, but for pools with cartridges of others", () => {
  const rights = (object: Parameters<typeof defaultDescriptor>[0]) =>
    rightsOf(defaultDescriptor(object), asker(ALICE));
  assertEquals(rights({ type: "computer", id: "" }), "use readControl");
  assertEquals(rights({ type: "library", id: "" }), "use readControl");
  const kinds: Record<PoolKind, string> = {
    root: "use readControl",
    free: "use readControl",
    import: "",
    unrecognized: "",
    application: "",
  };
  for (const [kind, expected] of Object.entries(kinds)) {
    const named = Object.keys(kinds).find((each) => each === kind);
    assertEquals(named, kind);
    const pool = { type: "mediaPool", id: "", kind: asKind(kind) } as const;
    assertEquals(rights(pool), expected, kind);
    assertEquals(
      rightsOf(defaultDescriptor(pool), ADMINISTRATOR),
      "use modify control readControl writeDac",
    );
  }
});

function asKind(text: string): PoolKind {
  switch (text) {
    case "root":
    case "free":
    case "import":
    case "unrecognized":
      return text;
    default:
      return "application";
  }
}

Deno.test("a new pool is its creator's and the service's, and has what the pool above has, unless something else is said", () => {
  const above = list(entry(TAPE, true, "use"));
  const under = descriptorOfNewPool(ALICE, above, undefined);
  assertEquals(under.owner, ALICE);
  assertEquals(under.entries, [
    entry(ALICE, true, ...ALL_RIGHTS),
    entry(system, true, ...ALL_RIGHTS),
    { ...entry(TAPE, true, "use"), inherited: true },
  ]);
  const top = descriptorOfNewPool(ALICE, null, undefined);
  assertEquals(top.entries.map(({ sid }) => sid), [ALICE, system]);
  const said = descriptorOfNewPool(ALICE, above, [entry(BOB, true, "use")]);
  assertEquals(said.entries.map(({ sid }) => sid), [ALICE, system, BOB]);
});
