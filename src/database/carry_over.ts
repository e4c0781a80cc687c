/**
 * What an imported catalogue has to take over from the one that it replaces.
 * Media move on while a copy lies about: what the copy has for free may have
 * been written since. Nothing stays free that is not known to be so.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { carryAudit, dropRevokedTokens } from "./carry_over_audit.ts";
import { withSqlite } from "./files.ts";

/** What came of it. */
export interface CarryOver {
  /** Cartridges that the copy has for free and that may hold data by now: they are in the import pools. */
  readonly setAside: number;
}

/** Name of the setting of a catalogue that was imported and had no inventory yet. */
export const RESTORED = "restored";
/** Name of the setting of a new catalogue whose bar codes the administrator trusts. */
export const TRUSTED = "trusted";

/** States of sides that may be overwritten, or are about to get a label. */
const FREE = "('available', 'unprepared')";
const OWNED = "('allocated', 'complete', 'reserved')";

/** Prepares a catalogue of the newest schema to take the place of another; null where that one cannot be read. */
export function carryOver(
  scheduled: string,
  replaced: string | null,
  now: number,
): CarryOver {
  return withSqlite(scheduled, (sqlite) => prepare(sqlite, replaced, now));
}

function prepare(
  sqlite: DatabaseSync,
  replaced: string | null,
  now: number,
): CarryOver {
  sqlite.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  sqlite.exec(
    "BEGIN IMMEDIATE; create temp table stillFree (id text primary key)",
  );
  if (replaced !== null) {
    // One for reading only would leave an empty log beside the file.
    withSqlite(replaced, (old) => compare(sqlite, old));
  }
  sqlite.prepare(OPEN_INTENTS).run(now);
  sqlite.exec(DOUBTFUL);
  const row = sqlite.prepare("select count(*) as n from doubtful").get();
  sqlite.exec(SET_ASIDE);
  sqlite.exec(NO_MORE_TRUST);
  sqlite.exec("COMMIT");
  return { setAside: Number(row?.["n"] ?? 0) };
}

/**
 * Takes over what the replaced catalogue knows, unless it is of an older
 * schema. Not by attaching it: the runtime allows that with all permissions
 * only.
 */
function compare(sqlite: DatabaseSync, old: DatabaseSync): void {
  const migrations = "select count(*) as n from kysely_migration";
  const count = (database: DatabaseSync) =>
    database.prepare(migrations).get()?.["n"];
  if (count(old) !== count(sqlite)) return;
  const raise = sqlite.prepare(COUNTER);
  for (const { name, value } of old.prepare(COUNTERS).iterate()) {
    raise.run(name ?? null, value ?? null);
  }
  carryAudit(sqlite, old);
  dropRevokedTokens(sqlite, old);
  const free = sqlite.prepare("insert into stillFree values (?)");
  for (const { id } of old.prepare(FREE_SIDES).iterate()) free.run(id ?? null);
}

const FREE_SIDES = `select id from side where state in ${FREE}`;

/** Counters never go back: an epoch or a number that was used is not used again. */
const COUNTERS = `
  select name, value from setting where name in ('epoch', 'sequenceNumber')`;
const COUNTER = `
  insert into setting (name, value) values (?, ?)
  on conflict (name) do update set value = excluded.value
  where cast(excluded.value as integer) > cast(setting.value as integer)`;

/** The library has moved on since these steps: the inventory tells where everything is. */
const OPEN_INTENTS = `
  update moveIntent
  set state = 'resolved', settled = ?, note = 'an imported copy had it open'
  where state in ('planned', 'sent', 'unknown')`;

/** What the replaced catalogue has for free too has not been written since. */
const DOUBTFUL = `
  create temp table doubtful as
  select distinct cartridgeId as id from side
  where state in ${FREE} and id not in (select id from stillFree)`;

const SET_ASIDE = `
  update side set state = 'import'
  where state in ${FREE} and cartridgeId in (select id from doubtful);

  create temp table destination as
  select cartridge.id as id, pool.id as poolId
  from cartridge join mediaPool as pool
    on pool.kind = 'import' and pool.mediaTypeId = cartridge.mediaTypeId
  where cartridge.id in (select id from doubtful)
    and not exists (select 1 from side
      where side.cartridgeId = cartridge.id and side.state in ${OWNED});

  update cartridge
  set poolId = (select poolId from destination where id = cartridge.id)
  where id in (select id from destination);

  update side
  set poolId =
    (select poolId from destination where id = side.cartridgeId)
  where cartridgeId in (select id from destination)`;

/**
 * A cartridge that came in after the copy was made is unknown to it, and not
 * therefore free: no library trusts bar codes before its next inventory.
 */
const NO_MORE_TRUST = `
  update library set trustBarCodes = 0;
  insert into setting (name, value)
  select '${RESTORED}', '1'
  where not exists (select 1 from setting where name = '${TRUSTED}')
  on conflict (name) do nothing`;
