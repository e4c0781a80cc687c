/** A Worker that uses, opens or closes handles as a message says. */
import {
  acquireHandle,
  closeHandle,
  ErrnoError,
  openHandle,
  releaseHandle,
} from "../../ffi/mod.ts";
import { answerMessages } from "./_worker.ts";

interface Message {
  readonly kind: number;
  readonly open?: Uint8Array;
  readonly handle?: bigint;
  readonly expectedByte?: number;
  readonly calls?: number;
  readonly untilRefused?: boolean;
  readonly close?: boolean;
}

/** Gives false when the handle is not open any more. */
function use(
  handle: bigint,
  kind: number,
  expectedByte: number,
  tally: { right: number; wrong: number },
): boolean {
  try {
    const bytes = acquireHandle(handle, kind);
    if (bytes.every((byte) => byte === expectedByte)) tally.right++;
    else tally.wrong++;
  } catch (error) {
    if (error instanceof ErrnoError && error.code === "EBADF") return false;
    throw error;
  }
  releaseHandle(handle, kind);
  return true;
}

answerMessages((message: Message) => {
  const { kind, open, handle = 0n, expectedByte = 0, close } = message;
  if (open !== undefined) return openHandle(kind, open);
  const calls = message.untilRefused ? Infinity : message.calls ?? 0;
  const tally = { right: 0, wrong: 0, refused: 0 };
  for (let i = 0; i < calls; i++) {
    if (use(handle, kind, expectedByte, tally)) continue;
    tally.refused++;
    if (message.untilRefused) break;
  }
  if (close) closeHandle(handle, kind);
  return tally;
});
