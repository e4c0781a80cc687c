/**
 * Mount calls: entered into the queue, and waited for as long as the caller
 * wants.
 *
 * @module
 */

import {
  drivesOf,
  findLibraryById,
  findMedium,
  type Medium,
  type Reader,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type LibraryRequestId,
  type Mount,
  type MountInput,
  type MountResult,
  NtmsError,
} from "../model/mod.ts";
import { AskedFor } from "./asked_for.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { LibraryFinder } from "./library.ts";
import type { PendingMount } from "./mount_job.ts";
import { type CheckedMount, checkMount, checkShape } from "./mount_checks.ts";
import { refusalOf } from "./operator_calls.ts";
import { askOperator } from "./operators.ts";
import { enterRequest } from "./requests.ts";
import { within } from "./waiting.ts";

/** Mounts media and waits for them as long as the caller wants. */
export async function mount(
  context: Context,
  find: LibraryFinder,
  caller: Caller,
  input: MountInput,
  signal?: AbortSignal,
): Promise<MountResult> {
  checkShape(input);
  const checked = await context.database.read((db) =>
    checkMount(db, input, context.mediaTypes)
  );
  const library = find(checked.libraryId);
  library.requireRoom();
  const { requests, operatorRequests } = await enter(
    context,
    caller,
    checked,
    input,
  );
  const asked = new AskedForMedia(context, caller, checked, operatorRequests);
  const pending = await library.mount(caller, requests, checked.media, {
    driveIds: checked.driveIds,
    priority: input.priority,
    write: input.write ?? false,
    keep: async (db, driveIds) => {
      // A call that does not wait has its answer already.
      if (input.noWait || caller.callKey === undefined) return;
      const mounts = await describeMounts(db, input.media, checked, driveIds);
      await keepAnswer(db, context, caller, { mounts, requests });
    },
  });
  asked.follow(pending);
  library.makeRoom();
  if (input.noWait) {
    const ended = pending.done.then(() => {}, () => {});
    context.background.run(
      "end the operator requests of a mount",
      ended.then(() => asked.end()),
    );
    return { mounts: [], requests };
  }
  try {
    return await wait(context, pending, checked, input, signal);
  } finally {
    // Whether or not it can be written down: the mount is what it is.
    await asked.end();
  }
}

/** The offline media of a mount, which the operator has to bring. */
class AskedForMedia {
  readonly #context: Context;
  readonly #caller: Caller;
  readonly #libraryId: string;
  readonly #asked: readonly AskedFor[];
  readonly #unlisten: (() => void)[];
  #pending: PendingMount | null = null;
  #refused: Medium | null = null;

  constructor(
    context: Context,
    caller: Caller,
    { libraryId, media, offline }: CheckedMount,
    requests: readonly string[],
  ) {
    this.#context = context;
    this.#caller = caller;
    this.#libraryId = libraryId;
    this.#asked = requests.flatMap((request, index) => {
      const medium = offline[index];
      if (medium === undefined) return [];
      const asked: AskedFor = new AskedFor(context, request, () => {
        context.background.run(
          "follow what the operator did",
          this.#followUp(asked, medium),
        );
      });
      return asked;
    });
    // Also what left the library later, for which the service asks.
    this.#unlisten = media.map((medium) =>
      context.signals.on(
        refusalOf(medium.cartridge.id),
        () => this.#refuse(medium),
      )
    );
  }

  /** From now on the mount ends when the operator refuses. */
  follow(pending: PendingMount): void {
    this.#pending = pending;
    if (this.#refused !== null) this.#refuse(this.#refused);
  }

  /** The mount has ended. */
  async end(): Promise<void> {
    for (const unlisten of this.#unlisten) unlisten();
    await Promise.all(this.#asked.map((asked) => asked.end()));
  }

  #refuse(medium: Medium): void {
    this.#refused = medium;
    this.#pending?.abandon(
      new NtmsError(
        "ERROR_REQUEST_REFUSED",
        `The operator refused to bring cartridge ${medium.cartridge.name}`,
      ),
    );
  }

  async #followUp(asked: AskedFor, medium: Medium): Promise<void> {
    const state = await asked.state();
    if (state === "refused") return this.#refuse(medium);
    if (state !== "complete" && state !== null) return;
    await asked.again(async (db) => {
      const now = await findMedium(db, medium.side.id);
      if (now === null) return null;
      const { kind } = await findLibraryById(db, now.cartridge.libraryId);
      return kind !== "offline" ? null : await askFor(
        db,
        this.#context,
        this.#caller,
        now,
        this.#libraryId,
      );
    });
  }
}

