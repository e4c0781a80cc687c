/**
 * The SCSI changers and drives of this host, from sysfs.
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
import { type DriveClass, driveClassOf } from "./drive_classes.ts";
import {
  namesIn,
  namesNow,
  readBytes,
  readBytesNow,
  readText,
  resolvePath,
} from "./host_files.ts";
import type { ScsiAddress } from "./scsi_drive.ts";

/** Where to look, for tests. */
export interface HostPaths {
  /** @default {"/sys"} */
  readonly sysfs?: string;
  /** @default {"/dev"} */
  readonly dev?: string;
}

/** A changer or drive, without what stands in the way of using it. */
export interface HostDevice extends Omit<FoundDevice, "kind" | "obstacles"> {
  /** `disk`: a drive for disks that can be taken out of it. */
  readonly kind: FoundDevice["kind"] | "disk";
  /** Of a drive; null of a changer. */
  readonly deviceClass: DriveClass | null;
  /** What a program opens to read and write in a drive: /dev/nstN, /dev/srN, /dev/sdX; null where there is no such node. */
  readonly node: string | null;
  readonly serialNumber: string;
  /** VPD page 83h. */
  readonly designators: readonly Designator[];
  /** What the kernel says of it, such as "running" or "offline". */
  readonly state: string;
}

/** Every changer and drive that the kernel knows, by SCSI address; none where there is no sysfs. */
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

/** What says who a drive is, and how to reach it. */
export type DriveNodes = Pick<HostDevice, "node" | "sg" | "serialNumber">;

/**
 * The drive at an address; null where none is. Reads three files, where
 * {@linkcode hostDevices} reads those of the whole host.
 */
export function driveAt(
  { port, bus, target, lun }: ScsiAddress,
  { dev = "/dev", sysfs = "/sys" }: HostPaths = {},
): DriveNodes | null {
  const path = `${sysfs}/bus/scsi/devices/${port}:${bus}:${target}:${lun}`;
  const nodeIn = (directory: string, pattern: RegExp) =>
    nodeAmong(namesNow(`${path}/${directory}`), pattern, dev);
  const node = nodeIn("scsi_tape", NST) ?? nodeIn("block", BLOCK);
  if (node === null) return null;
  const sg = nodeIn("scsi_generic", /^sg\d+$/);
  const page = readBytesNow(`${path}/vpd_pg80`);
  return { node, sg, serialNumber: decoded(page, decodeUnitSerialNumber, "") };
}

const NST = /^nst\d+$/;
const BLOCK = /^(?:sr\d+|sd[a-z]+)$/;

/** The node that one of the names in a directory of sysfs is of; null where none is. */
function nodeAmong(
  names: readonly string[],
  pattern: RegExp,
  dev: string,
): string | null {
  const name = names.find((found) => pattern.test(found));
  return name === undefined ? null : `${dev}/${name}`;
}

async function deviceAt(
  path: string,
  scsi: ScsiAddress,
  dev: string,
  links: ByIdLinks,
): Promise<HostDevice | null> {
  const type = Number(await readText(`${path}/type`) ?? NaN);
  const product = await readText(`${path}/model`) ?? "";
  const deviceClass = driveClassOf(type, product);
  const kind = kindOf(type, deviceClass);
  if (kind === null) return null;
  const block = kind === "disk" ? await removableDisk(path, dev) : null;
  // The disks of the host itself.
  if (kind === "disk" && block === null) return null;
  const node = async (directory: string, pattern: RegExp) =>
    nodeAmong(await namesIn(`${path}/${directory}`), pattern, dev);
  const sg = await node("scsi_generic", /^sg\d+$/);
  const nst = await node("scsi_tape", NST);
  const serialNumber = decoded(
    await readBytes(`${path}/vpd_pg80`),
    decodeUnitSerialNumber,
    "",
  );
  const identity: DeviceIdentity = {
    vendor: await readText(`${path}/vendor`) ?? "",
    product,
    revision: await readText(`${path}/rev`) ?? "",
    serialNumber,
  };
  return {
    kind,
    deviceClass,
    node: block ?? nst,
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

function kindOf(
  deviceType: number,
  deviceClass: DriveClass | null,
): HostDevice["kind"] | null {
  if (deviceType === DEVICE_TYPE.mediumChanger) return "changer";
  return deviceClass === null || deviceClass === "tape" ? deviceClass : "disk";
}

/** The node of a disk that can be taken out; null of any other. */
async function removableDisk(
  path: string,
  dev: string,
): Promise<string | null> {
  const node = nodeAmong(await namesIn(`${path}/block`), BLOCK, dev);
  const name = node?.slice(dev.length + 1);
  const removable = await readText(`${path}/block/${name}/removable`);
  return removable === "1" ? node : null;
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
