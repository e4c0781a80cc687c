/**
 * The tables of a map: drives, ports, requests, pools.
 *
 * @module
 */

import type { LibraryMap, MapCartridge } from "../model/calls.ts";
import type {
  DriveRecord,
  LibraryRecord,
  LibraryRequestRecord,
  PortRecord,
} from "../model/objects.ts";
import { age, grouped } from "./numbers.ts";
import { labelOf } from "./slot_grid.ts";
import type { Style } from "./style.ts";
import type { Column } from "./table.ts";

const STATES = {
  ready: "ready",
  initializing: "starting",
  needsService: "needs service",
  notPresent: "not present",
} as const;

/** How a device or library is, in words. */
export function healthOf(
  device: Pick<LibraryRecord, "enabled" | "operationalState" | "failures">,
): string {
  if (device.enabled) return STATES[device.operationalState];
  return device.failures?.outOfService ? "out of service" : "disabled";
}

function driveState(drive: DriveRecord): string {
  if (!drive.enabled || drive.operationalState !== "ready") {
    return healthOf(drive);
  }
  switch (drive.state) {
    case "dismounted":
      return "empty";
    case "mounted":
      return "loading";
    case "loaded":
      return "loaded";
    case "unloaded":
      return "unloaded";
    case "beingCleaned":
      return "cleaning";
    case "dismountable":
      return "idle, kept";
    default:
      return drive.state satisfies never;
  }
}

/** Cartridges by the id of the place they are in. */
export type ByPlace = ReadonlyMap<string, MapCartridge>;

/** What is told of a drive. */
export function driveColumns(
  inside: ByPlace,
  style: Style,
): readonly Column<DriveRecord>[] {
  return [
    { heading: "Drive", cell: ({ number }) => `${number}`, align: "right" },
    {
      heading: "State",
      cell: driveState,
      paint: (drive) => drive.state === "loaded" ? style.green : style.dim,
    },
    {
      heading: "Cartridge",
      cell: ({ id }) => {
        const cartridge = inside.get(id);
        return cartridge === undefined ? "" : labelOf(cartridge);
      },
      paint: () => style.bold,
    },
    { heading: "Pool", cell: ({ id }) => inside.get(id)?.poolPath ?? "" },
    {
      heading: "Mounted by",
      cell: ({ id }) => inside.get(id)?.mountedBy ?? "",
    },
    { heading: "Device", cell: ({ device }) => device },
  ];
}

/** What is told of a port. */
export function portColumns(inside: ByPlace): readonly Column<PortRecord>[] {
  return [
    { heading: "Port", cell: ({ number }) => `${number}`, align: "right" },
    { heading: "State", cell: ({ content }) => content },
    {
      heading: "Position",
      cell: ({ position }) => position === "unknown" ? "" : position,
    },
    {
      heading: "Cartridge",
      cell: ({ id }) => {
        const cartridge = inside.get(id);
        return cartridge === undefined ? "" : labelOf(cartridge);
      },
    },
  ];
}

/** What is told of a library request that is not finished. */
export function requestColumns(
  map: LibraryMap,
  nowMs: number,
): readonly Column<LibraryRequestRecord>[] {
  const byId = new Map(map.cartridges.map((each) => [each.id, each]));
  const driveNumbers = new Map(
    map.drives.map(({ id, number }) => [id, number]),
  );
  return [
    { heading: "Request", cell: ({ operation }) => operation },
    {
      heading: "State",
      cell: ({ state }) => state === "inProcess" ? "running" : state,
    },
    {
      heading: "Cartridge",
      cell: ({ cartridge }) => {
        const record = cartridge === null ? undefined : byId.get(cartridge);
        return record === undefined ? "" : labelOf(record);
      },
    },
    {
      heading: "Drive",
      cell: ({ drive }) =>
        drive === null ? "" : `${driveNumbers.get(drive) ?? ""}`,
      align: "right",
    },
    { heading: "For", cell: ({ application }) => application },
    {
      heading: "Since",
      cell: ({ queued }) => age(queued, nowMs),
      align: "right",
    },
    { heading: "Waits on", cell: ({ message }) => message },
  ];
}

/** What the cartridges of a pool are. */
export interface PoolRow {
  readonly path: string;
  cartridges: number;
  available: number;
  allocated: number;
}

const ALLOCATED = ["allocated", "complete", "reserved"];

/** Counts cartridges by their pool. */
export function poolRows(cartridges: readonly MapCartridge[]): PoolRow[] {
  const rows = new Map<string, PoolRow>();
  for (const { poolPath, sides } of cartridges) {
    const row = rows.get(poolPath) ??
      { path: poolPath, cartridges: 0, available: 0, allocated: 0 };
    row.cartridges++;
    for (const { state } of sides) {
      if (state === "available") row.available++;
      if (ALLOCATED.includes(state)) row.allocated++;
    }
    rows.set(poolPath, row);
  }
  return [...rows.values()].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0
  );
}

/** What is told of a pool. */
export const POOL_COLUMNS: readonly Column<PoolRow>[] = [
  { heading: "Pool", cell: ({ path }) => path },
  {
    heading: "Cartridges",
    cell: ({ cartridges }) => grouped(cartridges),
    align: "right",
  },
  {
    heading: "Available sides",
    cell: ({ available }) => grouped(available),
    align: "right",
  },
  {
    heading: "Allocated sides",
    cell: ({ allocated }) => grouped(allocated),
    align: "right",
  },
];
