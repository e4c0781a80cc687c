/**
 * Who may do what: the one place that every call is checked in.
 *
 * @module
 */

import {
  allTokens,
  deleteToken,
  findObjectRow,
  insertToken,
  poolsOfSides,
  type Reader,
  setAccess,
  type TokenRow,
} from "../database/mod.ts";
import {
  type Caller,
  type CreateTokenInput,
  type Descriptor,
  type Guid,
  type Identity,
  isTokenName,
  type LibraryMap,
  LIMITS,
  NtmsError,
  type NtmsObject,
  type ObjectType,
  type StoredEntry,
} from "../model/mod.ts";
import type {
  AccessManager,
  KnownToken,
  ObjectSecurity,
  SecurityChange,
  Verdict,
} from "./access_calls.ts";
import { hasRight, type Securable } from "./access_decision.ts";
import { AccessLook } from "./access_look.ts";
import { rowOf } from "./access_rows.ts";
import type { Need, Rule } from "./access_needs.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";

/** Who may do what in one catalogue. */
export class AccessControl implements AccessManager {
  readonly #context: () => Context;

  /** `context` throws while the manager is not ready. */
  constructor(context: () => Context) {
    this.#context = context;
  }

  async judge<Input>(
    identity: Identity,
    rule: Rule<Input>,
    input: Input,
  ): Promise<Verdict> {
    if (identity.administrator) {
      return { missing: null, reason: "administrator" };
    }
    return await this.#context().database.read(async (db) => {
      const look = await AccessLook.at(db);
      const needs = await rule(input, look);
      if (needs === null) {
        const { descriptor } = look.listOf(look.computer);
        return { missing: { need: null, name: "", owner: descriptor.owner } };
      }
      for (const need of needs) {
        const { descriptor } = look.listOf(need.on);
        if (hasRight(descriptor, identity, need.right)) continue;
        const name = await nameOf(db, look, need.on);
        return { missing: { need, name, owner: descriptor.owner } };
      }
      return { missing: null, reason: describe(needs) };
    });
  }

  async visible<Record extends NtmsObject>(
    identity: Identity,
    objects: readonly Record[],
  ): Promise<readonly Record[]> {
    if (identity.administrator) return objects;
    return await this.#context().database.read(async (db) => {
      const look = await AccessLook.at(db);
      const sides = objects.flatMap(({ id, type }) =>
        type === "side" ? id : []
      );
      const poolOfSide = await poolsOfSides(db, sides);
      const governor = (object: NtmsObject): Securable =>
        object.type === "side"
          ? look.pool(poolOfSide.get(object.id) ?? null) ?? look.computer
          : governorOfRecord(object, look);
      return objects.filter((object) =>
        hasRight(look.listOf(governor(object)).descriptor, identity, "use")
      );
    });
  }

  async visibleMaps(
    identity: Identity,
    maps: readonly LibraryMap[],
  ): Promise<readonly LibraryMap[]> {
    if (identity.administrator) return maps;
    const libraries = maps.map(({ library }) => library);
    const seen = new Set(await this.visible(identity, libraries));
    return maps.filter(({ library }) => seen.has(library));
  }

  async get(id: Guid, type: ObjectType | null): Promise<ObjectSecurity> {
    return await this.#context().database.read(async (db) => {
      const look = await AccessLook.at(db);
      const object = await requireSecurable(db, look, id, type);
      const { descriptor, isDefault } = look.listOf(object);
      return { ...descriptor, isDefault };
    });
  }

  async set(
    caller: Caller,
    id: Guid,
    type: ObjectType | null,
    change: SecurityChange,
  ): Promise<void> {
    const context = this.#context();
    await commit(context, "access", async (db) => {
      const look = await AccessLook.at(db);
      const object = await requireSecurable(db, look, id, type);
      const { descriptor } = look.listOf(object);
      const after = { ...descriptor, ...change };
      requireOwnership(caller, descriptor, after);
      await setAccess(db, rowOf(id, after));
      await keepAnswer(db, context, caller, {});
    });
  }

  async tokens(): Promise<readonly KnownToken[]> {
    return await this.#context().database.read(allTokens);
  }

  async createToken(caller: Caller, input: CreateTokenInput): Promise<number> {
    const context = this.#context();
    const { hash, name, user } = input;
    if (!isTokenName(name)) {
      throw new NtmsError(
        "ERROR_INVALID_NAME",
        `"${
          name.slice(0, 64)
        }" is no name of a token: give 1 to 64 letters, digits, dots, hyphens and underlines`,
      );
    }
    return await commit(context, "access", async (db) => {
      const known = await allTokens(db);
      if (known.some((token) => token.name === name || token.hash === hash)) {
        throw new NtmsError(
          "ERROR_ALREADY_EXISTS",
          `There is a token ${name} already; revoke it, or take another name`,
        );
      }
      if (known.length >= context.limits.tokens) {
        throw new NtmsError(
          "ERROR_NOT_ENOUGH_MEMORY",
          `There are ${known.length} tokens already, which is the most; revoke those that nobody uses`,
        );
      }
      await insertToken(db, { name, hash, user, created: context.clock.now() });
      const number = numberOf(await allTokens(db), name);
      await keepAnswer(db, context, caller, { number });
      return number;
    });
  }

  async revokeToken(caller: Caller, name: string): Promise<void> {
    const context = this.#context();
    await commit(context, "access", async (db) => {
      await deleteToken(db, numberOf(await allTokens(db), name));
      await keepAnswer(db, context, caller, {});
    });
  }
}

