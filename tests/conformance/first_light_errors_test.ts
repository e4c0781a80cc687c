/**
 * Every documented error of the functions of the first issue, produced by its
 * real cause; and those that cannot come about yet, with the reason.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { DOCUMENTED_ERRORS_OF } from "./documented_errors.ts";
import { MEDIA_ERRORS } from "./media_errors.ts";
import { OBJECT_ERRORS } from "./object_errors.ts";
import { SESSION_ERRORS } from "./session_errors.ts";

const ROWS = [...SESSION_ERRORS, ...OBJECT_ERRORS, ...MEDIA_ERRORS];

for (const { name, code, cause, produce } of ROWS) {
  Deno.test(`${name}() gives ${code} when ${cause}`, async () => {
    assertEquals(await produce(), code);
  });
}

/** Errors that no test here produces, with what stands in the way. */
const NOT_YET: Readonly<Record<string, string>> = {
  ERROR_ACCESS_DENIED: "rights on objects come with their own issue",
  ERROR_DATABASE_FAILURE: "the catalogue has to be broken under the service",
  ERROR_DATABASE_FULL: "the disk has to be full under the service",
  ERROR_NOT_ENOUGH_MEMORY: "a limit of the service has to be reached",
  ERROR_NO_NETWORK: "it needs a network namespace; tests/client has it",
  ERROR_REQUEST_REFUSED: "CancelNtmsOperatorRequest has its own issue",
  ERROR_RESOURCE_DISABLED: "DisableNtmsObject has its own issue",
  ERROR_WRITE_PROTECT: "SetNtmsMediaComplete has its own issue",
  "MountNtmsMedia ERROR_INVALID_STATE":
    "no medium of a virtual library is incompatible with its drives",
  "DismountNtmsMedia ERROR_DEVICE_NOT_AVAILABLE":
    "DisableNtmsObject has its own issue",
  "DismountNtmsMedia ERROR_INVALID_LIBRARY":
    "libraries cannot be deleted yet, so none that holds a medium is no good",
  "DismountNtmsMedia ERROR_MEDIA_NOT_AVAILABLE":
    "DisableNtmsObject has its own issue",
  "DismountNtmsMedia ERROR_TIMEOUT": "it returns when the work is queued",
};

for (const [name, documented] of DOCUMENTED_ERRORS_OF) {
  Deno.test(`every documented error of ${name}() has a test, or a reason why not`, () => {
    const unaccounted = documented.filter((code) =>
      !ROWS.some((row) => row.name === name && row.code === code) &&
      !(code in NOT_YET) && !(`${name} ${code}` in NOT_YET)
    );
    assertEquals(unaccounted, []);
  });
}

Deno.test("no test is for an error that the documents do not name", () => {
  const strange = ROWS.filter(({ name, code }) =>
    !DOCUMENTED_ERRORS_OF.get(name)?.includes(code)
  );
  assertEquals(strange.map(({ name, code }) => `${name} ${code}`), []);
});
