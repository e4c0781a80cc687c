/** The kernel's changer driver, by its CHIO ioctls. */
import { Device } from "./device.ts";
import {
  CHANGER_GET_ELEMENT,
  CHANGER_PARAMS,
  CHANGER_VENDOR_PARAMS,
} from "./layout.ts";

/** Element types as the driver numbers them: those of SMC less one. */
export const ELEMENT_TYPES = {
  transport: 0,
  storage: 1,
  importExport: 2,
  drive: 3,
  vendor1: 4,
  vendor2: 5,
  vendor3: 6,
  vendor4: 7,
} as const;

/** One of {@linkcode ELEMENT_TYPES}. */
export type ElementType = typeof ELEMENT_TYPES[keyof typeof ELEMENT_TYPES];

/** An element: its type, and its number within the type, from 0. */
export interface ElementUnit {
  /** The type. */
  readonly type: ElementType;
  /** The number, from 0. */
  readonly unit: number;
}

/** How many elements of each type there are: CHIOGPARAMS. */
export interface ChangerParameters {
  /** The arm in use; the driver always says 0. */
  readonly currentTransport: number;
  /** Medium transport elements. */
  readonly transports: number;
  /** Storage elements. */
  readonly storage: number;
  /** Import/export elements. */
  readonly importExport: number;
  /** Data transfer elements. */
  readonly drives: number;
}

/** One of the four types that a vendor may define: CHIOGVPARAMS. */
export interface VendorElements {
  /** How many there are. */
  readonly count: number;
  /** The name that the driver's module parameters give them. */
  readonly label: string;
}

/** What CHIOGELEM tells about one element. */
export interface ChangerElement extends ElementUnit {
  /** CESTATUS_ bits: 1 full, 2 import/export, 4 exception, 8 accessible. */
  readonly status: number;
  /** EIO when the element has an exception, else 0. */
  readonly errno: number;
  /** Where the medium came from, where the changer knows. */
  readonly source: ElementUnit | undefined;
  /** The medium was turned over on its way. */
  readonly inverted: boolean;
  /** SCSI id and LUN of a drive, where the changer tells. */
  readonly scsiAddress:
    | { readonly id: number; readonly lun: number }
    | undefined;
  /** Primary volume tag, 36 bytes as the changer gave them. */
  readonly primaryTag: Uint8Array | undefined;
  /** Alternate volume tag. */
  readonly alternateTag: Uint8Array | undefined;
}

/** What to do with a volume tag: CHIOSVOLTAG. */
export interface SetVolumeTag extends ElementUnit {
  /** Which of the two tags. */
  readonly which: "primary" | "alternate";
  /** The tag, at most 32 characters; undefined clears it. */
  readonly tag: Uint8Array | undefined;
}

const CM_INVERT = 1;
const CE_INVERT1 = 1;
const CE_INVERT2 = 2;
const CP_INVERT = 1;
const CSV_PVOLTAG = 1;
const CSV_AVOLTAG = 2;
const CSV_CLEARTAG = 4;
const CGE_INVERT = 2;
const CGE_SRC = 4;
const CGE_IDLUN = 8;
const CGE_PVOLTAG = 0x10;
const CGE_AVOLTAG = 0x20;
const TAG_BYTES = 36;
const TAG_CHARACTERS = 32;
const LABEL_BYTES = 16;
/** READ ELEMENT STATUS counts elements in 16 bits. */
const MOST_UNITS = 65_536;

/** An open `/dev/schN`. */
export class MediaChanger implements AsyncDisposable {
  readonly #device: Device;

  private constructor(device: Device) {
    this.#device = device;
  }

  /**
   * Opens the node. Waits while the driver initialises the changer, which can
   * take an hour where its module is loaded with `init=1`.
   *
   * @param path Such as `/dev/sch0`.
   * @throws {ErrnoError} EACCES, ENOENT, ENXIO; ENOTTY for what is not a
   * character device.
   */
  static async open(path: string): Promise<MediaChanger> {
    return new MediaChanger(await Device.open(path));
  }

  /** The path that was opened. */
  get path(): string {
    return this.#device.path;
  }

