/**
 * Registers cartridges that are in no library yet, with what is known of them
 * from elsewhere.
 *
 * @module
 */

import {
  barCodeIsKnown,
  countUp,
  findObject,
  findPool,
  insertCartridges,
  insertLogicalMedium,
  loadRecords,
  type NamedType,
  type NewCartridgeRow,
  offlineLibraryId,
  type PoolRow,
  siblingHasName,
  sideCountOf,
  sidesOfLabel,
  updateObjectRow,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type CreatedMedium,
  type CreateMediumInput,
  isObjectName,
  LIMITS,
  type NewSide,
  NtmsError,
  type NtmsErrorCode,
  type NtmsObject,
  type ObjectType,
  type RecordOf,
  type SideState,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";

/** States of sides that have an allocation. */
const ALLOCATED: ReadonlySet<SideState> = new Set(["allocated", "complete"]);

/** A side with all ids and its name. */
interface NamedSide extends NewSide {
  readonly sideId: string;
  readonly title: string;
  readonly logicalMediumId: string | null;
}

/** Registers a cartridge (CreateNtmsMedia). */
export function createMedium(
  context: Context,
  caller: Caller,
  input: CreateMediumInput,
): Promise<CreatedMedium> {
  return commit(context, "mediumLife", async (db) => {
    const created = await create(db, context, input);
    const { id } = created.cartridge;
    await keepAnswer(db, context, caller, created, id);
    return created;
  });
}

async function create(
  db: Writer,
  context: Context,
  input: CreateMediumInput,
): Promise<CreatedMedium> {
  const { clock, random } = context;
  const now = clock.now();
  const given = { ...input, barCode: input.barCode.trimEnd() };
  checkTexts(given);
  checkStates(given.sides);
  const libraryId = await checkLibrary(db, given.library);
  const pool = await checkPool(db, given);
  await checkDuplicates(db, given);
  const sequence = await countUp(db, "sequenceNumber") + 1;
  const cartridge = given.id ?? random.guid();
  const title = titleOf(given, String(sequence));
  const sides = given.sides.map((side): NamedSide => ({
    ...side,
    sideId: side.id ?? random.guid(),
    title: side.name || title,
    logicalMediumId: ALLOCATED.has(side.state)
      ? side.logicalMedium ?? random.guid()
      : null,
  }));
  await checkIds(db, [
    cartridge,
    ...sides.flatMap(({ logicalMediumId, sideId }) =>
      logicalMediumId === null ? [sideId] : [sideId, logicalMediumId]
    ),
  ]);
  const row = rowOf(given, { cartridge, libraryId, pool, sequence, title });
  await insertCartridges(db, [{ ...row, sides: sides.map(sideRow) }], now);
  for (const [index, side] of sides.entries()) {
    await updateSide(db, side.sideId, { ordinal: sequence + index });
    await allocate(db, pool, side, now);
    if (!side.enabled) {
      await updateObjectRow(db, side.sideId, { enabled: 0 }, now);
    }
    await checkName(db, "side", side.sideId, side.name);
  }
  if (!given.enabled) await updateObjectRow(db, cartridge, { enabled: 0 }, now);
  await checkName(db, "cartridge", cartridge, given.name);
  return await recordsOf(db, cartridge, sides.map(({ sideId }) => sideId));
}

/** What was made, as it is in the catalogue. */
async function recordsOf(
  db: Writer,
  cartridge: string,
  sides: readonly string[],
): Promise<CreatedMedium> {
  const [record] = (await loadRecords(db, "cartridge", [cartridge]))
    .filter(isOf("cartridge"));
  if (record === undefined) {
    throw new TypeError(`Cartridge ${cartridge} was not made`);
  }
  const made = await loadRecords(db, "side", sides);
  return { cartridge: record, sides: made.filter(isOf("side")) };
}

function isOf<Type extends ObjectType>(
  type: Type,
): (record: NtmsObject) => record is RecordOf<Type> {
  return (record): record is RecordOf<Type> => record.type === type;
}

function rowOf(
  input: CreateMediumInput,
  { cartridge, libraryId, pool, sequence, title }: {
    readonly cartridge: string;
    readonly libraryId: string;
    readonly pool: PoolOfMedia;
    readonly sequence: number;
    readonly title: string;
  },
): Omit<NewCartridgeRow, "sides"> {
  const { barCode, densityCode, description, mediumTypeCode, name } = input;
  return {
    object: {
      id: cartridge,
      type: "cartridge",
      name: name || title,
      description,
    },
    row: {
      libraryId,
      poolId: pool.id,
      placeId: null,
      placeType: "slot",
      mediaTypeId: pool.mediaTypeId,
      homeSlotId: null,
      barCode,
      barCodeState: barCode === "" ? "unreadable" : "ok",
      sequenceNumber: String(sequence),
      state: "idle",
      mediumTypeCode,
      densityCode,
    },
  };
}

function sideRow(
  side: NamedSide,
  index: number,
): NewCartridgeRow["sides"][number] {
  const { allocateCount, capacityBytes, description, label, mountCount } = side;
  return {
    object: {
      id: side.sideId,
      type: "side",
      name: side.title,
      description,
    },
    row: {
      sideNumber: index,
      ordinal: 0,
      logicalMediumId: side.logicalMediumId,
      state: side.state,
      labelType: label.type,
      labelId: label.id,
      labelInfo: label.info,
      // Who registers a medium knows what is on it: the first mount compares.
      labelBinds: label.id === "" ? 0 : 1,
      mountCount,
      allocateCount,
      capacityBytes,
    },
  };
}

async function allocate(
  db: Writer,
  pool: PoolOfMedia,
  { logicalMediumId: id, title }: NamedSide,
  now: number,
): Promise<void> {
  if (id === null) return;
  const medium = { id, type: "logicalMedium", name: title } as const;
  await insertLogicalMedium(db, medium, pool.id, now);
}

/** What a cartridge is called that has no name: by bar code, what its only label says, or number. */
function titleOf(
  { barCode, sides }: CreateMediumInput,
  sequenceNumber: string,
): string {
  const info = sides.length === 1 ? sides[0]?.label.info ?? "" : "";
  const names = [barCode, info].map((text) =>
    text.replaceAll(/[\p{Cc}\\]+/gu, " ").trim().slice(0, LIMITS.nameLength)
      .trim()
  );
  return names.find((name) => name !== "") ?? sequenceNumber;
}

function checkTexts({ barCode, name, sides }: CreateMediumInput): void {
  if (barCode.length > LIMITS.barCodeLength || /\p{Cc}/u.test(barCode)) {
    throw refusal(
      "ERROR_INVALID_PARAMETER",
      `its bar code has control characters, or more than ${LIMITS.barCodeLength}`,
    );
  }
  for (const each of [name, ...sides.map((side) => side.name)]) {
    if (each !== "" && !isObjectName(each)) {
      throw refusal(
        "ERROR_INVALID_PARAMETER",
        `"${each}" cannot be a name: it is longer than ${LIMITS.nameLength} characters, or has a backslash or control characters`,
      );
    }
  }
  for (const [index, { label }] of sides.entries()) {
    if (label.type === "" || label.id === "") {
      throw refusal(
        "ERROR_INVALID_PARAMETER",
        `side ${index} has no label: give its type and id`,
      );
    }
  }
}

/** An allocation belongs to a side that is allocated, and only beside such a one is another reserved. */
function checkStates(sides: readonly NewSide[]): void {
  const owned = sides.some(({ state }) => ALLOCATED.has(state));
  for (const [index, { logicalMedium, state }] of sides.entries()) {
    if (logicalMedium !== null && !ALLOCATED.has(state)) {
      throw refusal(
        "ERROR_INVALID_PARAMETER",
        `side ${index} is ${state}, and only an allocated or complete one has a logical medium`,
      );
    }
    if (state === "reserved" && !owned) {
      throw refusal(
        "ERROR_INVALID_PARAMETER",
        `side ${index} is reserved, and no other side is allocated for which it could be`,
      );
    }
  }
}

async function checkLibrary(
  db: Writer,
  library: string | null,
): Promise<string> {
  const offline = await offlineLibraryId(db);
  if (library === null || library === offline) return offline;
  throw refusal(
    "ERROR_INVALID_PARAMETER",
    "a cartridge that is in a library is found there; only the offline library can be named",
  );
}

/** A pool that holds media. */
interface PoolOfMedia extends PoolRow {
  readonly mediaTypeId: string;
}

async function checkPool(
  db: Writer,
  { pool: id, sides }: CreateMediumInput,
): Promise<PoolOfMedia> {
  const pool = await findPool(db, id);
  const holds = pool?.kind === "import" || pool?.kind === "application";
  if (pool === null || !holds || pool.mediaTypeId === null) {
    throw refusal(
      "ERROR_INVALID_MEDIA_POOL",
      pool === null
        ? `there is no pool ${id}`
        : `pool ${pool.path} is neither an import pool nor a pool of an application that holds media`,
    );
  }
  const count = await sideCountOf(db, pool.mediaTypeId);
  if (count !== sides.length) {
    throw refusal(
      "ERROR_MEDIA_INCOMPATIBLE",
      `media in pool ${pool.path} have ${count} sides, not ${sides.length}`,
    );
  }
  return { ...pool, mediaTypeId: pool.mediaTypeId };
}

async function checkDuplicates(
  db: Writer,
  { barCode, errorIfDuplicate = false, sides }: CreateMediumInput,
): Promise<void> {
  if (barCode !== "" && await barCodeIsKnown(db, barCode)) {
    throw refusal(
      "ERROR_INVALID_MEDIA",
      `a cartridge with bar code ${barCode} is known already`,
    );
  }
  if (!errorIfDuplicate) return;
  const seen = new Set<string>();
  for (const { label } of sides) {
    const key = `${label.type} ${label.id}`;
    const known = await sidesOfLabel(db, label);
    if (known.length > 0 || seen.has(key)) {
      throw refusal(
        "ERROR_INVALID_MEDIA",
        `another side has the ${label.type} label ${label.id}`,
      );
    }
    seen.add(key);
  }
}

/** Ids are given once. */
async function checkIds(db: Writer, ids: readonly string[]): Promise<void> {
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  for (const id of ids) {
    if (id !== twice && await findObject(db, id) === null) continue;
    throw refusal("ERROR_INVALID_PARAMETER", `id ${id} has an object already`);
  }
}

/** A name that a caller gives is none of a sibling's. */
async function checkName(
  db: Writer,
  type: NamedType,
  id: string,
  name: string,
): Promise<void> {
  if (name === "" || !await siblingHasName(db, type, id, name)) return;
  throw refusal(
    "ERROR_INVALID_PARAMETER",
    `another ${type} beside it is called "${name}"`,
  );
}

function refusal(code: NtmsErrorCode, reason: string): NtmsError {
  return new NtmsError(code, `Cannot register a cartridge: ${reason}`);
}
