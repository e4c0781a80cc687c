/**
 * Asks a device what it is: INQUIRY and the vital product data pages.
 *
 * @module
 */
import {
  COMMAND_TIMEOUT_MS,
  decodeDeviceIdentification,
  decodeInquiry,
  decodeSupportedVpdPages,
  decodeUnitSerialNumber,
  type Designator,
  inquiry,
  type InquiryData,
  VPD_PAGE,
} from "../scsi/mod.ts";
import type { DeviceIdentity } from "./changer.ts";
import type { Commander } from "./commander.ts";
import { isRefusal } from "./failures.ts";

/** What a device told of itself. */
export interface Identification {
  readonly identity: DeviceIdentity;
  readonly inquiry: InquiryData;
  /** VPD page 83h; empty where the device has none. */
  readonly designators: readonly Designator[];
}

/** Long enough for all defined standard data, short enough for old devices. */
const INQUIRY_SIZE = 96;
const SAFE_INQUIRY_SIZE = 36;
const VPD_SIZE = 252;

/**
 * Identifies a device.
 *
 * @throws {ChangerError} When it does not answer INQUIRY.
 */
export async function identify(
  commander: Commander,
  device: string,
): Promise<Identification> {
  const act = `identify ${device}`;
  const data = await readInquiry(commander, act);
  const pages = await readPage(
    commander,
    act,
    VPD_PAGE.supportedPages,
    decodeSupportedVpdPages,
  );
  const has = (page: number) => pages?.includes(page) ?? false;
  const serialNumber = has(VPD_PAGE.unitSerialNumber)
    ? await readPage(
      commander,
      act,
      VPD_PAGE.unitSerialNumber,
      decodeUnitSerialNumber,
    )
    : null;
  const designators = has(VPD_PAGE.deviceIdentification)
    ? await readPage(
      commander,
      act,
      VPD_PAGE.deviceIdentification,
      decodeDeviceIdentification,
    )
    : null;
  const { vendor, product, revision } = data;
  return {
    identity: { vendor, product, revision, serialNumber: serialNumber ?? "" },
    inquiry: data,
    designators: designators ?? [],
  };
}

/** Asks for 96 bytes; some SCSI-2 devices refuse more than they have, so then for 36. */
async function readInquiry(
  commander: Commander,
  act: string,
): Promise<InquiryData> {
  const ask = async (size: number): Promise<InquiryData> =>
    decodeInquiry(
      await commander.read(act, {
        cdb: inquiry({ allocationLength: size }),
        dataIn: size,
        timeoutMs: COMMAND_TIMEOUT_MS.inquiry,
      }),
    );
  try {
    return await ask(INQUIRY_SIZE);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return await ask(SAFE_INQUIRY_SIZE);
  }
}

/** A page, or null where the device refuses it or sends nonsense in its place. */
async function readPage<T>(
  commander: Commander,
  act: string,
  page: number,
  decode: (answer: Uint8Array) => T,
): Promise<T | null> {
  try {
    return decode(
      await commander.read(act, {
        cdb: inquiry({ vpdPage: page, allocationLength: VPD_SIZE }),
        dataIn: VPD_SIZE,
        timeoutMs: COMMAND_TIMEOUT_MS.inquiry,
      }),
    );
  } catch (error) {
    if (isRefusal(error) || error instanceof RangeError) return null;
    throw error;
  }
}
