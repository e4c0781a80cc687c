/**
 * Every function that the documents let fail with ERROR_ACCESS_DENIED, called
 * by a process of another user: without each of the rights that it needs in
 * turn it is refused, and with them alone it succeeds.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { openSession } from "../../mod.ts";
import { userSid } from "../../src/model/mod.ts";
import {
  CloseNtmsNotification,
  CloseNtmsSession,
  EnumerateNtmsObject,
  GetLastError,
  type HANDLE,
  NTMS_COMPUTER,
  NTMS_DRIVE,
  NTMS_ENUM_ROOTPOOL,
  NTMS_MEDIA_POOL,
  OpenNtmsNotification,
  OpenNtmsSession,
  OWNER_SECURITY_INFORMATION,
} from "../../src/ntms/ntmsapi.ts";
import { print } from "../../tools/command.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { DOCUMENTED_FUNCTIONS } from "./documented_errors.ts";
import { GOOD_CALLS, type Scene, setScene, startScene } from "./good_calls.ts";
import { systemPool } from "./managing_calls.ts";
import { FURTHER, type Need, NEEDS, type Place } from "./needed_rights.ts";
import { NO_OTHER_USER, OTHER_UID, otherUser } from "./other_user.ts";
import { holds, type LineId, recordError } from "./record.ts";
import { RunningService } from "./running_service.ts";
import { allowing, securityOf, setSecurity } from "./security_calls.ts";

const OTHER = userSid(OTHER_UID);
const DENIED = "ERROR_ACCESS_DENIED";

/** In the order of the good calls, each of which leaves the next ones what they need. */
const FUNCTIONS = Object.keys(GOOD_CALLS).flatMap((name) =>
  DOCUMENTED_FUNCTIONS.filter((it) => it.name === name)
);

/** The root pool. */
async function rootPool(hSession: HANDLE): Promise<string> {
  const pools: string[] = [];
  const size = { value: 99 };
  await EnumerateNtmsObject(
    hSession,
    null,
    pools,
    size,
    NTMS_MEDIA_POOL,
    NTMS_ENUM_ROOTPOOL,
  );
  return pools[0] ?? "";
}

/** The lists of the scene, which the tests' own user sets. */
class Lists {
  readonly #hSession: HANDLE;
  /** The objects. */
  readonly ids: Readonly<Record<Place, string>>;

  constructor(hSession: HANDLE, ids: Readonly<Record<Place, string>>) {
    this.#hSession = hSession;
    this.ids = ids;
  }

  static async of({ hSession, ...scene }: Scene): Promise<Lists> {
    const [computer = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
    return new Lists(hSession, {
      computer,
      library: scene.library,
      goneLibrary: scene.goneLibrary,
      root: await rootPool(hSession),
      pool: scene.pool,
      emptyPool: scene.emptyPool,
      free: await systemPool(hSession, "\\Free\\LTO-6"),
      otherFree: scene.otherFree,
    });
  }

  /** Gives the other user these rights, and no others. */
  async give(needs: readonly Need[]): Promise<void> {
    const places: readonly Place[] = [
      "computer",
      "library",
      "goneLibrary",
      "root",
      "pool",
      "emptyPool",
      "free",
      "otherFree",
    ];
    for (const place of places) {
      const rights = needs.filter(([where]) => where === place)
        .map(([, right]) => right);
      const entries = rights.length === 0 ? [] : [allowing(OTHER, ...rights)];
      const code = await setSecurity(this.#hSession, this.ids[place], {
        entries,
      });
      // What a call before this one has deleted.
      if (code !== "ERROR_OBJECT_NOT_FOUND") {
        assertEquals(code, "ERROR_SUCCESS");
      }
    }
  }
}

function causeOf([place, right]: Need): string {
  const what = place === "library" || place === "computer"
    ? `the ${place}`
    : place === "goneLibrary"
    ? "the library"
    : "a pool that it is about";
  return `a caller has no right ${right.toUpperCase()} on ${what}`;
}

/** The lines about rights that the calls below hold. */
const RIGHTS_LINES: readonly LineId[] = [
  "AllocateNtmsMedia.9",
  "CancelNtmsLibraryRequest.3",
  "CreateNtmsMediaPool.6",
  "DeallocateNtmsMedia.5",
  "GetNtmsObjectInformation.2",
  "GetNtmsObjectSecurity.2",
  "MoveToNtmsMediaPool.7",
];

/** Refused without each right in turn, and done with all of them. */
async function tryRights(
  t: Deno.TestContext,
  name: string,
  needs: readonly Need[],
  lists: Lists,
  call: () => Promise<number>,
): Promise<void> {
  for (const missing of needs) {
    await t.step(
      `${name}() gives ${DENIED} when ${causeOf(missing)}`,
      async () => {
        await lists.give(needs.filter((need) => need !== missing));
        assertEquals(nameOf(await call()), DENIED);
        recordError(name, DENIED, causeOf(missing));
      },
    );
  }
  if (needs.length === 0) {
    const cause = "a caller has no rights at all";
    await t.step(`${name}() gives ${DENIED} when ${cause}`, async () => {
      await lists.give([]);
      assertEquals(nameOf(await call()), DENIED);
      recordError(name, DENIED, cause);
    });
    return;
  }
  await t.step(`${name}() succeeds with these rights alone`, async () => {
    await lists.give(needs);
    assertEquals(nameOf(await call()), "ERROR_SUCCESS");
  });
}

