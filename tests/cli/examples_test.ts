import { assert, assertEquals } from "@std/assert";
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
  mount: ["allocate --pool backup --create --name monday"],
  dismount: [
    "allocate --pool backup --create --name monday",
    "mount monday",
  ],
  deallocate: ["allocate --pool backup --create --name monday"],
};

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

async function runClient(
  name: string,
  line: string,
  service: RunningService,
): Promise<void> {
  for (const before of BEFORE[name] ?? []) await service.rsm(before);
  await installRsm(service.directory);
  const { code, err } = await runShell(line, service.directory, {
    RSM_SOCKET: service.socket,
  });
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
      await using service = await runService();
      await runClient(name, line, service);
    });
  }
}
