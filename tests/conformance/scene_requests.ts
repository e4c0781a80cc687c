/**
 * The library requests of the scene.
 *
 * @module
 */

import {
  type HANDLE,
  NTMS_LIBREQUEST,
  NTMS_LM_MOUNT,
  NTMS_LM_WAITING,
  NTMS_MOUNT_NOWAIT,
  NTMS_PARTSTATE_ALLOCATED,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { cartridge, create, side } from "./create_media.ts";
import { requestOf } from "./queue_errors.ts";

/** A mount that waits for a cartridge which is in no library, and a request that is over. */
export async function requestsOf(
  hSession: HANDLE,
  pool: string,
): Promise<{ waiting: string; finished: string }> {
  const State = NTMS_PARTSTATE_ALLOCATED;
  const LogicalMedia = "0123abcd-0000-4000-8000-0000000000ab";
  await create(hSession, cartridge(pool, { szBarCode: "OUT001L6" }), [
    side({ State, LogicalMedia }),
  ]);
  await calls.mount(hSession, [LogicalMedia], { options: NTMS_MOUNT_NOWAIT });
  const [finished = ""] = await calls.idsOf(hSession, NTMS_LIBREQUEST);
  const waiting = await requestOf(hSession, NTMS_LM_MOUNT, NTMS_LM_WAITING);
  return { waiting, finished };
}
