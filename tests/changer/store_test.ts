import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  ChangerError,
  openChanger,
  VirtualLibrary,
} from "../../src/changer/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";

const ports = { clock: new SkippingClock() };
const SLOT = 1000;
const DRIVE = 500;

async function inDirectory(
  run: (directory: string, url: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm_store_test_" });
  try {
    await run(
      directory,
      `virtual:kept?slots=4&cartridges=3&dir=${directory}/library`,
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

Deno.test("a loaded drive is a file that keeps what is written on its cartridge", () =>
  inDirectory(async (_, url) => {
    await using changer = await openChanger(url, ports);
    const [drive, other] = await changer.drives();
    assert(drive !== undefined && other !== undefined);
    assertEquals(await exists(drive.device), false);
    await changer.move({ source: SLOT, target: drive.elementAddress });
    await Deno.writeTextFile(drive.device, "hello, tape", { create: false });
    await drive.unload(1_000);
    assertEquals(await exists(drive.device), false);
    await changer.move({
      source: drive.elementAddress,
      target: other.elementAddress,
    });
    assertEquals(await Deno.readTextFile(other.device), "hello, tape");
    await other.unload(1_000);
    await changer.exchange({
      source: SLOT + 1,
      firstTarget: other.elementAddress,
      secondTarget: SLOT + 1,
    });
    assertEquals(await Deno.readTextFile(other.device), "");
  }));

Deno.test("a library without a directory leaves nothing behind", async () => {
  const changer = await openChanger("virtual:gone?slots=2", ports);
  const [drive] = await changer.drives();
  assert(drive !== undefined);
  await changer.move({ source: SLOT, target: DRIVE });
  await Deno.writeTextFile(drive.device, "x");
  const directory = drive.device.slice(0, drive.device.lastIndexOf("/"));
  assert(await exists(directory));
  await changer.close();
  assertEquals(await exists(directory), false);
});

Deno.test("a library without files has no paths and moves all the same", async () => {
  await using changer = await openChanger("virtual:x?slots=2&files=no", ports);
  const [drive] = await changer.drives();
  assertEquals(drive?.device, "virtual:x/drive0");
  await changer.move({ source: SLOT, target: DRIVE });
});

Deno.test("a library is found again as it was left", () =>
  inDirectory(async (_, url) => {
    {
      await using library = await VirtualLibrary.open(url, ports);
      await library.insert(10, "?");
      await using changer = await library.openChanger();
      await changer.move({ source: SLOT, target: DRIVE });
      await changer.movePort(11, "open");
    }
    await using changer = await openChanger(url, ports);
    const elements = await changer.readElements();
    const find = (address: number) =>
      elements.find(({ elementAddress }) => elementAddress === address);
    assertEquals(find(DRIVE)?.barCode, "LAB001L6");
    assertEquals(find(DRIVE)?.sourceAddress, SLOT);
    assertEquals(find(DRIVE)?.accessible, false);
    assertEquals([find(10)?.full, find(10)?.byOperator], [true, true]);
    assertEquals(find(11)?.accessible, false);
    const [drive] = await changer.drives();
    await drive?.waitReady(0);
  }));

Deno.test("what a killed process left half done does not stand in the way", () =>
  inDirectory(async (directory, url) => {
    await (await openChanger(url, ports)).close();
    for (const name of ["drive0.new", "drive1"]) {
      await Deno.symlink("media/LAB003L6", `${directory}/library/${name}`);
    }
    await Deno.writeTextFile(`${directory}/library/library.json.new`, "{");
    await using changer = await openChanger(url, ports);
    assertEquals(await exists(`${directory}/library/drive1`), false);
    await changer.move({ source: SLOT, target: DRIVE });
    const [drive] = await changer.drives();
    assertEquals(await Deno.readTextFile(drive?.device ?? ""), "");
  }));

Deno.test("a kept library does not change its size", () =>
  inDirectory(async (directory, url) => {
    await (await openChanger(url, ports)).close();
    const bare = `virtual:kept?dir=${directory}/library`;
    {
      await using changer = await openChanger(bare, ports);
      assertEquals(changer.layout.storage.count, 4);
    }
    const error = await assertRejects(
      () => openChanger(`${bare}&slots=5`, ports),
      NtmsError,
      "has 4 elements of type storage, not 5",
    );
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  }));

Deno.test("a directory belongs to one library at a time", () =>
  inDirectory(async (_, url) => {
    await using _first = await openChanger(url, ports);
    const error = await assertRejects(
      () => openChanger(url, ports),
      NtmsError,
      `process ${Deno.pid} uses it`,
    );
    assertEquals(error.code, "ERROR_SHARING_VIOLATION");
  }));

for (
  const [what, text] of [
    ["no JSON", "{"],
    ["another format", `{"format": 2}`],
    ["no layout", `{"format": 1, "layout": null}`],
    [
      "a cartridge that would be a file elsewhere",
      stateWith(`{"elementAddress": 1000, "id": "../../x", "barCode": null,
        "sourceAddress": null, "byOperator": false}`),
    ],
    [
      "a cartridge where no element is",
      stateWith(`{"elementAddress": 7, "id": "X", "barCode": null,
        "sourceAddress": null, "byOperator": false}`),
    ],
  ] as const
) {
  Deno.test(`a state file with ${what} is refused and left alone`, () =>
    inDirectory(async (directory, url) => {
      await Deno.mkdir(`${directory}/library`);
      const path = `${directory}/library/library.json`;
      await Deno.writeTextFile(path, text);
      const error = await assertRejects(
        () => openChanger(url, ports),
        NtmsError,
      );
      assertEquals(error.code, "ERROR_INVALID_STATE");
      assertStringIncludes(error.message, "library.json");
      assertEquals(await Deno.readTextFile(path), text);
    }));
}

function stateWith(cartridge: string): string {
  const none = `{"first": 0, "count": 0}`;
  return `{"format": 1, "layout": {"storage": {"first": 1000, "count": 4},
    "transport": {"first": 1, "count": 1}, "importExport": ${none},
    "dataTransfer": ${none}}, "cartridges": [${cartridge}], "threaded": [],
    "openPorts": []}`;
}

Deno.test("after kill -9 the library is what the last acknowledged move made it", () =>
  inDirectory(async (_, url) => {
    const program = new URL("./move_for_ever.ts", import.meta.url).pathname;
    for (let round = 0; round < 3; round++) {
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", "--no-lock", program, url],
        stdout: "piped",
        stderr: "inherit",
      }).spawn();
      // Each line is the address that the cartridge has acknowledgedly reached.
      const acknowledged: number[] = [];
      const lines = child.stdout.pipeThrough(new TextDecoderStream());
      let rest = "";
      let killed = false;
      for await (const chunk of lines) {
        const parts = (rest + chunk).split("\n");
        rest = parts.pop() ?? "";
        acknowledged.push(...parts.map(Number));
        if (killed || acknowledged.length < 7 + round) continue;
        killed = true;
        child.kill("SIGKILL");
      }
      await child.status;
      const last = acknowledged.at(-1);
      assert(last !== undefined);

      await using changer = await openChanger(url, ports);
      const elements = await changer.readElements();
      const places = elements.filter(({ barCode }) => barCode === "LAB001L6");
      assertEquals(places.length, 1);
      const [at] = places.map(({ elementAddress }) => elementAddress);
      // The move that was under way may have been kept, but not answered.
      const next = last === DRIVE ? SLOT : DRIVE;
      assert(at === last || at === next, `${at} after ${last}`);
      const [drive] = await changer.drives();
      assert(drive !== undefined);
      if (at === DRIVE) {
        // It may have been killed after the unload.
        await changer.move({ source: DRIVE, target: SLOT })
          .catch((error) => assert(error instanceof ChangerError));
        await drive.unload(1_000);
        const [now] = await changer.readElements({ first: DRIVE, count: 1 });
        if (now?.full) await changer.move({ source: DRIVE, target: SLOT });
      }
      assertEquals(await exists(drive.device), false);
    }
  }));
