import { assertEquals, assertRejects } from "@std/assert";
import { ChangerError, openChanger } from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";

const ports = { clock: new SkippingClock() };

for (
  const [device, says] of [
    ["/dev/sg99999", "there is no such device node"],
    ["/dev/null", "neither an sg nor a sch node"],
    ["", "there is no such device node"],
  ] as const
) {
  Deno.test(`openChanger() says what is wrong with "${device}"`, async () => {
    const error = await assertRejects(
      () => openChanger(device, ports),
      ChangerError,
      says,
    );
    assertEquals(error.outcome, "failed");
  });
}

Deno.test("openChanger() refuses a URL that is not right with a documented code", async () => {
  const error = await assertRejects(
    () => openChanger("virtual:x?slot=3", ports),
    NtmsError,
    `there is no parameter "slot"`,
  );
  assertEquals(error.code, "ERROR_INVALID_PARAMETER");
});
