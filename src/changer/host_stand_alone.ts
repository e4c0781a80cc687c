/**
 * The tape drives of this host that stand in no changer.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import { type Changer, ChangerError } from "./changer.ts";
import type { HostDevice, HostPaths } from "./host_devices.ts";
import { hostDevices } from "./host_devices.ts";
import { findHostDrives } from "./host_drives.ts";
import { SgDevice } from "./sg_device.ts";
import { StandAloneDrive } from "./stand_alone.ts";

/** The address of the only element. */
const ELEMENT = 0;
const NOTHING = { first: 0, count: 0 } as const;
const LAYOUT = {
  transport: NOTHING,
  storage: NOTHING,
  importExport: NOTHING,
  dataTransfer: { first: ELEMENT, count: 1 },
};

/** What finding them needs from outside. */
export interface StandAlonePorts extends HostPaths {
  /** Opens a changer by the path of its node. */
  readonly open: (device: string) => Promise<Changer>;
}

/**
 * The tape drives that programs can open and no changer of this host claims.
 *
 * @throws {ChangerError} When a changer cannot be asked which drives it has:
 * then nobody knows of any drive that it stands alone.
 */
export async function findStandAlone(
  { open, ...paths }: StandAlonePorts,
): Promise<readonly HostDevice[]> {
  const devices = await hostDevices(paths);
  const claimed = new Set<string>();
  for (const { kind, sch, sg } of devices) {
    const node = sg ?? sch;
    if (kind !== "changer" || node === null) continue;
    await using changer = await open(node);
    for (const { device } of await changer.drives()) claimed.add(device);
  }
  return devices.filter(({ kind, nst }) =>
    kind === "tape" && nst !== null && !claimed.has(nst)
  );
}

/** Opens such a drive. */
export async function openStandAlone(
  device: string,
  { scsi, sg }: HostDevice,
  clock: Clock,
  paths: HostPaths = {},
): Promise<Changer> {
  const busAddresses = new Map([
    [ELEMENT, { id: scsi.target, lun: scsi.lun }],
  ]);
  const [drive] = await findHostDrives(
    {
      layout: LAYOUT,
      identifiers: new Map(),
      busAddresses,
      accessible: () => Promise.resolve(),
    },
    scsi,
    clock,
    paths,
  );
  if (drive === undefined || sg === null) {
    throw new ChangerError(
      `Cannot send commands to the drive ${device}: it has no sg node; run \`sudo modprobe sg\``,
      { outcome: "failed", advice: "operator" },
    );
  }
  const scsiDevice = await SgDevice.open(sg);
  return new StandAloneDrive({ device, scsiDevice, drive, clock });
}
