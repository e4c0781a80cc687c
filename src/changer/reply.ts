/**
 * How a command to a changer or drive can end.
 *
 * @module
 */
import type { Sense } from "../scsi/mod.ts";

/** How one command ended. */
export type Reply =
  | { readonly kind: "good"; readonly data: Uint8Array }
  /** The device did not take it: BUSY or TASK SET FULL. */
  | { readonly kind: "busy" }
  /** The device says why it did not do it, or what is remarkable about the data. */
  | {
    readonly kind: "sense";
    readonly sense: Sense;
    readonly data: Uint8Array;
  }
  /** No usable answer: any other status, or the host adapter failed. */
  | {
    readonly kind: "lost";
    readonly reason: string;
    readonly conflict: boolean;
  };
