/**
 * Where real devices differ from the standard, as data.
 *
 * @module
 */

/** What a device does otherwise. */
export interface Quirks {
  /**
   * A drive's ACCESS flag does not say whether the drive has let go of its
   * medium: never wait for it.
   */
  readonly accessMeaningless: boolean;
  /** A drive's ACCESS flag follows some seconds after the unload. */
  readonly accessLags: boolean;
  /** While ACCESS is not set, FULL and the tags of an element mean nothing. */
  readonly accessZeroVoidsStatus: boolean;
  /**
   * With DVCID a drive's descriptor has EXCEPT with 81/00 (present) or 82/00
   * (absent), and its other flags mean nothing.
   */
  readonly deviceIdsVoidStatus: boolean;
  /** Device identifiers come although nobody asked for them. */
  readonly deviceIdsUnasked: boolean;
  /** AVOLTAG is set although there is no alternate tag. */
  readonly alternateTagMissing: boolean;
  /** The answer to READ ELEMENT STATUS ends 8 bytes early. */
  readonly elementStatusCutShort: boolean;
  /** READ ELEMENT STATUS reports all elements, however many were asked for. */
  readonly elementCountIgnored: boolean;
  /** READ ELEMENT STATUS for all types at once is answered wrongly. */
  readonly allTypesBroken: boolean;
  /** CURDATA has no effect. */
  readonly currentDataIgnored: boolean;
  /** Volume tags go on being shown for elements that are empty. */
  readonly staleTags: boolean;
  /** The serial number of the changer ends with more than the serial number. */
  readonly serialNumberHasSuffix: boolean;
  /** There is no VPD page 83h. */
  readonly noDeviceIdentification: boolean;
}

/** No quirk at all. */
export const NO_QUIRKS: Quirks = {
  accessMeaningless: false,
  accessLags: false,
  accessZeroVoidsStatus: false,
  deviceIdsVoidStatus: false,
  deviceIdsUnasked: false,
  alternateTagMissing: false,
  elementStatusCutShort: false,
  elementCountIgnored: false,
  allTypesBroken: false,
  currentDataIgnored: false,
  staleTags: false,
  serialNumberHasSuffix: false,
  noDeviceIdentification: false,
};

/** One device, or family, and what it does otherwise. */
export interface QuirkRow {
  /** Beginning of INQUIRY's vendor; empty for any. */
  readonly vendor: string;
  /** Beginning of INQUIRY's product; empty for any. */
  readonly product: string;
  /** Beginning of INQUIRY's revision; empty for any. */
  readonly revision: string;
  /** What it does otherwise, and what it does not although its family does. */
  readonly quirks: Partial<Quirks>;
  /** Who saw it, and where. */
  readonly seen: string;
}

/** All known quirks. Where several rows match, a later one goes before. */
export const QUIRK_ROWS: readonly QuirkRow[] = [
  {
    vendor: "SPECTRA",
    product: "",
    revision: "",
    quirks: { accessMeaningless: true },
    seen: "CTA, spectra_like_libs.cpp: no wait for ACCESS before a dismount",
  },
  {
    vendor: "IBM",
    product: "3573-TL",
    revision: "",
    quirks: { accessMeaningless: true, serialNumberHasSuffix: true },
    seen: "CTA, spectra_like_libs.cpp; mhvtl, TS3100 personality (_LL0)",
  },
  {
    vendor: "IBM",
    product: "03584",
    revision: "",
    quirks: {
      accessLags: true,
      deviceIdsVoidStatus: true,
      serialNumberHasSuffix: true,
    },
    seen: "CTA, wait for ACCESS; IBM library manuals; " +
      "tests/recorded/ibm_03584l32.hex, VPD page 80h",
  },
  {
    vendor: "STK",
    product: "",
    revision: "",
    quirks: { accessZeroVoidsStatus: true, currentDataIgnored: true },
    seen: "Oracle StorageTek interface manuals",
  },
  {
    vendor: "STK",
    product: "L",
    revision: "",
    quirks: { noDeviceIdentification: true },
    seen: "tests/recorded/stk_l700.hex, VPD page 83h",
  },
  {
    vendor: "HP",
    product: "MSL",
    revision: "",
    quirks: { alternateTagMissing: true, deviceIdsUnasked: true },
    seen: "mhvtl issue 173 and PR 197",
  },
  {
    // The kernel lab's tgtd calls itself so, and never sets ACCESS.
    vendor: "STK",
    product: "L700",
    revision: "0510",
    quirks: {
      accessMeaningless: true,
      elementStatusCutShort: true,
      elementCountIgnored: true,
      allTypesBroken: true,
      staleTags: true,
      accessZeroVoidsStatus: false,
      currentDataIgnored: false,
      noDeviceIdentification: false,
    },
    seen: "tgtd 1.0.85 in the kernel lab",
  },
];

/** The words of INQUIRY data that name a device. */
export interface QuirkKey {
  /** Maker. */
  readonly vendor: string;
  /** Model. */
  readonly product: string;
  /** Firmware. */
  readonly revision: string;
}

/** What a device does otherwise. */
export function quirksOf(device: QuirkKey): Quirks {
  let quirks = NO_QUIRKS;
  for (const row of QUIRK_ROWS) {
    if (matches(row, device)) quirks = { ...quirks, ...row.quirks };
  }
  return quirks;
}

function matches(row: QuirkRow, device: QuirkKey): boolean {
  return begins(device.vendor, row.vendor) &&
    begins(device.product, row.product) &&
    begins(device.revision, row.revision);
}

function begins(text: string, beginning: string): boolean {
  return text.toUpperCase().startsWith(beginning.toUpperCase());
}
