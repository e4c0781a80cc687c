/**
 * Work in the queue of a library, and how the rules see it.
 *
 * @module
 */

import type { Medium, MountRow } from "../database/mod.ts";
import { type Caller, type NtmsError, ORDER_LAST } from "../model/mod.ts";
import type { DriveSituation, WantedMedium, Work } from "./scheduling/mod.ts";

/** A medium that is in no library. */
export interface OfflineMedium {
  readonly cartridgeId: string;
  readonly label: string;
}

/** Work as it waits and runs. */
export interface Item {
  readonly kind: Work["kind"];
  readonly priority: number;
  /** Of a mount: its order number; left out for last. */
  readonly order?: number;
  readonly caller: Caller;
  /** Of a mount: it takes no part in mounts of its caller, and waits for their end. */
  readonly apart?: boolean;
  /** Of a transfer: whether it ends where the cartridge has left its port. */
  readonly fromPort?: boolean;
  readonly requestIds: readonly string[];
  /** Of a mount: what it wants. Of a dismount: what goes, and from where. Of a cleaning: the cleaning cartridge, and the drive. */
  readonly media: readonly {
    readonly cartridgeId: string;
    readonly mediaTypeId: string;
    readonly label: string;
    readonly driveId: string | null;
    readonly write: boolean;
    /** Drives that failed with it: it gets one of them only where there is no other. @default {[]} */
    readonly avoidDriveIds?: readonly string[];
    /** The slot that it was in, or came from, when this was asked for. */
    readonly slotId: string | null;
  }[];
  /** Does the work with the drives given to it. */
  run(driveIds: readonly string[]): Promise<void>;
  /** Tells that it will not run, or that it failed. */
  fail(error: unknown): Promise<void>;
  /** Tells what it waits for; `offline` has to be brought by the operator. */
  waits(reason: string, offline?: OfflineMedium): void;
}

/** Work, and the order it came in. */
export interface Entry {
  readonly item: Item;
  readonly arrival: number;
  readonly submitted: number;
}

/** What the catalogue says of the library at one moment. */
export interface Snapshot {
  /** What waited then. */
  readonly entries: readonly Entry[];
  /** How often the queue had been woken by then. */
  readonly wakes: number;
  readonly drives: readonly DriveSituation[];
  /** Mounted cartridges, and by whom. */
  readonly mounted: ReadonlyMap<string, MountRow>;
  /** Cartridges in the library. */
  readonly online: ReadonlySet<string>;
  /** Element addresses of slots. */
  readonly addresses: ReadonlyMap<string, number>;
  /** Mounts that will not run, and why. */
  readonly refused: readonly (readonly [Item, NtmsError])[];
}

/** An application on a computer, as the rules name who has a drive. */
export function ownerName(
  { application, computer }: Pick<MountRow, "application" | "computer">,
): string {
  return `${application}\n${computer}`;
}

/** Work as the rules see it. */
export function asWork(entry: Entry, snapshot: Snapshot): Work {
  const { item, arrival, submitted } = entry;
  const owner = ownerName(item.caller);
  const common = {
    arrival,
    submitted,
    priority: item.priority,
    order: item.order ?? ORDER_LAST,
    owner,
  };
  if (item.kind === "inventory") return { ...common, kind: "inventory" };
  if (item.kind === "door") return { ...common, kind: "door" };
  if (item.kind === "transfer") {
    const [medium] = item.media;
    return {
      ...common,
      kind: "transfer",
      cartridgeId: medium?.cartridgeId ?? "",
      fromPort: item.fromPort ?? false,
    };
  }
  if (item.kind === "dismount" || item.kind === "clean") {
    const [medium] = item.media;
    return {
      ...common,
      kind: item.kind,
      cartridgeId: medium?.cartridgeId ?? "",
      driveId: medium?.driveId ?? "",
    };
  }
  const media = item.media.map((medium): WantedMedium => {
    const mount = snapshot.mounted.get(medium.cartridgeId);
    return {
      ...medium,
      online: snapshot.online.has(medium.cartridgeId),
      heldDriveId: mount !== undefined && ownerName(mount) === owner &&
          item.apart !== true
        ? mount.driveId
        : null,
      avoidDriveIds: avoidable(medium, snapshot.drives),
      position: snapshot.addresses.get(medium.slotId ?? "") ?? null,
    };
  });
  return { ...common, kind: "mount", media };
}

/** The drives that a medium keeps away from, as long as there are others for it. */
function avoidable(
  { avoidDriveIds = [], driveId, mediaTypeId, write }: Item["media"][number],
  drives: readonly DriveSituation[],
): readonly string[] {
  if (avoidDriveIds.length === 0 || driveId !== null) return [];
  const others = drives.some((drive) =>
    drive.present && drive.enabled && !avoidDriveIds.includes(drive.id) &&
    (write ? drive.writableTypes : drive.mediaTypes).has(mediaTypeId)
  );
  return others ? avoidDriveIds : [];
}

/** What a queue has to know of a medium. */
export function wanted(
  medium: Medium,
  driveId: string | null,
  write: boolean,
): Item["media"][number] {
  return {
    cartridgeId: medium.cartridge.id,
    mediaTypeId: medium.cartridge.mediaTypeId,
    label: medium.cartridge.name,
    slotId: medium.cartridge.homeSlotId,
    driveId,
    write,
  };
}
