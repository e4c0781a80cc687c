import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ErrnoError } from "../../ffi/mod.ts";
import { elementOf } from "../../src/changer/ch_elements.ts";
import { chFailure } from "../../src/changer/ch_failures.ts";
import {
  addressOfUnit,
  syntheticLayout,
  unitAt,
} from "../../src/changer/ch_units.ts";

const CALL = { syscall: "CHIOMOVE", act: "move a medium in" };

for (
  const [errno, outcome, sense] of [
    [57, "failed", { key: 5, asc: 0x21, ascq: 0x01 }], // EBADSLT
    [56, "failed", { key: 5, asc: 0x20, ascq: 0x00 }], // EBADRQC
    [54, "unknown", { key: 5, asc: 0x3b, ascq: 0x0d }], // EXFULL
    [52, "unknown", null], // EBADE
    [5, "unknown", null], // EIO
    [19, "unknown", null], // ENODEV
  ] as const
) {
  const error = new ErrnoError(errno, CALL);
  Deno.test(`a move that ends with ${error.code} is ${outcome}`, () => {
    const failure = chFailure("move", error, "moves");
    assertEquals([failure.outcome, failure.sense], [outcome, sense]);
    assertEquals(chFailure("read", error, "reads").outcome, "failed");
  });
}

Deno.test("synthetic addresses and units are each other's inverse", () => {
  const count = fc.nat(50);
  const parameters = fc.record({
    currentTransport: fc.constant(0),
    transports: count,
    storage: count,
    importExport: count,
    drives: count,
  });
  fc.assert(fc.property(parameters, (counts) => {
    const layout = syntheticLayout(counts);
    const { drives, importExport, storage, transports } = counts;
    const end = 1 + drives + importExport + storage + transports;
    for (let address = 1; address < end; address++) {
      const unit = unitAt(layout, address);
      assertEquals(unit && addressOfUnit(layout, unit), address);
    }
    assertEquals(unitAt(layout, 0), null);
    assertEquals(unitAt(layout, end), null);
  }));
});

Deno.test("an element of the driver is told as any other", () => {
  const layout = syntheticLayout({
    currentTransport: 0,
    transports: 1,
    storage: 5,
    importExport: 2,
    drives: 1,
  });
  const tag = new Uint8Array(36);
  tag.set(new TextEncoder().encode("CLN001L6".padEnd(32)));
  const found = {
    type: 2,
    unit: 1,
    status: 0x0f,
    errno: 5,
    source: { type: 1, unit: 3 },
    inverted: false,
    scsiAddress: undefined,
    primaryTag: tag,
    alternateTag: undefined,
  } as const;
  assertEquals(elementOf(layout, "importExport", found, ""), {
    elementAddress: 3,
    type: "importExport",
    full: true,
    accessible: true,
    barCode: "CLN001L6",
    sourceAddress: 8,
    exception: "abnormal; the kernel's changer driver does not tell more",
    cleaning: true,
    byOperator: true,
    driveSerialNumber: "",
  });
  const empty = elementOf(layout, "importExport", { ...found, status: 0 }, "");
  assertEquals(
    [empty.full, empty.barCode, empty.sourceAddress, empty.byOperator],
    [false, null, null, false],
  );
});
