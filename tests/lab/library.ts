/**
 * The tape library that tgtd plays in the kernel lab: what is in it, the files
 * behind its cartridges, and the requests that make a running tgtd into it.
 *
 * It is no real one, and a test should know where (tgtd 1.0.85 with
 * tgt_changer.c): moves take no time; an unknown element is 5/24/00, not
 * 5/21/01; initialising, positioning, locking and opening are accepted without
 * effect; there is no LOG SENSE and no SEND VOLUME TAG. A robot can take a
 * cartridge out of a drive that has not let go of it, unless `mt lock` forbade
 * it (5/53/02); there is no READ POSITION.
 *
 * @module
 */

import { searchPath } from "./requirements.ts";

/** What the emulated library holds. Every field has a default. */
export interface LibraryOptions {
  /**
   * Storage slots.
   * @default {24}
   */
  slots?: number;
  /**
   * Drives, each of them a tape device of its own.
   * @default {2}
   */
  drives?: number;
  /**
   * Import/export slots.
   * @default {2}
   */
  ports?: number;
  /**
   * Cartridges LAB001L6, LAB002L6, ... in the first slots.
   * @default {16, or as many as there are slots}
   */
  cartridges?: number;
  /**
   * Instead of `cartridges`: the barcodes of the slots from the first one on.
   * "" leaves a slot empty; CLN... is a cleaning cartridge.
   */
  barcodes?: readonly string[];
  /**
   * Capacity of a cartridge in MiB.
   * @default {64}
   */
  tapeMb?: number;
}

/** A library with nothing left to defaults. */
export interface Library {
  /** Number of storage slots. */
  readonly slots: number;
  /** Number of drives. */
  readonly drives: number;
  /** Number of import/export slots. */
  readonly ports: number;
  /** Barcode of each slot from the first one on, "" for an empty slot. */
  readonly barcodes: readonly string[];
  /** Capacity of a cartridge in MiB. */
  readonly tapeMb: number;
}

/** First element address of each kind, as a StorageTek L700 has them. */
export const FIRST_ADDRESS = {
  robot: 1,
  port: 10,
  drive: 500,
  slot: 1000,
} as const;

/** The LUN of the changer; LUN 0 is a controller that tgtd always adds. */
const CHANGER_LUN = 1;
/** The LUN of the first drive; the others follow. */
const FIRST_DRIVE_LUN = 2;
const TARGET_ID = 1;

/** Checks the options and fills in the defaults. */
export function describeLibrary(options: LibraryOptions = {}): Library {
  const slots = within("slots", options.slots ?? 24, 1, 60_000);
  const drives = within("drives", options.drives ?? 2, 0, 200);
  // More would reach the addresses of the drives.
  const most = FIRST_ADDRESS.drive - FIRST_ADDRESS.port;
  const ports = within("ports", options.ports ?? 2, 0, most);
  const tapeMb = within("tapeMb", options.tapeMb ?? 64, 1, 1 << 20);
  const barcodes = options.barcodes ??
    numbered(
      within("cartridges", options.cartridges ?? Math.min(16, slots), 0, slots),
    );
  if (barcodes.length > slots) {
    throw new RangeError(
      `Cannot put ${barcodes.length} cartridges into ${slots} slots`,
    );
  }
  const seen = new Set<string>();
  for (const barcode of barcodes) {
    if (barcode === "") continue;
    if (!/^[A-Za-z0-9_-]{1,10}$/.test(barcode)) {
      throw new RangeError(
        `Cannot use the barcode "${barcode}": tgtd takes 1 to 10 letters, digits, "_" and "-"`,
      );
    }
    if (seen.has(barcode)) {
      throw new RangeError(
        `Cannot use the barcode "${barcode}" twice: it names the medium's file`,
      );
    }
    seen.add(barcode);
  }
  return { slots, drives, ports, barcodes, tapeMb };
}

function within(name: string, value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(
    `${name} must be a whole number from ${min} to ${max}: ${value}`,
  );
}

function numbered(count: number): string[] {
  return Array.from(
    { length: count },
    (_, i) => `LAB${String(i + 1).padStart(3, "0")}L6`,
  );
}

