import { assert, assertEquals } from "@std/assert";
import { openSession } from "../../mod.ts";
import { Receiver } from "../service/receiver.ts";
import { busy } from "./busy_queue.ts";
import { installRsm, runShell, startShell } from "./child_process.ts";
import { type RunningService, runService } from "./running_service.ts";
import { run } from "./test_io.ts";

interface Listed {
  readonly name: string;
  readonly examples: readonly { readonly line: string }[];
}

/** What must have been done before the examples of a command make sense. */
const BEFORE: Readonly<Record<string, readonly string[]>> = {
  allocate: ["pool create backup --draw"],
  clean: ["virtual insert CLN001L6 --slot 24", "inventory"],
  "cleaner release": ["cleaner reserve 23"],
  "cleaner inject": ["cleaner reserve 23"],
  "cleaner eject": ["virtual insert CLN001L6 --slot 24", "inventory"],
  mount: ["allocate --pool backup --create --name monday"],
  dismount: [
    "allocate --pool backup --create --name monday",
    "mount monday",
  ],
  deallocate: ["allocate --pool backup --create --name monday"],
  "pool show": ["pool create backup"],
  "pool set": ["pool create backup"],
  "pool move": ["pool create backup"],
  "pool delete": ["pool create archive"],
  "media create": ["pool create backup"],
  "media complete": ["allocate --pool backup --create --name monday"],
  "media move": ["pool create backup"],
  "media free": ["allocate --pool backup --create --name monday"],
  freemedia: ["allocate --pool backup --create --name monday"],
  deletepool: ["pool create archive"],
  label: ["allocate --pool backup --create --name monday"],
  "attr get": [
    "pool create backup",
    "attr set media-pool backup Owner Anne",
  ],
  "attr set": ["pool create backup"],
  "acl show": ["pool create backup"],
  "acl grant": ["pool create backup"],
  "acl set": ["pool create backup"],
  "token revoke": ["token create --name nightly"],
  enable: ["disable drive 1"],
  "library delete": [
    "virtual plug virtual:old?slots=2",
    "virtual unplug --library VL-old",
  ],
  "drive dismount": [
    "allocate --pool backup --create --name monday",
    "mount monday",
  ],
  "drive delete": ["virtual unplug --drive 1", "inventory"],
  "drive eject": ["virtual plug virtual:desk?slots=0"],
  "virtual plug": ["virtual unplug --drive 1"],
  "db import": ["db export"],
  "operator show": ["operator submit filter"],
  "operator ack": ["operator submit filter"],
  "operator satisfy": ["operator submit filter"],
  "operator refuse": ["operator submit filter"],
  "ui remove": ["ui add desk"],
};

/** Commands that are for a mount that waits. */
const QUEUED = ["queue cancel", "queue order"];

/** Commands that need no service of ours. */
const ALONE = ["demo", "doctor", "help", "version"];

