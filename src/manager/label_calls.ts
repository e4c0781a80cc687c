/**
 * Calls on labels: identify what is in a slot, write a free label, and note the
 * label that a program has just written.
 *
 * @module
 */

import {
  cartridgeAt,
  type CartridgeRow,
  drivesOf,
  findCartridge,
  findLibraryById,
  findMedium,
  isCleanerType,
  libraryOfSlot,
  type Reader,
  sidesOf,
  updateSide,
} from "../database/mod.ts";
import { FREE_LABEL_TYPE } from "../labels/mod.ts";
import {
  type Caller,
  type IdentifySlotInput,
  INFINITE,
  type LibraryRequestId,
  NtmsError,
  type PrepareInput,
  type UpdateOmidInput,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import { identifyBlocks } from "./label_reading.ts";
import type { SideLabel } from "./label_rules.ts";
import type { Libraries } from "./libraries.ts";
import type { Library } from "./library.ts";
import { labelColumns } from "./settle_label.ts";
import { within } from "./waiting.ts";

/** Calls on labels, as the service sees them. */
export interface LabelManager {
  /** Reads the label of what is in a slot (IdentifyNtmsSlot); its request, null where the slot is empty. Resolves when it is identified. */
  identifySlot(
    caller: Caller,
    input: IdentifySlotInput,
    signal?: AbortSignal,
  ): Promise<LibraryRequestId | null>;
  /** Writes a free label to a cartridge of a free pool; its request. Resolves when it is written. */
  prepare(
    caller: Caller,
    input: PrepareInput,
    signal?: AbortSignal,
  ): Promise<LibraryRequestId>;
  /** Notes the label that a program has written (UpdateNtmsOmidInfo). */
  updateOmid(caller: Caller, input: UpdateOmidInput): Promise<void>;
}

/** Calls on the labels of one manager. */
export class LabelCalls implements LabelManager {
  readonly #ready: () => {
    readonly context: Context;
    readonly libraries: Libraries;
  };

  /** `ready` rejects calls that come before the manager is ready. */
  constructor(
    ready: () => { readonly context: Context; readonly libraries: Libraries },
  ) {
    this.#ready = ready;
  }

  async identifySlot(
    caller: Caller,
    { deferred = false, slot, wait = false }: IdentifySlotInput,
    signal?: AbortSignal,
  ): Promise<LibraryRequestId | null> {
    const { context, libraries } = this.#ready();
    const libraryId = await context.database.read((db) =>
      libraryOfSlot(db, slot)
    );
    if (libraryId === null) {
      throw new NtmsError("ERROR_OBJECT_NOT_FOUND", `There is no slot ${slot}`);
    }
    const library = await requireOnline(libraries, libraryId);
    const { cartridge, leaveMs } = await context.database.read(async (db) => ({
      cartridge: await readableAt(db, slot),
      leaveMs: ((await drivesOf(db, libraryId))[0]?.deferDismountSeconds ?? 0) *
        1_000,
    }));
    if (cartridge === null) {
      await commit(
        context,
        "labelRequest",
        (db) => keepAnswer(db, context, caller, { request: null }),
      );
      return null;
    }
    const { done, request } = await library.labels.identify(
      caller,
      cartridge.id,
      deferred ? leaveMs : null,
    );
    if (wait) await ended(context, done, "The identification", signal);
    return request;
  }

  async prepare(
    caller: Caller,
    input: PrepareInput,
    signal?: AbortSignal,
  ): Promise<LibraryRequestId> {
    const { context, libraries } = this.#ready();
    const cartridge = await context.database.read((db) =>
      findCartridge(db, input.cartridge)
    );
    if (cartridge === null) {
      throw new NtmsError(
        "ERROR_INVALID_MEDIA",
        `Cannot prepare ${input.cartridge}: there is no such cartridge`,
      );
    }
    const { mediaTypeId } = cartridge;
    const cleans = (db: Reader) => isCleanerType(db, mediaTypeId);
    if (await context.database.read(cleans)) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot prepare ${cartridge.barCode}: it is a cleaning cartridge`,
      );
    }
    const { kind } = await context.database.read((db) =>
      findLibraryById(db, cartridge.libraryId)
    );
    if (kind === "offline") {
      throw new NtmsError(
        "ERROR_MEDIA_OFFLINE",
        `Cannot prepare cartridge ${
          cartridge.barCode || cartridge.id
        }: it is in no library`,
      );
    }
    const library = await libraries.require(cartridge.libraryId);
    const { done, request } = await library.labels.prepare(
      caller,
      cartridge.id,
    );
    if (input.wait) await ended(context, done, "The preparation", signal);
    return request;
  }

  /** A cartridge was moved to another pool: in a free one it may wait for a free label. */
  moved(cartridgeId: string): void {
    const { context, libraries } = this.#ready();
    context.background.run(
      "write a free label",
      (async () => {
        const library = await context.database.read(async (db) => {
          const sides = await sidesOf(db, cartridgeId);
          if (!sides.some(({ state }) => state === "unprepared")) return null;
          const cartridge = await findCartridge(db, cartridgeId);
          return cartridge === null
            ? null
            : await findLibraryById(db, cartridge.libraryId);
        });
        if (library === null || library.kind === "offline") return;
        const { labels } = libraries.find(library.id);
        labels.tryAgain(cartridgeId);
        await labels.prepareWaiting();
      })(),
    );
  }

  async updateOmid(caller: Caller, input: UpdateOmidInput): Promise<void> {
    const { context } = this.#ready();
    // First of all: reading a label takes longer than a transaction may.
    const medium = await context.database.read((db) =>
      findMedium(db, input.logicalMedium)
    );
    if (medium?.side.logicalMediumId !== input.logicalMedium) {
      throw noMedium(input.logicalMedium);
    }
    const label = "raw" in input
      ? await rawLabel(context, input.raw)
      : fileSystemLabel(input.fileSystem);
    await commit(context, "mediumLife", async (db) => {
      const now = await findMedium(db, input.logicalMedium);
      if (now === null) throw noMedium(input.logicalMedium);
      // A label without an id says nothing that could be compared.
      await updateSide(db, now.side.id, labelColumns(label, label.id !== ""));
      await keepAnswer(db, context, caller, {});
    });
  }
}

/** The cartridge in a slot; null where it is empty, or for cleaning, which would wear the drive. */
async function readableAt(
  db: Reader,
  slotId: string,
): Promise<CartridgeRow | null> {
  const cartridge = await cartridgeAt(db, slotId);
  return cartridge === null || await isCleanerType(db, cartridge.mediaTypeId)
    ? null
    : cartridge;
}

function ended<T>(
  { clock }: Context,
  done: Promise<T>,
  what: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  return within(done, { clock, timeoutMs: INFINITE, signal, what });
}

/** A library at work; the documents call one that is not connected offline. */
export async function requireOnline(
  libraries: Libraries,
  id: string,
): Promise<Library> {
  try {
    return await libraries.require(id);
  } catch (error) {
    const absent = error instanceof NtmsError &&
      error.code === "ERROR_DEVICE_NOT_AVAILABLE";
    if (!absent) throw error;
    throw new NtmsError("ERROR_LIBRARY_OFFLINE", error.message, {
      cause: error,
    });
  }
}

function noMedium(id: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_MEDIA",
    `Cannot note a label: there is no logical medium ${id}`,
  );
}

/** What the label libraries make of the bytes of a label. */
async function rawLabel(
  context: Context,
  bytes: Uint8Array,
): Promise<SideLabel> {
  if (bytes.length === 0) throw unclaimed("it is empty");
  const found = await identifyBlocks(context, context.labelLibraries, [
    { kind: "record", bytes },
  ]);
  if (found.label.type === FREE_LABEL_TYPE) {
    throw unclaimed(
      "it is the label of a free medium, which only the service writes",
    );
  }
  if (found.label.type !== "") return found.label;
  throw unclaimed(
    found.failed.length > 0
      ? `no media label library claims it, and ${
        found.failed.join(", ")
      } failed; see the log`
      : `no media label library claims it: ${
        context.labelLibraries.map(({ name }) => name).join(", ")
      }`,
  );
}

function unclaimed(reason: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot note a label: ${reason}`,
  );
}

/** Type, name and serial number of a file system, which are its label. */
function fileSystemLabel(
  { serialNumber, type, volumeName }: Extract<
    UpdateOmidInput,
    { readonly fileSystem: unknown }
  >["fileSystem"],
): SideLabel {
  if (type.trim() === "") {
    throw unclaimed("the type of the file system is empty");
  }
  return {
    type,
    id: serialNumber.toString(16).padStart(8, "0"),
    info: volumeName,
  };
}
