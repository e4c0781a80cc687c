/** A sysfs and a /dev of files, for tests of discovery. */
import {
  encodeDeviceIdentification,
  encodeUnitSerialNumber,
  t10Designator,
} from "../../src/scsi/mod.ts";

/** A device as the kernel would show it. */
export interface FakeDevice {
  readonly address: string;
  readonly type: number;
  readonly serialNumber?: string;
  readonly state?: string;
  /** Of a disk: whether its medium can be taken out. @default {false} */
  readonly removable?: boolean;
  /** Nodes as directory/name, such as "scsi_generic/sg3". */
  readonly nodes?: readonly string[];
  /** Nodes that sysfs names and /dev does not have. */
  readonly missingNodes?: readonly string[];
}

/** Directories to give to discovery. */
export interface FakeHost extends AsyncDisposable {
  readonly root: string;
  readonly sysfs: string;
  readonly dev: string;
}

/** Makes a host with these devices. */
export async function fakeHost(
  devices: readonly FakeDevice[],
): Promise<FakeHost> {
  const root = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "rsm_host_test_" }),
  );
  const sysfs = `${root}/sys`;
  const dev = `${root}/dev`;
  await Deno.mkdir(`${dev}/tape/by-id`, { recursive: true });
  await Deno.mkdir(`${sysfs}/bus/scsi/devices`, { recursive: true });
  for (const device of devices) await addDevice(sysfs, dev, device);
  return {
    root,
    sysfs,
    dev,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

async function addDevice(
  sysfs: string,
  dev: string,
  device: FakeDevice,
): Promise<void> {
  const { missingNodes = [], nodes = [], serialNumber, type } = device;
  const path = `${sysfs}/bus/scsi/devices/${device.address}`;
  await Deno.mkdir(path);
  const write = (name: string, content: string | Uint8Array) =>
    Deno.writeFile(
      `${path}/${name}`,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
  await write("type", `${type}\n`);
  await write("vendor", "ACME    \n");
  await write("model", "JUKE-9000       \n");
  await write("rev", "0042\n");
  await write("state", `${device.state ?? "running"}\n`);
  if (serialNumber !== undefined) {
    const options = { deviceType: type };
    await write("vpd_pg80", encodeUnitSerialNumber(serialNumber, options));
    const designator = t10Designator({
      vendor: "ACME",
      product: "JUKE-9000",
      serialNumber,
    });
    await write("vpd_pg83", encodeDeviceIdentification([designator], options));
  }
  for (const node of [...nodes, ...missingNodes]) {
    await Deno.mkdir(`${path}/${node}`, { recursive: true });
  }
  for (const node of nodes) {
    if (node.startsWith("block/")) {
      const text = device.removable === true ? "1\n" : "0\n";
      await Deno.writeTextFile(`${path}/${node}/removable`, text);
    }
    await Deno.writeTextFile(`${dev}/${node.split("/").at(-1)}`, "");
  }
}
