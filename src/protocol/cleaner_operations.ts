/**
 * The operations on cleaning: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import {
  type CleanDriveInput,
  CLEANER_ACTIONS,
  type CleanerRequest,
  type EjectCleanerInput,
  type InjectCleanerInput,
  type LibraryId,
  type PortOperationStarted,
  type ReserveCleanerInput,
} from "../model/mod.ts";
import type { CleanerOperations } from "./cleaner_wire.ts";
import { guid, nameOf, optionalGuid } from "./fields.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";

/** Names of the operations on cleaning. */
export type CleanerName = keyof CleanerOperations;

const HIGHEST_DWORD = 0xffff_ffff;

const reserveInput: z.ZodType<ReserveCleanerInput> = z.strictObject({
  library: guid,
  slot: guid,
});

const releaseInput: z.ZodType<{ readonly library: LibraryId }> = z.strictObject(
  { library: guid },
);

const work = {
  library: guid,
  action: nameOf(CLEANER_ACTIONS),
  operation: optionalGuid,
};

const ejectInput: z.ZodType<EjectCleanerInput> = z.strictObject(work);

const injectInput: z.ZodType<InjectCleanerInput> = z.strictObject({
  ...work,
  uses: z.int().min(0).max(HIGHEST_DWORD),
});

const driveInput: z.ZodType<CleanDriveInput> = z.strictObject({ drive: guid });

const request: z.ZodType<CleanerRequest> = z.object({ request: guid });

const started: z.ZodType<PortOperationStarted> = z.object({
  operation: guid,
  requests: z.array(guid),
});

const LIBRARY_ERRORS = [
  ...CATALOGUE_ERRORS,
  "ERROR_DEVICE_NOT_AVAILABLE",
  "ERROR_INVALID_LIBRARY",
  "ERROR_LIBRARY_OFFLINE",
  "ERROR_RESOURCE_DISABLED",
] as const;

/** The operations by name. */
export const CLEANER_OPERATIONS: {
  readonly [Name in CleanerName]: Operation<Name>;
} = {
  ReserveNtmsCleanerSlot: {
    summary: "Sets an empty slot of a library aside for a cleaning cartridge",
    since: 1,
    session: true,
    changes: true,
    input: reserveInput,
    output: request,
    errors: [
      ...LIBRARY_ERRORS,
      "ERROR_CLEANER_SLOT_SET",
      "ERROR_OBJECT_NOT_FOUND",
      "ERROR_RESOURCE_NOT_AVAILABLE",
    ],
  },
  ReleaseNtmsCleanerSlot: {
    summary: "Gives the slot of the cleaning cartridge back to data media",
    since: 1,
    session: true,
    changes: true,
    input: releaseInput,
    output: request,
    errors: [
      ...LIBRARY_ERRORS,
      "ERROR_CLEANER_SLOT_NOT_SET",
      "ERROR_RESOURCE_NOT_AVAILABLE",
      "ERROR_RESOURCE_NOT_PRESENT",
    ],
  },
  InjectNtmsCleaner: {
    summary: "Takes a cleaning cartridge into its slot",
    since: 1,
    session: true,
    changes: true,
    input: injectInput,
    output: started,
    errors: [
      ...LIBRARY_ERRORS,
      "ERROR_BUSY",
      "ERROR_CLEANER_SLOT_NOT_SET",
      "ERROR_INVALID_OPERATION",
      "ERROR_NOT_SUPPORTED",
      "ERROR_RESOURCE_NOT_AVAILABLE",
      "ERROR_RESOURCE_NOT_PRESENT",
    ],
  },
  EjectNtmsCleaner: {
    summary: "Offers the cleaning cartridge until a person takes it",
    since: 1,
    session: true,
    changes: true,
    input: ejectInput,
    output: started,
    errors: [
      ...LIBRARY_ERRORS,
      "ERROR_CLEANER_SLOT_NOT_SET",
      "ERROR_EMPTY",
      "ERROR_INVALID_OPERATION",
      "ERROR_RESOURCE_NOT_PRESENT",
    ],
  },
  CleanNtmsDrive: {
    summary: "Queues the cleaning of a drive",
    since: 1,
    session: true,
    changes: true,
    input: driveInput,
    output: request,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_BUSY",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_DRIVE",
      "ERROR_RESOURCE_DISABLED",
      "ERROR_RESOURCE_NOT_PRESENT",
    ],
  },
};
