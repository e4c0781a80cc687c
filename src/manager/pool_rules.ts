/**
 * What may be done with media pools. Rules only: no waiting, no catalogue.
 *
 * @module
 */

import {
  NtmsError,
  type NtmsErrorCode,
  type PoolKind,
  type SideState,
} from "../model/mod.ts";

/** A pool as the rules see it. */
export interface PoolFacts {
  readonly id: string;
  readonly kind: PoolKind;
  readonly path: string;
  readonly mediaTypeId: string | null;
}

/** What a move to another pool depends on. */
export interface MoveFacts {
  readonly cartridge: { readonly name: string; readonly mediaTypeId: string };
  readonly sides: readonly SideState[];
  /** Whether a side of it is mounted, or about to be. */
  readonly inUse: boolean;
  readonly source: PoolFacts;
  readonly target: PoolFacts;
}

/** What fits in the documented dwMaxAllocates. */
const MOST_ALLOCATIONS = 0xffff_ffff;

type Refusal = readonly [code: NtmsErrorCode, reason: string];

/** States of sides that belong to an application. */
const OWNED: ReadonlySet<SideState> = new Set([
  "allocated",
  "complete",
  "reserved",
]);
/** States of sides that never get a free label. */
const USELESS: ReadonlySet<SideState> = new Set([
  "decommissioned",
  "incompatible",
  "unknown",
]);

function refuseTarget({ target }: MoveFacts): Refusal | null {
  if (target.kind === "root" || target.mediaTypeId === null) {
    return [
      "ERROR_INVALID_MEDIA_POOL",
      `${target.path} holds pools and no media`,
    ];
  }
  if (target.kind === "unrecognized") {
    return [
      "ERROR_INVALID_MEDIA_POOL",
      `only an inventory puts media into ${target.path}`,
    ];
  }
  return null;
}

function refuseType({ cartridge, target }: MoveFacts): Refusal | null {
  return target.mediaTypeId === cartridge.mediaTypeId ? null : [
    "ERROR_MEDIA_INCOMPATIBLE",
    `${target.path} holds media of another type`,
  ];
}

function refuseSource({ source, target }: MoveFacts): Refusal | null {
  const closed = source.kind === "unrecognized" || source.kind === "import";
  if (!closed || target.kind === "free" || source.id === target.id) return null;
  return [
    "ERROR_INVALID_MEDIA_POOL",
    source.kind === "import"
      ? `from ${source.path} it may only go to the free pool; to import it, allocate its side by its id`
      : `from ${source.path} it may only go to the free pool`,
  ];
}

function refuseSides({ sides, source, target }: MoveFacts): Refusal | null {
  if (target.kind === "free") {
    const owned = sides.find((state) => OWNED.has(state));
    if (owned !== undefined) {
      return ["ERROR_BUSY", `a side of it is ${owned}; deallocate it first`];
    }
    const useless = sides.find((state) => USELESS.has(state));
    if (useless !== undefined) {
      return [
        "ERROR_INVALID_MEDIA",
        `a side of it is ${useless}, and the free pool is for media that can be used`,
      ];
    }
  }
  const importable = sides.every((state) => state === "import");
  if (target.kind === "import" && source.id !== target.id && !importable) {
    return [
      "ERROR_INVALID_MEDIA_POOL",
      `${target.path} is for media of which every side is still to be imported`,
    ];
  }
  return null;
}

/**
 * Whether a cartridge may go to another pool.
 *
 * @throws {NtmsError} The documented code of MoveToNtmsMediaPool.
 */
export function checkMove(facts: MoveFacts): void {
  const refusal = refuseTarget(facts) ?? refuseType(facts) ??
    refuseSource(facts) ?? refuseSides(facts) ?? refuseUse(facts);
  if (refusal !== null) throw cannotMove(facts, ...refusal);
}

/** What a change of the media type depends on, beside the move. */
export interface RetypeFacts extends MoveFacts {
  /** Sides that media of the pool's type have; null where that is not known. */
  readonly sideCount: number | null;
  /** Whether the cartridge's library handles the pool's type. */
  readonly handled: boolean;
}

/**
 * Whether a cartridge may go to a pool of any media type and become of that.
 *
 * @throws {NtmsError} The documented code of ChangeNtmsMediaType.
 */
export function checkRetype(facts: RetypeFacts): void {
  const { sideCount, sides } = facts;
  const refusal = refuseTarget(facts) ?? refuseSource(facts) ??
    refuseSides(facts);
  const reason = refusal !== null
    ? refusal[1]
    : !facts.handled
    ? "its library does not handle media of that type; add the type to the library first"
    : sideCount !== null && sideCount !== sides.length
    ? `media of that type have ${sideCount} sides, and it has ${sides.length}`
    : null;
  // The documents have one code for whatever the rules of a move forbid.
  if (reason !== null) {
    throw cannotMove(facts, "ERROR_INVALID_MEDIA_POOL", reason);
  }
  const used = refuseUse(facts);
  if (used !== null) throw cannotMove(facts, ...used);
}

function refuseUse({ inUse }: MoveFacts): Refusal | null {
  return inUse
    ? ["ERROR_BUSY", "it is mounted or about to be; dismount it first"]
    : null;
}

function cannotMove(
  { cartridge, target }: MoveFacts,
  code: NtmsErrorCode,
  reason: string,
): NtmsError {
  return new NtmsError(
    code,
    `Cannot move cartridge ${cartridge.name} to pool ${target.path}: ${reason}`,
  );
}

/**
 * Whether a pool may be deleted.
 *
 * @throws {NtmsError} ERROR_INVALID_MEDIA_POOL, ERROR_NOT_EMPTY.
 */
export function checkDelete(
  pool: PoolFacts,
  content: { readonly cartridges: number; readonly pools: number },
): void {
  if (pool.kind !== "application") {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA_POOL",
      `Cannot delete pool ${pool.path}: it belongs to the service`,
    );
  }
  const { cartridges, pools } = content;
  if (cartridges + pools === 0) return;
  throw new NtmsError(
    "ERROR_NOT_EMPTY",
    `Cannot delete pool ${pool.path}: it holds ${
      pools > 0 ? `${pools} pools` : `${cartridges} cartridges`
    }; ${pools > 0 ? "delete them" : "move them to another pool"} first`,
    { data: content },
  );
}

/** The policies of a pool. */
export interface PoolPolicies {
  readonly drawFromFree: boolean;
  readonly returnToFree: boolean;
  readonly maxAllocates: number;
}

/**
 * Whether a pool may have these policies: one of pools has none.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER.
 */
export function checkPolicies(
  mediaTypeId: string | null,
  policies: PoolPolicies,
): void {
  const { drawFromFree, returnToFree, maxAllocates } = policies;
  const any = drawFromFree || returnToFree || maxAllocates !== 0;
  const reason = mediaTypeId === null && any
    ? "A pool of pools has no policies and no allocation limit; give it a media type"
    : !Number.isInteger(maxAllocates) || maxAllocates < 0 ||
        maxAllocates > MOST_ALLOCATIONS
    ? `An allocation limit is a whole number from 0 to ${MOST_ALLOCATIONS}, not ${maxAllocates}`
    : null;
  if (reason !== null) throw new NtmsError("ERROR_INVALID_PARAMETER", reason);
}
