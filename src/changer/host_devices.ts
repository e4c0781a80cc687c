/**
 * The SCSI changers and tape drives of this host, from sysfs.
 *
 * @module
 */
import {
  decodeDeviceIdentification,
  decodeUnitSerialNumber,
  type Designator,
  DEVICE_TYPE,
} from "../scsi/mod.ts";
import type { DeviceIdentity, FoundDevice } from "./changer.ts";
import { namesIn, readBytes, readText, resolvePath } from "./host_files.ts";
import type { ScsiAddress } from "./scsi_drive.ts";

/** Where to look, for tests. */
export interface HostPaths {
  /** @default {"/sys"} */
  readonly sysfs?: string;
  /** @default {"/dev"} */
  readonly dev?: string;
}

/** A changer or tape drive, without what stands in the way of using it. */
export interface HostDevice extends Omit<FoundDevice, "obstacles"> {
  readonly serialNumber: string;
  /** VPD page 83h. */
  readonly designators: readonly Designator[];
  /** What the kernel says of it, such as "running" or "offline". */
  readonly state: string;
}

/** Every changer and tape drive that the kernel knows, by SCSI address; none where there is no sysfs. */
export async function hostDevices(
  paths: HostPaths = {},
): Promise<readonly HostDevice[]> {
  const { dev = "/dev", sysfs = "/sys" } = paths;
  const links = await byIdLinks(dev);
  const root = `${sysfs}/bus/scsi/devices`;
  const found: HostDevice[] = [];
  for (const name of await namesIn(root)) {
    const scsi = addressOf(name);
    if (scsi === null) continue;
    const device = await deviceAt(`${root}/${name}`, scsi, dev, links);
    if (device !== null) found.push(device);
  }
  return found.sort((a, b) => compare(a.scsi, b.scsi));
}

async function deviceAt(
  path: string,
  scsi: ScsiAddress,
  dev: string,
  links: ByIdLinks,
): Promise<HostDevice | null> {
  const kind = kindOf(await readText(`${path}/type`));
  if (kind === null) return null;
  const node = async (
    directory: string,
    pattern: RegExp,
  ): Promise<string | null> => {
    const name = (await namesIn(`${path}/${directory}`))
      .find((found) => pattern.test(found));
    return name === undefined ? null : `${dev}/${name}`;
  };
  const sg = await node("scsi_generic", /^sg\d+$/);
  const nst = await node("scsi_tape", /^nst\d+$/);
  const serialNumber = decoded(
    await readBytes(`${path}/vpd_pg80`),
    decodeUnitSerialNumber,
    "",
  );
  const identity: DeviceIdentity = {
    vendor: await readText(`${path}/vendor`) ?? "",
    product: await readText(`${path}/model`) ?? "",
    revision: await readText(`${path}/rev`) ?? "",
    serialNumber,
  };
  return {
    kind,
    identity,
    serialNumber,
    designators: decoded(
      await readBytes(`${path}/vpd_pg83`),
      decodeDeviceIdentification,
      [],
    ),
    sg,
    sch: await node("scsi_changer", /^sch\d+$/),
    nst,
    byId: links.get((kind === "changer" ? sg : nst) ?? "") ?? null,
    scsi,
    state: await readText(`${path}/state`) ?? "unknown",
  };
}

/** A VPD page, or a stand-in where it is missing or malformed. */
function decoded<T>(
  bytes: Uint8Array | null,
  decode: (bytes: Uint8Array) => T,
  standIn: T,
): T {
  if (bytes === null) return standIn;
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return standIn;
    throw error;
  }
}

function kindOf(type: string | null): FoundDevice["kind"] | null {
  switch (Number(type ?? NaN)) {
    case DEVICE_TYPE.mediumChanger:
      return "changer";
    case DEVICE_TYPE.tape:
      return "tape";
    default:
      return null;
  }
}

function addressOf(name: string): ScsiAddress | null {
  const match = /^(\d+):(\d+):(\d+):(\d+)$/.exec(name);
  if (match === null) return null;
  const [port = 0, bus = 0, target = 0, lun = 0] = match.slice(1).map(Number);
  return { port, bus, target, lun };
}

function compare(a: ScsiAddress, b: ScsiAddress): number {
  return a.port - b.port || a.bus - b.bus || a.target - b.target ||
    a.lun - b.lun;
}

/** Links below /dev/tape/by-id, by the node they lead to. */
type ByIdLinks = ReadonlyMap<string, string>;

/**
 * The best link to each node. Where a bridge gives a changer and a drive one
 * id, only the link that ends in -changer surely leads to the changer.
 */
async function byIdLinks(dev: string): Promise<ByIdLinks> {
  const directory = `${dev}/tape/by-id`;
  const links = new Map<string, string>();
  const root = await resolvePath(dev);
  const names = await namesIn(directory);
  const plainFirst = [...names].sort((a, b) =>
    Number(isSure(a)) - Number(isSure(b))
  );
  for (const name of plainFirst) {
    const target = await resolvePath(`${directory}/${name}`);
    if (target === null || root === null) continue;
    links.set(`${dev}${target.slice(root.length)}`, `${directory}/${name}`);
  }
  return links;
}

function isSure(link: string): boolean {
  return link.endsWith("-changer") || link.endsWith("-nst");
}
