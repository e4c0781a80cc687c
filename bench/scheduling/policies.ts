/**
 * The ways to schedule that the benchmark compares.
 *
 * @module
 */
import {
  chooseSteps,
  decide,
  type DriveSituation,
  type Work,
} from "../../src/manager/scheduling/mod.ts";
import type { Policy, SimulatedDrive, SimulatedLibrary } from "./library.ts";
import { drivePosition, slotPosition } from "./timing.ts";
import type { TracedMount } from "./trace.ts";

/** Steps in the order in which they became ready. */
const inOrder: Policy["steps"] = (arms, steps) =>
  arms.slice(0, steps.length).map((arm, index) => ({
    armId: arm.id,
    stepId: steps[index]?.id ?? "",
  }));

/** The drive that holds a cartridge, else an empty one, else the one left longest. */
function driveFor(
  { drives }: SimulatedLibrary,
  { cartridge }: TracedMount,
  taken: ReadonlySet<SimulatedDrive>,
): SimulatedDrive | null {
  const free = drives.filter((drive) =>
    drive.mount === null && !drive.busy && !taken.has(drive)
  );
  return free.find((drive) => drive.cartridge === cartridge) ??
    free.find((drive) => drive.cartridge === null) ??
    free.toSorted((a, b) => a.leftMs - b.leftMs)[0] ?? null;
}

/** Starts mounts in the order they came; `overtake`: leaves out those that cannot start. */
function inTurn(overtake: boolean): Policy["starts"] {
  return (library) => {
    const starts: { mount: TracedMount; drive: SimulatedDrive }[] = [];
    const taken = new Set<SimulatedDrive>();
    const cartridges = new Set<number>();
    for (const mount of library.waiting.values()) {
      const { cartridge } = mount;
      const drive = driveFor(library, mount, taken);
      if (drive === null) break;
      if (library.busyCartridges.has(cartridge) || cartridges.has(cartridge)) {
        if (overtake) continue;
        break;
      }
      starts.push({ mount, drive });
      taken.add(drive);
      cartridges.add(cartridge);
      if (drive.cartridge !== null) cartridges.add(drive.cartridge);
    }
    return starts;
  };
}

const MEDIA_TYPES: ReadonlySet<string> = new Set(["tape"]);

function situationOf(drive: SimulatedDrive, index: number): DriveSituation {
  const { mount, cartridge } = drive;
  return {
    id: drive.id,
    name: drive.id,
    number: index,
    present: true,
    busy: drive.busy,
    enabled: true,
    cartridgeId: cartridge === null ? null : String(cartridge),
    holder: mount?.application ?? null,
    heldSince: drive.since,
    evictableFrom: mount === null && cartridge !== null ? drive.leftMs : null,
    unloaded: false,
    leftPriority: 0,
    mediaTypes: MEDIA_TYPES,
    writableTypes: MEDIA_TYPES,
    position: drivePosition(),
    homePosition: cartridge === null ? null : slotPosition(cartridge),
  };
}

/** The rules of the manager. */
function byTheRules(ageingLimitMs: number): Policy["starts"] {
  const works = new Map<TracedMount, Work>();
  const mounts = new Map<Work, TracedMount>();
  const workOf = (mount: TracedMount): Work => {
    const known = works.get(mount);
    if (known !== undefined) return known;
    const work = asWork(mount);
    works.set(mount, work);
    mounts.set(work, mount);
    return work;
  };
  return (library) => {
    if (!library.drives.some(({ mount }) => mount === null)) return [];
    const decisions = decide([...library.waiting.values()].map(workOf), {
      now: library.nowMs,
      ageingLimitMs,
      drives: library.drives.map(situationOf),
      busyCartridges: new Set([...library.busyCartridges].map(String)),
      heldCartridges: new Set(),
      frozen: null,
      working: true,
    });
    return decisions.flatMap(({ work, verdict }) => {
      const mount = mounts.get(work);
      if (!verdict.start || mount === undefined) return [];
      const drive = library.drives.find(({ id }) => id === verdict.driveIds[0]);
      return drive === undefined ? [] : { mount, drive };
    });
  };
}

function asWork(mount: TracedMount): Work {
  return {
    kind: "mount",
    arrival: mount.id,
    submitted: mount.submittedMs,
    priority: 0,
    order: 0,
    owner: mount.application,
    media: [{
      cartridgeId: String(mount.cartridge),
      mediaTypeId: "tape",
      label: String(mount.cartridge),
      driveId: null,
      heldDriveId: null,
      online: true,
      write: false,
      position: slotPosition(mount.cartridge),
    }],
  };
}

/** All that are compared; the last two are ours, without and with exchange. */
export function policies(ageingLimitMs: number): readonly Policy[] {
  const firstCome = {
    kind: "first come",
    keepsMedia: true,
    exchanges: false,
    starts: inTurn(false),
    steps: inOrder,
  } as const;
  const ours = {
    kind: "ours",
    name: "ours, two moves",
    keepsMedia: true,
    exchanges: false,
    starts: byTheRules(ageingLimitMs),
    steps: chooseSteps,
  } as const;
  return [
    { ...firstCome, name: "first come, home at once", keepsMedia: false },
    { ...firstCome, name: "first come, left in drives" },
    {
      ...firstCome,
      kind: "first that can",
      name: "first that can start",
      starts: inTurn(true),
    },
    ours,
    { ...ours, name: "ours, by exchange", exchanges: true },
  ];
}
