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
  driveAt,
  type DriveNodes,
  type HostDevice,
  hostDevices,
  type HostPaths,
} from "./host_devices.ts";
import { identify } from "./identify.ts";
import type { DriveClass } from "./drive_classes.ts";
import { type ScsiAddress, ScsiDrive } from "./scsi_drive.ts";
import type { ScsiDevice } from "./scsi_device.ts";
import { SgDevice } from "./sg_device.ts";
import type { DriveSearch } from "./smc_changer.ts";

/** A drive that programs can open. */
type DriveDevice = HostDevice & {
  readonly node: string;
  readonly deviceClass: DriveClass;
};

/**
 * Finds the drives of a changer among those of this host. A drive
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
  const drives = (await hostDevices(paths)).filter((
    device,
  ): device is DriveDevice =>
    device.deviceClass !== null && device.node !== null
  );
  const candidates = await Promise.all(
    drives.map((drive) => withSerialNumber(drive, clock)),
  );
  const pairs = matchDrives(search.identifiers, candidates);
  const found = pairs.size > 0
    ? pairs
    : pairsWithoutNames(search, candidates, scsi);
  return [...found].sort(([a], [b]) => a - b).map(([elementAddress, drive]) =>
    hostDrive(elementAddress, drive, { search, clock, paths })
  );
}

/** Asks the drive itself where the kernel did not keep its serial number. */
async function withSerialNumber(
  drive: DriveDevice,
  clock: Clock,
): Promise<DriveDevice> {
  if (drive.serialNumber !== "" || drive.sg === null) return drive;
  try {
    const device = await SgDevice.open(drive.sg);
    try {
      const { designators, identity } = await identify(
        new Commander(device, clock),
        drive.sg,
      );
      const { serialNumber } = identity;
      return { ...drive, identity, serialNumber, designators };
    } finally {
      await device.close();
    }
  } catch (error) {
    // A drive that does not answer now has no serial number to match by.
    if (error instanceof ChangerError) return drive;
    throw error;
  }
}

/**
 * Where the changer tells no names of its drives: by their addresses on a bus
 * that it shares with them, or, if it has one drive and its host adapter has
 * one tape drive, that one.
 */
function pairsWithoutNames(
  search: DriveSearch,
  drives: readonly DriveDevice[],
  scsi: ScsiAddress | null,
): ReadonlyMap<number, DriveDevice> {
  const pairs = new Map<number, DriveDevice>();
  if (scsi === null || search.identifiers.size > 0) return pairs;
  const near = drives.filter((drive) =>
    drive.scsi.port === scsi.port && drive.scsi.bus === scsi.bus
  );
  for (const [elementAddress, { id, lun }] of search.busAddresses ?? []) {
    const drive = near.find((found) =>
      found.scsi.target === id && found.scsi.lun === lun
    );
    if (drive !== undefined) pairs.set(elementAddress, drive);
  }
  if (pairs.size > 0) return pairs;
  const { first, count } = search.layout.dataTransfer;
  const tapes = near.filter(({ kind }) => kind === "tape");
  const [only] = tapes;
  if (count === 1 && tapes.length === 1 && only !== undefined) {
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
  drive: DriveDevice,
  { search, clock, paths }: HostDriveParts,
): Drive {
  const { deviceClass, identity, node, scsi } = drive;
  return new ScsiDrive({
    elementAddress,
    identity,
    device: node,
    scsi,
    deviceClass,
    open: async () => {
      const { serialNumber, sg } = await stillThere(drive, paths);
      if (sg !== null) {
        const device = await SgDevice.open(sg);
        if (serialNumber === "") await requireSerial(device, drive, clock);
        return device;
      }
      throw new ChangerError(
        `Cannot send commands to the drive ${node}: it has no sg node; run \`sudo modprobe sg\``,
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
  drive: {
    readonly node: string;
    readonly serialNumber: string;
    readonly scsi?: ScsiAddress;
  },
  paths: HostPaths,
): Promise<DriveNodes> {
  const where = drive.scsi === undefined ? null : driveAt(drive.scsi, paths);
  // It may have another address by now.
  const now = where?.node === drive.node
    ? where
    : (await hostDevices(paths)).find(({ node }) => node === drive.node);
  const same = now !== undefined &&
    (now.serialNumber === "" || now.serialNumber === drive.serialNumber);
  if (same) return now;
  throw otherDrive(drive, now?.serialNumber ?? null);
}

function otherDrive(
  { node, serialNumber }: {
    readonly node: string;
    readonly serialNumber: string;
  },
  now: string | null,
): ChangerError {
  return new ChangerError(
    `Cannot use ${node}: it ${
      now === null
        ? "is gone"
        : `is drive ${now} now and no longer ${serialNumber}`
    }; the next inventory matches the drives anew`,
    { outcome: "failed", advice: "operator" },
  );
}

/**
 * Asks a drive itself who it is, where the kernel did not keep that: its node
 * may be another drive's by now.
 */
export async function requireSerial(
  device: ScsiDevice,
  drive: { readonly node: string; readonly serialNumber: string },
  clock: Clock,
): Promise<void> {
  // It was matched by where it is.
  if (drive.serialNumber === "") return;
  try {
    const commander = new Commander(device, clock);
    const { identity } = await identify(commander, drive.node);
    if (identity.serialNumber === drive.serialNumber) return;
    throw otherDrive(drive, identity.serialNumber);
  } catch (error) {
    await device.close();
    throw error;
  }
}
