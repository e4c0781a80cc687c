/**
 * The drives of a changer as devices of this host.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import { ChangerError, type Drive } from "./changer.ts";
import { Commander } from "./commander.ts";
import { matchDrives } from "./drive_matching.ts";
import {
  type HostDevice,
  hostDevices,
  type HostPaths,
} from "./host_devices.ts";
import { identify } from "./identify.ts";
import { type ScsiAddress, ScsiDrive } from "./scsi_drive.ts";
import { SgDevice } from "./sg_device.ts";
import type { DriveSearch } from "./smc_changer.ts";

/** A tape drive that programs can open. */
type TapeDevice = HostDevice & { readonly nst: string };

/**
 * Finds the drives of a changer among the tape drives of this host. A drive
 * whose device is not beyond doubt is left out: a cartridge would be written
 * in the wrong one.
 *
 * @param scsi Where the changer stands, null where that is not known.
 */
export async function findHostDrives(
  search: DriveSearch,
  scsi: ScsiAddress | null,
  clock: Clock,
  paths: HostPaths = {},
): Promise<readonly Drive[]> {
  const tapes = (await hostDevices(paths)).filter((
    device,
  ): device is TapeDevice => device.kind === "tape" && device.nst !== null);
  const candidates = await Promise.all(
    tapes.map((tape) => withSerialNumber(tape, clock)),
  );
  const pairs = matchDrives(search.identifiers, candidates);
  const found = pairs.size > 0
    ? pairs
    : pairsWithoutNames(search, candidates, scsi);
  return [...found].sort(([a], [b]) => a - b).map(([elementAddress, tape]) =>
    hostDrive(elementAddress, tape, { search, clock, paths })
  );
}

/** Asks the drive itself where the kernel did not keep its serial number. */
async function withSerialNumber(
  tape: TapeDevice,
  clock: Clock,
): Promise<TapeDevice> {
  if (tape.serialNumber !== "" || tape.sg === null) return tape;
  try {
    const device = await SgDevice.open(tape.sg);
    try {
      const { designators, identity } = await identify(
        new Commander(device, clock),
        tape.sg,
      );
      const { serialNumber } = identity;
      return { ...tape, identity, serialNumber, designators };
    } finally {
      await device.close();
    }
  } catch (error) {
    // A drive that does not answer now has no serial number to match by.
    if (error instanceof ChangerError) return tape;
    throw error;
  }
}

/**
 * Where the changer tells no names of its drives: by their addresses on a bus
 * that it shares with them, or, if it has one drive and its host adapter has
 * one tape device, that one.
 */
function pairsWithoutNames(
  search: DriveSearch,
  tapes: readonly TapeDevice[],
  scsi: ScsiAddress | null,
): ReadonlyMap<number, TapeDevice> {
  const pairs = new Map<number, TapeDevice>();
  if (scsi === null || search.identifiers.size > 0) return pairs;
  const near = tapes.filter((tape) =>
    tape.scsi.port === scsi.port && tape.scsi.bus === scsi.bus
  );
  for (const [elementAddress, { id, lun }] of search.busAddresses ?? []) {
    const tape = near.find((found) =>
      found.scsi.target === id && found.scsi.lun === lun
    );
    if (tape !== undefined) pairs.set(elementAddress, tape);
  }
  if (pairs.size > 0) return pairs;
  const { first, count } = search.layout.dataTransfer;
  const [only] = near;
  if (count === 1 && near.length === 1 && only !== undefined) {
    pairs.set(first, only);
  }
  return pairs;
}

interface HostDriveParts {
  readonly search: DriveSearch;
  readonly clock: Clock;
  readonly paths: HostPaths;
}

function hostDrive(
  elementAddress: number,
  tape: TapeDevice,
  { search, clock, paths }: HostDriveParts,
): Drive {
  const { identity, nst, scsi } = tape;
  return new ScsiDrive({
    elementAddress,
    identity,
    device: nst,
    scsi,
    open: async () => {
      const { sg } = await stillThere(tape, paths);
      if (sg !== null) return await SgDevice.open(sg);
      throw new ChangerError(
        `Cannot send commands to the drive ${nst}: it has no sg node; run \`sudo modprobe sg\``,
        { outcome: "failed", advice: "operator" },
      );
    },
    accessible: (timeoutMs) => search.accessible(elementAddress, timeoutMs),
    clock,
  });
}

/**
 * The numbers of device nodes change when drives come and go: before a drive
 * is used, its node must still be the drive that was matched to the element.
 */
export async function stillThere(
  tape: { readonly nst: string; readonly serialNumber: string },
  paths: HostPaths,
): Promise<HostDevice> {
  const now = (await hostDevices(paths)).find(({ nst }) => nst === tape.nst);
  const same = now !== undefined &&
    (now.serialNumber === "" || now.serialNumber === tape.serialNumber);
  if (same) return now;
  throw new ChangerError(
    `Cannot use ${tape.nst}: it ${
      now === undefined
        ? "is gone"
        : `is drive ${now.serialNumber} now and no longer ${tape.serialNumber}`
    }; start the service again to match the drives anew`,
    { outcome: "failed", advice: "operator" },
  );
}
