import { assert, assertEquals } from "@std/assert";
import { NO_QUIRKS, QUIRK_ROWS, quirksOf } from "../../src/scsi/mod.ts";

for (const row of QUIRK_ROWS) {
  const { product, quirks, revision, seen, vendor } = row;
  Deno.test(`quirksOf() knows ${vendor} ${product} ${revision} (${seen})`, () => {
    const device = {
      vendor: vendor.toLowerCase(),
      product: `${product}~`,
      revision: revision === "" ? "~" : revision,
    };
    assertEquals({ ...quirksOf(device), ...quirks }, quirksOf(device));
    assert(seen.length > 0);
  });
}

Deno.test("quirksOf() finds none for a device that no row names", () => {
  assertEquals(
    quirksOf({ vendor: "ACME", product: "JUKE-9000", revision: "0042" }),
    NO_QUIRKS,
  );
  assertEquals(
    quirksOf({ vendor: "IBM", product: "3573", revision: "" }),
    NO_QUIRKS,
  );
});

Deno.test("quirksOf() adds up rows, and lets the later one decide", () => {
  const real = quirksOf({ vendor: "STK", product: "L700", revision: "0306" });
  assertEquals(real.accessZeroVoidsStatus, true);
  assertEquals(real.noDeviceIdentification, true);
  assertEquals(real.accessMeaningless, false);
  const lab = quirksOf({ vendor: "STK", product: "L700", revision: "0510" });
  assertEquals(lab.accessZeroVoidsStatus, false);
  assertEquals(lab.accessMeaningless, true);
});
