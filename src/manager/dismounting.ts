/**
 * Dismount calls, and the mounts of sessions that vanished.
 *
 * @module
 */

import {
  deleteMount,
  disabledAmong,
  drivesOf,
  findLibraryById,
  findMedium,
  findMount,
  type Medium,
  type MountRow,
  type Reader,
  updateMount,
  type Writer,
} from "../database/mod.ts";
import {
  type Caller,
  type DismountInput,
  INFINITE,
  type LibraryRequestId,
  LIMITS,
  NtmsError,
} from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit } from "./crash_points.ts";
import { keepAnswer } from "./kept_answers.ts";
import { leaveInDrive } from "./leave_in_drive.ts";
import type { LibraryFinder } from "./library.ts";
import { findMedia } from "./mount_checks.ts";
import { enterRequest, passRequests } from "./requests.ts";
import { atWork } from "./switching.ts";
import { within } from "./waiting.ts";

/** A medium to dismount and the mount to end. */
interface Ending {
  readonly medium: Medium;
  readonly mount: MountRow;
}

/** Takes media out of their drives, or leaves them there for later. */
export async function dismount(
  context: Context,
  find: LibraryFinder,
  caller: Caller,
  input: DismountInput,
  signal?: AbortSignal,
): Promise<{ requests: readonly LibraryRequestId[] }> {
  if (input.media.length === 0 || input.media.length > LIMITS.mediaInOneCall) {
    throw new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot dismount: name 1 to ${LIMITS.mediaInOneCall} media`,
    );
  }
  const entered = await commit(context, "dismount", async (db) => {
    const endings = await checkEndings(db, caller, input.media);
    const results = [];
    for (const ending of endings) {
      find(ending.medium.cartridge.libraryId).requireRoom();
      results.push(await endMount(db, context, caller, ending, input));
    }
    const requests = results.map(({ request }) => request);
    await keepAnswer(db, context, caller, { requests });
    return results;
  });
  const moves: Promise<void>[] = [];
  for (const { request, ending, moves: leaves } of entered) {
    const library = find(ending.medium.cartridge.libraryId);
    if (!leaves) {
      library.rest();
      continue;
    }
    const { done } = await library.dismount(
      caller,
      request,
      ending.medium,
      ending.mount.driveId,
    );
    moves.push(done);
  }
  if (input.wait) {
    await within(Promise.all(moves), {
      clock: context.clock,
      timeoutMs: input.timeoutMs ?? INFINITE,
      signal,
      what: "The dismount",
    });
  }
  return { requests: entered.map(({ request }) => request) };
}

async function checkEndings(
  db: Reader,
  caller: Caller,
  ids: readonly string[],
): Promise<Ending[]> {
  const endings: Ending[] = [];
  for (const medium of await findMedia(db, ids, "dismount")) {
    const { cartridge, side } = medium;
    const library = await findLibraryById(db, cartridge.libraryId);
    if (library.kind === "offline") {
      throw new NtmsError(
        "ERROR_MEDIA_OFFLINE",
        `Cannot dismount cartridge ${cartridge.name}: it is in no library`,
      );
    }
    const mount = await findMount(db, side.id);
    if (mount === null) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot dismount cartridge ${cartridge.name}: it is not mounted`,
      );
    }
    const own = mount.application === caller.application &&
      mount.computer === caller.computer;
    if (!own) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot dismount cartridge ${cartridge.name}: application "${mount.application}" on ${mount.computer} has it mounted`,
      );
    }
    endings.push({ medium, mount });
  }
  return endings;
}

/** NTMS_DISMOUNT options as a library request records them. */
const OPTION = { immediate: 0, deferred: 1 } as const;

/** Ends a mount, or counts one less; whether its cartridge is to be put away now. */
export async function endMount(
  db: Writer,
  context: Context,
  caller: Caller,
  ending: Ending,
  input: { readonly deferred?: boolean },
): Promise<{ request: LibraryRequestId; ending: Ending; moves: boolean }> {
  const { medium, mount } = ending;
  const now = context.clock.now();
  const request = await enterRequest(db, context, caller, {
    libraryId: medium.cartridge.libraryId,
    operation: "dismount",
    option: input.deferred ? OPTION.deferred : OPTION.immediate,
    sideId: medium.side.id,
    cartridgeId: medium.cartridge.id,
    driveId: mount.driveId,
    slotId: medium.cartridge.homeSlotId,
    name: `Dismount ${medium.cartridge.name}`,
  });
  if (mount.count > 1) {
    await updateMount(db, mount.sideId, { count: mount.count - 1 });
    await passRequests(db, context, [request]);
    return { request, ending, moves: false };
  }
  await deleteMount(db, mount.sideId);
  const { libraryId } = medium.cartridge;
  const drives = await drivesOf(db, libraryId);
  const { kind } = await findLibraryById(db, libraryId);
  const delay = drives.find(({ id }) => id === mount.driveId)
    ?.deferDismountSeconds ?? 0;
  // Nobody mounts anything from a drive that is disabled.
  const disabled = await disabledAmong(db, [libraryId, mount.driveId]);
  const deferred = input.deferred === true && disabled.size === 0;
  const waits = deferred && kind !== "standalone";
  const from = waits ? now + delay * 1_000 : now;
  await leaveInDrive(db, medium, mount.driveId, from, mount.priority);
  if (deferred) await passRequests(db, context, [request]);
  return { request, ending, moves: !deferred };
}

/** Ends the mounts that a vanished session left, deferred. */
export async function dismountForLost(
  context: Context,
  find: LibraryFinder,
  mounts: readonly MountRow[],
  caller: Caller,
): Promise<void> {
  const leaving: Awaited<ReturnType<typeof endMount>>[] = [];
  await context.database.write(async (db) => {
    for (const row of mounts) {
      const mount = await findMount(db, row.sideId);
      const medium = await findMedium(db, row.sideId);
      if (mount === null || medium === null) continue;
      if (mount.sessionId !== row.sessionId) continue;
      const ending = { medium, mount: { ...mount, count: 1 } };
      const ended = await endMount(db, context, caller, ending, {
        deferred: true,
      });
      if (ended.moves) leaving.push(ended);
    }
  });
  for (const { ending: { medium, mount }, request } of leaving) {
    const library = atWork(find, medium.cartridge.libraryId);
    await library?.dismount(caller, request, medium, mount.driveId);
  }
}
