import { assertEquals } from "@std/assert";
import { ERROR_CODES } from "../../src/model/errors.ts";
import * as constants from "../../src/ntms/constants.ts";
import {
  DOCUMENTED_CONSTANTS,
  DOCUMENTED_ERRORS,
} from "./documented_numbers.ts";

/** Exports that are no numbers of a header, or stand for `sizeof`. */
const OURS =
  /^(?:SIZEOF_|NTMS_NULLGUID$|NTMS_IS_NULLGUID$|INVALID_HANDLE_VALUE$)/;

const exported = new Map<string, unknown>(Object.entries(constants));

Deno.test("every documented constant is exported with its documented number", () => {
  for (const [name, value] of DOCUMENTED_CONSTANTS) {
    assertEquals(exported.get(name), value, name);
  }
});

Deno.test("every documented error code is exported with its documented number", () => {
  for (const [name, code] of DOCUMENTED_ERRORS) {
    assertEquals(exported.get(name), code, name);
  }
});

Deno.test("no constant is exported that is not documented", () => {
  const strange = [...exported.keys()].filter((name) =>
    !OURS.test(name) && !DOCUMENTED_CONSTANTS.has(name) &&
    !DOCUMENTED_ERRORS.has(name)
  );
  assertEquals(strange, []);
});

Deno.test("the table of error codes has the documented numbers and no others", () => {
  const documented = [...DOCUMENTED_ERRORS].filter(([name]) =>
    name !== "NO_ERROR"
  );
  assertEquals<unknown>(
    Object.entries(ERROR_CODES).map(([name, { win32 }]) => [name, win32]),
    documented,
  );
});

Deno.test("structure sizes are those of the 64-bit header", () => {
  assertEquals(
    Object.entries(constants).filter(([name]) => name.startsWith("SIZEOF_")),
    [
      ["SIZEOF_NTMS_ALLOCATION_INFORMATION", 32],
      ["SIZEOF_NTMS_MOUNT_INFORMATION", 16],
      ["SIZEOF_NTMS_OBJECTINFORMATION", 1408],
      ["SIZEOF_NTMS_OBJECTINFORMATIONA", 896],
      ["SIZEOF_NTMS_OBJECTINFORMATIONW", 1408],
    ],
  );
});

Deno.test("special values have the documented values", () => {
  assertEquals(constants.INVALID_HANDLE_VALUE, -1n);
  assertEquals(
    constants.NTMS_NULLGUID,
    "00000000-0000-0000-0000-000000000000",
  );
});

Deno.test("NTMS_IS_NULLGUID knows the GUID of zeros in every spelling and no other", () => {
  const { NTMS_IS_NULLGUID, NTMS_NULLGUID } = constants;
  assertEquals(NTMS_IS_NULLGUID(NTMS_NULLGUID), true);
  assertEquals(NTMS_IS_NULLGUID(`{${NTMS_NULLGUID}}`), true);
  assertEquals(NTMS_IS_NULLGUID("6f9619ff-8b86-4d01-b42d-00cf4fc964ff"), false);
  assertEquals(NTMS_IS_NULLGUID("zeros"), false);
});
