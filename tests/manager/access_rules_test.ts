import { assertEquals } from "@std/assert";
import type { Look, Need, PoolView } from "../../src/manager/access_needs.ts";
import { ACCESS_RULES } from "../../src/manager/access_rules.ts";
import type {
  AllocateInput,
  CreatePoolInput,
  PoolKind,
  SubmitOperatorInput,
} from "../../src/model/mod.ts";

function pool(
  id: string,
  kind: PoolKind,
  more: Partial<PoolView> = {},
): PoolView {
  return {
    type: "mediaPool",
    id,
    kind,
    mediaTypeId: "LTO-6",
    parentId: null,
    drawFromFree: false,
    returnToFree: false,
    ...more,
  };
}

const POOLS: Readonly<Record<string, PoolView>> = {
  root: pool("root", "root"),
  free: pool("free", "free"),
  import: pool("import", "import"),
  app: pool("app", "application"),
  other: pool("other", "application"),
  drawing: pool("drawing", "application", {
    drawFromFree: true,
    returnToFree: true,
  }),
};

const PATHS: Readonly<Record<string, string>> = {
  "App": "app",
  "App\\Daily": "other",
};

/** Media, by the pool they are in; drives and slots are in the library. */
const INSIDE: Readonly<Record<string, string>> = {
  freeSide: "free",
  importSide: "import",
  appSide: "app",
  appMedium: "app",
  otherMedium: "other",
  drawnMedium: "drawing",
  freeCartridge: "free",
  appCartridge: "app",
};

const COMPUTER = { type: "computer", id: "computer" } as const;
const LIBRARY = { type: "library", id: "library" } as const;
const PARTS = ["library", "drive", "slot"];

const LOOK: Look = {
  computer: COMPUTER,
  rootPool: pool("root", "root"),
  poolOf: (id) => Promise.resolve(POOLS[INSIDE[id] ?? id] ?? null),
  libraryOf: (id) =>
    Promise.resolve(id in INSIDE || PARTS.includes(id) ? LIBRARY : null),
  governorOf: (id) =>
    Promise.resolve(
      POOLS[INSIDE[id] ?? id] ??
        (PARTS.includes(id) ? LIBRARY : id === "computer" ? COMPUTER : null),
    ),
  poolAt: (parent, levels) =>
    POOLS[
      PATHS[[...parent === "app" ? ["App"] : [], ...levels].join("\\")] ?? ""
    ] ?? null,
  freePool: () => POOLS["free"] ?? null,
};

async function told(needs: Promise<readonly Need[] | null>): Promise<string> {
  const all = await needs;
  return all === null
    ? "administrators"
    : all.map(({ on, right }) => `${right} ${on.id}`).join(", ");
}

const CREATE: CreatePoolInput = {
  name: "New",
  mediaType: null,
  parent: null,
  mode: "always",
};
const ALLOCATE: AllocateInput = { pool: "app", side: null, timeoutMs: 0 };
const ASK: SubmitOperatorInput = {
  command: "message",
  message: "Hello",
  argument1: null,
  argument2: null,
};
const {
  AllocateNtmsMedia: allocate,
  CreateNtmsMediaPool: create,
  DeallocateNtmsMedia: deallocate,
  MountNtmsMedia: mount,
  MoveToNtmsMediaPool: move,
  SetNtmsObjectInformation: set,
  SetNtmsObjectSecurity: secure,
  SubmitNtmsOperatorRequest: ask,
} = ACCESS_RULES;

