/**
 * Opens a changer of this host by the path of its device node.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import { ChChanger } from "./ch_changer.ts";
import { type Changer, ChangerError } from "./changer.ts";
import { type HostDevice, hostDevices } from "./host_devices.ts";
import { findHostDrives } from "./host_drives.ts";
import { resolvePath } from "./host_files.ts";
import { SgDevice } from "./sg_device.ts";
import { SmcChanger } from "./smc_changer.ts";

/**
 * Opens `/dev/sgN`, `/dev/schN` or a link to one.
 *
 * @throws {ChangerError} When it is no changer or cannot be opened.
 */
export async function openHostChanger(
  device: string,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Changer> {
  const path = await resolvePath(device);
  if (path === null) {
    throw refusal(
      device,
      "there is no such device node; `rsm doctor` lists what this host has",
    );
  }
  const node = path.slice(path.lastIndexOf("/") + 1);
  const host = await hostDeviceOf(node);
  if (host?.kind === "tape" || /^n?st\d+[alm]?$/.test(node)) {
    throw refusal(device, "it is a tape drive; name the changer it stands in");
  }
  if (/^sch\d+$/.test(node)) return await ChChanger.open(device, host, clock);
  if (!/^sg\d+$/.test(node)) {
    throw refusal(
      device,
      `it leads to ${path}, which is neither an sg nor a sch node`,
    );
  }
  return await SmcChanger.open({
    device,
    scsiDevice: await SgDevice.open(path),
    scsi: host?.scsi ?? { port: 0, bus: 0, target: 0, lun: 0 },
    findDrives: (search) => findHostDrives(search, host?.scsi ?? null, clock),
    clock,
    signal,
  });
}

async function hostDeviceOf(node: string): Promise<HostDevice | null> {
  const path = `/dev/${node}`;
  return (await hostDevices()).find(({ sch, sg }) =>
    sg === path || sch === path
  ) ?? null;
}

function refusal(device: string, reason: string): ChangerError {
  return new ChangerError(`Cannot open "${device}" as a changer: ${reason}`, {
    outcome: "failed",
    advice: "programming",
  });
}