  /** CHIOGPARAMS: how many elements there are. */
  async parameters(): Promise<ChangerParameters> {
    const out = new Uint8Array(CHANGER_PARAMS.size);
    await this.#device.call(
      { syscall: "CHIOGPARAMS", act: "count the elements of" },
      (native, fd) => native.rsm_changer_parameters(fd, out, out.length),
    );
    return {
      currentTransport: int32(out, CHANGER_PARAMS.cp_curpicker),
      transports: int32(out, CHANGER_PARAMS.cp_npickers),
      storage: int32(out, CHANGER_PARAMS.cp_nslots),
      importExport: int32(out, CHANGER_PARAMS.cp_nportals),
      drives: int32(out, CHANGER_PARAMS.cp_ndrives),
    };
  }

  /** CHIOGVPARAMS: the four types that a vendor may define, in order. */
  async vendorParameters(): Promise<readonly VendorElements[]> {
    const out = new Uint8Array(CHANGER_VENDOR_PARAMS.size);
    await this.#device.call(
      { syscall: "CHIOGVPARAMS", act: "count the vendor's elements of" },
      (native, fd) => native.rsm_changer_vendor_parameters(fd, out, out.length),
    );
    const layout = CHANGER_VENDOR_PARAMS;
    return [
      vendorElements(out, layout.cvp_n1, layout.cvp_label1),
      vendorElements(out, layout.cvp_n2, layout.cvp_label2),
      vendorElements(out, layout.cvp_n3, layout.cvp_label3),
      vendorElements(out, layout.cvp_n4, layout.cvp_label4),
    ];
  }

  /**
   * CHIOGSTATUS: one status byte for each element of a type. The driver sends
   * two commands for every element, so this is slow where there are many.
   */
  async status(type: ElementType): Promise<Uint8Array> {
    const out = new Uint8Array(MOST_UNITS);
    const count = await this.#device.call(
      { syscall: "CHIOGSTATUS", act: "read the element status of" },
      (native, fd) => native.rsm_changer_status(fd, type, out, out.length),
    );
    return out.slice(0, count);
  }

  /** CHIOGELEM: all the driver tells about one element. */
  async element({ type, unit }: ElementUnit): Promise<ChangerElement> {
    const out = new Uint8Array(CHANGER_GET_ELEMENT.size);
    await this.#device.call(
      { syscall: "CHIOGELEM", act: `read element ${unit} of type ${type} of` },
      (native, fd) =>
        native.rsm_changer_element(fd, type, unit, out, out.length),
    );
    return decodeElement(out, { type, unit });
  }

  /** CHIOMOVE: moves a medium, turning it over where `invert` is true. */
  async move(
    from: ElementUnit,
    to: ElementUnit,
    invert: boolean = false,
  ): Promise<void> {
    await this.#device.call(
      { syscall: "CHIOMOVE", act: "move a medium in" },
      (native, fd) =>
        native.rsm_changer_move(
          fd,
          from.type,
          from.unit,
          to.type,
          to.unit,
          invert ? CM_INVERT : 0,
        ),
    );
  }

  /**
   * CHIOEXCHANGE: moves the medium of `source` to `first`, and what was there
   * to `second`, which may be the source.
   */
  async exchange(
    source: ElementUnit,
    first: ElementUnit,
    second: ElementUnit,
    invert: { readonly first?: boolean; readonly second?: boolean } = {},
  ): Promise<void> {
    const flags = (invert.first ? CE_INVERT1 : 0) |
      (invert.second ? CE_INVERT2 : 0);
    await this.#device.call(
      { syscall: "CHIOEXCHANGE", act: "exchange media in" },
      (native, fd) =>
        native.rsm_changer_exchange(
          fd,
          source.type,
          source.unit,
          first.type,
          first.unit,
          second.type,
          second.unit,
          flags,
        ),
    );
  }

  /** CHIOPOSITION: brings the transport before an element. */
  async position(
    { type, unit }: ElementUnit,
    invert: boolean = false,
  ): Promise<void> {
    await this.#device.call(
      { syscall: "CHIOPOSITION", act: "position the transport of" },
      (native, fd) =>
        native.rsm_changer_position(fd, type, unit, invert ? CP_INVERT : 0),
    );
  }

  /** CHIOINITELEM: has the changer look at every element. */
  async initialize(): Promise<void> {
    await this.#device.call(
      { syscall: "CHIOINITELEM", act: "initialize the element status of" },
      (native, fd) => native.rsm_changer_initialize(fd),
    );
  }

  /**
   * CHIOSVOLTAG: sets or clears a volume tag.
   *
   * @throws {RangeError} When the tag is over 32 bytes.
   */
  async setVolumeTag(request: SetVolumeTag): Promise<void> {
    // A copy, as C reads it while the caller goes on.
    const tag = new Uint8Array(request.tag ?? []);
    if (tag.length > TAG_CHARACTERS) {
      throw new RangeError(
        `Cannot set a volume tag of ${tag.length} bytes: ` +
          `${TAG_CHARACTERS} is the most`,
      );
    }
    const flags = (request.which === "primary" ? CSV_PVOLTAG : CSV_AVOLTAG) |
      (request.tag === undefined ? CSV_CLEARTAG : 0);
    await this.#device.call(
      { syscall: "CHIOSVOLTAG", act: "set a volume tag in" },
      (native, fd) =>
        native.rsm_changer_set_volume_tag(
          fd,
          request.type,
          request.unit,
          tag,
          tag.length,
          flags,
        ),
    );
  }

  /** Takes no more calls, waits for those under way, and closes. */
  close(): Promise<void> {
    return this.#device.close();
  }

  /** As {@linkcode MediaChanger.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function decodeElement(out: Uint8Array, asked: ElementUnit): ChangerElement {
  const layout = CHANGER_GET_ELEMENT;
  const flags = int32(out, layout.cge_flags);
  const tag = (flag: number, offset: number) =>
    flags & flag ? out.slice(offset, offset + TAG_BYTES) : undefined;
  return {
    ...asked,
    status: int32(out, layout.cge_status),
    errno: int32(out, layout.cge_errno),
    source: flags & CGE_SRC ? decodeSource(out) : undefined,
    inverted: (flags & CGE_INVERT) !== 0,
    scsiAddress: flags & CGE_IDLUN
      ? { id: int32(out, layout.cge_id), lun: int32(out, layout.cge_lun) }
      : undefined,
    primaryTag: tag(CGE_PVOLTAG, layout.cge_pvoltag),
    alternateTag: tag(CGE_AVOLTAG, layout.cge_avoltag),
  };
}

function decodeSource(out: Uint8Array): ElementUnit | undefined {
  const type = int32(out, CHANGER_GET_ELEMENT.cge_srctype);
  const unit = int32(out, CHANGER_GET_ELEMENT.cge_srcunit);
  const known = Object.values(ELEMENT_TYPES).find((value) => value === type);
  return known === undefined ? undefined : { type: known, unit };
}

function vendorElements(
  out: Uint8Array,
  countOffset: number,
  labelOffset: number,
): VendorElements {
  const label = out.subarray(labelOffset, labelOffset + LABEL_BYTES);
  const end = label.indexOf(0);
  return {
    count: int32(out, countOffset),
    label: new TextDecoder().decode(end < 0 ? label : label.subarray(0, end)),
  };
}

function int32(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(offset, true);
}
