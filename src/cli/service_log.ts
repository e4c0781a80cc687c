/**
 * What the service tells while it runs: JSON lines for a collector, readable
 * lines on a terminal.
 *
 * @module
 */

import type { Log } from "../model/ports.ts";
import type { Io } from "./io.ts";
import { chooseStyle, type Colour } from "./style.ts";
import { printable } from "./width.ts";

type Level = "info" | "warn" | "error";
type Data = Readonly<Record<string, unknown>>;

const COLOURS: Readonly<Record<Level, Colour>> = {
  info: "dim",
  warn: "yellow",
  error: "red",
};

function plain(value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}

function jsonLine(time: string, level: Level, message: string, data: Data) {
  // The three own names come last, so that no datum can take their place.
  return JSON.stringify(
    { ...data, time, level, message },
    (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : plain(value),
  );
}

/** A log on the stream for words. */
export function serviceLog(io: Io): Log {
  const style = chooseStyle(io.errIsTerminal, io);
  const write = (level: Level) => (message: string, data: Data = {}) => {
    const time = new Date(io.clock.now()).toISOString();
    if (!io.errIsTerminal) {
      io.err(`${jsonLine(time, level, message, data)}\n`);
      return;
    }
    const details = Object.entries(data)
      .map(([name, value]) => `${name}=${String(plain(value))}`);
    const words = printable([message, ...details].join("  "));
    const mark = style[COLOURS[level]](level.padEnd(5));
    io.err(`${style.dim(time.slice(11, 19))} ${mark} ${words}\n`);
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}
