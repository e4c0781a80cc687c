import { assert, assertEquals } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import {
  checkCatalogue,
  FILE_STEPS,
  type FileStep,
} from "../../src/database/mod.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import {
  NotStartedError,
  ServiceProcess,
} from "../recovery/service_process.ts";
import { readCatalogue } from "./catalogue.ts";
import { makeDirectory } from "./directory.ts";

/** Logical media in the copy, and in the catalogue that it replaces. */
const IN_COPY = 2;
const IN_CATALOGUE = 3;
const CARTRIDGES = 6;

/** A service, its library and its catalogue. */
class Site implements AsyncDisposable {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  get catalogue(): string {
    return `${this.directory}/state/rsm.sqlite`;
  }

  get exported(): string {
    return `${this.directory}/state/Export/rsm.sqlite`;
  }

  /** The same site once more; no service runs. */
  async copy(): Promise<Site> {
    const directory = await makeDirectory("rsm-import-");
    const { success } = await new Deno.Command("cp", {
      args: ["-a", `${this.directory}/.`, directory],
    }).output();
    assert(success);
    return new Site(directory);
  }

  start(crashAt = ""): Promise<ServiceProcess> {
    const library =
      `virtual:import?slots=8&drives=2&cartridges=${CARTRIDGES}&barcodes=LAB%03dL6&speed=none&dir=${this.directory}/library`;
    return ServiceProcess.start(this.directory, [library], {
      env: { RSM_CRASH_AT: crashAt },
    });
  }

  /** Runs a service to its end, which may be a crash; what it said. */
  async run(
    work: (session: Session) => Promise<unknown>,
    crashAt = "",
  ): Promise<string> {
    const service = await this.start(crashAt).catch((error: unknown) => {
      if (crashAt !== "" && error instanceof NotStartedError) return error;
      throw error;
    });
    if (service instanceof NotStartedError) return service.end.errors;
    const session = await openSession({ socket: service.socket });
    try {
      await work(session);
    } catch (error) {
      if (crashAt === "") throw error;
    } finally {
      await session[Symbol.asyncDispose]().catch(() => {});
    }
    await service.stop();
    return (await service.ended).errors;
  }

  /** Checks that the catalogue is whole; how many logical media it has. */
  async media(): Promise<number> {
    const { logicalMedia, cartridges } = readCatalogue(
      `${this.directory}/state`,
    );
    const { fault, reason } = await checkCatalogue(this.catalogue, "full");
    assertEquals(fault, null, reason);
    assertEquals(cartridges.length, CARTRIDGES);
    return logicalMedia.size;
  }

  /** How many replaced catalogues there are. */
  async kept(): Promise<number> {
    const kept = await Array.fromAsync(
      Deno.readDir(`${this.directory}/state/Replaced`),
    );
    return kept.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.directory, { recursive: true });
  }
}

async function allocate(session: Session, count: number): Promise<void> {
  const pool = await ltoPool(session, { name: "backup", drawFromFree: true });
  for (let n = 0; n < count; n++) await session.allocate({ pool });
}

/** A site that has exported its catalogue and gone on. */
async function makeSite(): Promise<Site> {
  const site = new Site(await makeDirectory("rsm-import-"));
  await site.run(async (session) => {
    await allocate(session, IN_COPY);
    await session.exportDatabase();
    await allocate(session, IN_CATALOGUE - IN_COPY);
  });
  return site;
}

/** Ends the process there, and makes sure that it did. */
async function crash(
  site: Site,
  point: string,
  work: (session: Session) => Promise<unknown>,
): Promise<void> {
  const errors = await site.run(work, point);
  assert(errors.includes(`rsm: crash point`), `${point}: ${errors}`);
}

/** The moments around steps. */
function around(...steps: FileStep[]): string[] {
  return steps.flatMap((step) => [`file.${step}.before`, `file.${step}.after`]);
}

const EXPORTING = around("copyWritten", "copyPlaced", "copyNamed");
const SCHEDULING = [
  ...around("importWritten", "importScheduled"),
  "commit.importNoted.before",
  "commit.importNoted.after",
];
const REPLACING = [
  ...around(
    "replacedSettled",
    "importPrepared",
    "replacedKept",
    "replacedCleared",
    "importPlaced",
  ),
  "commit.restored.before",
  "commit.restored.after",
];
/** From here on the import is scheduled. */
const SCHEDULED = SCHEDULING.indexOf("file.importScheduled.after");
/** From here on it is the catalogue. */
const PLACED = REPLACING.indexOf("file.importPlaced.after");

Deno.test("the crashes of an export and of an import are at each of their steps", () => {
  const files = [...EXPORTING, ...SCHEDULING, ...REPLACING]
    .filter((point) => point.startsWith("file."));
  assertEquals(files.length, Object.keys(FILE_STEPS).length * 2);
});

Deno.test("a service ended at any step of an export has the last copy or the new one, whole", async () => {
  await using origin = await makeSite();
  for (const point of EXPORTING) {
    await using site = await origin.copy();
    await crash(site, point, (session) => session.exportDatabase());
    const { fault } = await checkCatalogue(site.exported, "full");
    assertEquals(fault, null, point);
    assertEquals(await site.media(), IN_CATALOGUE, point);
    await site.run((session) => session.exportDatabase());
    await site.run((session) => session.importDatabase());
    await site.run(() => Promise.resolve());
    assertEquals(await site.media(), IN_CATALOGUE, point);
  }
});

Deno.test("a service ended at any step of scheduling an import has scheduled it or not, and keeps its catalogue", async () => {
  await using origin = await makeSite();
  for (const [index, point] of SCHEDULING.entries()) {
    await using site = await origin.copy();
    await crash(site, point, (session) => session.importDatabase());
    assertEquals(await site.media(), IN_CATALOGUE, point);
    await site.run(() => Promise.resolve());
    const expected = index < SCHEDULED ? IN_CATALOGUE : IN_COPY;
    assertEquals(await site.media(), expected, point);
  }
});

Deno.test("a service ended at any step of an import has the old catalogue or the new one, whole, and the next start has the new one", async () => {
  await using origin = await makeSite();
  await origin.run((session) => session.importDatabase());
  for (const [index, point] of REPLACING.entries()) {
    await using site = await origin.copy();
    await crash(site, point, () => Promise.resolve());
    const expected = index < PLACED ? IN_CATALOGUE : IN_COPY;
    assertEquals(await site.media(), expected, point);
    await site.run(async (session) => {
      // What was allocated since the copy was made is not free.
      const sides = await session.objects("side");
      const count = (state: string) =>
        sides.filter((side) => side.state === state).length;
      assertEquals(
        [count("allocated"), count("import"), count("available")],
        [IN_COPY, 1, 3],
        point,
      );
    });
    assertEquals(await site.media(), IN_COPY, point);
    assert(await site.kept() >= 1, point);
    await Deno.stat(`${site.directory}/state/import.sqlite`).then(
      () => assert(false, `${point}: still scheduled`),
      () => {},
    );
  }
});
