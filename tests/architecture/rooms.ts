/**
 * The house: which room may import from which. design.md draws it, this table
 * holds it.
 *
 * @module
 */

/** What a room may import. */
export interface Room {
  /** The rooms below it that it may import from, besides itself. */
  readonly rooms: readonly string[];
  /** Packages, as written in deno.json (`@std/*` for all of a scope). */
  readonly packages: readonly string[];
}

/** Every room; each only names rooms further down. */
export const ROOMS: Readonly<Record<string, Room>> = {
  // deno.json for the version.
  "cli.ts": { rooms: ["cli", "deno.json"], packages: ["@std/*"] },
  cli: { rooms: ["client", "service", "protocol", "model"], packages: [] },
  "service.ts": {
    rooms: ["ntms", "client", "service", "model"],
    packages: [],
  },
  "mod.ts": { rooms: ["ntms", "client", "labels", "model"], packages: [] },
  ntms: { rooms: ["client", "model"], packages: [] },
  service: {
    rooms: [
      "protocol",
      "manager",
      "database",
      "changer",
      "labels",
      "model",
      "ffi",
    ],
    packages: ["hono", "@hono/node-server"],
  },
  client: { rooms: ["protocol", "model", "ffi"], packages: [] },
  protocol: { rooms: ["model"], packages: ["zod"] },
  manager: { rooms: ["database", "changer", "labels", "model"], packages: [] },
  database: { rooms: ["model"], packages: ["kysely"] },
  changer: { rooms: ["scsi", "ffi", "model"], packages: [] },
  labels: { rooms: ["model"], packages: [] },
  scsi: { rooms: ["model"], packages: [] },
  ffi: { rooms: [], packages: [] },
  model: { rooms: [], packages: [] },
  "deno.json": { rooms: [], packages: [] },
};

/** What the package offers to importers, and must not drag in packages. */
export const IMPORTABLE = [
  "mod.ts",
  "src/ntms/ntmsapi.ts",
  "src/client/mod.ts",
] as const;

/** Rooms in which time and chance come from ports only. */
export const TIMELESS_ROOMS: readonly string[] = [
  "manager",
  "database",
  "changer",
  "labels",
  "protocol",
  "service",
  "model",
];

/** Provides the ports: the one place that asks the runtime. */
export const SOURCE_OF_TIME = "src/model/system.ts";

/** The room that a file of the repository (path from its top) is in. */
export function roomOf(path: string): string | undefined {
  const [first = "", second] = path.split("/");
  const room = first === "src" ? second : first;
  return room !== undefined && Object.hasOwn(ROOMS, room) ? room : undefined;
}
