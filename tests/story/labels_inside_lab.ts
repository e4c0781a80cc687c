/** What lab_story_test.ts runs in the kernel lab: labels on real drives. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import { NtmsError, type SideRecord } from "../../src/model/mod.ts";
import { startService } from "../../src/service/mod.ts";

const sg = Deno.env.get("LAB_CHANGER_SG") ?? "";
const [tape = ""] = (Deno.env.get("LAB_DRIVES") ?? "").split(" ");
/** The files behind the cartridges, by their bar codes. */
const MEDIA = "/run/lab/media";

async function run(command: string, ...args: string[]): Promise<string> {
  const output = await new Deno.Command(command, { args }).output();
  const text = new TextDecoder().decode(output.stdout);
  if (output.success) return text;
  throw new Error(`${command}: ${new TextDecoder().decode(output.stderr)}`);
}

async function shell(script: string): Promise<string> {
  return await run("bash", "-c", `set -e; ${script}`);
}

/** Labels as an operating system writes them: blocks of 80 bytes and a mark. */
function ansi(device: string, volume: string): string {
  const vol1 = `VOL1${volume.padEnd(6)}`.padEnd(79) + "3";
  const hdr1 = `HDR1${"DATA".padEnd(17)}${volume}00010001`.padEnd(80);
  return `printf '%s' '${vol1}${hdr1}' | dd of=${device} bs=80 2> /dev/null
    mt -f ${device} rewind`;
}

/** Has a program write to a cartridge before there is any service. */
async function writeFirst(slot: number, script: string): Promise<void> {
  await shell(
    `mtx -f ${sg} load ${slot} 0; ${script}; mt -f ${tape} offline
     mtx -f ${sg} unload ${slot} 0`,
  );
}

async function sideOf(session: Session, barCode: string): Promise<SideRecord> {
  const [cartridge] = await session.objects("cartridge", { barCode });
  assert(cartridge !== undefined, barCode);
  const [side] = await session.objects("side", { container: cartridge.id });
  assert(side !== undefined, barCode);
  return side;
}

Deno.test("labels on real drives: identified, prepared, checked at mount", async () => {
  const directory = await Deno.makeTempDir();
  await Deno.writeTextFile(`${directory}/data`, "data");
  await writeFirst(1, ansi(tape, "VOL001"));
  await writeFirst(2, `tar -C ${directory} -cf ${tape} data`);
  const socket = `${directory}/rsm.sock`;
  await using service = await startService({
    libraries: [sg],
    state: `${directory}/state`,
    socket,
  });
  await service.ready;
  await using session = await openSession({ socket, application: "labels" });
  const libraries = await session.objects("library");
  const library = libraries.find(({ kind }) => kind === "online")?.id ?? "";

  const { report } = await session.inventory(library, {
    method: "omid",
    wait: true,
  });
  assertEquals(report?.identified, [
    "LAB001L6: Volume VOL001",
    'LAB002L6: tar archive (GNU), first member "data"',
    "LAB003L6: Blank",
    "LAB004L6: Blank",
  ]);
  const states = [];
  for (const barCode of ["LAB001L6", "LAB002L6", "LAB003L6"]) {
    const { label, state } = await sideOf(session, barCode);
    states.push(`${state} ${label.type}`);
  }
  assertEquals(states, ["import ANSI", "import tar", "foreign "]);

  // A blank one is made a free one, and nothing else has it than its label.
  const type = (await session.objects("mediaType"))
    .find(({ name }) => name === "LTO-6")?.id ?? "";
  const pools = await session.objects("mediaPool");
  const top = pools.find(({ kind }) => kind === "free")?.id ?? "";
  const free = (await session.objects("mediaPool", { container: top }))
    .find(({ mediaType }) => mediaType === type)?.id ?? "";
  const blank = (await sideOf(session, "LAB003L6")).cartridge;
  await session.moveToPool(blank, free);
  const pool = await session.createPool({
    name: "labels",
    mediaType: type,
    drawFromFree: true,
  });
  // It waits until the label is written.
  const { logicalMedium } = await session.allocate({ pool, timeoutMs: 60_000 });
  const first = await session.mount(logicalMedium, { write: true });
  const device = first.mounts[0]?.device ?? "";
  const label = await shell(`dd if=${device} bs=64k count=1 2> /dev/null`);
  assertEquals(label.slice(0, 16), "RSM FREE MEDIUM\n");

  // Its owner labels it and tells; from then on it is only this one.
  await shell(`mt -f ${device} rewind; ${ansi(device, "MINE01")}`);
  const bytes = await new Deno.Command("dd", {
    args: [`if=${device}`, "bs=64k", "count=1"],
    stderr: "null",
  }).output();
  await session.labels.update(logicalMedium, bytes.stdout);
  await session.dismount(logicalMedium, { wait: true });
  const second = await session.mount(logicalMedium);
  const again = await shell(
    `dd if=${second.mounts[0]?.device} bs=64k count=1 2> /dev/null`,
  );
  assertEquals(again.slice(0, 10), "VOL1MINE01", "it is at its start");
  await session.dismount(logicalMedium, { wait: true });

  // A hand puts the tape of another cartridge into its shell.
  await shell(
    `cd ${MEDIA}; mv LAB003L6 swap; mv LAB001L6 LAB003L6; mv swap LAB001L6`,
  );
  const refused = await assertRejects(
    () => session.mount(logicalMedium),
    NtmsError,
    "another one",
  );
  assertEquals(refused.code, "ERROR_INVALID_STATE");
  const requests = await session.objects("operatorRequest");
  assert(
    requests.some(({ command, message }) =>
      command === "deviceService" && message.includes("LAB001L6")
    ),
    JSON.stringify(requests),
  );
  const [map] = await session.map();
  assertEquals(
    map?.cartridges.filter(({ mountedBy }) => mountedBy !== ""),
    [],
  );
  await session.close();
  await service.close();
  await Deno.remove(directory, { recursive: true });
});
