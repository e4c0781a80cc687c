/**
 * The operations on ports, doors and hands: their part of the table.
 *
 * @module
 */

import { z } from "zod";
import {
  type DoorInput,
  EJECT_ACTIONS,
  type EjectInput,
  type HandsInput,
  INJECT_ACTIONS,
  type InjectInput,
  LIMITS,
  type PortOperationStarted,
  type WaitRequestsInput,
} from "../model/mod.ts";
import { guid, nameOf, optionalGuid, timeoutMs } from "./fields.ts";
import { nothing } from "./inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";
import type { PortOperations } from "./port_wire.ts";

/** Names of the operations on ports, doors and hands. */
export type PortName = keyof PortOperations;

const ejectInput: z.ZodType<EjectInput> = z.strictObject({
  cartridge: optionalGuid,
  action: nameOf(EJECT_ACTIONS),
  operation: optionalGuid,
});

const injectInput: z.ZodType<InjectInput> = z.strictObject({
  library: guid,
  action: nameOf(INJECT_ACTIONS),
  operation: optionalGuid,
});

const doorInput: z.ZodType<DoorInput> = z.strictObject({
  library: guid,
  inventory: z.enum(["none", "fast", "omid", "default"]),
});

const waitInput: z.ZodType<WaitRequestsInput> = z.strictObject({
  requests: z.array(guid).min(1).max(LIMITS.mediaInOneCall),
  timeoutMs,
});

const handsInput: z.ZodType<HandsInput> = z.discriminatedUnion("action", [
  z.strictObject({
    library: guid,
    action: z.literal("insert"),
    place: optionalGuid,
    barCode: z.string().min(1).max(LIMITS.barCodeLength),
  }),
  z.strictObject({ library: guid, action: z.literal("remove"), place: guid }),
  z.strictObject({
    library: guid,
    action: z.literal("alert"),
    place: guid,
    flag: z.int().min(1).max(64),
  }),
  z.strictObject({
    library: guid,
    action: z.enum(["openDoor", "closeDoor", "unplug"]),
  }),
  z.strictObject({
    library: guid,
    action: z.literal("removeDrive"),
    drive: guid,
  }),
  z.strictObject({
    library: guid,
    action: z.literal("insertDrive"),
    drive: guid,
    serialNumber: z.string().min(1).max(LIMITS.barCodeLength).nullable(),
  }),
]);

const started: z.ZodType<PortOperationStarted> = z.object({
  operation: guid,
  requests: z.array(guid),
});

/** The operations by name. */
export const PORT_OPERATIONS: {
  readonly [Name in PortName]: Operation<Name>;
} = {
  EjectNtmsMedia: {
    summary: "Offers a cartridge in a port until a person takes it",
    since: 1,
    session: true,
    changes: true,
    input: ejectInput,
    output: started,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_BUSY",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_OPERATION",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_MEDIA_NOT_AVAILABLE",
      "ERROR_NOT_SUPPORTED",
      "ERROR_RESOURCE_DISABLED",
    ],
  },
  InjectNtmsMedia: {
    summary: "Takes in the cartridges that a person puts into the ports",
    since: 1,
    session: true,
    changes: true,
    input: injectInput,
    output: started,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_BUSY",
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_OPERATION",
      "ERROR_LIBRARY_FULL",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_NOT_SUPPORTED",
      "ERROR_RESOURCE_DISABLED",
    ],
  },
  AccessNtmsLibraryDoor: {
    summary: "Leaves a library to a person at its door",
    since: 1,
    session: true,
    changes: true,
    input: doorInput,
    output: started,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_RESOURCE_DISABLED",
      "ERROR_RESOURCE_NOT_PRESENT",
    ],
  },
  WaitForNtmsLibraryRequest: {
    summary: "Waits until library requests have ended",
    since: 1,
    session: true,
    changes: false,
    input: waitInput,
    output: nothing,
    errors: ["ERROR_CANCELLED", "ERROR_OBJECT_NOT_FOUND", "ERROR_TIMEOUT"],
  },
  UseHandsOnLibrary: {
    summary: "Does what a person does at a library that is virtual",
    since: 1,
    session: true,
    changes: true,
    input: handsInput,
    output: z.object({
      barCode: z.string().nullable(),
      place: z.string().nullable(),
    }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_DEVICE_NOT_AVAILABLE",
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_STATE",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_NOT_SUPPORTED",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
};
