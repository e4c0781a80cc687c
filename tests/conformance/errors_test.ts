/**
 * The documented errors that have causes of their own, produced by these; what
 * is the same with every function is in common_errors_test.ts, and what cannot
 * be produced in not_produced.ts. tools/conformance.ts fails for what is missing.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { ATTRIBUTE_ERRORS } from "./attribute_errors.ts";
import { CREATE_MEDIA_ERRORS } from "./create_media_errors.ts";
import { DATABASE_ERRORS } from "./database_errors.ts";
import { DEVICE_ERRORS } from "./device_errors.ts";
import { DESK_ERRORS } from "./desk_errors.ts";
import { DRIVE_ERRORS } from "./drive_errors.ts";
import { LABEL_ERRORS } from "./label_errors.ts";
import { MEDIA_ERRORS } from "./media_errors.ts";
import { MEDIA_LIFE_ERRORS } from "./media_life_errors.ts";
import { MEDIA_TYPE_ERRORS } from "./media_type_errors.ts";
import { NOTIFICATION_ERRORS } from "./notification_errors.ts";
import { OBJECT_ERRORS } from "./object_errors.ts";
import { OPERATOR_ERRORS } from "./operator_errors.ts";
import { POOL_ERRORS } from "./pool_errors.ts";
import { CLEANER_ERRORS } from "./cleaner_errors.ts";
import { PORT_ERRORS } from "./port_errors.ts";
import { holds, recordError } from "./record.ts";
import { SECURITY_ERRORS } from "./security_errors.ts";
import { SESSION_ERRORS } from "./session_errors.ts";
import { SETTINGS_ERRORS } from "./settings_errors.ts";
import { QUEUE_ERRORS } from "./queue_errors.ts";
import { UI_ERRORS } from "./ui_errors.ts";

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
  ...CLEANER_ERRORS,
  ...PORT_ERRORS,
  ...DEVICE_ERRORS,
  ...DRIVE_ERRORS,
  ...DESK_ERRORS,
  ...LABEL_ERRORS,
  ...UI_ERRORS,
  ...QUEUE_ERRORS,
  ...CREATE_MEDIA_ERRORS,
  ...SECURITY_ERRORS,
];

for (const { name, code, cause, lines = [], obstacle, produce } of ROWS) {
  if (obstacle !== undefined) recordError(name, code, cause, obstacle);
  Deno.test({
    name: `${name}() gives ${code} when ${cause}`,
    ignore: obstacle !== undefined,
    fn: holds(lines, async () => {
      assertEquals(await produce(), code);
      recordError(name, code, cause);
    }),
  });
}
