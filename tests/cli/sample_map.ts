/**
 * Maps of libraries made up for tests: as many slots as wanted, in states
 * that are told apart by what `fill` says of each.
 *
 * @module
 */

import type { LibraryMap, MapCartridge } from "../../src/model/calls.ts";
import type {
  CartridgeRecord,
  DriveRecord,
  LibraryRequestRecord,
  ObjectRecord,
  PortRecord,
  SlotRecord,
} from "../../src/model/objects.ts";
import type { ObjectType, SideState } from "../../src/model/states.ts";

/** The time at which the sample requests are looked at. */
export const NOW = Date.UTC(2026, 10, 22, 12, 5, 0);
const THEN = new Date(Date.UTC(2026, 10, 22, 12, 0, 0));

/** An id that shows what it is of. */
export function id(kind: number, number: number): string {
  const tail = String(number).padStart(12, "0");
  return `0000000${kind}-0000-4000-8000-${tail}`;
}

function base<Type extends ObjectType>(
  type: Type,
  kind: number,
  number: number,
  name: string,
): ObjectRecord<Type> {
  return {
    type,
    id: id(kind, number),
    name,
    description: "",
    enabled: true,
    operationalState: "ready",
    created: THEN,
    modified: THEN,
  };
}

export const LIBRARY = id(1, 1);
const SCSI = { port: 0, bus: 0, target: 0, lun: 0 };

/** A slot. */
export function slot(
  number: number,
  changes: Partial<SlotRecord> = {},
): SlotRecord {
  return {
    ...base("slot", 3, number, `Slot ${number}`),
    library: LIBRARY,
    number,
    elementAddress: 1000 + number,
    state: "empty",
    ...changes,
  };
}

/** A drive. */
export function drive(
  number: number,
  changes: Partial<DriveRecord> = {},
): DriveRecord {
  return {
    ...base("drive", 2, number, `Drive ${number}`),
    library: LIBRARY,
    number,
    elementAddress: 500 + number,
    state: "dismounted",
    driveType: id(9, 1),
    device: `/dev/nst${number}`,
    serialNumber: "",
    revision: "",
    scsi: SCSI,
    mountCount: 0,
    lastCleaned: null,
    alerts: [],
    failures: null,
    side: null,
    deferDismountSeconds: 300,
    ...changes,
  };
}

/** A port. */
export function port(
  number: number,
  changes: Partial<PortRecord> = {},
): PortRecord {
  return {
    ...base("port", 4, number, `Port ${number}`),
    library: LIBRARY,
    number,
    elementAddress: 10 + number,
    content: "empty",
    position: "retracted",
    maxExtendSeconds: 30,
    ...changes,
  };
}

/** A cartridge with one side, as a map has it. */
export function cartridge(
  number: number,
  state: SideState,
  changes: Partial<MapCartridge> = {},
): MapCartridge {
  const barCode = `ABC${String(number).padStart(3, "0")}L6`;
  return {
    id: id(5, number),
    name: barCode,
    barCode,
    barCodeState: "ok",
    location: id(3, number),
    locationType: "slot",
    homeSlot: id(3, number),
    state: "idle",
    enabled: true,
    poolPath: "\\Free\\LTO-6",
    sides: [{ id: id(6, number), state, logicalMedium: null }],
    mountedBy: "",
    ...changes,
  };
}

/** The record of such a cartridge. */
export function cartridgeRecord(
  number: number,
  mediaType: string = id(7, 1),
): CartridgeRecord {
  const { barCode, location, locationType, homeSlot, state } = cartridge(
    number,
    "available",
  );
  return {
    ...base("cartridge", 5, number, barCode),
    library: LIBRARY,
    mediaPool: id(8, 1),
    location,
    locationType,
    mediaType,
    homeSlot,
    barCode,
    barCodeState: "ok",
    sequenceNumber: "",
    state,
    sideCount: 1,
    mediumTypeCode: 0,
    densityCode: 0,
    mountedSide: null,
    memory: null,
  };
}

/** A library request. */
export function request(
  changes: Partial<LibraryRequestRecord>,
): LibraryRequestRecord {
  return {
    ...base("libraryRequest", 0, 1, "mount"),
    operation: "mount",
    option: 0,
    state: "queued",
    library: LIBRARY,
    side: null,
    drive: null,
    cartridge: null,
    slot: null,
    queued: THEN,
    completed: null,
    application: "backup",
    user: "root",
    computer: "localhost",
    errorCode: 0,
    priority: 0,
    order: 0,
    workItem: null,
    message: "",
    ...changes,
  };
}

/** A map of these parts. */
export function map(
  parts: Partial<Omit<LibraryMap, "library">>,
  changes: Partial<LibraryMap["library"]> = {},
): LibraryMap {
  const drives = parts.drives ?? [];
  const slots = parts.slots ?? [];
  const ports = parts.ports ?? [];
  const cartridges = parts.cartridges ?? [];
  const count = (list: readonly unknown[]) => ({
    first: 0,
    count: list.length,
  });
  return {
    obstacle: parts.obstacle ?? null,
    library: {
      ...base("library", 1, 1, "demo"),
      kind: "online",
      device: "virtual:demo",
      cleanerSlot: null,
      cleanerSlotDefault: null,
      supportsDriveCleaning: false,
      barCodeReader: true,
      trustBarCodes: true,
      checkLabels: true,
      autoClean: true,
      inventoryMethod: "fast",
      cleanerUsesRemaining: 0,
      autoRecovery: true,
      flags: 0,
      drives: count(drives),
      slots: count(slots),
      doors: count([]),
      ports: count(ports),
      changers: { first: 0, count: 1 },
      mediaCount: cartridges.length,
      mediaTypeCount: 1,
      failures: null,
      requestCount: 0,
      ...changes,
    },
    drives,
    slots,
    ports,
    cartridges,
    requests: parts.requests ?? [],
  };
}

/** A library of `count` slots; `stateOf` tells the state of the side in each, null for an empty one. */
export function shelf(
  count: number,
  stateOf: (number: number) => SideState | null,
): { slots: SlotRecord[]; cartridges: MapCartridge[] } {
  const slots: SlotRecord[] = [];
  const cartridges: MapCartridge[] = [];
  for (let number = 1; number <= count; number++) {
    const state = stateOf(number);
    slots.push(slot(number, { state: state === null ? "empty" : "full" }));
    if (state !== null) cartridges.push(cartridge(number, state));
  }
  return { slots, cartridges };
}
