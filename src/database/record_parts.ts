/**
 * What the record loaders of all types share.
 *
 * @module
 */

import type {
  NtmsObject,
  ObjectRecord,
  ObjectType,
  ScsiAddress,
} from "../model/mod.ts";
import type { Reader } from "./database.ts";
import type { ObjectTable, ScsiColumns } from "./schema.ts";

/** The columns that every object has. */
export const COMMON = [
  "object.id",
  "object.name",
  "object.description",
  "object.enabled",
  "object.operationalState",
  "object.created",
  "object.modified",
] as const;

/** The values of those columns. */
export type CommonRow = Pick<
  ObjectTable,
  | "id"
  | "name"
  | "description"
  | "enabled"
  | "operationalState"
  | "created"
  | "modified"
>;

/** What every record has. */
export function common<Type extends ObjectType>(
  type: Type,
  row: CommonRow,
): ObjectRecord<Type> {
  return {
    type,
    id: row.id,
    name: row.name,
    description: row.description,
    enabled: row.enabled === 1,
    operationalState: row.operationalState,
    created: new Date(row.created),
    modified: new Date(row.modified),
  };
}

/** The bus address of a device. */
export function scsi(row: ScsiColumns): ScsiAddress {
  return {
    port: row.scsiPort,
    bus: row.scsiBus,
    target: row.scsiTarget,
    lun: row.scsiLun,
  };
}

/** A time that may be missing. */
export function dateOrNull(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}

/** Counts by the library or pool that rows belong to. */
export function counter(
  rows: readonly { owner: string | null; count: number | bigint | string }[],
) {
  const counts = new Map(rows.map((row) => [row.owner, Number(row.count)]));
  return (owner: string): number => counts.get(owner) ?? 0;
}

/** Reads the records of some objects of one type, in any order. */
export type Loader = (db: Reader, ids: string[]) => Promise<NtmsObject[]>;
