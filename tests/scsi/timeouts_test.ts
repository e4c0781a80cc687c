import { assert } from "@std/assert";
import { COMMAND_TIMEOUT_MS } from "../../src/scsi/mod.ts";

Deno.test("every time-out is whole milliseconds and at least half a minute", () => {
  for (const [command, timeoutMs] of Object.entries(COMMAND_TIMEOUT_MS)) {
    assert(Number.isInteger(timeoutMs) && timeoutMs >= 30_000, command);
  }
});

Deno.test("an exchange, which may be three moves, has longer than a move", () => {
  const { exchangeMedium, moveMedium } = COMMAND_TIMEOUT_MS;
  assert(moveMedium >= 900_000);
  assert(exchangeMedium > moveMedium);
});
