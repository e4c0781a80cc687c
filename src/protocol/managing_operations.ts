/**
 * The operations that manage pools, media and objects: their part of the
 * table.
 *
 * @module
 */

import { z } from "zod";
import {
  DEVICE_CLASSES,
  type MediaTypeFacts,
  WRITABILITIES,
} from "../model/mod.ts";
import { guid, nameOf } from "./fields.ts";
import { deallocateInput, nothing } from "./inputs.ts";
import {
  attributeInput,
  cartridgeInput,
  changeInput,
  importInput,
  libraryTypeInput,
  moveInput,
  poolInput,
  setAttributeInput,
  sideInput,
  swapInput,
  switchInput,
} from "./managing_inputs.ts";
import { CATALOGUE_ERRORS, type Operation } from "./operation.ts";

/** Names of the operations that manage. */
export type ManagingName =
  | "DeleteNtmsMediaPool"
  | "GetNtmsMediaPoolName"
  | "MoveToNtmsMediaPool"
  | "AddNtmsMediaType"
  | "DeleteNtmsMediaType"
  | "ChangeNtmsMediaType"
  | "ListNtmsMediaTypes"
  | "SetNtmsMediaComplete"
  | "DecommissionNtmsMedia"
  | "DeleteNtmsMedia"
  | "SwapNtmsMedia"
  | "SetNtmsObjectInformation"
  | "GetNtmsObjectAttribute"
  | "SetNtmsObjectAttribute"
  | "EnableNtmsObject"
  | "DisableNtmsObject"
  | "ExportNtmsDatabase"
  | "ImportNtmsDatabase";

const copy = z.object({
  name: z.string(),
  path: z.string(),
  written: z.number(),
  sizeBytes: z.int().min(0),
});

const mediaTypeFacts: z.ZodType<MediaTypeFacts> = z.object({
  id: guid,
  name: z.string(),
  code: z.int().min(0),
  sideCount: z.int().min(1),
  writability: nameOf(WRITABILITIES),
  deviceClass: nameOf(DEVICE_CLASSES),
  barCodeSuffixes: z.array(z.string()),
  densityCodes: z.array(z.int().min(0)),
  drives: z.object({
    family: z.string(),
    readBy: z.array(z.string()).nullable(),
    writtenBy: z.array(z.string()).nullable(),
  }).nullable(),
  origin: z.enum(["builtIn", "site", "former"]),
  suffixesOfSite: z.boolean(),
  libraries: z.array(guid),
});

/** The operations by name. */
export const MANAGING_OPERATIONS: {
  readonly [Name in ManagingName]: Operation<Name>;
} = {
  DeleteNtmsMediaPool: {
    summary: "Deletes an empty application pool",
    since: 1,
    session: true,
    changes: true,
    input: poolInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_MEDIA_POOL",
      "ERROR_NOT_EMPTY",
    ],
  },
  GetNtmsMediaPoolName: {
    summary: "Reads the full path of a pool",
    since: 1,
    session: true,
    changes: false,
    input: poolInput,
    output: z.object({ path: z.string() }),
    errors: ["ERROR_INVALID_MEDIA_POOL"],
  },
  MoveToNtmsMediaPool: {
    summary: "Puts a cartridge into another pool of its media type",
    since: 1,
    session: true,
    changes: true,
    input: moveInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_MEDIA_POOL",
      "ERROR_MEDIA_INCOMPATIBLE",
    ],
  },
  AddNtmsMediaType: {
    summary: "Declares that a library handles a media type",
    since: 1,
    session: true,
    changes: true,
    input: libraryTypeInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_LIBRARY",
      "ERROR_INVALID_MEDIA",
      "ERROR_LIBRARY_OFFLINE",
    ],
  },
  DeleteNtmsMediaType: {
    summary: "Withdraws a media type from a library that holds none of it",
    since: 1,
    session: true,
    changes: true,
    input: libraryTypeInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_LIBRARY", "ERROR_NOT_EMPTY"],
  },
  ChangeNtmsMediaType: {
    summary:
      "Puts a cartridge into a pool of another media type, of which it is then",
    since: 1,
    session: true,
    changes: true,
    input: moveInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_MEDIA_POOL",
      "ERROR_LIBRARY_OFFLINE",
    ],
  },
  ListNtmsMediaTypes: {
    summary: "Lists the media types with all that is known of them",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: z.object({ types: z.array(mediaTypeFacts) }),
    errors: [],
  },
  SetNtmsMediaComplete: {
    summary: "Marks an allocated side as full, never to be written again",
    since: 1,
    session: true,
    changes: true,
    input: deallocateInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_MEDIA", "ERROR_INVALID_STATE"],
  },
  DecommissionNtmsMedia: {
    summary: "Retires an available side for good",
    since: 1,
    session: true,
    changes: true,
    input: sideInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_MEDIA", "ERROR_INVALID_STATE"],
  },
  DeleteNtmsMedia: {
    summary: "Forgets a cartridge that is in no library",
    since: 1,
    session: true,
    changes: true,
    input: cartridgeInput,
    output: nothing,
    errors: [...CATALOGUE_ERRORS, "ERROR_INVALID_MEDIA", "ERROR_INVALID_STATE"],
  },
  SwapNtmsMedia: {
    summary: "Exchanges the sides behind two logical media",
    since: 1,
    session: true,
    changes: true,
    input: swapInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_MEDIA",
      "ERROR_INVALID_MEDIA_POOL",
      "ERROR_INVALID_STATE",
    ],
  },
  SetNtmsObjectInformation: {
    summary: "Sets names, descriptions, policies and settings of an object",
    since: 1,
    session: true,
    changes: true,
    input: changeInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_STATE",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  GetNtmsObjectAttribute: {
    summary:
      "Reads the bytes that applications keep with an object under a name",
    since: 1,
    session: true,
    changes: false,
    input: attributeInput,
    output: z.object({ data: z.string() }),
    errors: ["ERROR_OBJECT_NOT_FOUND"],
  },
  SetNtmsObjectAttribute: {
    summary:
      "Makes, replaces or, with no data, deletes an attribute of an object",
    since: 1,
    session: true,
    changes: true,
    input: setAttributeInput,
    output: nothing,
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_NAME",
      "ERROR_NO_DATA",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  EnableNtmsObject: {
    summary: "Returns a library, drive or cartridge to use",
    since: 1,
    session: true,
    changes: true,
    input: switchInput,
    output: z.object({ request: guid }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_STATE",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  DisableNtmsObject: {
    summary: "Takes a library, drive or cartridge out of use",
    since: 1,
    session: true,
    changes: true,
    input: switchInput,
    output: z.object({ request: guid }),
    errors: [
      ...CATALOGUE_ERRORS,
      "ERROR_INVALID_STATE",
      "ERROR_LIBRARY_OFFLINE",
      "ERROR_OBJECT_NOT_FOUND",
    ],
  },
  ExportNtmsDatabase: {
    summary: "Writes a consistent copy of the live catalogue",
    since: 1,
    session: true,
    changes: false,
    input: nothing,
    output: copy,
    errors: ["ERROR_DATABASE_FAILURE", "ERROR_SHARING_VIOLATION"],
  },
  ImportNtmsDatabase: {
    summary: "Has a copy take the place of the catalogue at the next start",
    since: 1,
    session: true,
    changes: true,
    input: importInput,
    output: copy,
    errors: CATALOGUE_ERRORS,
  },
};
