/**
 * What a caller of CreateNtmsMedia says of a cartridge and its sides.
 *
 * @module
 */

import type { NewMedium, NewMediumSide } from "../client/mod.ts";
import type { Guid } from "../model/ids.ts";
import { SIDE_STATES } from "../model/states.ts";
import {
  invalid,
  isObject,
  readArray,
  readDword,
  readGuid,
  readOptionalGuid,
  readStructure,
} from "./arguments.ts";
import type { TextReader } from "./changes_from_structures.ts";
import { nameOfCode } from "./code_names.ts";
import type {
  NTMS_PARTITIONINFORMATION,
  NTMS_PMIDINFORMATION,
} from "./media_structures.ts";
import { NTMS_PARTITION, NTMS_PHYSICAL_MEDIA } from "./object_constants.ts";
import type { FilledObjectInformation } from "./structures.ts";
import type { DWORD } from "./types.ts";

/** The members that CreateNtmsMedia takes of any object. */
export interface CreateNtmsMediaHead {
  /** SIZEOF_NTMS_OBJECTINFORMATIONA or SIZEOF_NTMS_OBJECTINFORMATIONW. */
  dwSize: DWORD;
  /** The id it is to have; NTMS_NULLGUID for a new one. */
  ObjectGuid: Guid;
  /** Whether it may be used. */
  Enabled: boolean;
  /** Its name; empty for the usual one. */
  szName: string;
  /** Its description. */
  szDescription: string;
}

/** What CreateNtmsMedia takes of a cartridge. */
export interface CreateNtmsMediaCartridge extends CreateNtmsMediaHead {
  /** A cartridge. */
  dwType: typeof NTMS_PHYSICAL_MEDIA;
  /** Its structure. */
  Info: {
    /** The members that are taken; others may be there. */
    PhysicalMedia: Pick<
      NTMS_PMIDINFORMATION,
      | "CurrentLibrary"
      | "MediaPool"
      | "szBarCode"
      | "dwNumberOfPartitions"
      | "dwMediaTypeCode"
      | "dwDensityCode"
    >;
  };
}

/** What CreateNtmsMedia takes of a side. */
export interface CreateNtmsMediaSide extends CreateNtmsMediaHead {
  /** A side. */
  dwType: typeof NTMS_PARTITION;
  /** Its structure. */
  Info: {
    /** The members that are taken; others may be there. */
    Partition: Omit<NTMS_PARTITIONINFORMATION, "PhysicalMedia" | "Side">;
  };
}

/** A cartridge or side before CreateNtmsMedia, and as it fills it. */
export type CreateNtmsMediaEntry =
  | CreateNtmsMediaCartridge
  | CreateNtmsMediaSide
  | FilledObjectInformation;

/** How a structure is read. */
export interface StructureReader {
  /** Its size. */
  readonly size: number;
  /** Reads its text. */
  readonly read: TextReader;
}

type Members = Readonly<Record<string, unknown>>;

/** Reads a cartridge and its sides. */
export function readMedium(
  lpMedia: unknown,
  lpList: unknown,
  reader: StructureReader,
): NewMedium {
  const { head, info } = readEntry(lpMedia, "lpMedia", reader, {
    type: NTMS_PHYSICAL_MEDIA,
    member: "PhysicalMedia",
  });
  const path = "lpMedia.Info.PhysicalMedia";
  const count = readDword(
    info.dwNumberOfPartitions,
    `${path}.dwNumberOfPartitions`,
  );
  const list = readArray(lpList, "lpList");
  if (list.length !== count) {
    throw invalid(
      `lpList has ${list.length} sides, and dwNumberOfPartitions says ${count}`,
    );
  }
  return {
    ...head,
    library: readOptionalGuid(info.CurrentLibrary, `${path}.CurrentLibrary`),
    pool: readGuid(info.MediaPool, `${path}.MediaPool`),
    barCode: reader.read(info.szBarCode, `${path}.szBarCode`),
    mediumTypeCode: readDword(info.dwMediaTypeCode, `${path}.dwMediaTypeCode`),
    densityCode: readDword(info.dwDensityCode, `${path}.dwDensityCode`),
    sides: list.map((side, index) =>
      readSide(side, `lpList[${index}]`, reader)
    ),
  };
}

function readSide(
  value: unknown,
  name: string,
  reader: StructureReader,
): NewMediumSide {
  const { head, info } = readEntry(value, name, reader, {
    type: NTMS_PARTITION,
    member: "Partition",
  });
  const path = `${name}.Info.Partition`;
  const state = nameOfCode(SIDE_STATES, info.State);
  if (state === null) {
    throw invalid(`${path}.State is no NtmsPartitionState`);
  }
  return {
    ...head,
    logicalMedium: readOptionalGuid(info.LogicalMedia, `${path}.LogicalMedia`),
    state,
    label: {
      type: reader.read(info.szOmidLabelType, `${path}.szOmidLabelType`),
      id: readLabelId(info, path),
      info: reader.read(info.szOmidLabelInfo, `${path}.szOmidLabelInfo`),
    },
    mountCount: readDword(info.dwMountCount, `${path}.dwMountCount`),
    allocateCount: readDword(info.dwAllocateCount, `${path}.dwAllocateCount`),
    capacityBytes: readCapacity(info.Capacity, `${path}.Capacity`),
  };
}

function readEntry(
  value: unknown,
  name: string,
  { read, size }: StructureReader,
  { member, type }: { readonly type: DWORD; readonly member: string },
) {
  const given = readStructure(value, size, name);
  if (given.dwType !== type) {
    throw invalid(`${name} has the wrong dwType: set it to ${type}`);
  }
  const info = isObject(given.Info) ? given.Info[member] : undefined;
  if (!isObject(info)) throw invalid(`${name} has no Info.${member}`);
  const { Enabled } = given;
  if (typeof Enabled !== "boolean") {
    throw invalid(`${name}.Enabled is neither true nor false`);
  }
  const head = {
    id: readOptionalGuid(given.ObjectGuid, `${name}.ObjectGuid`),
    enabled: Enabled,
    name: read(given.szName, `${name}.szName`),
    description: read(given.szDescription, `${name}.szDescription`),
  };
  return { head, info };
}

/** The bytes of a label's id, as hexadecimal digits. */
function readLabelId(info: Members, path: string): string {
  const { OmidLabelId: bytes } = info;
  const length = readDword(
    info.dwOmidLabelIdLength,
    `${path}.dwOmidLabelIdLength`,
  );
  if (!(bytes instanceof Uint8Array) || bytes.length < length) {
    throw invalid(
      `${path}.OmidLabelId has no ${length} bytes, as dwOmidLabelIdLength says`,
    );
  }
  return Array.from(
    bytes.subarray(0, length),
    (byte) => byte.toString(16).padStart(2, "0"),
  ).join("");
}

function readCapacity(value: unknown, name: string): number {
  if (
    typeof value === "bigint" && value >= 0n &&
    value <= BigInt(Number.MAX_SAFE_INTEGER)
  ) return Number(value);
  throw invalid(
    `${name} is no LARGE_INTEGER: give a bigint from 0 to ${Number.MAX_SAFE_INTEGER}`,
  );
}
