/**
 * Media types of libraries and of cartridges, and what is known of them.
 *
 * @module
 */

import {
  addMediaType,
  allLibraries,
  allMediaTypes,
  countCartridgesOfType,
  deleteObject,
  findLibraryById,
  findObject,
  findObjectRow,
  findPool,
  isHandledAnywhere,
  mediaTypesOf,
  type Reader,
  removeMediaType,
  systemPoolsOf,
  updateCartridge,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type LibraryTypeInput,
  type MediaTypeFacts,
  type MoveToPoolInput,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { MediaTypeManager } from "./managing.ts";
import { moveCartridge } from "./pool_changes.ts";
import { checkRetype, type MoveFacts } from "./pool_rules.ts";
import { addSystemPools } from "./system_objects.ts";
import { noteWithdrawn } from "./withdrawn_types.ts";

/** Calls on the media types of one catalogue. */
export class MediaTypeCalls implements MediaTypeManager {
  readonly #ready: () => Context;
  readonly #moved: (cartridge: string) => void;

  /** `ready` rejects calls that come before the manager is ready; `moved` hears of each cartridge in another pool. */
  constructor(
    ready: () => Context,
    moved: (cartridge: string) => void = () => {},
  ) {
    this.#ready = ready;
    this.#moved = moved;
  }

  async list(): Promise<readonly MediaTypeFacts[]> {
    const context = this.#ready();
    return await context.database.read((db) => listTypes(db, context));
  }

  async add(caller: Caller, input: LibraryTypeInput): Promise<void> {
    const context = this.#ready();
    await commit(context, "pool", async (db) => {
      await add(db, context, input);
      await keepAnswer(db, context, caller, {});
    });
  }

  async withdraw(caller: Caller, input: LibraryTypeInput): Promise<void> {
    const context = this.#ready();
    await commit(context, "pool", async (db) => {
      await withdraw(db, input);
      await keepAnswer(db, context, caller, {});
    });
  }

  async change(caller: Caller, input: MoveToPoolInput): Promise<void> {
    const context = this.#ready();
    await commit(context, "mediumLife", async (db) => {
      await moveCartridge(
        db,
        input,
        (facts, libraryId) => requireRetype(db, facts, libraryId),
      );
      const target = await findPool(db, input.pool);
      if (target !== null && target.mediaTypeId !== null) {
        const { mediaTypeId } = target;
        await updateCartridge(db, input.cartridge, { mediaTypeId });
      }
      await keepAnswer(db, context, caller, {});
    });
    this.#moved(input.cartridge);
  }
}

async function listTypes(
  db: Reader,
  { mediaTypes }: Context,
): Promise<MediaTypeFacts[]> {
  const handledBy = new Map<string, string[]>();
  for (const { id } of await allLibraries(db)) {
    for (const type of await mediaTypesOf(db, id)) {
      handledBy.set(type, [...handledBy.get(type) ?? [], id]);
    }
  }
  const facts = (await allMediaTypes(db)).map((row): MediaTypeFacts => {
    const known = mediaTypes.byName(row.name);
    return {
      ...row,
      barCodeSuffixes: known?.barCodeSuffixes ?? [],
      densityCodes: known?.densityCodes ?? [],
      drives: known?.drives ?? null,
      origin: known?.origin ?? "former",
      suffixesOfSite: known?.suffixesFrom === "site",
      libraries: handledBy.get(row.id) ?? [],
    };
  });
  const numbers = new Intl.Collator("en", { numeric: true });
  return facts.toSorted((a, b) => numbers.compare(a.name, b.name));
}

async function add(
  db: Writer,
  { random, clock }: Context,
  { library, mediaType }: LibraryTypeInput,
): Promise<void> {
  const type = await findObjectRow(db, mediaType);
  if (type?.type !== "mediaType") {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `There is no media type ${mediaType}`,
    );
  }
  await requireLibrary(db, library);
  await requireOnline(db, library, `Cannot add media type ${type.name}`);
  await addMediaType(db, library, mediaType);
  await noteWithdrawn(db, library, mediaType, false);
  await addSystemPools(db, type, random, clock.now());
}

async function withdraw(
  db: Writer,
  { library, mediaType }: LibraryTypeInput,
): Promise<void> {
  await requireLibrary(db, library);
  const type = await findObjectRow(db, mediaType);
  if (type?.type !== "mediaType") {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `There is no media type ${mediaType}`,
    );
  }
  const inside = await countCartridgesOfType(db, mediaType, library);
  if (inside > 0) {
    throw new NtmsError(
      "ERROR_NOT_EMPTY",
      `Cannot withdraw media type ${type.name}: the library holds ${inside} cartridges of it; take them out first, or change their type`,
      { data: { cartridges: inside } },
    );
  }
  await removeMediaType(db, library, mediaType);
  await noteWithdrawn(db, library, mediaType, true);
  const used = await isHandledAnywhere(db, mediaType) ||
    await countCartridgesOfType(db, mediaType, null) > 0;
  if (used) return;
  for (const pool of await systemPoolsOf(db, mediaType)) {
    await deleteObject(db, pool);
  }
}

async function requireRetype(
  db: Reader,
  facts: MoveFacts,
  libraryId: string,
): Promise<void> {
  const { mediaTypeId } = facts.target;
  await requireOnline(
    db,
    libraryId,
    `Cannot change the type of cartridge ${facts.cartridge.name}`,
  );
  const type = (await allMediaTypes(db)).find(({ id }) => id === mediaTypeId);
  const handled = await mediaTypesOf(db, libraryId);
  checkRetype({
    ...facts,
    sideCount: type?.sideCount ?? null,
    handled: mediaTypeId !== null && handled.includes(mediaTypeId),
  });
}

async function requireLibrary(db: Reader, id: string): Promise<void> {
  if ((await findObject(db, id))?.type === "library") return;
  throw new NtmsError("ERROR_INVALID_LIBRARY", `There is no library ${id}`);
}

async function requireOnline(
  db: Reader,
  id: string,
  what: string,
): Promise<void> {
  const object = await findObject(db, id);
  const { kind } = await findLibraryById(db, id);
  const reason = kind === "offline"
    ? "it is for what is in no library"
    : object?.enabled !== 1
    ? "it is disabled; enable it first"
    : object.operationalState !== "ready"
    ? 'it is not ready; "rsm status" tells why'
    : null;
  if (reason === null) return;
  throw new NtmsError(
    "ERROR_LIBRARY_OFFLINE",
    `${what}: library ${id} is offline: ${reason}`,
  );
}
