import { assertEquals, assertThrows } from "@std/assert";
import {
  LIMITS,
  type Limits,
  NtmsError,
  userSid,
} from "../../src/model/mod.ts";
import { systemRandom } from "../../src/model/system.ts";
import type { Admitted } from "../../src/service/admission.ts";
import { Sessions } from "../../src/service/sessions.ts";
import { FakeClock } from "./fake_clock.ts";

const LEASE_MS = 60_000;
const USER = userOf(1);

function userOf(uid: number): Admitted {
  const sid = userSid(uid);
  return {
    user: "ann",
    computer: "host",
    identity: {
      sid,
      sids: new Set([sid]),
      administrator: false,
      uid,
      pid: null,
      token: null,
    },
  };
}

function setUp(limits: Partial<Limits> = {}) {
  const clock = new FakeClock();
  const ended: [string, boolean][] = [];
  const sessions = new Sessions({
    clock,
    random: systemRandom,
    leaseMs: LEASE_MS,
    limits: { ...LIMITS, ...limits },
    ended: (id, lost) => ended.push([id, lost]),
  });
  return { clock, ended, sessions };
}

/** Opens a session that leaves traces. */
function open(sessions: Sessions) {
  const entry = sessions.open(USER, "App", "uid:1");
  entry.leavesTraces = true;
  return entry;
}

function code(act: () => unknown): string {
  return assertThrows(act, NtmsError).code;
}

Deno.test("a session is found by its id and secret from where it was opened", () => {
  const { sessions } = setUp();
  const entry = sessions.open(USER, "App", "uid:1");
  assertEquals(sessions.find(entry, "uid:1"), entry);
  const { id, secret } = entry;
  const changed = secret.replace(/^./, (first) => first === "0" ? "1" : "0");
  for (
    const [key, principal] of [
      [null, "uid:1"],
      [{ id, secret: changed }, "uid:1"],
      [{ id, secret: secret.slice(1) }, "uid:1"],
      [{ id, secret: "" }, "uid:1"],
      [{ id: "other", secret }, "uid:1"],
      [{ id, secret }, "uid:2"],
    ] as const
  ) {
    assertEquals(
      code(() => sessions.find(key, principal)),
      "ERROR_INVALID_HANDLE",
    );
  }
});

Deno.test("secrets have 256 bits and are all different", () => {
  const { sessions } = setUp();
  const secrets = new Set<string>();
  for (let count = 0; count < 100; count++) {
    const { secret } = sessions.open(USER, "App", "uid:1");
    assertEquals(/^[0-9a-f]{64}$/.test(secret), true);
    secrets.add(secret);
  }
  assertEquals(secrets.size, 100);
});

Deno.test("a session that is not heard of for its lease is lost", () => {
  const { clock, ended, sessions } = setUp();
  const entry = open(sessions);
  clock.advance(LEASE_MS - 1);
  assertEquals(sessions.count, 1);
  clock.advance(1);
  assertEquals(ended, [[entry.id, true]]);
  assertEquals(
    code(() => sessions.find(entry, "uid:1")),
    "ERROR_INVALID_HANDLE",
  );
  assertEquals(clock.timers, 0);
});

Deno.test("any call renews the lease", () => {
  const { clock, ended, sessions } = setUp();
  const entry = open(sessions);
  for (let round = 0; round < 10; round++) {
    clock.advance(LEASE_MS - 1);
    sessions.find(entry, "uid:1");
  }
  assertEquals(ended, []);
});

Deno.test("a session lives as long as a call of it is under way, and its lease after that", () => {
  const { clock, ended, sessions } = setUp();
  const entry = open(sessions);
  const call = new AbortController();
  sessions.begin(entry, call);
  clock.advance(LEASE_MS * 10);
  assertEquals(ended, []);
  sessions.end(entry, call);
  clock.advance(LEASE_MS - 1);
  assertEquals(ended, []);
  clock.advance(LEASE_MS);
  assertEquals(ended, [[entry.id, true]]);
});

