import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { diagnose, drawDiagnosis } from "../../src/cli/doctor_report.ts";
import { PLAIN } from "../../src/cli/style.ts";
import type { HostDevice, HostReport } from "../../src/service/mod.ts";

function device(changes: Partial<HostDevice> = {}): HostDevice {
  return {
    kind: "changer",
    identity: {
      vendor: "ACME",
      product: "BIG",
      revision: "1",
      serialNumber: "SN7",
    },
    sg: "/dev/sg3",
    sch: "/dev/sch0",
    nst: null,
    byId: null,
    scsi: { port: 0, bus: 0, target: 0, lun: 0 },
    obstacles: [],
    ...changes,
  };
}

function host(changes: Partial<HostReport> = {}): HostReport {
  return {
    user: "ann",
    state: "/home/ann/.local/state/rsm",
    catalogue: null,
    socket: "/run/user/1000/rsm/rsm.sock",
    devices: [],
    modules: [{ name: "sg", loaded: true, purpose: "SCSI commands" }],
    obstacles: [],
    ...changes,
  };
}

const RUNS = { running: true, message: "runs, and has demo", obstacles: [] };
const ABSENT = {
  running: false,
  message: "nobody listens there",
  obstacles: [],
};
const NOW = Date.UTC(2026, 10, 22);
const LAYOUT = { style: PLAIN, columns: 80, width: 80, nowMs: NOW };

Deno.test("diagnose() takes a running service, or a changer with nothing in the way, for usable", () => {
  const blocked = device({ obstacles: ["no permission"] });
  const tape = device({ kind: "tape" });
  assertEquals(diagnose(RUNS, host()).usable, true);
  assertEquals(diagnose(ABSENT, host({ devices: [device()] })).usable, true);
  assertEquals(
    diagnose(ABSENT, host({ devices: [blocked, tape] })).usable,
    false,
  );
  assertEquals(diagnose(ABSENT, host()).usable, false);
});

Deno.test("drawDiagnosis() shows devices, and everything in the way with what helps", () => {
  const text = drawDiagnosis(
    diagnose(
      ABSENT,
      host({
        devices: [
          device(),
          device({
            kind: "tape",
            sch: null,
            nst: "/dev/nst0",
            byId: "/dev/tape/by-id/scsi-1",
            obstacles: ["not readable by ann: run `sudo usermod -aG tape ann`"],
          }),
        ],
        modules: [{ name: "ch", loaded: false, purpose: "changers" }],
        obstacles: ["There is no group rsm"],
      }),
    ),
    LAYOUT,
  );
  for (
    const words of [
      "! nobody listens there",
      "+  changer  ACME BIG  SN7     /dev/sch0",
      "!  tape     ACME BIG  SN7     /dev/tape/by-id/scsi-1",
      "! There is no group rsm",
      "! /dev/tape/by-id/scsi-1: not readable by ann",
      "! Kernel module ch is not loaded (changers): run `sudo modprobe ch`",
      'Usable: start the service with "rsm serve"',
    ]
  ) assertStringIncludes(text, words);
  for (const line of text.split("\n")) assert(line.length <= 80, line);
});

Deno.test("drawDiagnosis() shows what keeps a library of the service from use", () => {
  const obstacles = ["Library ACME BIG SN7 is not present: no such device"];
  const text = drawDiagnosis(diagnose({ ...RUNS, obstacles }, host()), LAYOUT);
  assertStringIncludes(text, "! Library ACME BIG SN7 is not present: no such");
});

Deno.test("drawDiagnosis() says so when nothing is in the way, and when nothing is there", () => {
  const well = drawDiagnosis(
    diagnose(RUNS, host({ devices: [device()] })),
    LAYOUT,
  );
  assertStringIncludes(well, "In the way\n  + nothing");
  assertStringIncludes(well, "Usable: the service runs");
  const none = drawDiagnosis(diagnose(ABSENT, host()), LAYOUT);
  assertStringIncludes(none, "rsm serve --library virtual:demo");
  assertStringIncludes(none, "Not usable as it is");
});

Deno.test("drawDiagnosis() tells how old the newest copy of the catalogue is", () => {
  const path = "/state/rsm.sqlite";
  const shown = (newestCopy: { path: string; written: number } | null) =>
    drawDiagnosis(
      diagnose(RUNS, host({ catalogue: { path, newestCopy } })),
      LAYOUT,
    );
  const hours = (count: number) => ({
    path: "/state/Export/rsm.sqlite",
    written: NOW - count * 3_600_000,
  });
  assertStringIncludes(shown(null), `! ${path} has no copy yet`);
  assertStringIncludes(shown(hours(5)), `+ the newest copy of ${path} is 5 h`);
  assertStringIncludes(shown(hours(72)), `! the newest copy of ${path} is 3 d`);
  assert(!drawDiagnosis(diagnose(RUNS, host()), LAYOUT).includes("Catalogue"));
});
