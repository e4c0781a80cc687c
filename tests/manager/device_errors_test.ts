import { assertEquals, assertStrictEquals } from "@std/assert";
import { ChangerError } from "../../src/changer/mod.ts";
import { documentedDeviceError } from "../../src/manager/device_errors.ts";
import { StaleCatalogueError } from "../../src/manager/step_errors.ts";
import { NtmsError } from "../../src/model/mod.ts";

const ADVICE = [
  ["retry", "ERROR_BUSY"],
  ["wait", "ERROR_BUSY"],
  ["operator", "ERROR_DEVICE_NOT_AVAILABLE"],
  ["media", "ERROR_UNABLE_TO_LOAD_MEDIUM"],
  ["hardware", "ERROR_DEVICE_NOT_AVAILABLE"],
  ["programming", "ERROR_INVALID_STATE"],
] as const;

for (const [advice, code] of ADVICE) {
  Deno.test(`a device error of class ${advice} is ${code}`, () => {
    const cause = new ChangerError("no", { outcome: "failed", advice });
    const error = documentedDeviceError(cause);
    assertEquals(error.code, code);
    assertStrictEquals(error.cause, cause);
  });
}

Deno.test("a device whose logical unit is gone is not available, whatever the class of its sense", () => {
  const error = documentedDeviceError(
    new ChangerError("gone", {
      outcome: "failed",
      advice: "programming",
      sense: { key: 5, asc: 0x25, ascq: 0 },
    }),
  );
  assertEquals(error.code, "ERROR_DEVICE_NOT_AVAILABLE");
  assertEquals(error.data, { sense: { key: 5, asc: 0x25, ascq: 0 } });
});

Deno.test("a documented error stays what it is, and a stale catalogue is an invalid state", () => {
  const documented = new NtmsError("ERROR_LIBRARY_FULL", "no slot");
  assertStrictEquals(documentedDeviceError(documented), documented);
  assertEquals(
    documentedDeviceError(new StaleCatalogueError("moved")).code,
    "ERROR_INVALID_STATE",
  );
});