async function withDirectory(
  work: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-examples-" });
  try {
    await installRsm(directory);
    await work(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function runAlone(line: string): Promise<void> {
  await withDirectory(async (directory) => {
    const { code, out, err } = await runShell(line, directory);
    // Where there is no device, that is what the doctor has to tell.
    const expected = line.startsWith("rsm doctor") ? [0, 8] : [0];
    assert(expected.includes(code), `${line}: ${code}: ${err}`);
    assert(out !== "");
  });
}

async function runServe(line: string): Promise<void> {
  await withDirectory(async (directory) => {
    const state = `${directory}/state`;
    const socket = `${directory}/rsm.sock`;
    // The devices and places of the example need not exist on this computer.
    const here = line
      .replace("/dev/sch0", "virtual:sch0")
      .replace("--state /var/lib/rsm", "") +
      ` --state ${state} --socket ${socket}`;
    const service = await startShell(here, directory);
    assertEquals(service.firstLine, `rsm: ready on ${socket}`);
    const { code, err } = await service.stop();
    assertEquals(code, 0, err);
  });
}

async function runWatch(line: string, service: RunningService): Promise<void> {
  await installRsm(service.directory);
  const starting = startShell(line, service.directory, {
    RSM_SOCKET: service.socket,
  });
  let started = false;
  starting.finally(() => started = true).catch(() => {});
  // It shows what happens after it has begun, and nobody is told when that is.
  while (!started) await service.rsm("operator submit Hello");
  const { code, err } = await (await starting).stop();
  assertEquals(code, 0, `${line}: ${err}`);
}

/** Runs a line that is for a service that does not run. */
async function runCare(
  name: string,
  line: string,
  service: RunningService,
): Promise<void> {
  await service.rsm("db export");
  await service.stop();
  const state = `${service.directory}/state`;
  if (name === "db rebuild") {
    await Deno.remove(`${state}/Export`, { recursive: true });
    await Deno.writeTextFile(`${state}/rsm.sqlite`, "broken");
  }
  await installRsm(service.directory);
  const here = line.replace("/var/lib/rsm", state)
    .replace("/dev/sch0", "virtual:sch0");
  const { code, err } = await runShell(here, service.directory);
  assertEquals(code, 0, `${line}: ${err}`);
}

/** Tries a destination: what the example names is none of this computer. */
async function runTry(line: string): Promise<void> {
  await using receiver = new Receiver();
  await using service = await runService(undefined, {
    "ui_destinations.json": JSON.stringify({ webhooks: [receiver.url] }),
  });
  await installRsm(service.directory);
  const here = line.replace("operators@example.org", receiver.url);
  const { code, err } = await runShell(here, service.directory, {
    RSM_SOCKET: service.socket,
  });
  assertEquals(code, 0, `${line}: ${err}`);
}

/** Runs a line that is for a mount that waits. */
async function runQueued(line: string): Promise<void> {
  await using service = await runService();
  const { waiting } = await busy(service);
  await installRsm(service.directory);
  const { code, err } = await runShell(line, service.directory, {
    RSM_SOCKET: service.socket,
  });
  assertEquals(code, 0, `${line}: ${err}`);
  await service.try("queue cancel DEMO03L6");
  await waiting;
}

async function runClient(
  name: string,
  line: string,
  service: RunningService,
): Promise<void> {
  for (const before of BEFORE[name] ?? []) await service.rsm(before);
  if (name === "media delete") await service.takeOut("DEMO18L6");
  await installRsm(service.directory);
  let here = line.replace("nightly.token", `${service.directory}/token`);
  if (here.includes("/dev/nst0")) {
    here = here.replace("/dev/nst0", await standAloneDrive(service));
  }
  const { code, err } = await runShell(here, service.directory, {
    RSM_SOCKET: service.socket,
  });
  assertEquals(code, 0, `${line}: ${err}`);
}

/** Id of the drive that stands alone: it has another device here. */
async function standAloneDrive({ socket }: RunningService): Promise<string> {
  await using session = await openSession({ socket });
  const libraries = await session.objects("library");
  const desk = libraries.find(({ kind }) => kind === "standalone");
  const drives = await session.objects("drive");
  return drives.find(({ library }) => library === desk?.id)?.id ?? "";
}

/** What a person does at the library while a line waits for it. */
const HANDS: Readonly<Record<string, readonly string[]>> = {
  eject: ["virtual remove --port 1"],
  inject: ["virtual insert NEW001L6"],
  door: ["virtual door open", "virtual door close"],
  "cleaner inject": ["virtual insert CLN001L6"],
  "cleaner eject": ["virtual remove --port 1"],
};

/** Slots of the library that are empty. */
const FREE_SLOTS = 6;

/** Runs a line that waits for a person at the library. */
async function runAtLibrary(
  name: string,
  line: string,
  service: RunningService,
  hands: readonly string[],
): Promise<void> {
  await installRsm(service.directory);
  for (const before of BEFORE[name] ?? []) await service.rsm(before);
  await using session = await openSession({ socket: service.socket });
  for (const { id } of await session.objects("port")) {
    await session.change(id, { maxExtendSeconds: 2 });
  }
  const running = runShell(line, service.directory, {
    RSM_SOCKET: service.socket,
  });
  let ended = false;
  running.finally(() => ended = true).catch(() => {});
  // A box of cartridges is no more than what fits.
  const most = line.includes("inject") ? FREE_SLOTS : Infinity;
  for (let turn = 0; !ended && turn < most; turn++) {
    for (const deed of hands) await service.try(deed);
  }
  const { code, err } = await running;
  assertEquals(code, 0, `${line}: ${err}`);
}

const { commands }: { commands: readonly Listed[] } = JSON.parse(
  (await run(["help", "--json"])).out,
);

for (const { name, examples } of commands) {
  for (const { line } of examples) {
    Deno.test(`the example "${line}" works as it stands in the help`, async () => {
      if (name === "serve") return await runServe(line);
      if (ALONE.includes(name)) return await runAlone(line);
      if (name === "ui test") return await runTry(line);
      if (QUEUED.includes(name)) return await runQueued(line);
      await using service = await runService();
      const hands = HANDS[name];
      if (hands !== undefined) {
        return await runAtLibrary(name, line, service, hands);
      }
      if (line.includes("--state")) return await runCare(name, line, service);
      if (name === "watch") return await runWatch(line, service);
      await runClient(name, line, service);
    });
  }
}
