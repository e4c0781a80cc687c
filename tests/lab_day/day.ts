/**
 * A day in the kernel lab: programs in processes of their own share two
 * drives, a person takes cartridges out and brings them back, and what they
 * have is looked at in the end without the service.
 *
 * @module
 */
import { openSession, type Session } from "../../src/client/mod.ts";
import { startService } from "../../src/service/mod.ts";
import { denoOptions } from "../cli/child_process.ts";
import { run as runRsm, TestIo } from "../cli/test_io.ts";
import { pause, until } from "../faults/waiting.ts";
import {
  type Contents,
  contentsByMtx,
  contentsOfMap,
  run,
} from "../lab/agreement.ts";
import { Chance } from "../simulation/chance.ts";
import { linesOf } from "../story/lines.ts";
import { quoted, readTape } from "../story/tape.ts";
import {
  type DayAccount,
  type Driver,
  type QueueSeen,
  Tally,
} from "./account.ts";
import { type Deeds, Person } from "./person.ts";
import type { ProgramOptions, Told } from "./told.ts";

/** What kind of day it is. */
export interface DayOptions {
  readonly seed: number;
  readonly mounts: number;
  /** @default {6} */
  readonly programs?: number;
  /** By which driver the service moves cartridges. @default {"sg"} */
  readonly driver?: Driver;
  /** Takes a line whenever there is something to tell. */
  readonly onProgress?: (line: string) => void;
}

const PROGRAM = new URL("program.ts", import.meta.url).pathname;
const PROGRAMS = 6;
const MEDIA_EACH = 2;
const QUEUE_LOOK_MS = 250;
/** How long a day may take, on a busy machine. */
const FIRST_MOUNT_MS = 60_000;
const MOUNT_MS = 3_000;

const sg = Deno.env.get("LAB_CHANGER_SG") ?? "";
const DEVICES: Readonly<Record<Driver, string>> = {
  sg,
  ch: Deno.env.get("LAB_CHANGER_CH") ?? "",
};
const [tape = ""] = (Deno.env.get("LAB_DRIVES") ?? "").split(" ");

/** Has a day, in a library whose cartridges are free, two for each program. */
export async function haveDay(options: DayOptions): Promise<DayAccount> {
  const { driver = "sg", programs = PROGRAMS, seed } = options;
  const directory = await Deno.makeTempDir({ prefix: "rsm_day_" });
  const socket = `${directory}/rsm.sock`;
  const tally = new Tally();
  const began = performance.now();
  const { person, queue } = await (async () => {
    await using service = await startService({
      libraries: [DEVICES[driver]],
      state: `${directory}/state`,
      socket,
      trustBarCodes: true,
    });
    await service.ready;
    await using session = await openSession({ socket, application: "person" });
    await letGoSoon(session);
    const seen = await work(session, options, socket, tally);
    tally.wrong.push(...await disagreements(session));
    return seen;
  })();
  const seconds = (performance.now() - began) / 1_000;
  const held = await countHeld(tally);
  await Deno.remove(directory, { recursive: true });
  const { wrong } = tally;
  const figures = tally.figures();
  return {
    driver,
    seed,
    programs,
    seconds,
    ...figures,
    person,
    queue,
    held,
    wrong,
  };
}

/** Lets programs and person work until the programs are done; what was seen on the way. */
async function work(
  session: Session,
  { mounts, seed, programs = PROGRAMS, onProgress = () => {} }: DayOptions,
  socket: string,
  tally: Tally,
): Promise<{ person: Deeds; queue: QueueSeen }> {
  const evening = new AbortController();
  const { signal } = evening;
  const person = new Person(session, new Chance(seed, "person"));
  const atWork = person.work(signal);
  const limitMs = FIRST_MOUNT_MS + mounts * MOUNT_MS;
  const watching = watchQueue(socket, signal, limitMs, (line) => {
    const { ejected, injected, cancelled } = person.deeds;
    onProgress(
      `${tally.mounts} of ${mounts} mounts, ${ejected} ejected, ${injected} injected, ${cancelled} cancelled; ${line}`,
    );
  });
  const processes = Array.from({ length: programs }, (_, index) => {
    const share = Math.floor((mounts + index) / programs);
    const name = `program${index + 1}`;
    const own = { socket, seed, name, media: MEDIA_EACH, mounts: share };
    return runProgram(own, tally);
  });
  try {
    await Promise.race([
      Promise.all(processes),
      // Both go on until evening: they end by failing only.
      Promise.all([atWork, watching]),
    ]);
  } finally {
    evening.abort();
  }
  await atWork;
  const { cancelled } = tally.figures().mounts;
  if (cancelled !== person.deeds.cancelled) {
    tally.wrong.push(
      `${person.deeds.cancelled} mounts were cancelled, programs know of ${cancelled}`,
    );
  }
  return { person: person.deeds, queue: await watching };
}

