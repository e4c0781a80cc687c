/**
 * Labels built from the published specifications, for formats of which no
 * program is at hand to record one: Microsoft Tape Format 1.00a (common
 * block header, tape header), ISO/IEC 20919 (LTFS: VOL1 and LTFS label),
 * ECMA-13 (VOL1, HDR1), and Bareos' "Storage Media Output Format". Check sums are computed here in
 * other ways than in the code that is tested.
 *
 * @module
 */
import { crc32 as zlibCrc32 } from "node:zlib";
import type { LabelBlock } from "../../src/labels/mod.ts";

/** Bytes of ASCII text. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** One record. */
export function record(bytes: Uint8Array): LabelBlock {
  return { kind: "record", bytes };
}

export const FILE_MARK: LabelBlock = { kind: "fileMark" };
export const END_OF_DATA: LabelBlock = { kind: "endOfData" };

/** What an MTF tape block says. */
export interface TapeBlock {
  name?: string;
  description?: string;
  software?: string;
  /** Sets the media label bit. */
  isLabel?: boolean;
  /** Strings in Windows-1252 instead of UTF-16. */
  isAnsi?: boolean;
}

/** A TAPE descriptor block in a record of 1,024 bytes. */
export function tapeBlock(block: TapeBlock): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  bytes.set(ascii("TAPE"));
  bytes[10] = 14; // OS: Windows NT
  bytes[48] = block.isAnsi ? 1 : 2;
  view.setUint32(52, 0x1234_5678, true); // media family
  view.setUint32(56, block.isLabel ? 2 : 0, true);
  view.setUint16(60, 1, true); // media sequence number
  view.setUint16(84, 1024, true); // logical block size
  bytes[93] = 1; // MTF version
  let end = 94;
  const put = (at: number, text = "") => {
    const size = block.isAnsi ? text.length : 2 * text.length;
    view.setUint16(at, size, true);
    view.setUint16(at + 2, end, true);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (block.isAnsi) bytes[end + index] = code;
      else view.setUint16(end + 2 * index, code, true);
    }
    end += size;
  };
  put(68, block.name);
  put(72, block.description);
  put(80, block.software);
  view.setUint16(8, end, true);
  sealHeader(bytes);
  return bytes;
}

/** Sets the check sum of a descriptor block's header, byte by byte. */
export function sealHeader(bytes: Uint8Array): void {
  bytes.fill(0, 50, 52);
  for (let at = 0; at < 50; at++) {
    bytes[50 + at % 2] = (bytes[50 + at % 2] ?? 0) ^ (bytes[at] ?? 0);
  }
}

/** Fields of a VOL1 label. */
export interface Vol1Fields {
  volume: string;
  implementation?: string;
  owner?: string;
}

/** An ANSI VOL1 label of version 4. */
export function vol1(fields: Vol1Fields): Uint8Array<ArrayBuffer> {
  const { volume, implementation = "", owner = "" } = fields;
  const text = `VOL1${volume.padEnd(6)} ${"".padEnd(13)}${
    implementation.padEnd(13)
  }${owner.padEnd(14)}${"".padEnd(28)}4`;
  return ascii(text);
}

/** The XML of an LTFS label. */
export function ltfsXml(uuid: string, version = "2.4.0"): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<ltfslabel version="${version}">
    <creator>Example &amp; Co LTFS 1.0 - Linux - format</creator>
    <formattime>2026-11-22T12:00:00.123456789Z</formattime>
    <volumeuuid>${uuid}</volumeuuid>
    <location>
        <partition>a</partition>
    </location>
    <partitions>
        <index>a</index>
        <data>b</data>
    </partitions>
    <blocksize>524288</blocksize>
    <compression>true</compression>
</ltfslabel>
`;
}

/** The start of an LTFS partition. */
export function ltfsVolume(volume: string, xml: string): LabelBlock[] {
  return [
    record(vol1({ volume, implementation: "LTFS", owner: "ACME" })),
    FILE_MARK,
    record(ascii(xml)),
    FILE_MARK,
  ];
}

/** What a Bacula or Bareos volume label says. */
export interface VolumeLabel {
  id: string;
  version: number;
  volume: string;
  pool?: string;
  /** Microseconds since 1970. */
  written?: bigint;
  /** -1 or -2, or what is wrong. */
  fileIndex?: number;
  /** No check sum. */
  isUnchecked?: boolean;
}

/** A Bacula or Bareos block with a volume label. */
export function volumeBlock(label: VolumeLabel): Uint8Array<ArrayBuffer> {
  const { volume, pool = "Full", written = 0n, fileIndex = -2 } = label;
  const head = ascii(`${label.id}\0`);
  const strings = ascii(
    [volume, "", pool, "Backup", "LTO", "host", "bareos-sd", "23.0", "", ""]
      .join("\0"),
  );
  const bytes = new Uint8Array(36 + head.length + 36 + strings.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(4, bytes.length);
  bytes.set(ascii("BB02"), 12);
  view.setInt32(24, fileIndex);
  view.setUint32(32, bytes.length - 36);
  bytes.set(head, 36);
  view.setUint32(36 + head.length, label.version);
  view.setBigInt64(36 + head.length + 4, written);
  bytes.set(strings, 36 + head.length + 36);
  if (!label.isUnchecked) view.setUint32(0, zlibCrc32(bytes.subarray(4)));
  return bytes;
}
