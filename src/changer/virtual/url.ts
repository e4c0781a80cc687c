/**
 * The URL of a virtual library:
 * `virtual:NAME?slots=24&drives=2&barcodes=LAB%03dL6&dir=/var/lib/demo`.
 *
 * @module
 */
import { NtmsError } from "../../model/mod.ts";
import {
  DRIVE_MODELS,
  isVirtualMedia,
  type VirtualMedia,
} from "./drive_models.ts";
import type { Speed } from "./timing.ts";

/** What a virtual library is asked to be. Null where the URL does not say. */
export interface VirtualUrl {
  /** Names the library; its serial numbers are made of it. */
  readonly name: string;
  /** 0 for a drive that stands alone. */
  readonly slots: number | null;
  readonly drives: number | null;
  readonly ports: number | null;
  readonly transports: number | null;
  /** How many cartridges to begin with, in the first slots. */
  readonly cartridges: number | null;
  /** Bar codes of the first slots: a pattern with `%d` or `%03d`, or a list. */
  readonly barCodes: string | null;
  /** Directory that keeps the library and its media. */
  readonly directory: string | null;
  /** Whether media are files; without, nothing can be written. */
  readonly files: boolean;
  readonly speed: Speed;
  /** What its drives take. */
  readonly media: VirtualMedia | null;
  /** After how many loads a drive asks for a cleaning; null for never. */
  readonly dirtyAfter: number | null;
  /** How many cleanings a cleaning cartridge is good for. */
  readonly cleanings: number | null;
  /** What its faults are drawn from; null for none. */
  readonly faults: number | null;
}

/** What each parameter may be, as an error message says it. */
const PARAMETERS: Readonly<Record<string, string>> = {
  slots: "0 to 60000; 0 is a drive that stands alone",
  drives: "0 to 400",
  ports: "0 to 400",
  transports: "1 to 8",
  cartridges: "0 to the number of slots",
  barcodes: "a pattern such as LAB%03dL6, or a list A,B,C",
  dir: "a directory",
  files: "yes or no",
  speed: "none, real, or how many times faster than real",
  media: Object.keys(DRIVE_MODELS).join(", "),
  dirty: "1 to 9999, after how many loads a drive asks for a cleaning",
  cleanings: "0 to 999, for how many a cleaning cartridge is good",
  faults: "0 to 999999, from which they are drawn",
};

/** The first words of every device name of this kind. */
export const VIRTUAL_SCHEME = "virtual:";

/**
 * Takes the URL of a virtual library apart.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER, naming the part that is wrong.
 */
export function parseVirtualUrl(url: string): VirtualUrl {
  const refuse = (reason: string): NtmsError =>
    new NtmsError(
      "ERROR_INVALID_PARAMETER",
      `Cannot open "${url}": ${reason}`,
      { data: { device: url } },
    );
  if (!url.startsWith(VIRTUAL_SCHEME)) {
    throw refuse(`it does not begin with "${VIRTUAL_SCHEME}"`);
  }
  const rest = url.slice(VIRTUAL_SCHEME.length);
  const mark = rest.indexOf("?");
  const name = mark < 0 ? rest : rest.slice(0, mark);
  const query = mark < 0 ? "" : rest.slice(mark + 1);
  if (!/^[A-Za-z0-9_.-]{0,20}$/.test(name)) {
    throw refuse(
      `the name "${name}" is not made of at most 20 letters, digits, "_", "." and "-"`,
    );
  }
  const values = splitQuery(query, refuse);
  const whole = (key: string, least: number, most: number): number | null => {
    const text = values.get(key);
    if (text === undefined) return null;
    const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw refuse(`${key} must be ${PARAMETERS[key]}: "${text}"`);
  };
  const parsed: VirtualUrl = {
    name: name === "" ? "library" : name,
    slots: whole("slots", 0, 60_000),
    drives: whole("drives", 0, 400),
    ports: whole("ports", 0, 400),
    transports: whole("transports", 1, 8),
    cartridges: whole("cartridges", 0, 60_000),
    barCodes: values.get("barcodes") ?? null,
    directory: directoryOf(values.get("dir"), refuse),
    files: filesOf(values.get("files"), refuse),
    speed: speedOf(values.get("speed"), refuse),
    media: mediaOf(values.get("media"), refuse),
    dirtyAfter: whole("dirty", 1, 9_999),
    cleanings: whole("cleanings", 0, 999),
    faults: whole("faults", 0, 999_999),
  };
  const { cartridges, drives, ports, slots, transports } = parsed;
  const more = (drives ?? 1) !== 1 || (cartridges ?? 0) + (ports ?? 0) > 0 ||
    transports !== null || parsed.barCodes !== null;
  if (slots === 0 && more) {
    throw refuse(
      "a drive that stands alone has no transports, ports and first cartridges: leave them out",
    );
  }
  if (parsed.directory !== null && !parsed.files) {
    throw refuse(`dir needs files: leave out one of dir and files=no`);
  }
  return parsed;
}

type Refuse = (reason: string) => NtmsError;

function splitQuery(query: string, refuse: Refuse): Map<string, string> {
  const values = new Map<string, string>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const key = equals < 0 ? part : part.slice(0, equals);
    if (!Object.hasOwn(PARAMETERS, key)) {
      throw refuse(
        `there is no parameter "${key}"; known are ${
          Object.keys(PARAMETERS).join(", ")
        }`,
      );
    }
    if (equals < 0) throw refuse(`${key} has no value`);
    if (values.has(key)) throw refuse(`${key} is given twice`);
    values.set(key, part.slice(equals + 1));
  }
  return values;
}

function directoryOf(text: string | undefined, refuse: Refuse): string | null {
  if (text === undefined) return null;
  if (text === "" || text.includes("\0")) {
    throw refuse(`dir must be ${PARAMETERS.dir}: "${text}"`);
  }
  return text;
}

function filesOf(text: string | undefined, refuse: Refuse): boolean {
  if (text === undefined || text === "yes") return true;
  if (text === "no") return false;
  throw refuse(`files must be ${PARAMETERS.files}: "${text}"`);
}

function mediaOf(
  text: string | undefined,
  refuse: Refuse,
): VirtualMedia | null {
  if (text === undefined) return null;
  if (isVirtualMedia(text)) return text;
  throw refuse(`media must be one of ${PARAMETERS.media}: "${text}"`);
}

function speedOf(text: string | undefined, refuse: Refuse): Speed {
  if (text === undefined || text === "none") return "none";
  if (text === "real") return "real";
  const factor = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (factor > 0) return factor;
  throw refuse(`speed must be ${PARAMETERS.speed}: "${text}"`);
}
