/**
 * The mode pages of a virtual library.
 *
 * @module
 */
import {
  type Command,
  type ElementMatrix,
  encodeDeviceCapabilities,
  encodeElementAddressAssignment,
  encodeTransportGeometry,
  type ModePage,
} from "../../scsi/mod.ts";
import type { ElementLayout } from "../changer.ts";

/** Page code that asks for all pages. */
const ALL_PAGES = 0x3f;

const PLACES = {
  transport: false,
  storage: true,
  importExport: true,
  dataTransfer: true,
} as const;

/** Every place to every place; the transport is on the way, not a place. */
const EVERYWHERE: ElementMatrix = {
  transport: PLACES,
  storage: PLACES,
  importExport: PLACES,
  dataTransfer: PLACES,
};
const NOWHERE = {
  transport: false,
  storage: false,
  importExport: false,
  dataTransfer: false,
} as const;

/** The pages that a MODE SENSE asks for; null for a page that is not there. */
export function modePages(
  layout: ElementLayout,
  command: Extract<Command, { command: "modeSense6" | "modeSense10" }>,
): readonly ModePage[] | null {
  if (command.subpage !== 0) return null;
  const all = [
    encodeElementAddressAssignment(layout),
    encodeTransportGeometry(
      Array.from(
        { length: layout.transport.count },
        (_, member) => ({ rotates: false, member }),
      ),
    ),
    encodeDeviceCapabilities({
      stores: PLACES,
      reportsBarcodeReader: true,
      barcodeReader: true,
      autoClean: false,
      move: EVERYWHERE,
      exchange: { ...EVERYWHERE, transport: NOWHERE },
    }),
  ];
  const asked = all.filter(({ page }) =>
    command.page === ALL_PAGES || command.page === page
  );
  if (asked.length === 0) return null;
  return command.pageControl === "changeable"
    ? asked.map((page) => ({ ...page, data: new Uint8Array(page.data.length) }))
    : asked;
}
