import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import { hostDevices } from "../../src/changer/host_devices.ts";
import { requireSerial, stillThere } from "../../src/changer/host_drives.ts";
import { systemClock } from "../../src/model/system.ts";
import {
  encodeInquiry,
  encodeSupportedVpdPages,
  encodeUnitSerialNumber,
} from "../../src/scsi/mod.ts";
import { fakeHost } from "./fake_host.ts";
import { good, ScriptedDevice } from "./scripted_device.ts";

Deno.test("a drive's node is compared with its serial number before it is used again", async () => {
  await using host = await fakeHost([{
    address: "0:0:0:2",
    type: 1,
    serialNumber: "DRV0000001",
    nodes: ["scsi_tape/nst0", "scsi_generic/sg3"],
  }]);
  const [{ node = null } = {}] = await hostDevices(host);
  const drive = (serialNumber: string) => ({ node: node ?? "", serialNumber });
  const found = await stillThere(drive("DRV0000001"), host);
  assertEquals(found.node, node);
  const changed = await assertRejects(
    () => stillThere(drive("DRV0000002"), host),
    ChangerError,
  );
  assertStringIncludes(changed.message, "is drive DRV0000001 now");
  assertEquals([changed.outcome, changed.advice], ["failed", "operator"]);
  const gone = await assertRejects(
    () => stillThere({ node: "/dev/nst9", serialNumber: "X" }, host),
    ChangerError,
  );
  assertStringIncludes(gone.message, "it is gone");
});

Deno.test("a drive is looked for where it was, and everywhere once it is another's place", async () => {
  const drive = (address: string, serialNumber: string, number: number) => ({
    address,
    type: 1,
    serialNumber,
    nodes: [`scsi_tape/nst${number}`, `scsi_generic/sg${number}`],
  });
  await using host = await fakeHost([
    drive("0:0:0:1", "DRV0000001", 1),
    drive("0:0:0:2", "DRV0000002", 0),
  ]);
  const [first, second] = await hostDevices(host);
  const tape = {
    node: first?.node ?? "",
    serialNumber: "DRV0000001",
    scsi: { port: 0, bus: 0, target: 0, lun: 1 },
  };
  assertEquals((await stillThere(tape, host)).sg, first?.sg);
  const elsewhere = { ...tape, scsi: { ...tape.scsi, lun: 7 } };
  assertEquals((await stillThere(elsewhere, host)).sg, first?.sg);
  const changed = { ...tape, node: second?.node ?? "" };
  await assertRejects(() => stillThere(changed, host), ChangerError);
});

/** A drive that says who it is. */
function driveCalled(serialNumber: string): ScriptedDevice {
  const options = { deviceType: 1, allocationLength: 252 };
  return ScriptedDevice.of(
    good(encodeInquiry({
      qualifier: 0,
      deviceType: 1,
      removable: true,
      version: 5,
      attachedChanger: false,
      vendor: "IBM",
      product: "ULT3580-TD7",
      revision: "0001",
      barcodeReader: false,
      versionDescriptors: [],
    }, 96)),
    good(encodeSupportedVpdPages([0x00, 0x80], options)),
    good(encodeUnitSerialNumber(serialNumber, options)),
  );
}

Deno.test("a drive whose serial number the kernel did not keep is asked for it before it is used again", async () => {
  const tape = { node: "/dev/nst0", serialNumber: "DRV0000001" };
  const same = driveCalled("DRV0000001");
  await requireSerial(same, tape, systemClock);
  assertEquals(same.closed, false);
  const other = driveCalled("DRV0000002");
  const changed = await assertRejects(
    () => requireSerial(other, tape, systemClock),
    ChangerError,
  );
  assertStringIncludes(changed.message, "is drive DRV0000002 now");
  assertEquals(other.closed, true);
  const unasked = driveCalled("DRV0000002");
  await requireSerial(unasked, { ...tape, serialNumber: "" }, systemClock);
  assertEquals(unasked.commands, []);
});