const CASES: readonly (readonly [string, Promise<string>, string])[] = [
  ["a new pool at the top", told(create(CREATE, LOOK)), "control root"],
  [
    "a new pool in another one, by its path",
    told(create({ ...CREATE, name: "\\App\\New" }, LOOK)),
    "control root, control app",
  ],
  [
    "a new pool in another one, by its id",
    told(create({ ...CREATE, parent: "app" }, LOOK)),
    "control root, control app",
  ],
  [
    "a pool that is there, to be opened",
    told(create({ ...CREATE, name: "App\\Daily" }, LOOK)),
    "",
  ],
  [
    "a pool that is there, to be made anew",
    told(create({ ...CREATE, name: "App\\Daily", mode: "new" }, LOOK)),
    "control root, control app",
  ],
  [
    "a pool that is not there, to be opened",
    told(create({ ...CREATE, mode: "existing" }, LOOK)),
    "",
  ],
  ["any medium of a pool", told(allocate(ALLOCATE, LOOK)), "control app"],
  [
    "any medium of a pool that draws from the free one",
    told(allocate({ ...ALLOCATE, pool: "drawing" }, LOOK)),
    "control drawing, use free",
  ],
  [
    "a side of the pool itself",
    told(allocate({ ...ALLOCATE, side: "appSide" }, LOOK)),
    "control app",
  ],
  [
    "a side of the free pool",
    told(allocate({ ...ALLOCATE, side: "freeSide" }, LOOK)),
    "control app, use free",
  ],
  [
    "a side of any other pool",
    told(allocate({ ...ALLOCATE, side: "importSide" }, LOOK)),
    "control app, control import",
  ],
  [
    "the next side of a medium",
    told(allocate({ ...ALLOCATE, nextOf: "otherMedium" }, LOOK)),
    "control app, control other",
  ],
  [
    "a medium to be given back",
    told(deallocate({ logicalMedium: "appMedium" }, LOOK)),
    "control app",
  ],
  [
    "a medium to be given back to the free pool",
    told(deallocate({ logicalMedium: "drawnMedium" }, LOOK)),
    "control drawing, use free",
  ],
  [
    "a cartridge from the free pool",
    told(move({ cartridge: "freeCartridge", pool: "app" }, LOOK)),
    "use free, control app",
  ],
  [
    "a cartridge to the free pool",
    told(move({ cartridge: "appCartridge", pool: "free" }, LOOK)),
    "control app, use free",
  ],
  [
    "a cartridge to another pool",
    told(move({ cartridge: "appCartridge", pool: "other" }, LOOK)),
    "control app, control other",
  ],
  [
    "two media for a drive",
    told(mount({
      media: ["appMedium", "otherMedium"],
      drives: ["drive"],
      priority: 0,
      timeoutMs: 0,
    }, LOOK)),
    "use app, use library, use other, use library, use library",
  ],
  [
    "a library to be set",
    told(set({ id: "library" }, LOOK)),
    "control library",
  ],
  ["a drive to be set", told(set({ id: "drive" }, LOOK)), "modify library"],
  ["a side to be set", told(set({ id: "appSide" }, LOOK)), "modify app"],
  [
    "entries to be set",
    told(secure({ id: "app", change: { entries: [] } }, LOOK)),
    "writeDac app",
  ],
  [
    "an owner to be set",
    told(secure({ id: "app", change: { owner: "x" } }, LOOK)),
    "writeOwner app",
  ],
  [
    "an owner and entries to be set",
    told(secure({ id: "app", change: { owner: "x", entries: [] } }, LOOK)),
    "writeDac app, writeOwner app",
  ],
  [
    "entries to be set of what has no list",
    told(secure({ id: "drive", change: { entries: [] } }, LOOK)),
    "",
  ],
  ["a message to a person", told(ask(ASK, LOOK)), "use computer"],
  [
    "a person to bring media",
    told(ask({ ...ASK, command: "newMedia", argument1: "app" }, LOOK)),
    "control app",
  ],
  [
    "a person to move a cartridge",
    told(
      ask({
        ...ASK,
        command: "moveMedia",
        argument1: "appCartridge",
        argument2: "library",
      }, LOOK),
    ),
    "control app",
  ],
  [
    "a person to look after a drive",
    told(ask({ ...ASK, command: "deviceService", argument1: "drive" }, LOOK)),
    "control library",
  ],
  [
    "a token",
    told(ACCESS_RULES.ListNtmsTokens({}, LOOK)),
    "administrators",
  ],
];

for (const [what, needs, expected] of CASES) {
  Deno.test(`what a call needs that is about ${what}`, async () => {
    assertEquals(await needs, expected);
  });
}

Deno.test("an id that names nothing needs no right: the call says that there is none", async () => {
  const id = "nothing";
  const all = [
    move({ cartridge: id, pool: id }, LOOK),
    deallocate({ logicalMedium: id }, LOOK),
    allocate({ ...ALLOCATE, pool: id }, LOOK),
    set({ id }, LOOK),
    secure({ id, change: { entries: [] } }, LOOK),
    ACCESS_RULES.GetNtmsObjectInformation({ id }, LOOK),
    ACCESS_RULES.EnableNtmsObject({ id }, LOOK),
  ];
  for (const needs of all) assertEquals(await told(needs), "");
});
