/** What lab_story_test.ts runs in the kernel lab: the whole path on real drivers. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { openSession } from "../../src/client/mod.ts";
import type { LibraryMap } from "../../src/model/mod.ts";
import { startService } from "../../src/service/mod.ts";
import { type MtxElement, parseMtxStatus, parseSgInquiry } from "../lab/mtx.ts";

const sg = Deno.env.get("LAB_CHANGER_SG") ?? "";
const ch = Deno.env.get("LAB_CHANGER_CH") ?? "";

async function run(command: string, ...args: string[]): Promise<string> {
  const output = await new Deno.Command(command, { args }).output();
  const text = new TextDecoder().decode(output.stdout);
  if (output.success) return text;
  throw new Error(`${command}: ${new TextDecoder().decode(output.stderr)}`);
}

/** A place as both sides see it: its number and the bar code in it. */
type Row = readonly [number: number, barCode: string | null];

function rowsOfMtx(elements: readonly MtxElement[]): Row[] {
  return elements.map(({ number, full, barcode }) => [
    number,
    full ? barcode : null,
  ]);
}

function rowsOfMap(
  map: LibraryMap,
  places: readonly { id: string; number: number }[],
): Row[] {
  const held = new Map(
    map.cartridges.map(({ location, barCode }) => [location, barCode]),
  );
  return places.map(({ id, number }) => [number, held.get(id) ?? null]);
}

/** The catalogue, element by element, beside what mtx and sg_inq report. */
async function compareWithMtx(map: LibraryMap): Promise<void> {
  const mtx = parseMtxStatus(await run("mtx", "-f", sg, "status"));
  assertEquals(rowsOfMap(map, map.drives), rowsOfMtx(mtx.drives));
  assertEquals(rowsOfMap(map, map.slots), rowsOfMtx(mtx.slots));
  assertEquals(
    rowsOfMap(map, map.ports).map(([, barCode]) => barCode),
    rowsOfMtx(mtx.ports).map(([, barCode]) => barCode),
  );
  const inquiry = parseSgInquiry(await run("sg_inq", sg));
  const name = `${inquiry.vendor} ${inquiry.product} ${inquiry.serial}`;
  assertEquals(map.library.name, name);
}

for (const [driver, device] of [["sg", sg], ["ch", ch]] as const) {
  Deno.test(`the story on ${driver} (${device})`, async () => {
    const directory = await Deno.makeTempDir();
    const socket = `${directory}/rsm.sock`;
    await using service = await startService({
      libraries: [device],
      state: `${directory}/state`,
      socket,
      trustBarCodes: true,
    });
    await service.ready;
    await using session = await openSession({ socket, application: "story" });
    const mapOf = async () => {
      const [map] = await session.map();
      assert(map !== undefined);
      return map;
    };
    await compareWithMtx(await mapOf());

    const type = (await session.objects("mediaType")).find(({ name }) =>
      name === "LTO-6"
    );
    const pool = await session.createPool({
      name: driver,
      mediaType: type?.id ?? "",
      drawFromFree: true,
    });
    const { logicalMedium } = await session.allocate({ pool });
    const { mounts } = await session.mount(logicalMedium, { write: true });
    const [mount] = mounts;
    assert(mount !== undefined);
    assertMatch(mount.device, /^\/dev\/nst\d+$/);
    await compareWithMtx(await mapOf());

    const data = crypto.getRandomValues(new Uint8Array(60_000));
    await Deno.writeFile(`${directory}/data`, data);
    await run("tar", "-C", directory, "-cf", mount.device, "data");
    await run("mt", "-f", mount.device, "rewind");
    await Deno.remove(`${directory}/data`);

    // Out of its drive and into one again: what was written is on the cartridge.
    await session.dismount(logicalMedium, { wait: true });
    await compareWithMtx(await mapOf());
    const again = await session.mount(logicalMedium, { read: true });
    await run("tar", "-C", directory, "-xf", again.mounts[0]?.device ?? "");
    assertEquals(await Deno.readFile(`${directory}/data`), data);

    await session.dismount(logicalMedium, { wait: true });
    await session.deallocate(logicalMedium);
    const map = await mapOf();
    await compareWithMtx(map);
    assertEquals(map.drives.map(({ state }) => state), [
      "dismounted",
      "dismounted",
    ]);
    await Deno.remove(directory, { recursive: true });
  });
}
