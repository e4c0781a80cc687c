import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import { hostDevices } from "../../src/changer/host_devices.ts";
import { stillThere } from "../../src/changer/host_drives.ts";
import { fakeHost } from "./fake_host.ts";

Deno.test("a drive's node is compared with its serial number before it is used again", async () => {
  await using host = await fakeHost([{
    address: "0:0:0:2",
    type: 1,
    serialNumber: "DRV0000001",
    nodes: ["scsi_tape/nst0", "scsi_generic/sg3"],
  }]);
  const [{ nst = null } = {}] = await hostDevices(host);
  const drive = (serialNumber: string) => ({ nst: nst ?? "", serialNumber });
  const found = await stillThere(drive("DRV0000001"), host);
  assertEquals(found.nst, nst);
  const changed = await assertRejects(
    () => stillThere(drive("DRV0000002"), host),
    ChangerError,
  );
  assertStringIncludes(changed.message, "is drive DRV0000001 now");
  assertEquals([changed.outcome, changed.advice], ["failed", "operator"]);
  const gone = await assertRejects(
    () => stillThere({ nst: "/dev/nst9", serialNumber: "X" }, host),
    ChangerError,
  );
  assertStringIncludes(gone.message, "it is gone");
});
