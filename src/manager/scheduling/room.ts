/**
 * What is left of a library while one pass of decisions hands it out.
 *
 * @module
 */
import { dueAgeMs } from "./order.ts";
import type {
  DriveSituation,
  MountWork,
  Situation,
  WantedMedium,
  Work,
} from "./situation.ts";

/** Whether a drive takes a medium, and writes it where that is wanted. */
export function fits(drive: DriveSituation, medium: WantedMedium): boolean {
  if (medium.driveId !== null && medium.driveId !== drive.id) return false;
  if (medium.avoidDriveIds?.includes(drive.id)) return false;
  const types = medium.write ? drive.writableTypes : drive.mediaTypes;
  return types.has(medium.mediaTypeId);
}

/** The cartridges that work is about, wherever they are. */
function wantedBy(work: Work): readonly string[] {
  switch (work.kind) {
    case "mount":
      return work.media.map(({ cartridgeId }) => cartridgeId);
    case "transfer":
    case "clean":
    case "dismount":
      return [work.cartridgeId];
    case "inventory":
    case "door":
      return [];
  }
}

/** Drives and cartridges that are still to be had in a pass. */
export class Room {
  readonly situation: Situation;
  readonly #takenDrives = new Set<string>();
  readonly #takenCartridges = new Set<string>();
  readonly #keptDrives = new Set<string>();
  readonly #keptCartridges = new Set<string>();
  /** How many of the waiting mounts want a cartridge. */
  readonly #wanted = new Map<string, number>();
  /** How many drives each owner has. */
  readonly #shares = new Map<string, number>();
  #open: readonly DriveSituation[] | null = null;
  #inPlace: ReadonlySet<string> | null = null;
  /** Owners of mounts that wait. */
  readonly #waiting = new Set<string>();

  /** A library of which nothing has been handed out in this pass. */
  constructor(situation: Situation, works: readonly Work[]) {
    this.situation = situation;
    for (const { holder } of situation.drives) {
      if (holder !== null) this.#addShare(holder, 1);
    }
    for (const work of works) {
      if (work.kind !== "mount") continue;
      this.#waiting.add(work.owner);
      for (const { cartridgeId } of work.media) {
        const count = this.#wanted.get(cartridgeId) ?? 0;
        this.#wanted.set(cartridgeId, count + 1);
      }
    }
  }

  /** Whether nothing has hold of a drive, nor is it kept for another. */
  isFree(drive: DriveSituation): boolean {
    return drive.present && !drive.busy && !this.#takenDrives.has(drive.id) &&
      !this.#keptDrives.has(drive.id);
  }

  /** The drives that could be mounted in: free, enabled and nobody's. */
  get open(): readonly DriveSituation[] {
    this.#open ??= this.situation.drives.filter((drive) =>
      this.isFree(drive) && drive.enabled && drive.holder === null
    );
    return this.#open;
  }

  /** Whether a cartridge is in a drive that could be mounted in. */
  isInPlace(cartridgeId: string): boolean {
    this.#inPlace ??= new Set(
      this.open.flatMap((drive) => drive.cartridgeId ?? []),
    );
    return this.#inPlace.has(cartridgeId);
  }

  /** Whether something has hold of a cartridge. */
  isTaken(cartridgeId: string): boolean {
    return this.situation.busyCartridges.has(cartridgeId) ||
      this.#takenCartridges.has(cartridgeId);
  }

  /** Whether something has hold of a cartridge, or it is kept for another or for a person. */
  isBusy(cartridgeId: string): boolean {
    return this.isTaken(cartridgeId) || this.#keptCartridges.has(cartridgeId) ||
      this.situation.heldCartridges.has(cartridgeId);
  }

  /** Whether a waiting mount wants a cartridge. */
  isWanted(cartridgeId: string): boolean {
    return this.#wanted.has(cartridgeId);
  }

  /** How many drives an owner has. */
  shareOf(owner: string): number {
    return this.#shares.get(owner) ?? 0;
  }

  /** Hands drives out, and what is in them, with the cartridges that are to be there. */
  take(work: Work, driveIds: readonly string[]): void {
    this.#changed();
    const wanted = wantedBy(work);
    for (const drive of this.situation.drives) {
      const { id, cartridgeId } = drive;
      const leaves = cartridgeId !== null && wanted.includes(cartridgeId);
      if (!driveIds.includes(id) && !leaves) continue;
      this.#takenDrives.add(id);
      if (cartridgeId !== null) this.#takenCartridges.add(cartridgeId);
    }
    for (const id of wanted) this.#takenCartridges.add(id);
    if (work.kind === "mount") this.#addShare(work.owner, driveIds.length);
  }

  /** Keeps drives and cartridges from all that is decided on later. */
  keep(work: MountWork, driveIds: readonly string[]): void {
    this.#changed();
    for (const id of driveIds) this.#keptDrives.add(id);
    for (const { cartridgeId } of work.media) {
      this.#keptCartridges.add(cartridgeId);
    }
  }

  /** Whether a drive or cartridge is kept for another mount. */
  isKept(id: string): boolean {
    return this.#keptDrives.has(id) || this.#keptCartridges.has(id);
  }

  /**
   * Whether who holds a drive may be waiting for the very mount that would be
   * kept waiting for it: it waits for one, and has held on for long.
   */
  isStuck(drive: DriveSituation): boolean {
    const { holder, heldSince } = drive;
    return holder !== null && this.#waiting.has(holder) &&
      this.situation.now - heldSince >= dueAgeMs(this.situation);
  }

  #changed(): void {
    this.#open = null;
    this.#inPlace = null;
  }

  #addShare(owner: string, drives: number): void {
    this.#shares.set(owner, this.shareOf(owner) + drives);
  }
}
