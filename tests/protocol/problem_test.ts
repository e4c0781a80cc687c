import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  ERROR_CODES,
  isErrorCode,
  NtmsError,
  type NtmsErrorCode,
} from "../../src/model/mod.ts";
import { decodeProblem, encodeProblem } from "../../src/protocol/mod.ts";

const CODES: NtmsErrorCode[] = Object.keys(ERROR_CODES).filter(isErrorCode)
  .filter((code) => code !== "ERROR_SUCCESS");

Deno.test("decodeProblem() gives back every error that encodeProblem() writes", () => {
  const error = fc.record({
    code: fc.constantFrom(...CODES),
    message: fc.string(),
    data: fc.dictionary(
      fc.string({ minLength: 1 }).filter((key) => key !== "__proto__"),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    ),
  });
  fc.assert(fc.property(error, ({ code, message, data }) => {
    const problem = encodeProblem(new NtmsError(code, message, { data }));
    const text = JSON.stringify(problem);
    const read = decodeProblem(text, problem.status);
    assertEquals(read?.code, code);
    assertEquals(read?.message, message);
    assertEquals(read?.win32, ERROR_CODES[code].win32);
    assertEquals(JSON.stringify(read?.data), JSON.stringify(data));
  }));
});

Deno.test("encodeProblem() carries the status, number and advice of the table", () => {
  for (const code of CODES) {
    const problem = encodeProblem(new NtmsError(code, "x"));
    const { http, retry, win32 } = ERROR_CODES[code];
    assertEquals([problem.status, problem.retry, problem.win32], [
      http,
      retry,
      win32,
    ]);
  }
});

Deno.test("decodeProblem() makes an unknown code the known one of its number", () => {
  const text = JSON.stringify({ code: "ERROR_NEW", win32: 170, message: "m" });
  const error = decodeProblem(text, 500);
  assertEquals(error?.code, "ERROR_BUSY");
  assertEquals(error?.data, { code: "ERROR_NEW" });
});

Deno.test("decodeProblem() makes an unknown code and number what the status says", () => {
  const text = JSON.stringify({
    code: "ERROR_NEW",
    win32: 99_999,
    message: "m",
  });
  const expected: [number, NtmsErrorCode][] = [
    [400, "ERROR_INVALID_PARAMETER"],
    [401, "ERROR_INVALID_HANDLE"],
    [403, "ERROR_ACCESS_DENIED"],
    [404, "ERROR_OBJECT_NOT_FOUND"],
    [409, "ERROR_INVALID_STATE"],
    [422, "ERROR_INVALID_PARAMETER"],
    [499, "ERROR_CANCELLED"],
    [500, "ERROR_RESOURCE_NOT_AVAILABLE"],
    [501, "ERROR_CALL_NOT_IMPLEMENTED"],
    [503, "ERROR_NOT_READY"],
    [504, "ERROR_TIMEOUT"],
    [505, "RPC_S_NO_INTERFACES"],
    [507, "ERROR_DATABASE_FULL"],
  ];
  for (const [status, code] of expected) {
    assertEquals(decodeProblem(text, status)?.code, code, `${status}`);
  }
});

Deno.test("decodeProblem() takes nothing else for an error of a service", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    assertEquals(decodeProblem(text, 500), null);
  }));
  assertEquals(decodeProblem(`{"code":5,"message":"m"}`, 500), null);
  assertEquals(decodeProblem("<html>502 Bad Gateway</html>", 502), null);
});