Deno.test("one timer serves any number of sessions, each of which keeps its own time", () => {
  const { clock, ended, sessions } = setUp();
  const ids: string[] = [];
  for (let count = 0; count < 100; count++) {
    ids.push(open(sessions).id);
    clock.advance(100);
    assertEquals(clock.timers, 1);
  }
  clock.advance(LEASE_MS - 100 * 100);
  assertEquals(ended.length, 1);
  clock.advance(50 * 100);
  assertEquals(ended.map(([id]) => id), ids.slice(0, 51));
});

Deno.test("closing cancels the other calls and tells that nothing was lost", () => {
  const { ended, sessions } = setUp();
  const entry = open(sessions);
  const [waiting, closing] = [new AbortController(), new AbortController()];
  sessions.begin(entry, waiting);
  sessions.begin(entry, closing);
  sessions.close(entry, closing);
  assertEquals(waiting.signal.reason.code, "ERROR_CANCELLED");
  assertEquals(closing.signal.aborted, false);
  assertEquals(ended, [[entry.id, false]]);
  // The end of a call does not bring a closed session back.
  sessions.end(entry, waiting);
  assertEquals(sessions.count, 0);
});

Deno.test("no more sessions are opened than the limit says, nor for one user", () => {
  const { sessions } = setUp();
  const users = LIMITS.sessions / LIMITS.sessionsOfOneUser;
  for (let user = 0; user < users; user++) {
    for (let count = 0; count < LIMITS.sessionsOfOneUser; count++) {
      sessions.open(userOf(user), "App", `uid:${user}`);
    }
    const error = assertThrows(
      () => sessions.open(userOf(user), "App", `uid:${user}`),
      NtmsError,
    );
    assertEquals(error.code, "ERROR_NOT_ENOUGH_MEMORY");
  }
  assertEquals(sessions.count, LIMITS.sessions);
  assertEquals(
    code(() => sessions.open(userOf(9), "App", "uid:9")),
    "ERROR_NOT_ENOUGH_MEMORY",
  );
});

Deno.test("a session that ends makes room for another of its user", () => {
  const { clock, sessions } = setUp({ sessionsOfOneUser: 2 });
  const first = sessions.open(USER, "App", "uid:1");
  sessions.open(USER, "App", "uid:1");
  assertEquals(
    code(() => sessions.open(USER, "App", "uid:1")),
    "ERROR_NOT_ENOUGH_MEMORY",
  );
  sessions.open(userOf(2), "App", "uid:2");
  sessions.close(first, new AbortController());
  sessions.open(USER, "App", "uid:1");
  clock.advance(LEASE_MS);
  sessions.open(USER, "App", "uid:1");
  sessions.open(USER, "App", "uid:1");
  assertEquals(sessions.count, 2);
});

Deno.test("a session has no more calls under way than the limit says", () => {
  const { sessions } = setUp({ callsInOneSession: 2 });
  const entry = sessions.open(USER, "App", "uid:1");
  const calls = [new AbortController(), new AbortController()] as const;
  for (const call of calls) {
    sessions.requireRoom(entry);
    sessions.begin(entry, call);
  }
  assertEquals(code(() => sessions.requireRoom(entry)), "ERROR_BUSY");
  sessions.end(entry, calls[0]);
  sessions.requireRoom(entry);
});

Deno.test("the end of a session that only looked is nothing to tell", () => {
  const { clock, ended, sessions } = setUp();
  sessions.close(sessions.open(USER, "App", "uid:1"), new AbortController());
  sessions.open(USER, "App", "uid:1");
  clock.advance(LEASE_MS);
  assertEquals([sessions.count, ended], [0, []]);
});

Deno.test("the sessions that a token opened end when it is revoked, and no others", () => {
  const { ended, sessions } = setUp();
  const other = open(sessions);
  const identity = { ...USER.identity, token: "nightly" };
  const entry = sessions.open({ ...USER, identity }, "App", "tcp");
  entry.leavesTraces = true;
  const call = new AbortController();
  sessions.begin(entry, call);
  sessions.endThoseOf("nightly");
  assertEquals(ended, [[entry.id, false]]);
  assertEquals(call.signal.aborted, true);
  assertEquals(sessions.find(other, "uid:1"), other);
  sessions.clear();
});
