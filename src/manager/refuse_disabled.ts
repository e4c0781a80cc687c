/**
 * Mounts in a queue that want what has been disabled since they came in, or a
 * drive that has gone.
 *
 * @module
 */

import { absentAmong, disabledAmong, type Reader } from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";

/** What has to be known of work in a queue. */
export interface QueuedWork {
  readonly kind: string;
  readonly media: readonly {
    readonly cartridgeId: string;
    readonly label: string;
    readonly driveId: string | null;
  }[];
}

/** Which mounts will not run, and why. */
export async function refuseDisabled<Item extends QueuedWork>(
  db: Reader,
  libraryId: string,
  items: readonly Item[],
): Promise<(readonly [Item, NtmsError])[]> {
  const mounts = items.filter(({ kind }) => kind === "mount");
  if (mounts.length === 0) return [];
  const media = mounts.flatMap((mount) => mount.media);
  const ids = media.flatMap(({ cartridgeId, driveId }) =>
    driveId === null ? [cartridgeId] : [cartridgeId, driveId]
  );
  const disabled = await disabledAmong(db, [...new Set([libraryId, ...ids])]);
  const drives = media.flatMap(({ driveId }) => driveId ?? []);
  const absent = await absentAmong(db, [...new Set(drives)]);
  if (disabled.size === 0 && absent.size === 0) return [];
  return mounts.flatMap((mount) => {
    const reason = reasonOf(mount, libraryId, disabled, absent);
    return reason === null ? [] : [
      [
        mount,
        new NtmsError("ERROR_RESOURCE_DISABLED", `Cannot mount: ${reason}`),
      ] as const,
    ];
  });
}

function reasonOf(
  { media }: QueuedWork,
  libraryId: string,
  disabled: ReadonlySet<string>,
  absent: ReadonlySet<string>,
): string | null {
  if (disabled.has(libraryId)) return `library ${libraryId} was disabled`;
  for (const { cartridgeId, driveId, label } of media) {
    if (disabled.has(cartridgeId)) return `cartridge ${label} was disabled`;
    if (driveId !== null && disabled.has(driveId)) {
      return `drive ${driveId} was disabled`;
    }
    if (driveId !== null && absent.has(driveId)) {
      return `drive ${driveId} was taken away`;
    }
  }
  return null;
}
