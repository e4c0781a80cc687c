import { assert, assertMatch } from "@std/assert";
import fc from "fast-check";
import { ERROR_CODES, isErrorCode } from "../../src/model/mod.ts";
import { isOperationName, WIRE } from "../../src/protocol/mod.ts";
import { ask, closeByHand, OPEN, openByHand } from "./hostile_client.ts";
import { DOORS, HostileTarget } from "./hostile_target.ts";
import { outcomeOf, post } from "./test_service.ts";

const NAMES = Object.keys(WIRE).filter(isOperationName);

/** Anything, and things that are nearly right for one operation or another. */
const anyInput = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constant({}),
  fc.record({
    application: fc.string({ unit: "binary" }),
    waitMs: fc.oneof(fc.integer(), fc.constant(0)),
    type: fc.oneof(fc.string(), fc.constantFrom("drive", "side", "computer")),
    container: fc.oneof(fc.constant(null), fc.uuid(), fc.jsonValue()),
    id: fc.oneof(fc.uuid(), fc.string()),
    name: fc.string({ unit: "binary", maxLength: 80 }),
    mediaType: fc.constant(null),
    parent: fc.oneof(fc.constant(null), fc.uuid()),
    mode: fc.constantFrom("new", "always", "existing"),
    pool: fc.uuid(),
    side: fc.oneof(fc.constant(null), fc.uuid()),
    timeoutMs: fc.constantFrom(0, 1, -1, 0.5, 2 ** 32),
    logicalMedium: fc.uuid(),
    media: fc.array(fc.oneof(fc.uuid(), fc.jsonValue()), { maxLength: 4 }),
    priority: fc.integer({ min: -20, max: 20 }),
    library: fc.oneof(fc.constant(null), fc.uuid()),
    method: fc.constantFrom("fast", "stop", "omid", "?"),
  }, { requiredKeys: [], noNullPrototype: true }),
  fc.record({ type: fc.constant("slot"), container: fc.constant(null) }),
  fc.record({
    name: fc.string({ maxLength: 70 }),
    mediaType: fc.constant(null),
    parent: fc.constant(null),
    mode: fc.constantFrom("new", "always"),
  }),
  fc.record({ pool: fc.uuid(), side: fc.constant(null), timeoutMs: fc.nat(9) }),
  fc.record({ logicalMedium: fc.uuid() }),
  fc.record({
    media: fc.array(fc.uuid(), { maxLength: 4 }),
    priority: fc.constant(0),
    timeoutMs: fc.constant(0),
  }),
  fc.record({ library: fc.uuid(), method: fc.constant("fast") }),
);

for (const door of DOORS) {
  Deno.test(`${door}: what is too large, malformed or said twice is refused by its code`, async () => {
    await using target = await HostileTarget.start();
    const x = "x".repeat(20_000);
    const chunked = { "transfer-encoding": "chunked" };
    const session = await openByHand(target, door);
    const [value = ""] = Object.values(session);
    const list = "/v1/ListNtmsObject";
    const drives = `{"type":"drive","container":null}`;
    const cases: [string, string, number][] = [
      ["long header", post(OPEN, "{}", { x }), 400],
      ["long path", post(`/v1/${x}`, "{}"), 400],
      [
        "many headers",
        `POST ${OPEN} HTTP/1.1\r\n${"a: b\r\n".repeat(5_000)}\r\n`,
        400,
      ],
      ["large body", post(OPEN, "x".repeat(3 << 20)), 413],
      ["body of no length", post(OPEN, "{}", { "content-length": "x" }), 400],
      ["body of two kinds", post(OPEN, "{}", chunked), 400],
      ["chunk without size", post(OPEN, "zz\r\n", chunked), 400],
      ["two sessions", post(list, drives, twice(session, value)), 401],
      [
        "two keys",
        post("/v1/DeallocateNtmsMedia", "{}", {
          ...session,
          "idempotency-key": crypto.randomUUID(),
          "Idempotency-Key": crypto.randomUUID(),
        }),
        400,
      ],
      [
        "a key that is none",
        post("/v1/DeallocateNtmsMedia", "{}", {
          ...session,
          "idempotency-key": "1",
        }),
        400,
      ],
      ["no JSON", post(OPEN, "{]"), 400],
      ["two values", post(OPEN, "{}{}"), 400],
      ["other encoding", post(OPEN, "\u0000\ufffd"), 400],
      ["deep", post(list, "[".repeat(200_000), session), 400],
      [
        "wide",
        post(list, `{${`"a":1,`.repeat(100_000)}"b":1}`, session),
        400,
      ],
      ["other type", post(OPEN, "{}", { "content-type": "text/plain" }), 415],
      [
        "upgrade",
        post(OPEN, "{]", { connection: "upgrade", upgrade: "h2c" }),
        400,
      ],
      ["good", post(list, drives, session), 200],
    ];
    for (const [what, request, status] of cases) {
      const answer = await ask(target, door, request);
      assertMatch(answer, new RegExp(`^HTTP/1\\.1 ${status} `), what);
    }
    for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      const answer = await ask(
        target,
        door,
        post(OPEN, "{}").replace("POST", method),
      );
      assertMatch(answer, /^HTTP\/1\.1 405 [\s\S]*allow: POST/i, method);
    }
    await closeByHand(target, session, door);
    await target.assertSound();
  });
  Deno.test(`${door}: every operation answers any JSON with an answer or a documented code`, async () => {
    await using target = await HostileTarget.start();
    const authorization = `Bearer ${target.token}`;
    for (const name of NAMES) {
      let session = await openByHand(target, door);
      const answer = fc.asyncProperty(anyInput, async (input) => {
        const request = post(`/v1/${name}`, JSON.stringify(input), {
          ...session,
          authorization,
          "idempotency-key": crypto.randomUUID(),
        });
        const text = await ask(target, door, request);
        const { code, status } = outcomeOf(text);
        if (status !== 200) {
          assert(isErrorCode(code) && status === ERROR_CODES[code].http, text);
        } else if (name === "OpenNtmsSession") {
          const { secret, session } = JSON.parse(
            text.split("\r\n\r\n")[1] ?? "",
          );
          const opened = { "rsm-session": `${session}.${secret}` };
          await closeByHand(target, opened, door);
        } else if (name === "CloseNtmsSession") {
          session = await openByHand(target, door);
        }
      });
      await fc.assert(answer, { numRuns: 30 });
      await closeByHand(target, session, door);
    }
    await target.assertSound();
  });
}

function twice(
  session: Record<string, string>,
  value: string,
): Record<string, string> {
  return { ...session, "Rsm-Session": value };
}
