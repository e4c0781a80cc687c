/**
 * What a changer is, has and can do, as it tells when it is opened.
 *
 * @module
 */
import {
  decodeDeviceCapabilities,
  decodeElementAddressAssignment,
  decodeTransportGeometry,
  DEVICE_TYPE,
  type DeviceCapabilities,
  MODE_PAGE,
  type ModePage,
} from "../scsi/mod.ts";
import {
  type ChangerAbilities,
  ChangerError,
  type DeviceIdentity,
  type ElementLayout,
} from "./changer.ts";
import type { Commander } from "./commander.ts";
import { identify } from "./identify.ts";
import { readModePage } from "./mode_reader.ts";

/** A changer's account of itself. */
export interface Character {
  readonly identity: DeviceIdentity;
  readonly layout: ElementLayout;
  readonly abilities: ChangerAbilities;
}

/**
 * Asks for INQUIRY data and mode pages 1Dh, 1Eh and 1Fh.
 *
 * @throws {ChangerError} When it is no changer or does not tell its elements.
 */
export async function readCharacter(
  commander: Commander,
  device: string,
): Promise<Character> {
  const { identity, inquiry } = await identify(commander, device);
  if (inquiry.deviceType !== DEVICE_TYPE.mediumChanger) {
    throw new ChangerError(
      `Cannot use ${device} as a changer: it is a "${identity.vendor} ${identity.product}" of device type ${inquiry.deviceType}, and a changer has ${DEVICE_TYPE.mediumChanger}`,
      { outcome: "failed", advice: "programming" },
    );
  }
  const page = <T>(
    code: number,
    decode: (page: ModePage) => T,
  ): Promise<T | null> => pageOrNull(commander, device, code, decode);
  const layout = await page(
    MODE_PAGE.elementAddressAssignment,
    decodeElementAddressAssignment,
  );
  if (layout === null) {
    throw new ChangerError(
      `Cannot use ${device}: the "${identity.vendor} ${identity.product}" does not tell its element addresses (mode page 1Dh)`,
      { outcome: "failed", advice: "hardware" },
    );
  }
  const transports = await page(
    MODE_PAGE.transportGeometry,
    decodeTransportGeometry,
  );
  const capabilities = await page(
    MODE_PAGE.deviceCapabilities,
    decodeDeviceCapabilities,
  );
  return {
    identity,
    layout,
    abilities: {
      // Byte 55 of INQUIRY is no help: most devices leave it 0.
      barCodeReader: capabilities?.reportsBarcodeReader === true
        ? capabilities.barcodeReader
        : true,
      exchange: capabilities !== null && exchangesAnything(capabilities),
      // No page tells of these two: they are taken for granted until refused.
      position: true,
      lockDoor: true,
      invert: transports?.some((transport) => transport.rotates) ?? false,
      driveIdentifiers: true,
    },
  };
}

async function pageOrNull<T>(
  commander: Commander,
  device: string,
  code: number,
  decode: (page: ModePage) => T,
): Promise<T | null> {
  const name = code.toString(16).toUpperCase();
  const page = await readModePage(
    commander,
    `read mode page ${name}h of ${device}`,
    code,
  );
  if (page === null) return null;
  try {
    return decode(page);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function exchangesAnything(capabilities: DeviceCapabilities): boolean {
  return Object.values(capabilities.exchange).some((row) =>
    Object.values(row).some((possible) => possible)
  );
}