/** Asks the operator to bring a cartridge into a library. */
function askFor(
  db: Writer,
  context: Context,
  caller: Caller,
  { cartridge }: Medium,
  libraryId: string,
): Promise<string> {
  return askOperator(db, context, {
    command: "moveMedia",
    message:
      `Put cartridge ${cartridge.name} into the library; ${caller.application} waits for it`,
    about: { type: "cartridge", id: cartridge.id },
    library: libraryId,
  }, caller);
}

async function wait(
  context: Context,
  pending: PendingMount,
  checked: CheckedMount,
  input: MountInput,
  signal: AbortSignal | undefined,
): Promise<MountResult> {
  const what = `The mount of ${
    checked.media.map(({ cartridge }) => cartridge.name).join(", ")
  }`;
  if (input.errorIfBusy && !pending.started) {
    const error = new NtmsError(
      "ERROR_BUSY",
      `${what} cannot start now: a medium or every suitable drive is in use`,
    );
    pending.abandon(error);
    throw error;
  }
  let driveIds: readonly string[];
  try {
    driveIds = await within(pending.done, {
      clock: context.clock,
      timeoutMs: input.timeoutMs,
      signal,
      what,
    });
  } catch (error) {
    if (!(error instanceof NtmsError) || pending.abandon(error)) throw error;
    driveIds = await pending.done;
  }
  const mounts = await context.database.read((db) =>
    describeMounts(db, input.media, checked, driveIds)
  );
  return { mounts, requests: pending.requestIds };
}

async function describeMounts(
  db: Reader,
  ids: readonly string[],
  { media, libraryId }: CheckedMount,
  driveIds: readonly string[],
): Promise<Mount[]> {
  const drives = await drivesOf(db, libraryId);
  return media.map((medium, index) => {
    const drive = drives.find(({ id }) => id === driveIds[index]);
    return {
      medium: ids[index] ?? medium.side.id,
      side: medium.side.id,
      drive: driveIds[index] ?? "",
      device: drive?.device ?? "",
      barCode: medium.cartridge.barCode,
    };
  });
}

/** Enters the requests of a mount, and asks the operator for what is offline. */
function enter(
  context: Context,
  caller: Caller,
  checked: CheckedMount,
  input: MountInput,
): Promise<{ requests: LibraryRequestId[]; operatorRequests: string[] }> {
  return commit(context, "mountRequest", async (db) => {
    const requests: LibraryRequestId[] = [];
    for (const [index, medium] of checked.media.entries()) {
      requests.push(
        await enterRequest(db, context, caller, {
          libraryId: checked.libraryId,
          operation: "mount",
          sideId: medium.side.id,
          cartridgeId: medium.cartridge.id,
          driveId: checked.driveIds[index] ?? null,
          slotId: medium.cartridge.homeSlotId,
          priority: input.priority,
          name: `Mount ${medium.cartridge.name}`,
        }),
      );
    }
    const operatorRequests: string[] = [];
    for (const medium of checked.offline) {
      operatorRequests.push(
        await askFor(db, context, caller, medium, checked.libraryId),
      );
    }
    if (input.noWait) {
      await keepAnswer(db, context, caller, { mounts: [], requests });
    }
    return { requests, operatorRequests };
    // Who waits for the mount is told of nothing before its end.
  }, input.noWait ? "now" : "later");
}
