/**
 * What other programs say about a changer, as records: the independent witness
 * for tests of our own inventory.
 *
 * @module
 */

/** An element as `mtx status` shows it. */
export interface MtxElement {
  /** mtx's number: drives from 0; slots and, after them, ports from 1. */
  readonly number: number;
  /** Whether a cartridge is there. */
  readonly full: boolean;
  /** Its barcode without padding; "" if it has none or the place is empty. */
  readonly barcode: string;
  /** The label of its other side, likewise. */
  readonly alternateBarcode: string;
}

/** A drive as `mtx status` shows it. */
export interface MtxDrive extends MtxElement {
  /**
   * Number of the slot or port that the cartridge came from, if it is known.
   * Where the changer does not tell, mtx guesses: only compare it where the
   * changer reports a valid source (SVALID).
   */
  readonly origin: number | undefined;
}

/** All that `mtx status` shows. */
export interface MtxStatus {
  /** The device it asked. */
  readonly device: string;
  /** Data transfer elements. */
  readonly drives: readonly MtxDrive[];
  /** Storage elements. */
  readonly slots: readonly MtxElement[];
  /** Import/export elements. */
  readonly ports: readonly MtxElement[];
}

const HEADER =
  /^ {2}Storage Changer (.+):(\d+) Drives, (\d+) Slots \( (\d+) Import\/Export \)$/;
const DRIVE =
  /^Data Transfer Element (\d+):(?:Empty|(Full) \((?:Storage Element (\d+) Loaded|Unknown Storage Element Loaded)\))(.*)$/;
const SLOT =
  /^ {6}Storage Element (\d+)( IMPORT\/EXPORT)?:(?:Empty|(Full) ?)(.*)$/;
// mtx cuts a tag at the first control character, so a line is a line, but what
// is in a tag is the library's business: colons too.
const TAGS = /^(?::VolumeTag ?= ?(.*?))?(?::AlternateVolumeTag ?= ?(.*))?$/;

/**
 * Reads what `mtx status` printed (mtx 1.3.12).
 *
 * @throws {RangeError} If a line is none of mtx's, or the counts of the first
 * line are not those of the others.
 */
export function parseMtxStatus(text: string): MtxStatus {
  const [first = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const header = HEADER.exec(first);
  if (header === null) throw unreadable(first);
  const drives: MtxDrive[] = [];
  const slots: MtxElement[] = [];
  const ports: MtxElement[] = [];
  for (const line of lines) {
    const drive = DRIVE.exec(line);
    const slot = SLOT.exec(line);
    if (drive !== null) {
      const [, number, full, origin, tags = ""] = drive;
      drives.push({
        ...element(line, number, full, tags),
        origin: origin === undefined ? undefined : Number(origin),
      });
    } else if (slot !== null) {
      const [, number, port, full, tags = ""] = slot;
      (port === undefined ? slots : ports)
        .push(element(line, number, full, tags));
    } else throw unreadable(line);
  }
  const counts = [drives.length, slots.length + ports.length, ports.length];
  const announced = header.slice(2).map(Number);
  if (announced.some((count, i) => count !== counts[i])) {
    throw new RangeError(
      `mtx announced ${announced} drives, slots, ports and listed ${counts}`,
    );
  }
  return { device: header[1] ?? "", drives, slots, ports };
}

function element(
  line: string,
  number: string | undefined,
  full: string | undefined,
  tags: string,
): MtxElement {
  const labels = TAGS.exec(tags);
  if (labels === null) throw unreadable(line);
  return {
    number: Number(number),
    full: full !== undefined,
    barcode: (labels[1] ?? "").trimEnd(),
    alternateBarcode: (labels[2] ?? "").trimEnd(),
  };
}

function unreadable(line: string): RangeError {
  return new RangeError(
    `Cannot read this line of mtx status: ${JSON.stringify(line)}`,
  );
}

/** A device's identity as `sg_inq` shows it. */
export interface SgInquiry {
  /** 0 if such a device is there (SPC-4 6.4.2). */
  readonly peripheralQualifier: number;
  /** 8 for a changer, 1 for a tape drive. */
  readonly deviceType: number;
  /** Whether its medium can be taken out. */
  readonly removable: boolean;
  /** Version of the standard that it claims. */
  readonly version: number;
  /** Without padding, as the other texts. */
  readonly vendor: string;
  /** Product identification. */
  readonly product: string;
  /** Product revision level. */
  readonly revision: string;
  /** Unit serial number; undefined if the device does not tell it. */
  readonly serial: string | undefined;
}

/**
 * Reads what `sg_inq DEVICE` printed (sg3-utils 1.42 to 1.48).
 *
 * @throws {RangeError} If something that every device has is not there.
 */
export function parseSgInquiry(text: string): SgInquiry {
  const find = (pattern: RegExp) => pattern.exec(text)?.[1];
  const must = (what: string, pattern: RegExp) => {
    const value = find(pattern);
    if (value !== undefined) return value.trim();
    throw new RangeError(`Found no ${what} in what sg_inq printed`);
  };
  return {
    peripheralQualifier: Number(must("qualifier", /\bPQual=(\d+)/)),
    deviceType: Number(must("device type", /\b(?:PDT|Device_type)=(\d+)/)),
    removable: must("RMB", /\bRMB=([01])/) === "1",
    version: Number(must("version", /\bversion=(0x[0-9a-f]+)/i)),
    vendor: must("vendor", /^ *Vendor identification: ?(.*)$/m),
    product: must("product", /^ *Product identification: ?(.*)$/m),
    revision: must("revision", /^ *Product revision level: ?(.*)$/m),
    serial: find(/^ *Unit serial number: ?(.*)$/m)?.trim(),
  };
}
