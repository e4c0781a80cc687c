/**
 * Where a subcommand writes: data to one stream, words to the other.
 *
 * @module
 */

import type { Io } from "./io.ts";
import { chooseStyle, type Style } from "./style.ts";

/** The two streams of a call, each with the colours it can show. */
export class Output {
  readonly #io: Io;
  /** Whether data are wanted as JSON. */
  readonly json: boolean;
  /** Colours for data. */
  readonly style: Style;
  /** Colours for words. */
  readonly wordStyle: Style;

  /** Makes the output of one call. */
  constructor(io: Io, json: boolean) {
    this.#io = io;
    this.json = json;
    this.style = chooseStyle(io.outIsTerminal, io);
    this.wordStyle = chooseStyle(io.errIsTerminal, io);
  }

  /** Width to lay text out for. */
  get columns(): number {
    return this.#io.columns();
  }

  /** Width that tables are cut to: that of the terminal; a file takes any. */
  get tableWidth(): { width: number } | Record<never, never> {
    return this.#io.outIsTerminal ? { width: this.#io.columns() } : {};
  }

  /** Writes data, one line or more. */
  data(text: string): void {
    this.#io.out(`${text}\n`);
  }

  /** Writes a value as JSON. */
  value(value: unknown): void {
    this.data(JSON.stringify(value, null, 2));
  }

  /** Tells people something. */
  words(text: string): void {
    this.#io.err(`${text}\n`);
  }
}
