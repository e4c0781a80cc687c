import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import fc from "fast-check";
import { ERROR_CODES, isErrorCode, LIMITS } from "../../src/model/mod.ts";
import {
  isOperationName,
  OPERATION_PATH,
  WIRE,
} from "../../src/protocol/mod.ts";
import { OPERATIONS } from "../../src/protocol/operations.ts";
import {
  managerWith,
  outcomeOf,
  post,
  sendRaw,
  startTestService,
} from "./test_service.ts";

const NAMES = Object.keys(WIRE).filter(isOperationName);
const OPEN = `${OPERATION_PATH}OpenNtmsSession`;

/** Opens a session by hand; gives the header that names it. */
async function openByHand(socket: string): Promise<Record<string, string>> {
  const answer = await sendRaw(socket, post(OPEN, `{"waitMs":30000}`));
  const { session, secret } = JSON.parse(answer.split("\r\n\r\n")[1] ?? "");
  return { "rsm-session": `${session}.${secret}` };
}

Deno.test("a call that says nothing needs no body, and then no media type", async () => {
  await using test = await startTestService();
  const { socket } = test;
  // Opened once before, because it alone can wait for a service that starts.
  await openByHand(socket);
  const opened = await sendRaw(
    socket,
    `POST ${OPEN} HTTP/1.1\r\nhost: rsm\r\n\r\n`,
  );
  assertStringIncludes(opened, " 200 ");
  const { session, secret } = JSON.parse(opened.split("\r\n\r\n")[1] ?? "");
  const closed = await sendRaw(
    socket,
    `POST ${OPERATION_PATH}CloseNtmsSession HTTP/1.1\r\nhost: rsm\r\n` +
      `rsm-session: ${session}.${secret}\r\ncontent-length: 0\r\n\r\n`,
  );
  assertStringIncludes(closed, " 200 ");
});

Deno.test("requests that are wrong in their head are told so, and the service goes on", async () => {
  await using test = await startTestService();
  const { socket } = test;
  const enumerate = `${OPERATION_PATH}EnumerateNtmsObject`;
  const session = await openByHand(socket);
  const cases: [string, string, number, string][] = [
    [
      "unknown operation",
      post("/v1/FormatDisk", "{}"),
      404,
      "ERROR_CALL_NOT_IMPLEMENTED",
    ],
    [
      "name of every object",
      post("/v1/__proto__", "{}"),
      404,
      "ERROR_CALL_NOT_IMPLEMENTED",
    ],
    [
      "nothing there",
      post("/v2/OpenNtmsSession", "{}"),
      404,
      "ERROR_CALL_NOT_IMPLEMENTED",
    ],
    [
      "not POST",
      `GET ${OPEN} HTTP/1.1\r\nhost: rsm\r\n\r\n`,
      405,
      "ERROR_INVALID_PARAMETER",
    ],
    [
      "other media type",
      post(OPEN, "a=b", {
        "content-type": "application/x-www-form-urlencoded",
      }),
      415,
      "ERROR_INVALID_PARAMETER",
    ],
    [
      "no media type",
      `POST ${OPEN} HTTP/1.1\r\nhost: rsm\r\ncontent-length: 2\r\n\r\n{}`,
      415,
      "ERROR_INVALID_PARAMETER",
    ],
    ["no JSON", post(OPEN, "{"), 400, "ERROR_INVALID_PARAMETER"],
    [
      "no body where one is needed",
      post(enumerate, "", session),
      400,
      "ERROR_INVALID_PARAMETER",
    ],
    [
      "malformed versions",
      post(OPEN, "{}", { "rsm-interface": "new" }),
      400,
      "ERROR_INVALID_PARAMETER",
    ],
    [
      "older client",
      post(OPEN, "{}", { "rsm-interface": "0" }),
      505,
      "RPC_S_NO_INTERFACES",
    ],
    ["no session", post(enumerate, "{}"), 401, "ERROR_INVALID_HANDLE"],
    [
      "malformed session",
      post(enumerate, "{}", { "rsm-session": "x" }),
      401,
      "ERROR_INVALID_HANDLE",
    ],
    [
      "unknown session",
      post(enumerate, "{}", { "rsm-session": "a.b" }),
      401,
      "ERROR_INVALID_HANDLE",
    ],
    [
      "bad member",
      post(enumerate, `{"type":7,"container":null}`, session),
      400,
      "ERROR_INVALID_PARAMETER",
    ],
    ["no HTTP", "EHLO example.org\r\n\r\n", 400, "ERROR_INVALID_PARAMETER"],
    [
      "no host",
      "POST /v1/OpenNtmsSession HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}",
      400,
      "",
    ],
    [
      "huge head",
      `GET / HTTP/1.1\r\nhost: rsm\r\nbig: ${"x".repeat(40_000)}\r\n\r\n`,
      400,
      "ERROR_INVALID_PARAMETER",
    ],
    [
      "two lengths",
      post(OPEN, "{}", { "Content-Length": "3" }),
      400,
      "ERROR_INVALID_PARAMETER",
    ],
  ];
  for (const [what, request, status, code] of cases) {
    const answer = await sendRaw(socket, request);
    if (code === "") assertMatch(answer, /^HTTP\/1\.1 400 /, what);
    else assertEquals(outcomeOf(answer), { status, code }, what);
  }
  assertEquals(
    outcomeOf(
      await sendRaw(
        socket,
        post(enumerate, `{"type":"drive","container":null}`, session),
      ),
    ),
    { status: 200, code: "" },
  );
});

