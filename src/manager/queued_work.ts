/**
 * Work in the queue of a library, and how the rules see it.
 *
 * @module
 */

import type { Medium, MountRow } from "../database/mod.ts";
import type { Caller, NtmsError } from "../model/mod.ts";
import type { DriveSituation, WantedMedium, Work } from "./schedule.ts";
/** A medium that is in no library. */
export interface OfflineMedium {
  readonly cartridgeId: string;
  readonly label: string;
}

/** Work as it waits and runs. */
export interface Item {
  readonly kind: Work["kind"];
  readonly priority: number;
  readonly caller: Caller;
  readonly requestIds: readonly string[];
  /** Of a mount: what it wants. Of a dismount: what goes, and from where. */
  readonly media: readonly {
    readonly cartridgeId: string;
    readonly mediaTypeId: string;
    readonly label: string;
    readonly driveId: string | null;
    readonly write: boolean;
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
  /** Mounts that will not run, and why. */
  readonly refused: readonly (readonly [Item, NtmsError])[];
}

function isSameOwner(mount: MountRow, caller: Caller): boolean {
  return mount.application === caller.application &&
    mount.computer === caller.computer;
}

/** Work as the rules see it. */
export function asWork({ item, arrival }: Entry, snapshot: Snapshot): Work {
  const common = { arrival, priority: item.priority };
  if (item.kind === "inventory") return { ...common, kind: "inventory" };
  if (item.kind === "dismount") {
    const [medium] = item.media;
    return {
      ...common,
      kind: "dismount",
      cartridgeId: medium?.cartridgeId ?? "",
      driveId: medium?.driveId ?? "",
    };
  }
  const media = item.media.map((medium): WantedMedium => {
    const mount = snapshot.mounted.get(medium.cartridgeId);
    return {
      ...medium,
      online: snapshot.online.has(medium.cartridgeId),
      heldDriveId: mount !== undefined && isSameOwner(mount, item.caller)
        ? mount.driveId
        : null,
    };
  });
  return { ...common, kind: "mount", media };
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
    driveId,
    write,
  };
}
