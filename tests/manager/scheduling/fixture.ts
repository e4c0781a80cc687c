import type {
  DriveSituation,
  MountWork,
  Situation,
  WantedMedium,
  Work,
} from "../../../src/manager/scheduling/mod.ts";
import { decide } from "../../../src/manager/scheduling/mod.ts";

export const NOW = 1_000_000;
export const AGEING_LIMIT_MS = 100_000;

export function drive(
  id: string,
  more: Partial<DriveSituation> = {},
): DriveSituation {
  return {
    id,
    name: id,
    number: 0,
    present: true,
    busy: false,
    enabled: true,
    cartridgeId: null,
    holder: null,
    heldSince: 0,
    evictableFrom: null,
    unloaded: false,
    leftPriority: 0,
    mediaTypes: new Set(["lto"]),
    writableTypes: new Set(["lto"]),
    position: null,
    homePosition: null,
    ...more,
  };
}

export function medium(
  cartridgeId: string,
  more: Partial<WantedMedium> = {},
): WantedMedium {
  return {
    cartridgeId,
    mediaTypeId: "lto",
    label: cartridgeId,
    driveId: null,
    heldDriveId: null,
    online: true,
    write: false,
    position: null,
    ...more,
  };
}

/** A mount of media, named by their cartridges where they are as usual. */
export function mount(
  media: readonly (string | WantedMedium)[],
  more: Partial<Omit<MountWork, "kind" | "media">> = {},
): MountWork {
  return {
    kind: "mount",
    arrival: 0,
    submitted: NOW,
    priority: 0,
    order: 9,
    owner: "somebody",
    media: media.map((one) => typeof one === "string" ? medium(one) : one),
    ...more,
  };
}

export function situation(
  drives: readonly DriveSituation[],
  more: Partial<Situation> = {},
): Situation {
  return {
    now: NOW,
    ageingLimitMs: AGEING_LIMIT_MS,
    drives,
    busyCartridges: new Set(),
    heldCartridges: new Set(),
    frozen: null,
    working: false,
    ...more,
  };
}

/** What becomes of each work, in the order given: its drives, or what it waits for. */
export function outcomes(
  works: readonly Work[],
  state: Situation,
): (readonly string[] | string | undefined)[] {
  const decisions = new Map(
    decide(works, state).map(({ work, verdict }) => [work, verdict]),
  );
  return works.map((work) => {
    const verdict = decisions.get(work);
    return verdict?.start ? verdict.driveIds : verdict?.waitsFor;
  });
}

/** What becomes of one work that is alone. */
export function outcome(
  work: Work,
  state: Situation,
): readonly string[] | string | undefined {
  return outcomes([work], state)[0];
}
