/**
 * Text that a function fills into a caller's buffer.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import { isNull, readDword, readRef } from "./arguments.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";
import type { Charset } from "./windows_1252.ts";

/** A buffer for text, with room for so many characters and their end. */
interface TextBuffer {
  readonly buffer: Ref<string> | null;
  readonly size: Ref<DWORD>;
  readonly room: DWORD;
}

/** Checks the two arguments that make a text buffer. */
function readTextBuffer(
  lpNameBuf: Ref<string> | null,
  lpdwBufSize: Ref<DWORD>,
): TextBuffer {
  const size = readRef(lpdwBufSize, "lpdwBufSize");
  const room = readDword(size, "lpdwBufSize.value");
  const buffer = isNull(lpNameBuf) ? null : lpNameBuf;
  if (buffer !== null) readRef(buffer, "lpNameBuf");
  return { buffer, size: lpdwBufSize, room };
}

/**
 * Fills the buffer, and tells how many characters the text takes with the
 * null that ends it in C.
 *
 * @throws {NtmsError} ERROR_INSUFFICIENT_BUFFER where there is no room; the
 * buffer then stays as it is.
 */
function fillText(target: TextBuffer, text: string): void {
  const needed = text.length + 1;
  target.size.value = needed;
  if (target.buffer === null || target.room < needed) {
    throw new NtmsError(
      "ERROR_INSUFFICIENT_BUFFER",
      `There is room for ${
        target.buffer === null ? 0 : target.room
      } characters and ${needed} are needed, the terminating null among them; call again with more`,
    );
  }
  target.buffer.value = text;
}

/** What a function fills a text buffer with. */
export interface TextAnswer {
  readonly hSession: HANDLE;
  readonly lpNameBuf: Ref<string> | null;
  readonly lpdwBufSize: Ref<DWORD>;
  /** Puts the text into the function's character set. */
  readonly charset: Charset;
  /** Checks the other arguments and asks for the text. */
  readonly ask: (session: Session) => Promise<string>;
}

/** Does the work of a function that tells one text. */
export function tellText(answer: TextAnswer): Promise<DWORD> {
  const { ask, charset, hSession, lpNameBuf, lpdwBufSize } = answer;
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const target = readTextBuffer(lpNameBuf, lpdwBufSize);
      fillText(target, charset(await ask(session)));
    })
  );
}
