/**
 * The changers and tape drives of this host and what stands in the way of
 * using them.
 *
 * @module
 */
import type { FoundDevice } from "./changer.ts";
import {
  type HostDevice,
  hostDevices,
  type HostPaths,
} from "./host_devices.ts";
import {
  type AccountFiles,
  type Credentials,
  type Groups,
  nodeObstacle,
  readCredentials,
  readGroups,
} from "./obstacles.ts";

type NamedDevice = HostDevice & Pick<FoundDevice, "kind">;

/** Where to look, for tests. */
export interface DiscoverOptions extends HostPaths {
  /** Files about users and groups. */
  readonly accounts?: AccountFiles;
}

/**
 * Finds the host's media changers and tape drives, in the order of their SCSI
 * addresses. Empty where the kernel shows none, or no sysfs is there.
 */
export async function discover(
  options: DiscoverOptions = {},
): Promise<FoundDevice[]> {
  const devices = (await hostDevices(options)).filter(isNamed);
  if (devices.length === 0) return [];
  const accounts = await readAccounts(options.accounts);
  return await Promise.all(
    devices.map(async (device) => {
      const { kind, identity, sg, sch, nst, byId, scsi } = device;
      const obstacles = await obstaclesOf(device, accounts);
      return { kind, identity, sg, sch, nst, byId, scsi, obstacles };
    }),
  );
}

/** A disk drive is named by its library only: a card reader is one, too. */
function isNamed(device: HostDevice): device is NamedDevice {
  return device.kind !== "disk";
}

async function obstaclesOf(
  device: NamedDevice,
  accounts: Accounts | null,
): Promise<readonly string[]> {
  const obstacles: string[] = [];
  const { kind, nst, sch, scsi, sg, state } = device;
  const usable = kind === "changer" ? sg ?? sch : sg;
  if (usable === null) {
    obstacles.push(
      "There is no sg node: run `sudo modprobe sg`",
    );
  }
  if (kind === "tape" && nst === null) {
    obstacles.push("There is no nst node: run `sudo modprobe st`");
  }
  if (state !== "running" && state !== "unknown") {
    const { bus, lun, port, target } = scsi;
    obstacles.push(
      `The kernel has set the device "${state}": run \`echo running | sudo tee /sys/class/scsi_device/${port}:${bus}:${target}:${lun}/device/state\``,
    );
  }
  if (accounts === null) return obstacles;
  const blocked = (node: string): Promise<string | null> =>
    nodeObstacle(node, accounts.credentials, accounts.groups);
  for (const node of [usable, kind === "tape" ? nst : null]) {
    const obstacle = node === null ? null : await blocked(node);
    if (obstacle === null) continue;
    const other = sch !== null && sch !== node && await blocked(sch) === null
      ? `; until then ${sch} can be used, which can do less`
      : "";
    obstacles.push(obstacle + other);
  }
  return obstacles;
}

/** Who asks, in the words of this host. */
interface Accounts {
  readonly credentials: Credentials;
  readonly groups: Groups;
}

/** Null where the runtime may not look: then nothing is said of permissions. */
async function readAccounts(
  files: AccountFiles | undefined,
): Promise<Accounts | null> {
  try {
    return {
      credentials: await readCredentials(files),
      groups: await readGroups(files),
    };
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return null;
    throw error;
  }
}