Deno.test("the path of a bad member is named", async () => {
  await using test = await startTestService();
  const session = await openByHand(test.socket);
  const answer = await sendRaw(
    test.socket,
    post(
      `${OPERATION_PATH}MountNtmsMedia`,
      `{"media":["x"],"priority":0,"timeoutMs":0}`,
      session,
    ),
  );
  assertStringIncludes(answer, "media[0] (is not a GUID)");
  assertStringIncludes(answer, "content-type: application/problem+json");
});

Deno.test("a body over the limit is refused, by its length or by its chunks", async () => {
  await using test = await startTestService();
  const tooMuch = "x".repeat(LIMITS.requestBodyBytes + 1);
  const refused = { status: 413, code: "ERROR_INVALID_PARAMETER" };
  assertEquals(
    outcomeOf(await sendRaw(test.socket, post(OPEN, tooMuch))),
    refused,
  );
  const chunked =
    `POST ${OPEN} HTTP/1.1\r\nhost: rsm\r\ncontent-type: application/json\r\n` +
    `transfer-encoding: chunked\r\n\r\n${
      tooMuch.length.toString(16)
    }\r\n${tooMuch}\r\n0\r\n\r\n`;
  assertEquals(outcomeOf(await sendRaw(test.socket, chunked)), refused);
  const fits = JSON.stringify({ application: "" }).padEnd(
    LIMITS.requestBodyBytes,
  );
  assertEquals(
    outcomeOf(await sendRaw(test.socket, post(OPEN, fits))).status,
    400,
  );
});

Deno.test("deep and odd JSON is an invalid parameter", async () => {
  await using test = await startTestService();
  const session = await openByHand(test.socket);
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  for (
    const body of [
      deep,
      `{"__proto__":{"type":"drive"}}`,
      `"text"`,
      "7",
      "null",
      "[]",
      `{"constructor":1}`,
    ]
  ) {
    const answer = await sendRaw(
      test.socket,
      post(`${OPERATION_PATH}ListNtmsObject`, body, session),
    );
    assertEquals(outcomeOf(answer), {
      status: 400,
      code: "ERROR_INVALID_PARAMETER",
    });
  }
});