/** Checks the entries that are to be kept. */
export function checkEntries(entries: readonly StoredEntry[]): void {
  if (entries.length <= LIMITS.accessEntries) return;
  throw new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `An object has ${LIMITS.accessEntries} entries at most, not ${entries.length}; make groups`,
  );
}

/** Only administrators give objects away; others who may take them, take them for themselves. */
function requireOwnership(
  { who }: Caller,
  before: Descriptor,
  after: Descriptor,
): void {
  checkEntries(after.entries);
  if (before.owner === after.owner || who === undefined) return;
  if (who.administrator || who.sid === after.owner) return;
  throw new NtmsError(
    "ERROR_ACCESS_DENIED",
    "Only an administrator may make someone else the owner of an object",
  );
}

function numberOf(tokens: readonly TokenRow[], name: string): number {
  const token = tokens.find((each) => each.name === name);
  if (token !== undefined) return token.number;
  throw new NtmsError(
    "ERROR_OBJECT_NOT_FOUND",
    `There is no token ${name}; list them with "rsm token list"`,
  );
}

async function requireSecurable(
  db: Reader,
  look: AccessLook,
  id: Guid,
  type: ObjectType | null,
): Promise<Securable> {
  const row = await findObjectRow(db, id);
  if (row === null || type !== null && row.type !== type) {
    throw new NtmsError(
      "ERROR_OBJECT_NOT_FOUND",
      `There is no object ${id}${type === null ? "" : ` of type ${type}`}`,
    );
  }
  const object = await look.governorOf(id);
  if (object?.id === id) return object;
  throw new NtmsError(
    "ERROR_NO_SECURITY_ON_OBJECT",
    `An object of type ${row.type} has no list of its own: who may do what to ${id} is said by ${
      object === null ? "what it is in" : await nameOf(db, look, object)
    }`,
    { data: { governedBy: object } },
  );
}

async function nameOf(
  db: Reader,
  look: AccessLook,
  object: Securable,
): Promise<string> {
  if (object.type === "mediaPool") return look.pathOf(object.id);
  return (await findObjectRow(db, object.id))?.name ?? object.id;
}

function describe(needs: readonly Need[]): string {
  return needs.map(({ on, right }) => `${right} on ${on.type} ${on.id}`)
    .join(", ");
}

/** What governs an object, by what its record says; sides do not say it. */
function governorOfRecord(
  object: Exclude<NtmsObject, { type: "side" }>,
  look: AccessLook,
): Securable {
  const library = (id: string): Securable => ({ type: "library", id });
  switch (object.type) {
    case "library":
      return library(object.id);
    case "changer":
    case "drive":
    case "slot":
    case "door":
    case "port":
    case "libraryRequest":
      return library(object.library);
    case "mediaPool":
      return look.pool(object.id) ?? look.computer;
    case "cartridge":
    case "logicalMedium":
      return look.pool(object.mediaPool) ?? look.computer;
    default:
      return look.computer;
  }
}
