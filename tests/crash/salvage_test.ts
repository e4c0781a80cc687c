import { assertEquals, assertStringIncludes } from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import { run } from "../cli/test_io.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import {
  NotStartedError,
  ServiceProcess,
} from "../recovery/service_process.ts";
import { makeDirectory } from "./directory.ts";

interface Site {
  readonly state: string;
  readonly library: string;
  start(): Promise<ServiceProcess>;
}

/** A site whose service has allocated a medium and, perhaps, exported its catalogue. */
async function atSite(
  exported: boolean,
  work: (site: Site, medium: string) => Promise<void>,
): Promise<void> {
  const directory = await makeDirectory("rsm-salvage-");
  try {
    const state = `${directory}/state`;
    const library =
      `virtual:salvage?slots=8&drives=2&cartridges=4&barcodes=LAB%03dL6&speed=none&dir=${directory}/library`;
    const start = () => ServiceProcess.start(directory, [library]);
    const service = await start();
    await using session = await openSession({ socket: service.socket });
    const pool = await ltoPool(session, { name: "backup", drawFromFree: true });
    const { logicalMedium } = await session.allocate({ pool });
    if (exported) await session.exportDatabase();
    await service.stop();
    await work({ state, library, start }, logicalMedium);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** Writes something else over the catalogue. */
async function damage({ state }: Site): Promise<void> {
  using file = await Deno.open(`${state}/rsm.sqlite`, { write: true });
  await file.write(new Uint8Array(20 * 4_096).fill(0xa5));
}

/** What a service says that refuses to start. */
async function refusal({ start }: Site): Promise<string> {
  const service = await start().catch((error: unknown) => {
    if (error instanceof NotStartedError) return error;
    throw error;
  });
  if (service instanceof NotStartedError) return service.end.errors;
  await service.stop();
  throw new Error("the service started");
}

/** States of all sides, as a running service has them. */
async function sides(service: ServiceProcess): Promise<string[]> {
  await using session = await openSession({ socket: service.socket });
  return (await session.objects("side")).map(({ state }) => state).sort();
}

/** The command that an error message names. */
function commandIn(errors: string, name: string): string[] {
  const [, line] = new RegExp(`"rsm (${name} [^"]*)"`).exec(
    errors.replaceAll('\\"', '"'),
  ) ?? [];
  if (line === undefined) throw new Error(`no ${name} in: ${errors}`);
  return line.split(" ");
}

Deno.test("the refusal of a damaged catalogue names its newest copy and how to import it, and that brings the allocations back", () =>
  atSite(true, async (site, medium) => {
    await damage(site);
    const errors = await refusal(site);
    assertStringIncludes(errors, "takes the newest one, of 2");
    const { err, status } = await run(commandIn(errors, "db import"));
    assertEquals(status, 0, err);
    const service = await site.start();
    await using session = await openSession({ socket: service.socket });
    const media = await session.objects("logicalMedium");
    assertEquals(media.map(({ id }) => id), [medium]);
    // Nobody knows what has been written since the copy was made.
    assertEquals(await sides(service), [
      "allocated",
      "import",
      "import",
      "import",
    ]);
    assertEquals(await service.stop(), 0);
  }));

Deno.test("without a copy the refusal names how to rebuild, and that enters every cartridge and frees none", () =>
  atSite(false, async (site) => {
    await damage(site);
    const errors = await refusal(site);
    assertStringIncludes(errors, "put a copy of it into");
    const words = commandIn(errors, "db rebuild");
    const { err, out, status } = await run([
      ...words,
      "--library",
      site.library,
    ]);
    assertEquals(status, 0, err);
    assertEquals(out, "4 cartridges found, 0 of them free\n");
    // The service trusts bar codes, but these were entered before.
    const service = await site.start();
    assertEquals(await sides(service), Array(4).fill("foreign"));
    assertEquals(await service.stop(), 0);
    const kept = await Array.fromAsync(Deno.readDir(`${site.state}/Replaced`));
    assertEquals(kept.length, 1);
  }));

Deno.test("a rebuild by an administrator who trusts bar codes makes them free media", () =>
  atSite(false, async (site) => {
    await damage(site);
    const words = ["db", "rebuild", "--state", site.state];
    const { err, out, status } = await run([
      ...words,
      "--library",
      site.library,
      "--trust-bar-codes",
    ]);
    assertEquals(status, 0, err);
    assertEquals(out, "4 cartridges found, 4 of them free\n");
  }));

Deno.test("a rebuild is refused while the catalogue or a copy is whole, and while a service runs", () =>
  atSite(true, async (site) => {
    const rebuild = () => run(["db", "rebuild", "--state", site.state]);
    assertStringIncludes((await rebuild()).err, "it is whole");
    await damage(site);
    assertStringIncludes((await rebuild()).err, "there is a whole copy");
    const { status } = await run(["db", "import", "--state", site.state]);
    assertEquals(status, 0);
    const service = await site.start();
    const { err } = await rebuild();
    assertStringIncludes(err, "another RSM service uses it");
    assertEquals(await service.stop(), 0);
  }));

Deno.test("rsm db check tells of each file whether it is whole", () =>
  atSite(true, async (site) => {
    const check = () => run(["db", "check", "--state", site.state]);
    const whole = await check();
    assertEquals(whole.status, 0, whole.err);
    assertEquals(whole.out.match(/whole, 4 cartridges/g)?.length, 2);
    await damage(site);
    const damaged = await check();
    assertEquals(damaged.status, 9);
    assertStringIncludes(damaged.out, "damaged at its very beginning");
    assertEquals(damaged.out.match(/whole, 4 cartridges/g)?.length, 1);
  }));
