/**
 * What a session can ask about labels, the identifiers on the media.
 *
 * @module
 */

import type {
  CartridgeId,
  FileSystemInfo,
  LibraryRequestId,
  LogicalMediumId,
  SlotId,
} from "../model/mod.ts";
import { encodeBase64 } from "../protocol/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { Cancellable, SessionCall } from "./session_call.ts";

/** How to identify what is in a slot. */
export interface IdentifyOptions extends Repeatable, Cancellable {
  /** Leave the medium in its drive until the drive is needed. @default {false} */
  deferred?: boolean;
  /** Wait until it is identified, instead of returning when that is queued. @default {true} */
  wait?: boolean;
}

/** How to write a free label. */
export interface PrepareOptions extends Repeatable, Cancellable {
  /** Wait until it is written, instead of returning when that is queued. @default {true} */
  wait?: boolean;
}

/** The labels of media, as a session sees them. What is known of each is in `label` of its side. */
export class Labels {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** Reads the label of what is in a slot; the library request that does it, null where the slot is empty. */
  async identify(
    slot: SlotId,
    { deferred = false, wait = true, ...options }: IdentifyOptions = {},
  ): Promise<LibraryRequestId | null> {
    const input = { slot, deferred, wait };
    return (await this.#call("IdentifyNtmsSlot", input, options)).request;
  }

  /** Writes a free label to a cartridge of a free pool, so that it is available; the library request that does it. */
  async prepare(
    cartridge: CartridgeId,
    { wait = true, ...options }: PrepareOptions = {},
  ): Promise<LibraryRequestId> {
    const input = { cartridge, wait };
    return (await this.#call("PrepareNtmsMedia", input, options)).request;
  }

  /**
   * Tells of the label that the program has just written: from now on the
   * medium is only handed out while this label is on it.
   *
   * @param label The first bytes of the medium, of which a media label library
   * has to make something; or what its file system says.
   */
  async update(
    logicalMedium: LogicalMediumId,
    label: Uint8Array | FileSystemInfo,
    options: Repeatable = {},
  ): Promise<void> {
    const input = label instanceof Uint8Array
      ? { labelType: "raw" as const, raw: encodeBase64(label) }
      : { labelType: "fileSystem" as const, fileSystem: label };
    await this.#call(
      "UpdateNtmsOmidInfo",
      { logicalMedium, ...input },
      options,
    );
  }
}
