/**
 * What an imported catalogue takes over of who did what, from the one that it
 * replaces: the audit loses no record by an import, and a token that was
 * revoked since the copy was made does not come back with it.
 *
 * @module
 */

import type { DatabaseSync, SQLInputValue } from "node:sqlite";

const COLUMNS = [
  "time",
  "user",
  "uid",
  "pid",
  "token",
  "application",
  "computer",
  "operation",
  "object",
  "detail",
  "reason",
  "outcome",
];
const NAMES = COLUMNS.map((name) => `"${name}"`).join(", ");

/** Adds the records that the copy has not, behind its own. */
export function carryAudit(sqlite: DatabaseSync, old: DatabaseSync): void {
  const rows = old.prepare(
    `select ${NAMES} from audit where number > ? order by number`,
  );
  const insert = sqlite.prepare(
    `insert into audit (${NAMES}) values (${COLUMNS.map(() => "?").join()})`,
  );
  for (const row of rows.iterate(commonRecords(sqlite, old))) {
    insert.run(...COLUMNS.map((name): SQLInputValue => row[name] ?? null));
  }
}

/** Number of the last record that both have. */
function commonRecords(sqlite: DatabaseSync, old: DatabaseSync): number {
  const at = `select ${NAMES} from audit where number = ?`;
  const [mine, theirs] = [sqlite.prepare(at), old.prepare(at)];
  const last = sqlite.prepare("select max(number) as n from audit").get();
  let number = Number(last?.["n"] ?? 0);
  for (; number > 0; number--) {
    const row = mine.get(number);
    const same = row !== undefined &&
      JSON.stringify(row) === JSON.stringify(theirs.get(number));
    if (same) break;
  }
  return number;
}

/** Takes out the tokens that the replaced catalogue had revoked. */
export function dropRevokedTokens(
  sqlite: DatabaseSync,
  old: DatabaseSync,
): void {
  const known = old.prepare("select 1 from token where hash = ?");
  const revoked = new Set(
    old.prepare(REVOKED).all().map(({ name }) => name),
  );
  const drop = sqlite.prepare("delete from token where hash = ?");
  for (const { hash, name } of sqlite.prepare(TOKENS).all()) {
    if (hash === undefined || !revoked.has(name ?? null)) continue;
    if (known.get(hash) === undefined) drop.run(hash);
  }
}

const TOKENS = "select name, hash from token";
const REVOKED = `
  select json_extract(detail, '$.name') as name from audit
  where operation = 'RevokeNtmsToken' and outcome = 'ERROR_SUCCESS'`;
