import { assertEquals, assertThrows } from "@std/assert";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";
import { systemRandom } from "../../src/model/system.ts";
import { Sessions } from "../../src/service/sessions.ts";
import { FakeClock } from "./fake_clock.ts";

const LEASE_MS = 60_000;
const USER = { user: "ann", computer: "host" };

function setUp() {
  const clock = new FakeClock();
  const ended: [string, boolean][] = [];
  const sessions = new Sessions({
    clock,
    random: systemRandom,
    leaseMs: LEASE_MS,
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

Deno.test("no more sessions are opened than the limit says", () => {
  const { sessions } = setUp();
  for (let count = 0; count < LIMITS.sessions; count++) {
    open(sessions);
  }
  assertEquals(
    code(() => open(sessions)),
    "ERROR_NOT_ENOUGH_MEMORY",
  );
});

Deno.test("the end of a session that only looked is nothing to tell", () => {
  const { clock, ended, sessions } = setUp();
  sessions.close(sessions.open(USER, "App", "uid:1"), new AbortController());
  sessions.open(USER, "App", "uid:1");
  clock.advance(LEASE_MS);
  assertEquals([sessions.count, ended], [0, []]);
});
