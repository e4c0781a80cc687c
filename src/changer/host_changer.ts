/**
 * Opens a changer of this host by the path of its device node.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import { ChChanger } from "./ch_changer.ts";
import { type Changer, ChangerError } from "./changer.ts";
import {
  type HostDevice,
  hostDevices,
  type HostPaths,
} from "./host_devices.ts";
import { findHostDrives } from "./host_drives.ts";
import { resolvePath } from "./host_files.ts";
import { findStandAlone, openStandAlone } from "./host_stand_alone.ts";
import { SgDevice } from "./sg_device.ts";
import { SmcChanger } from "./smc_changer.ts";

/**
 * Opens `/dev/sgN`, `/dev/schN` or a link to one; or, as a changer of one drive
 * and no robot, a tape drive that stands in none.
 *
 * @throws {ChangerError} When it is neither or cannot be opened.
 */
export async function openHostChanger(
  device: string,
  clock: Clock,
  signal?: AbortSignal,
  paths: HostPaths = {},
): Promise<Changer> {
  const path = await resolvePath(device);
  if (path === null) {
    throw refusal(
      device,
      "there is no such device node; `rsm doctor` lists what this host has",
    );
  }
  const node = path.slice(path.lastIndexOf("/") + 1);
  const host = await hostDeviceOf(node, paths);
  if (host?.kind === "tape") {
    const open = (changer: string) =>
      openHostChanger(changer, clock, signal, paths);
    const alone = await findStandAlone({ ...paths, open });
    if (alone.some(({ nst }) => nst === host.nst)) {
      return await openStandAlone(device, host, clock, paths);
    }
    throw refusal(
      device,
      "it is a tape drive in a changer; name that, or load the st driver where it stands alone",
    );
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
    findDrives: (search) =>
      findHostDrives(search, host?.scsi ?? null, clock, paths),
    clock,
    signal,
  });
}

async function hostDeviceOf(
  node: string,
  paths: HostPaths,
): Promise<HostDevice | null> {
  const { dev = "/dev" } = paths;
  // A tape drive has several nodes, of which /dev/nstN is the one that is known.
  const path = `${dev}/${node.replace(/^n?st(\d+)[alm]?$/, "nst$1")}`;
  return (await hostDevices(paths)).find(({ nst, sch, sg }) =>
    sg === path || sch === path || nst === path
  ) ?? null;
}

function refusal(device: string, reason: string): ChangerError {
  return new ChangerError(`Cannot open "${device}" as a changer: ${reason}`, {
    outcome: "failed",
    advice: "programming",
  });
}
