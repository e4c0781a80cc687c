import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import {
  NotStartedError,
  type ServiceEnd,
  ServiceProcess,
} from "../recovery/service_process.ts";
import { ltoPool } from "../recovery/lto_pool.ts";
import { readDevice } from "./device.ts";
import { fill, NAMESPACE, smallDisk } from "./small_disk.ts";

const skipped = NAMESPACE === null
  ? " (skipped: no mount namespaces here; run as root)"
  : "";

async function inDirectory(
  work: (directory: string, url: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-store-" });
  for (const name of ["state", "contents"]) {
    await Deno.mkdir(`${directory}/${name}`);
  }
  const url =
    `virtual:store?slots=8&drives=2&cartridges=6&barcodes=LAB%03dL6&dir=${directory}/library`;
  try {
    await work(directory, url);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** How a service ended that had to refuse to start. */
async function refusal(start: Promise<ServiceProcess>): Promise<ServiceEnd> {
  try {
    const service = await start;
    await service.stop();
  } catch (error) {
    if (error instanceof NotStartedError) return error.end;
    throw error;
  }
  throw new Error("the service started");
}

function makePool(session: Session): Promise<string> {
  return ltoPool(session, { name: "backup", drawFromFree: true });
}

Deno.test({
  name:
    `on a full disk calls that write are ERROR_DATABASE_FULL, reading goes on, the robot stands still, and with room all goes on${skipped}`,
  ignore: NAMESPACE === null,
  fn: () =>
    inDirectory(async (directory, url) => {
      const state = `${directory}/state`;
      const service = await ServiceProcess.start(directory, [url], {
        wrapper: smallDisk("6m", state, `${directory}/contents`, "rw"),
      });
      await using session = await openSession({ socket: service.socket });
      const pool = await makePool(session);
      const { logicalMedium } = await session.allocate({ pool });
      const before = await readDevice(`${directory}/library`);
      const ballast = `/proc/${service.pid}/root${state}/ballast`;
      fill(ballast);

      // What the write-ahead log has room for still goes through.
      let full: unknown = null;
      for (let calls = 0; calls < 2_000 && full === null; calls++) {
        full = await session.createPool({ name: `pool ${calls}` })
          .then(() => null, (error: unknown) => error);
      }
      assert(full instanceof NtmsError, "the disk was never full");
      assertEquals(full.code, "ERROR_DATABASE_FULL", full.message);
      assertStringIncludes(full.message, "make room");
      const mounting = await session.mount(logicalMedium)
        .then(() => null, (error: unknown) => error);
      assert(mounting instanceof NtmsError);
      assertEquals(mounting.code, "ERROR_DATABASE_FULL");
      assertEquals(await readDevice(`${directory}/library`), before);
      const media = await session.objects("logicalMedium");
      assertEquals(media.map(({ id }) => id), [logicalMedium]);

      await Deno.remove(ballast);
      const { mounts } = await session.mount(logicalMedium);
      assertEquals(mounts.length, 1);
      await session.dismount(logicalMedium, { wait: true });
      const [map] = await session.map();
      assertEquals(map?.cartridges.length, 6);
      assertEquals(map?.requests.filter(({ state }) => state !== "passed"), []);
      assertEquals(await service.stop(), 0);
    }),
});

/** Makes a catalogue in `directory/state` as a service leaves it. */
async function runOnce(directory: string, url: string): Promise<void> {
  const service = await ServiceProcess.start(directory, [url]);
  await using session = await openSession({ socket: service.socket });
  await makePool(session);
  assertEquals(await service.stop(), 0);
}

Deno.test({
  name:
    `a service whose state cannot be written refuses to start, and tells what to do${skipped}`,
  ignore: NAMESPACE === null,
  fn: () =>
    inDirectory(async (directory, url) => {
      const state = `${directory}/state`;
      await runOnce(directory, url);
      const { code, errors } = await refusal(
        ServiceProcess.start(directory, [url], {
          wrapper: smallDisk("6m", `${directory}/contents`, state, "ro"),
          state: `${directory}/contents`,
        }),
      );
      assertEquals(code, 9, errors);
      assertStringIncludes(errors, `${directory}/contents`);
      assertStringIncludes(errors, "writable");
    }),
});

/** Writes something else over a part of a file. */
async function damage(path: string, offset: number): Promise<void> {
  using file = await Deno.open(path, { write: true });
  await file.seek(offset, Deno.SeekMode.Start);
  await file.write(new Uint8Array(8 * 4_096).fill(0xa5));
}

for (
  const [where, offset] of [["at its beginning", 0], [
    "inside",
    40_960,
  ]] as const
) {
  Deno.test(`a catalogue damaged ${where} is refused by name, with what to do, and left as it is`, () =>
    inDirectory(async (directory, url) => {
      await runOnce(directory, url);
      const file = `${directory}/state/rsm.sqlite`;
      await damage(file, offset);
      const before = await Deno.readFile(file);
      const { code, errors } = await refusal(
        ServiceProcess.start(directory, [url]),
      );
      assertEquals(code, 9, errors);
      assertStringIncludes(errors, `"${file}" is damaged`);
      assertStringIncludes(errors, "rsm db rebuild --state");
      assertEquals(await Deno.readFile(file), before);
    }));
}
