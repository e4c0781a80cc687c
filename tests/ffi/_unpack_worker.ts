/** A Worker that unpacks an embedded library and opens a handle by it. */
import type { EmbeddedLibrary } from "../../ffi/embedded.ts";
import { cachedCopy } from "../../ffi/cached_copy.ts";
import { openLibrary } from "../../ffi/library.ts";
import { answerMessages } from "./_worker.ts";

interface Message {
  readonly embedded: EmbeddedLibrary;
  readonly cacheDirectory: string;
}

answerMessages(({ embedded, cacheDirectory }: Message) => {
  const native = openLibrary(cachedCopy(embedded, cacheDirectory)).symbols;
  return native.rsm_handle_open(1, new Uint8Array([1]), 1);
});
