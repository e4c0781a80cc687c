import { assertEquals } from "@std/assert";
import {
  matchDrives,
  serialNumberIn,
} from "../../src/changer/drive_matching.ts";

const t10 = (text: string) => ({ codeSet: 2, type: 1, text });
const serial = (text: string) => ({ codeSet: 2, type: 0, text });
const drive = (
  serialNumber: string,
  designators: { codeSet: number; type: number; text: string }[] = [],
) => ({ serialNumber, designators });

Deno.test("serialNumberIn() finds the serial number in every form seen", () => {
  assertEquals(
    serialNumberIn(t10("IBM     ULT3580-TD6     DRV0000001")),
    "DRV0000001",
  );
  // A product of 16 characters leaves no blank before the serial number.
  assertEquals(
    serialNumberIn(t10("VENDOR  SIXTEEN-CHARS-XXS123")),
    "S123",
  );
  assertEquals(serialNumberIn(t10("IBM SHORT S9")), "S9");
  assertEquals(serialNumberIn(serial(" HU1234 ")), "HU1234");
});

Deno.test("matchDrives() matches by serial number, whatever the order of nodes", () => {
  const [first, second] = [drive("DRV0000001"), drive("DRV0000002")];
  const pairs = matchDrives(
    new Map([
      [500, t10("IBM     ULT3580-TD6     DRV0000001")],
      [501, serial("DRV0000002")],
    ]),
    [second, first],
  );
  assertEquals(pairs.get(500), first);
  assertEquals(pairs.get(501), second);
});

Deno.test("matchDrives() matches whole designators", () => {
  const naa = { codeSet: 1, type: 3, text: "5000c50012345678" };
  const found = drive("", [naa]);
  assertEquals(
    matchDrives(new Map([[1, naa]]), [drive("X"), found]).get(1),
    found,
  );
});

Deno.test("matchDrives() leaves out what is ambiguous on either side", () => {
  const twins = [drive("SAME000001"), drive("SAME000001")];
  assertEquals(
    matchDrives(new Map([[1, serial("SAME000001")]]), twins).size,
    0,
  );
  const both = new Map([[1, serial("A12345")], [2, serial("A12345")]]);
  assertEquals(matchDrives(both, [drive("A12345")]).size, 0);
});

Deno.test("matchDrives() never matches nothing with nothing, nor by a short ending", () => {
  assertEquals(matchDrives(new Map([[1, serial("")]]), [drive("")]).size, 0);
  assertEquals(matchDrives(new Map([[1, serial("X12")]]), [drive("")]).size, 0);
  assertEquals(
    matchDrives(new Map([[1, serial("XY12")]]), [drive("2")]).size,
    0,
  );
});