/** Writes the file behind each cartridge, named by its barcode, into `dir`. */
export async function makeMedia(library: Library, dir: string): Promise<void> {
  for (const barcode of library.barcodes) {
    if (barcode === "") continue;
    const { success, stderr } = await new Deno.Command("tgtimg", {
      args: [
        ["--op", "new", "--device-type", "tape", "--barcode", barcode],
        ["--size", String(library.tapeMb)],
        ["--type", barcode.startsWith("CLN") ? "clean" : "data"],
        ["--file", `${dir}/${barcode}`],
      ].flat(),
      env: { PATH: searchPath().join(":") },
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) {
      const why = new TextDecoder().decode(stderr).trim();
      throw new Error(
        `Cannot make the medium "${barcode}": tgtimg said: ${why}`,
      );
    }
  }
}

/**
 * The requests that configure tgtd, one after the other, each with its own
 * length in its header. tgtadm would do the same with a process for each of
 * them, and in the lab a process takes 42 ms to start.
 *
 * @param mediaDir The media's directory as tgtd sees it.
 */
export function configurationRequests(
  library: Library,
  mediaDir: string,
): Uint8Array<ArrayBuffer> {
  const { slots, drives, ports, barcodes } = library;
  const requests: Uint8Array[] = [];
  const device = (
    op: "new" | "update",
    lun: number,
    type: number,
    parameters: string,
  ) => requests.push(request("device", op, lun, type, parameters));
  const update = (lun: number, parameters: string) =>
    device("update", lun, 0, `targetOps ${parameters},`);
  const elements = (type: number, first: number, quantity: number) => {
    if (quantity === 0) return;
    update(
      CHANGER_LUN,
      `element_type=${type},start_address=${first},quantity=${quantity}`,
    );
  };
  const identity = (
    vendor: string,
    product: string,
    revision: string,
    serial: string,
  ) =>
    `vendor_id=${vendor},product_id=${product},product_rev=${revision},` +
    `scsi_sn=${serial},scsi_id=${serial},removable=1`;

  requests.push(
    request("target", "new", 0, 0, "targetname=iqn.2001-01.lab:library"),
  );
  device("new", CHANGER_LUN, 8, `path=${mediaDir}/.changer`);
  update(
    CHANGER_LUN,
    `${identity("STK", "L700", "0510", "LAB0000001")},media_home=${mediaDir}`,
  );
  for (let i = 0; i < drives; i++) {
    const serial = `DRV${String(i + 1).padStart(7, "0")}`;
    device("new", FIRST_DRIVE_LUN + i, 1, "bstype=ssc");
    update(FIRST_DRIVE_LUN + i, identity("IBM", "ULT3580-TD6", "G9P1", serial));
  }
  elements(1, FIRST_ADDRESS.robot, 1);
  elements(2, FIRST_ADDRESS.slot, slots);
  elements(3, FIRST_ADDRESS.port, ports);
  elements(4, FIRST_ADDRESS.drive, drives);
  for (let i = 0; i < drives; i++) {
    update(
      CHANGER_LUN,
      `element_type=4,address=${FIRST_ADDRESS.drive + i},tid=${TARGET_ID},lun=${
        FIRST_DRIVE_LUN + i
      }`,
    );
  }
  for (const [i, barcode] of barcodes.entries()) {
    if (barcode === "") continue;
    update(
      CHANGER_LUN,
      `element_type=2,address=${
        FIRST_ADDRESS.slot + i
      },barcode=${barcode},sides=1`,
    );
  }
  requests.push(request("target", "bind", 0, 0, "initiator-address=ALL"));
  return concatenate(requests);
}

const MODE = { target: 1, device: 2 } as const;
const OPERATION = { new: 0, bind: 3, update: 5 } as const;

/** One `struct tgtadm_req` (tgt, usr/tgtadm.h) with its parameters. */
function request(
  mode: keyof typeof MODE,
  operation: keyof typeof OPERATION,
  lun: number,
  deviceType: number,
  parameters: string,
): Uint8Array {
  const headerBytes = 120;
  const text = new TextEncoder().encode(`${parameters}\0`);
  const bytes = new Uint8Array(headerBytes + text.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MODE[mode], true);
  view.setUint32(4, OPERATION[operation], true);
  bytes.set(new TextEncoder().encode("iscsi"), 8);
  view.setUint32(72, bytes.length, true);
  view.setInt32(76, TARGET_ID, true);
  view.setBigUint64(88, BigInt(lun), true);
  view.setUint32(104, deviceType, true);
  bytes.set(text, headerBytes);
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
