/**
 * The operations on devices that come and go: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import { type DetectInput, LIMITS } from "../model/mod.ts";
import type { DeviceOperations } from "./device_wire.ts";
import { guid, optionalGuid } from "./fields.ts";
import { nothing } from "./inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";

/** Names of the operations on devices. */
export type DeviceName = keyof DeviceOperations;

const detectInput: z.ZodType<DetectInput> = z.strictObject({
  detection: optionalGuid,
  type: z.enum(["library", "mediaType", "cartridge"]),
  objects: z.array(guid).max(LIMITS.mediaInOneCall),
});

/** The operations by name. */
export const DEVICE_OPERATIONS: {
  readonly [Name in DeviceName]: Operation<Name>;
} = {
  DeleteNtmsLibrary: {
    summary: "Forgets a library that is not present; its media stay known",
    since: 1,
    session: true,
    changes: true,
    input: z.strictObject({ library: guid }),
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_STATE",
    ],
  },
  DeleteNtmsDrive: {
    summary: "Forgets a drive that is not present",
    since: 1,
    session: true,
    changes: true,
    input: z.strictObject({ drive: guid }),
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_DRIVE", "ERROR_INVALID_STATE"],
  },
  BeginNtmsDeviceChangeDetection: {
    summary: "Begins to watch devices; which ones is said next",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: z.object({ detection: guid }),
    errors: [],
  },
  SetNtmsDeviceChangeDetection: {
    summary: "Watches devices closely, or looks at them once",
    since: 1,
    session: true,
    changes: false,
    input: detectInput,
    output: nothing,
    errors: [
      "ERROR_DATABASE_FAILURE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_MEDIA",
    ],
  },
  EndNtmsDeviceChangeDetection: {
    summary: "Watches the devices of a detection no more",
    since: 1,
    session: true,
    changes: false,
    input: z.strictObject({ detection: guid }),
    output: nothing,
    errors: [],
  },
  PlugInVirtualLibrary: {
    summary: "Takes in a virtual library, or one that was unplugged",
    since: 1,
    session: true,
    changes: true,
    input: z.strictObject({
      device: z.string().startsWith("virtual:").max(4096),
    }),
    output: z.object({ library: guid }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_ALREADY_EXISTS",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_NOT_SUPPORTED",
    ],
  },
};
