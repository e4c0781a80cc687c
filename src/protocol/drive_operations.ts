/**
 * The operations on drives: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import type {
  DismountDriveInput,
  DriveVolumes,
  DriveWork,
  EjectDiskInput,
} from "../model/mod.ts";
import type { DriveOperations } from "./drive_wire.ts";
import { guid } from "./fields.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";

/** Names of the operations on drives. */
export type DriveName = keyof DriveOperations;

const dismountInput: z.ZodType<DismountDriveInput> = z.strictObject({
  drive: guid,
  wait: z.boolean().exactOptional(),
});

const ejectInput: z.ZodType<EjectDiskInput> = z.strictObject({
  drive: guid,
  force: z.boolean().exactOptional(),
  wait: z.boolean().exactOptional(),
});

const work: z.ZodType<DriveWork> = z.object({ request: guid.nullable() });

const volumes: z.ZodType<DriveVolumes> = z.object({
  drive: guid,
  volume: z.string(),
  mountPoint: z.string().nullable(),
});

/** The operations by name. */
export const DRIVE_OPERATIONS: {
  readonly [Name in DriveName]: Operation<Name>;
} = {
  DismountNtmsDrive: {
    summary: "Puts away whatever medium is in a drive",
    since: 1,
    session: true,
    changes: true,
    input: dismountInput,
    output: work,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_CANCELLED",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_DRIVE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_STATE",
      "ERROR_LIBRARY_FULL",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_RESOURCE_DISABLED",
    ],
  },
  EjectDiskFromSADrive: {
    summary: "Lets go of the medium in a stand-alone drive",
    since: 1,
    session: true,
    changes: true,
    input: ejectInput,
    output: work,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_BUSY",
      "ERROR_CANCELLED",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_DRIVE",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_MEDIA_NOT_AVAILABLE",
      "ERROR_NOT_SUPPORTED",
    ],
  },
  GetVolumesFromDrive: {
    summary: "Tells what programs reach the medium in a drive by",
    since: 1,
    session: true,
    changes: false,
    input: z.strictObject({ drive: guid }),
    output: volumes,
    errors: ["ERROR_DEVICE_NOT_AVAILABLE", "ERROR_INVALID_DRIVE"],
  },
};
