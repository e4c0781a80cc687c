/**
 * Every documented error of the functions of the issues so far, produced by its
 * real cause; and those that cannot come about yet, with the reason.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { DATABASE_ERRORS } from "./database_errors.ts";
import { ATTRIBUTE_ERRORS } from "./attribute_errors.ts";
import { DOCUMENTED_ERRORS_OF } from "./documented_errors.ts";
import { MEDIA_ERRORS } from "./media_errors.ts";
import { NOTIFICATION_ERRORS } from "./notification_errors.ts";
import { MEDIA_LIFE_ERRORS } from "./media_life_errors.ts";
import { MEDIA_TYPE_ERRORS } from "./media_type_errors.ts";
import { OBJECT_ERRORS } from "./object_errors.ts";
import { OPERATOR_ERRORS } from "./operator_errors.ts";
import { POOL_ERRORS } from "./pool_errors.ts";
import { SESSION_ERRORS } from "./session_errors.ts";
import { SETTINGS_ERRORS } from "./settings_errors.ts";

const ROWS = [
  ...SESSION_ERRORS,
  ...OBJECT_ERRORS,
  ...MEDIA_ERRORS,
  ...OPERATOR_ERRORS,
  ...NOTIFICATION_ERRORS,
  ...POOL_ERRORS,
  ...MEDIA_LIFE_ERRORS,
  ...SETTINGS_ERRORS,
  ...ATTRIBUTE_ERRORS,
  ...DATABASE_ERRORS,
  ...MEDIA_TYPE_ERRORS,
];

for (const { name, code, cause, produce } of ROWS) {
  Deno.test(`${name}() gives ${code} when ${cause}`, async () => {
    assertEquals(await produce(), code);
  });
}

const POOL_IS_THERE = "no cartridge is in a pool that is not there";

/** Errors that no test here produces, with what stands in the way. */
const NOT_YET: Readonly<Record<string, string>> = {
  ERROR_ACCESS_DENIED: "rights on objects come with their own issue",
  ERROR_DATABASE_FAILURE: "the catalogue has to be broken under the service",
  ERROR_DATABASE_FULL: "the disk has to be full under the service",
  ERROR_NOT_ENOUGH_MEMORY: "a limit of the service has to be reached",
  ERROR_NO_NETWORK: "it needs a network namespace; tests/client has it",
  "MountNtmsMedia ERROR_INVALID_STATE":
    "no medium of a virtual library is incompatible with its drives",
  "DismountNtmsMedia ERROR_INVALID_LIBRARY":
    "libraries cannot be deleted yet, so none that holds a medium is no good",
  "DismountNtmsMedia ERROR_MEDIA_NOT_AVAILABLE":
    "what is disabled can be dismounted all the same",
  "DismountNtmsMedia ERROR_TIMEOUT": "it returns when the work is queued",
  "OpenNtmsNotification ERROR_DATABASE_FAILURE":
    "channels are in memory: the catalogue is not asked",
  "WaitForNtmsNotification ERROR_DATABASE_FAILURE":
    "channels are in memory: the catalogue is not asked",
  "CloseNtmsNotification ERROR_DATABASE_FAILURE":
    "channels are in memory: the catalogue is not asked",
  "SetNtmsMediaComplete ERROR_INVALID_MEDIA_POOL": POOL_IS_THERE,
  "DecommissionNtmsMedia ERROR_INVALID_MEDIA_POOL": POOL_IS_THERE,
  "DeleteNtmsMedia ERROR_INVALID_MEDIA_POOL": POOL_IS_THERE,
  "SwapNtmsMedia ERROR_BAD_FORMAT": "labels are not read yet",
  "GetNtmsObjectAttribute ERROR_NO_DATA": "no attribute so large can be set",
  "GetNtmsObjectAttribute RPC_S_INVALID_BOUND":
    "it is what Windows gives over the wire where ERROR_INSUFFICIENT_BUFFER is meant",
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
