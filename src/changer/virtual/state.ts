/**
 * What is kept of a virtual library between openings, as JSON.
 *
 * @module
 */
import { NtmsError } from "../../model/mod.ts";
import type { ElementLayout, ElementType } from "../changer.ts";
import type { KeptDirt } from "./dirt.ts";
import type { KeptBays } from "./drive_bays.ts";
import { isVirtualMedia, type VirtualMedia } from "./drive_models.ts";

/** Where one cartridge is. */
export interface KeptCartridge {
  readonly elementAddress: number;
  readonly id: string;
  readonly barCode: string | null;
  readonly sourceAddress: number | null;
  readonly byOperator: boolean;
}

/** What is kept of a cleaning cartridge. */
export interface KeptCleaner {
  readonly id: string;
  /** Cleanings it has done. */
  readonly done: number;
}

/** All that is kept. */
export interface LibraryState {
  /** Raised when the meaning of the fields changes. */
  readonly format: 1;
  readonly layout: ElementLayout;
  readonly cartridges: readonly KeptCartridge[];
  /** Drives that hold on to their cartridge. */
  readonly threaded: readonly number[];
  /** Ports that are extended. */
  readonly openPorts: readonly number[];
  /** Drives that took something in since their last cleaning. */
  readonly dirt: readonly KeptDirt[];
  readonly cleaners: readonly KeptCleaner[];
  /** Drives that are not where they were at first; null where all are. */
  readonly drives: KeptBays | null;
  /** What its drives take. */
  readonly media: VirtualMedia;
}

/** The state as text. */
export function encodeState(state: LibraryState): string {
  return JSON.stringify(state);
}

/**
 * The state in a text.
 *
 * @throws {NtmsError} ERROR_INVALID_STATE, naming the file, when it is not one.
 */
export function decodeState(text: string, path: string): LibraryState {
  try {
    return stateOf(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) {
      throw error;
    }
    throw new NtmsError(
      "ERROR_INVALID_STATE",
      `Cannot open the virtual library: ${path} is damaged: ${error.message}; move it away to begin anew`,
      { cause: error },
    );
  }
}

function stateOf(value: unknown): LibraryState {
  const fields = recordOf(value, "the state");
  if (fields.format !== 1) {
    throw new TypeError(`format must be 1: ${String(fields.format)}`);
  }
  const layout = recordOf(fields.layout, "layout");
  const range = (type: ElementType) => {
    const { first, count } = recordOf(layout[type], `layout.${type}`);
    return {
      first: numberOf(first, `layout.${type}.first`),
      count: numberOf(count, `layout.${type}.count`),
    };
  };
  return {
    format: 1,
    layout: {
      transport: range("transport"),
      storage: range("storage"),
      importExport: range("importExport"),
      dataTransfer: range("dataTransfer"),
    },
    cartridges: listOf(fields.cartridges, "cartridges").map(cartridgeOf),
    threaded: listOf(fields.threaded, "threaded").map((address) =>
      numberOf(address, "threaded")
    ),
    openPorts: listOf(fields.openPorts, "openPorts").map((address) =>
      numberOf(address, "openPorts")
    ),
    // Libraries of earlier days were never dirty.
    dirt: listOf(fields.dirt ?? [], "dirt").map(dirtOf),
    cleaners: listOf(fields.cleaners ?? [], "cleaners").map(cleanerOf),
    drives: (fields.drives ?? null) === null ? null : drivesOf(fields.drives),
    // All were tape libraries once.
    media: mediaOf(fields.media ?? "tape"),
  };
}

function dirtOf(value: unknown): KeptDirt {
  const { dirty, elementAddress, loads } = recordOf(value, "dirt");
  return {
    elementAddress: numberOf(elementAddress, "the place of dirt"),
    loads: numberOf(loads, "loads"),
    dirty: dirty === true,
  };
}

function cleanerOf(value: unknown): KeptCleaner {
  const { done, id } = recordOf(value, "a cleaner");
  return { id: textOf(id, "a cleaner"), done: numberOf(done, "cleanings") };
}

function drivesOf(value: unknown): KeptBays {
  const { bays, outside } = recordOf(value, "drives");
  return {
    bays: listOf(bays, "drives.bays").map((each) => {
      const { elementAddress, serialNumber } = recordOf(each, "a bay");
      return {
        elementAddress: numberOf(elementAddress, "a bay"),
        serialNumber: serialNumber === null
          ? null
          : textOf(serialNumber, "a bay"),
      };
    }),
    outside: listOf(outside, "drives.outside").map((each) => {
      const { held, serialNumber } = recordOf(each, "a drive");
      return {
        serialNumber: textOf(serialNumber, "a drive"),
        held: held === null ? null : heldOf(held),
      };
    }),
  };
}

function mediaOf(value: unknown): VirtualMedia {
  if (typeof value === "string" && isVirtualMedia(value)) return value;
  throw new TypeError(`media are of no kind: ${JSON.stringify(value)}`);
}

function heldOf(value: unknown): Pick<KeptCartridge, "id" | "barCode"> {
  const { barCode, id } = cartridgeOf({
    elementAddress: 0,
    sourceAddress: null,
    byOperator: false,
    ...recordOf(value, "what a drive holds"),
  });
  return { id, barCode };
}

function cartridgeOf(value: unknown): KeptCartridge {
  const fields = recordOf(value, "a cartridge");
  const { byOperator, id } = fields;
  // It becomes a file name.
  if (typeof id !== "string" || !/^[^/\0.][^/\0]*$/.test(id)) {
    throw new TypeError(`a cartridge has no id: ${JSON.stringify(id)}`);
  }
  if (typeof byOperator !== "boolean") {
    throw new TypeError(`cartridge ${id} does not say who put it there`);
  }
  return {
    elementAddress: numberOf(fields.elementAddress, `the place of ${id}`),
    id,
    barCode: fields.barCode === null ? null : textOf(fields.barCode, id),
    sourceAddress: fields.sourceAddress === null
      ? null
      : numberOf(fields.sourceAddress, `the source of ${id}`),
    byOperator,
  };
}

function recordOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`${what} is missing`);
  }
  return Object.fromEntries(Object.entries(value));
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what} is no list`);
  return value;
}

function numberOf(value: unknown, what: string): number {
  if (
    typeof value !== "number" || !Number.isInteger(value) || value < 0 ||
    value > 0xffff
  ) {
    throw new TypeError(`${what} is no element address: ${String(value)}`);
  }
  return value;
}

function textOf(value: unknown, id: string): string {
  if (typeof value !== "string") {
    throw new TypeError(`the bar code of ${id} is no text`);
  }
  return value;
}
