/**
 * Tells what a look at this computer found.
 *
 * @module
 */

import { LIMITS } from "../model/limits.ts";
import type { HostCatalogue, HostDevice, HostReport } from "../service/mod.ts";
import { age } from "./numbers.ts";
import type { Style } from "./style.ts";
import { drawTable, type TableOptions } from "./table.ts";
import { printable, wrap } from "./width.ts";

/** How it stands with the service. */
export interface ServiceFinding {
  readonly running: boolean;
  /** What it manages, or why it cannot be reached. */
  readonly message: string;
  /** What keeps its libraries from use; empty when nothing does. */
  readonly obstacles: readonly string[];
}

/** What `rsm doctor` found. */
export interface Diagnosis {
  /** Whether there is something to work with. */
  readonly usable: boolean;
  readonly service: ServiceFinding;
  readonly host: HostReport;
}

/** How the report is laid out. */
export interface ReportLayout extends Pick<TableOptions, "width"> {
  readonly style: Style;
  readonly columns: number;
  /** The time, for ages. */
  readonly nowMs: number;
}

/** Puts findings together: usable is what has a running service, or a changer that nothing stands in the way of. */
export function diagnose(
  service: ServiceFinding,
  host: HostReport,
): Diagnosis {
  const usable = service.running ||
    host.devices.some(({ kind, obstacles }) =>
      kind === "changer" && obstacles.length === 0
    );
  return { usable, service, host };
}

function pathOf({ byId, sg, sch, nst }: HostDevice): string {
  return byId ?? sch ?? nst ?? sg ?? "";
}

function modelOf({ identity: { vendor, product } }: HostDevice): string {
  return `${vendor} ${product}`.trim();
}

function bullet(sign: string, text: string, columns: number): string[] {
  return wrap(printable(text), columns - 4).map((line, index) =>
    `${index === 0 ? `  ${sign} ` : "    "}${line}`
  );
}

function deviceLines(
  devices: readonly HostDevice[],
  layout: ReportLayout,
): string[] {
  const { style, width } = layout;
  if (devices.length === 0) {
    return bullet(
      style.yellow("!"),
      'none; without one, "rsm serve --library virtual:demo" manages a virtual library',
      layout.columns,
    );
  }
  return drawTable(devices, [
    {
      heading: "",
      cell: ({ obstacles }) => obstacles.length === 0 ? "+" : "!",
      paint: ({ obstacles }) =>
        obstacles.length === 0 ? style.green : style.yellow,
    },
    { heading: "Kind", cell: ({ kind }) => kind },
    { heading: "Model", cell: modelOf },
    { heading: "Serial", cell: ({ identity }) => identity.serialNumber },
    { heading: "Device", cell: pathOf },
  ], { style, indent: "  ", ...width === undefined ? {} : { width } });
}

/** Everything in the way, each with the device it is about. */
function obstaclesOf(host: HostReport): string[] {
  const absent = host.modules.filter(({ loaded }) => !loaded)
    .map(({ name, purpose }) =>
      `Kernel module ${name} is not loaded (${purpose}): run \`sudo modprobe ${name}\``
    );
  const ofDevices = host.devices.flatMap((device) =>
    device.obstacles.map((text) => `${pathOf(device)}: ${text}`)
  );
  return [...host.obstacles, ...ofDevices, ...absent];
}

/** How old the copies of a catalogue are; one that is older than two of the daily ones is worth a look. */
function copyLines(
  { newestCopy, path }: HostCatalogue,
  { columns, nowMs, style }: ReportLayout,
): string[] {
  if (newestCopy === null) {
    return bullet(
      style.yellow("!"),
      `${path} has no copy yet: run "rsm db export"`,
      columns,
    );
  }
  const late = nowMs - newestCopy.written > 2 * LIMITS.exportEveryMs;
  return bullet(
    late ? style.yellow("!") : style.green("+"),
    `the newest copy of ${path} is ${
      age(new Date(newestCopy.written), nowMs)
    } old: ${newestCopy.path}`,
    columns,
  );
}

/** The findings as text. */
export function drawDiagnosis(
  { host, service, usable }: Diagnosis,
  layout: ReportLayout,
): string {
  const { style, columns } = layout;
  const good = style.green("+");
  const bad = style.yellow("!");
  const obstacles = [...service.obstacles, ...obstaclesOf(host)];
  const verdict = usable
    ? service.running
      ? "Usable: the service runs"
      : 'Usable: start the service with "rsm serve"'
    : "Not usable as it is: no service runs, and no media changer can be used";
  return [
    style.bold("Service"),
    ...bullet(service.running ? good : bad, service.message, columns),
    "",
    style.bold("Media changers and drives"),
    ...deviceLines(host.devices, layout),
    "",
    ...host.catalogue === null
      ? []
      : [style.bold("Catalogue"), ...copyLines(host.catalogue, layout), ""],
    style.bold("In the way"),
    ...obstacles.length === 0
      ? bullet(good, "nothing", columns)
      : obstacles.flatMap((text) => bullet(bad, text, columns)),
    "",
    style.bold("A service started now"),
    `  would run as ${printable(host.user)}`,
    `  would keep its state in ${printable(host.state)}`,
    `  would listen at ${printable(host.socket)}`,
    "",
    usable ? style.green(verdict) : style.red(verdict),
  ].join("\n");
}
