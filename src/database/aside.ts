/**
 * Work on a database file in a thread of its own: a copy of a large catalogue,
 * or a look at every page of it, takes seconds in which calls must go on.
 *
 * @module
 */

/** A row, by column. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * The thread's program. It is a text, because a file of its own would not be
 * there in a compiled binary, which is one module.
 *
 * A copy is made in one transaction: without it each commit of others would
 * have a backup begin anew. A backup copies damaged pages as they are, so what
 * came of it is looked at. Older runtimes have no backup: there the rows are
 * copied, in several times the time. VACUUM INTO would do for both, but it
 * attaches a file, which the runtime allows with all permissions only.
 */
const PROGRAM = `
import * as sqlite from "node:sqlite";
const { DatabaseSync } = sqlite;
const damaged = 11;
const settings = "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF;";
function copyRows(database, copied, name) {
  const columns = database.prepare("select * from pragma_table_info(?)")
    .all(name).map(() => "?");
  const insert = copied.prepare(
    'insert into "' + name + '" values (' + columns.join() + ")",
  );
  for (const row of database.prepare('select * from "' + name + '"').iterate()) {
    insert.run(...Object.values(row));
  }
}
function copyAll(database, copied) {
  const { application_id } = database.prepare("PRAGMA application_id").get();
  copied.exec(
    "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF;" +
      "PRAGMA cache_size = -65536;" +
      "PRAGMA application_id = " + application_id + "; BEGIN",
  );
  const parts = database.prepare(
    "select type, name, sql from sqlite_master where sql is not null",
  ).all();
  const own = parts.filter(({ name }) => name !== "sqlite_sequence");
  const tables = own.filter(({ type }) => type === "table");
  for (const { name, sql } of tables) {
    copied.exec(sql);
    copyRows(database, copied, name);
  }
  for (const part of own) if (part.type !== "table") copied.exec(part.sql);
  if (own.length < parts.length) {
    // The rows above have filled it as far as there are rows.
    copied.exec("delete from sqlite_sequence");
    copyRows(database, copied, "sqlite_sequence");
  }
  copied.exec("COMMIT");
}
function finish(copied) {
  copied.exec("PRAGMA journal_mode = DELETE");
  const { quick_check } = copied.prepare("PRAGMA quick_check(1)").get();
  if (quick_check === "ok") return;
  throw Object.assign(new Error(quick_check), { errcode: damaged });
}
async function copy(database, target, byRows) {
  database.exec("BEGIN");
  database.prepare("select count(*) from sqlite_master").get();
  if (!byRows) await sqlite.backup(database, target);
  const copied = new DatabaseSync(target);
  try {
    if (byRows) copyAll(database, copied);
    finish(copied);
  } finally {
    copied.close();
  }
  database.exec("COMMIT");
}
async function answer({ path, statements, target, byRows }) {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    database.exec(settings);
    if (target !== undefined) {
      await copy(database, target, byRows || sqlite.backup === undefined);
    }
    return statements.map((sql) =>
      database.prepare(sql).all().map((row) => ({ ...row }))
    );
  } finally {
    database.close();
  }
}
// Only when the file is closed: who has the reply ends the thread.
onmessage = ({ data }) =>
  answer(data).then(
    (answers) => postMessage({ answers }),
    ({ message, errcode }) => postMessage({ message, errcode }),
  );`;

/** An error of SQLite's, as it was in the thread. */
class SqliteError extends Error {
  readonly code = "ERR_SQLITE_ERROR";
  readonly errcode: number | undefined;

  constructor(message: string, errcode: number | undefined) {
    super(message);
    this.name = "SqliteError";
    this.errcode = errcode;
  }
}

interface Reply {
  readonly answers?: readonly (readonly Row[])[];
  readonly message?: string;
  readonly errcode?: number;
}

/** Runs statements on a file that is opened for reading only; the rows of each. */
export async function runAside(
  path: string,
  statements: readonly string[],
): Promise<readonly (readonly Row[])[]> {
  return await ask({ path, statements });
}

/**
 * Copies a database of one moment into an empty file, while others write.
 *
 * @param byRows Whether to copy rows also where the runtime has a backup.
 */
export async function copyAside(
  path: string,
  target: string,
  byRows = false,
): Promise<void> {
  await ask({ path, statements: [], target, byRows });
}

async function ask(request: {
  readonly path: string;
  readonly statements: readonly string[];
  readonly target?: string;
  readonly byRows?: boolean;
}): Promise<readonly (readonly Row[])[]> {
  const worker = new Worker(
    `data:application/javascript,${encodeURIComponent(PROGRAM)}`,
    { type: "module", name: "catalogue" },
  );
  const { promise, reject, resolve } = Promise.withResolvers<Reply>();
  worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data);
  worker.onerror = (event) => {
    // Without it the whole process would end.
    event.preventDefault();
    reject(new Error(event.message));
  };
  try {
    worker.postMessage(request);
    const { answers, errcode, message } = await promise;
    if (answers !== undefined) return answers;
    throw new SqliteError(message ?? "no answer", errcode);
  } finally {
    worker.terminate();
  }
}