Deno.test("every operation answers any JSON with a documented code, and the service goes on", async () => {
  await using test = await startTestService();
  const { socket, log } = test;
  const input = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({
      media: fc.array(fc.uuid(), { maxLength: 3 }),
      priority: fc.integer({ min: -20, max: 20 }),
      timeoutMs: fc.constantFrom(0, -1, 5),
    }),
    fc.record({ id: fc.uuid() }),
    fc.record({
      pool: fc.uuid(),
      side: fc.constant(null),
      timeoutMs: fc.constant(0),
    }),
    fc.record({
      type: fc.constantFrom("drive", "side", "uiDestination", "computer"),
      container: fc.option(fc.uuid()),
    }),
    fc.record({
      library: fc.option(fc.uuid()),
      method: fc.constantFrom("fast", "stop"),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), input, async (name, value) => {
      const headers = name === "OpenNtmsSession"
        ? {}
        : await openByHand(socket);
      const answer = await sendRaw(
        socket,
        post(OPERATION_PATH + name, JSON.stringify(value), headers),
      );
      const { status, code } = outcomeOf(answer);
      if (status === 200) return;
      assert(isErrorCode(code), answer);
      assert(status !== 500 || code.startsWith("ERROR_DATABASE"), answer);
      assertEquals(status, ERROR_CODES[code].http);
    }),
    { numRuns: 200 },
  );
  assertEquals(log.lines.filter((line) => line.startsWith("error")), []);
});

Deno.test("any bytes at all leave the service answering", async () => {
  await using test = await startTestService();
  await test.service.ready;
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ maxLength: 100 }).map((text) =>
      new TextEncoder().encode(`POST /v1/${text} HTTP/1.1\r\n${text}\r\n\r\n`)
    ),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (given) => {
      await sendRaw(test.socket, given, () => false, true);
    }),
    { numRuns: 100 },
  );
  const answer = await sendRaw(
    test.socket,
    "GET /health/live HTTP/1.1\r\nhost: rsm\r\n\r\n",
  );
  assertMatch(answer, /^HTTP\/1\.1 200 /);
});

Deno.test("a bug inside is an error without details, and is logged", async () => {
  const bug = () => Promise.reject(new TypeError("secret detail"));
  await using test = await startTestService({}, managerWith({ map: bug }));
  const session = await openByHand(test.socket);
  const answer = await sendRaw(
    test.socket,
    post(`${OPERATION_PATH}MapNtmsLibrary`, `{"library":null}`, session),
  );
  assertEquals(outcomeOf(answer), { status: 500, code: "ERROR_INVALID_STATE" });
  assertEquals(answer.includes("secret detail"), false);
  assert(test.log.lines.includes("error A call failed inside the service"));
});

Deno.test("answers conform to the schemas of the table", async () => {
  await using test = await startTestService();
  const session = await openByHand(test.socket);
  const call = async (name: (typeof NAMES)[number], input: unknown) => {
    const answer = await sendRaw(
      test.socket,
      post(OPERATION_PATH + name, JSON.stringify(input), session),
    );
    assertEquals(outcomeOf(answer).status, 200, answer);
  };
  await call("RenewNtmsSession", {});
  await using client = await test.session();
  for (
    const type of [
      "library",
      "drive",
      "slot",
      "port",
      "cartridge",
      "side",
      "mediaPool",
      "mediaType",
      "computer",
      "changer",
      "libraryRequest",
    ] as const
  ) {
    const objects = await client.objects(type);
    OPERATIONS.ListNtmsObject.output.parse({ objects, next: null });
  }
  OPERATIONS.MapNtmsLibrary.output.parse({ libraries: await client.map() });
});

Deno.test("health checks tell whether it lives, and whether it is ready", async () => {
  const gate = Promise.withResolvers<void>();
  await using test = await startTestService(
    {},
    managerWith({ ready: gate.promise }),
  );
  const get = async (
    path: string,
  ) => (await sendRaw(
    test.socket,
    `GET ${path} HTTP/1.1\r\nhost: rsm\r\n\r\n`,
  ));
  assertMatch(await get("/health/live"), /^HTTP\/1\.1 200 /);
  gate.resolve();
  await test.service.ready;
  assertMatch(
    await get("/health/ready"),
    /^HTTP\/1\.1 200 [\s\S]*"ready":true/,
  );
  assertMatch(await get("/openapi.json"), /"openapi":"3.1.0"/);
  assertMatch(await get("/"), /^HTTP\/1\.1 404 [\s\S]*problem\+json/);
});