/** What is left in drives is to go when somebody needs them, whatever his priority. */
async function letGoSoon(session: Session): Promise<void> {
  for (const { id } of await session.objects("drive")) {
    await session.change(id, { deferDismountSeconds: 1 });
  }
}

/** Runs a program to its end. */
async function runProgram(
  options: ProgramOptions,
  tally: Tally,
): Promise<void> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...denoOptions(), PROGRAM, JSON.stringify(options)],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  for await (const line of linesOf(child.stdout)) {
    const told: Told = JSON.parse(line);
    tally.add(told);
  }
  const { code } = await child.status;
  if (code !== 0) tally.wrong.push(`${options.name} ended with ${code}`);
}

/** Looks at `rsm queue` again and again; fails when the day is too long. */
async function watchQueue(
  socket: string,
  stop: AbortSignal,
  limitMs: number,
  onLook: (line: string) => void,
): Promise<QueueSeen> {
  const seen: QueueSeen = { looks: 0, mostWaiting: 0, mostRunning: 0 };
  const end = performance.now() + limitMs;
  while (!stop.aborted) {
    const io = new TestIo({ RSM_SOCKET: socket });
    const { status, out, err } = await runRsm(["queue", "--json"], io);
    if (status !== 0) throw new Error(`rsm queue: ${status}: ${err}`);
    const requests: { state: string }[] = JSON.parse(out).requests;
    const running = requests.filter(({ state }) => state === "inProcess");
    const waiting = requests.length - running.length;
    seen.looks++;
    seen.mostRunning = Math.max(seen.mostRunning, running.length);
    seen.mostWaiting = Math.max(seen.mostWaiting, waiting);
    if (performance.now() > end) throw new Error(`The day has no end: ${out}`);
    onLook(`${running.length} run, ${waiting} wait`);
    await pause(QUEUE_LOOK_MS);
  }
  return seen;
}

/** Where catalogue and library do not agree, when everything is done. */
async function disagreements(session: Session): Promise<string[]> {
  const mapOf = async () => {
    const [map] = await session.map();
    if (map === undefined) throw new Error("there is no library");
    return map;
  };
  await until(
    "the queue is empty",
    async () => (await mapOf()).requests.length === 0,
  );
  const map = await mapOf();
  const catalogue = contentsOfMap(map);
  const library = await contentsByMtx(sg);
  const places = new Set([...Object.keys(catalogue), ...Object.keys(library)]);
  return [
    ...[...places].filter((place) => catalogue[place] !== library[place])
      .map((place) =>
        `${place} has ${library[place]}, in the catalogue ${catalogue[place]}`
      ),
    ...map.cartridges.filter(({ mountedBy }) => mountedBy !== "")
      .map(({ barCode }) => `${barCode} is mounted still`),
  ];
}

/** Puts each written cartridge into a drive by mtx; how many hold what they should. */
async function countHeld({ written, wrong }: Tally): Promise<number> {
  await emptyDrives();
  const slots = new Map(
    Object.entries(await contentsByMtx(sg)).map(([place, barCode]) =>
      [barCode, place.replace("slot ", "")] as const
    ),
  );
  let held = 0;
  for (const [barCode, text] of Object.entries(written)) {
    const slot = slots.get(barCode);
    if (slot === undefined) {
      wrong.push(`${barCode} is in no slot`);
      continue;
    }
    await run("mtx", "-f", sg, "load", slot, "0");
    const found = await readTape(tape);
    await run("mtx", "-f", sg, "unload", slot, "0");
    if (found === text) held++;
    else {
      wrong.push(
        `${barCode} holds ${quoted(found)} instead of ${quoted(text)}`,
      );
    }
  }
  return held;
}

/** Takes out of the drives what was left there until they are needed. */
async function emptyDrives(): Promise<void> {
  const contents: Contents = await contentsByMtx(sg);
  for (const drive of [1, 2]) {
    if (contents[`drive ${drive}`] === undefined) continue;
    const free = freeSlot(await contentsByMtx(sg));
    await run("mtx", "-f", sg, "unload", String(free), String(drive - 1));
  }
}

function freeSlot(contents: Contents): number {
  for (let slot = 1;; slot++) {
    if (contents[`slot ${slot}`] === undefined) return slot;
  }
}
