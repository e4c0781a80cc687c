/**
 * Calls on what can be set of any object: settings, attributes, and whether
 * it is in use.
 *
 * @module
 */

import type {
  AttributeName,
  Caller,
  Guid,
  LibraryRequestId,
  ObjectChange,
  SwitchInput,
} from "../model/mod.ts";
import { getAttribute, setAttribute } from "./attributes.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { LibraryFinder } from "./library.ts";
import type { ObjectManager } from "./managing.ts";
import { setObject } from "./object_settings.ts";
import { switchObject } from "./switching.ts";

/** What these calls work with. */
export interface Ready {
  readonly context: Context;
  readonly libraries: { readonly find: LibraryFinder };
}

/** Calls on the objects of one catalogue. */
export class ObjectChanges implements ObjectManager {
  readonly #ready: () => Ready;

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(ready: () => Ready) {
    this.#ready = ready;
  }

  async set(caller: Caller, id: Guid, change: ObjectChange): Promise<void> {
    const { context } = this.#ready();
    await commit(context, "settings", async (db) => {
      await setObject(db, id, change, context.clock.now());
      await keepAnswer(db, context, caller, {});
    });
  }

  async attribute(input: AttributeName): Promise<string> {
    const { database } = this.#ready().context;
    return await database.read((db) => getAttribute(db, input));
  }

  async setAttribute(
    caller: Caller,
    input: AttributeName & { readonly data: string },
  ): Promise<void> {
    const { context } = this.#ready();
    await commit(context, "settings", async (db) => {
      await setAttribute(db, input);
      await keepAnswer(db, context, caller, {});
    });
  }

  async enable(caller: Caller, input: SwitchInput): Promise<LibraryRequestId> {
    const { context, libraries } = this.#ready();
    return await switchObject(context, libraries.find, caller, input, true);
  }

  async disable(caller: Caller, input: SwitchInput): Promise<LibraryRequestId> {
    const { context, libraries } = this.#ready();
    return await switchObject(context, libraries.find, caller, input, false);
  }
}
