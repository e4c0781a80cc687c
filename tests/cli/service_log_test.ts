import { assertEquals } from "@std/assert";
import { serviceLog } from "../../src/cli/service_log.ts";
import { TestIo } from "./test_io.ts";

Deno.test("serviceLog() writes one JSON object a line for programs", () => {
  const io = new TestIo();
  const log = serviceLog(io);
  log.info("Ready", { libraries: 2, size: 3n });
  log.warn("Slow");
  log.error("Broken\nagain", { error: new Error("it broke") });
  const time = "2026-11-22T12:00:00.000Z";
  assertEquals(
    io.errText.trimEnd().split("\n").map((line) => JSON.parse(line)),
    [
      { libraries: 2, size: "3", time, level: "info", message: "Ready" },
      { time, level: "warn", message: "Slow" },
      { error: "it broke", time, level: "error", message: "Broken\nagain" },
    ],
  );
});

Deno.test("serviceLog() writes readable lines on a terminal, with nothing in them that it obeys", () => {
  const io = new TestIo({ NO_COLOR: "1" });
  io.errIsTerminal = true;
  const log = serviceLog(io);
  log.info("Ready", { libraries: 2 });
  log.error("Cannot use \x1b[2J", { error: new Error("it broke") });
  assertEquals(io.errText.split("\n"), [
    "12:00:00 info  Ready  libraries=2",
    "12:00:00 error Cannot use \ufffd[2J  error=it broke",
    "",
  ]);
});