/** Sets the scene, and gives a session of the other user. */
async function inScene(
  act: (
    own: Scene,
    other: HANDLE,
    service: RunningService,
  ) => Promise<void>,
): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  try {
    await using service = await startScene(state);
    const scene = await setScene(await service.open());
    await using user = await otherUser(service.socket);
    const options = { socket: user.socket };
    const other = await OpenNtmsSession(null, "Conformance", 0, options);
    assertEquals(GetLastError(), 0);
    await act(scene, other, service);
    await CloseNtmsSession(other);
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

Deno.test({
  name: "a process of another user needs the documented rights, and no others",
  ignore: NO_OTHER_USER !== undefined,
  fn: holds(RIGHTS_LINES, (t) =>
    inScene(async (scene, hSession) => {
      const lists = await Lists.of(scene);
      const other = { ...scene, hSession };
      for (const { errors, name } of FUNCTIONS) {
        const call = GOOD_CALLS[name];
        if (call === undefined || !errors.includes(DENIED)) continue;
        const needs = NEEDS[name] ?? [];
        await tryRights(t, name, needs, lists, () => call(other));
      }
      const { computer } = lists.ids;
      for (const [name, [needs, call]] of Object.entries(FURTHER)) {
        const act = () => call({ hSession, computer });
        await tryRights(t, name, needs, lists, act);
      }
    })),
});

Deno.test({
  name:
    "OpenNtmsSession() and OpenNtmsNotification() give ERROR_ACCESS_DENIED without USE on the computer",
  ignore: NO_OTHER_USER !== undefined,
  fn: holds(["OpenNtmsSession.7"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    await using user = await otherUser(service.socket);
    const { socket } = user;
    const [computer = ""] = await calls.idsOf(hSession, NTMS_COMPUTER);
    const other = await OpenNtmsSession(null, null, 0, { socket });
    const channel = await OpenNtmsNotification(other, NTMS_DRIVE);
    assertEquals(GetLastError(), 0);
    await CloseNtmsNotification(channel);
    await setSecurity(hSession, computer, { entries: [] });
    await OpenNtmsNotification(other, NTMS_DRIVE);
    assertEquals(nameOf(GetLastError()), DENIED);
    const cause = "a caller has no right USE on the computer";
    recordError("OpenNtmsNotification", DENIED, cause);
    assertEquals(await service.tryOpen(null, socket), DENIED);
    recordError("OpenNtmsSession", DENIED, cause);
    await setSecurity(hSession, computer, {
      entries: [allowing(OTHER, "use")],
    });
    assertEquals(await service.tryOpen(null, socket), "ERROR_SUCCESS");
    await CloseNtmsSession(other);
  }),
});

Deno.test({
  name:
    "the owner may set the list whatever it says; the owner is changed with WRITE_OWNER, and given away by administrators alone",
  ignore: NO_OTHER_USER !== undefined,
  fn: holds(["SetNtmsObjectSecurity.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    await using user = await otherUser(service.socket);
    const { socket } = user;
    const other = await OpenNtmsSession(null, null, 0, { socket });
    const pool = await calls.poolId(hSession);
    const owner = OWNER_SECURITY_INFORMATION;
    const none = { entries: [] };
    assertEquals(await setSecurity(other, pool, none), DENIED);
    const change = { owner: OTHER };
    assertEquals(await setSecurity(other, pool, change, owner), DENIED);
    const entries = [allowing(OTHER, "writeOwner")];
    await setSecurity(hSession, pool, { entries });
    const toRoot = { owner: userSid(0) };
    assertEquals(
      await setSecurity(other, pool, { owner: userSid(1) }, owner),
      DENIED,
    );
    assertEquals(
      await setSecurity(other, pool, change, owner),
      "ERROR_SUCCESS",
    );
    assertEquals(await setSecurity(other, pool, none), "ERROR_SUCCESS");
    assertEquals((await securityOf(other, pool)).owner, OTHER);
    assertEquals(
      await setSecurity(hSession, pool, toRoot, owner),
      "ERROR_SUCCESS",
    );
    assertEquals(await setSecurity(other, pool, none), DENIED);
    await CloseNtmsSession(other);
  }),
});

Deno.test({
  name:
    "what a user may not use is left out where objects are listed with their records",
  ignore: NO_OTHER_USER !== undefined,
  async fn() {
    await using service = await RunningService.start();
    await using own = await openSession({ socket: service.socket });
    await using user = await otherUser(service.socket);
    await using other = await openSession({ socket: user.socket });
    const secret = await own.createPool({ name: "Secret" });
    const paths = async () =>
      (await other.objects("mediaPool")).map(({ path }) => path);
    assertEquals(await paths(), ["\\Free"]);
    assertEquals((await other.enumerate("mediaPool")).includes(secret), true);
    await own.setAccess(secret, [{
      who: `user:${OTHER_UID}`,
      rights: ["use"],
    }]);
    assertEquals(await paths(), ["\\Free", "\\Secret"]);
    for (const { id, kind } of await own.objects("library")) {
      if (kind === "online") await own.setAccess(id, []);
    }
    assertEquals((await other.objects("drive")).length, 0);
    assertEquals((await other.map()).length, 0);
    assertEquals((await other.objects("side")).length, 4);
    const pools = await own.objects("mediaPool");
    for (const { id } of pools) await own.setAccess(id, []);
    const free = await own.enumerate("mediaPool", {
      container: pools.find(({ kind }) => kind === "free")?.id ?? "",
    });
    for (const id of free) await own.setAccess(id, []);
    assertEquals((await other.objects("side")).length, 0);
    assertEquals((await other.objects("cartridge")).length, 0);
  },
});

if (NO_OTHER_USER !== undefined) {
  print(`not run: ${NO_OTHER_USER}`);
  for (const [name, needs] of Object.entries(NEEDS)) {
    for (const need of needs) {
      recordError(name, DENIED, causeOf(need), NO_OTHER_USER);
    }
  }
}
