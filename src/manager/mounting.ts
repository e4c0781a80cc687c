/**
 * Mount calls: entered into the queue, and waited for as long as the caller
 * wants.
 *
 * @module
 */

import {
  deleteOperatorRequest,
  drivesOf,
  type Reader,
} from "../database/mod.ts";
import {
  type Caller,
  type LibraryRequestId,
  type Mount,
  type MountInput,
  type MountResult,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import type { LibraryFinder, PendingMount } from "./library.ts";
import { type CheckedMount, checkMount, checkShape } from "./mount_checks.ts";
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
  const checked = await context.database.read((db) => checkMount(db, input));
  const library = find(checked.libraryId);
  library.requireRoom();
  const { requests, operatorRequests } = await enter(
    context,
    caller,
    checked,
    input,
  );
  const pending = await library.mount(caller, requests, checked.media, {
    driveIds: checked.driveIds,
    priority: input.priority,
    keep: async (db, driveIds) => {
      // A call that does not wait has its answer already.
      if (input.noWait || caller.callKey === undefined) return;
      const mounts = await describeMounts(db, input.media, checked, driveIds);
      await keepAnswer(db, context, caller, { mounts, requests });
    },
  });
  if (input.noWait) return { mounts: [], requests };
  try {
    return await wait(context, pending, checked, input, signal);
  } finally {
    if (operatorRequests.length > 0) {
      // Whether or not it can be written down: the mount is what it is.
      const end = () =>
        commit(context, "wantEnded", async (db) => {
          for (const id of operatorRequests) {
            await deleteOperatorRequest(db, id);
          }
        });
      await context.background.insist("end an operator request", end);
    }
  }
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
        await askOperator(db, context, {
          command: "moveMedia",
          message:
            `Put cartridge ${medium.cartridge.name} into the library; ${caller.application} waits for it`,
          about: { type: "cartridge", id: medium.cartridge.id },
          library: checked.libraryId,
        }, caller),
      );
    }
    if (input.noWait) {
      await keepAnswer(db, context, caller, { mounts: [], requests });
    }
    return { requests, operatorRequests };
  });
}
