/**
 * A manager with a virtual library whose media have something on them.
 *
 * @module
 */

import { assert } from "@std/assert";
import { type FaultPlan, VirtualLibrary } from "../../src/changer/mod.ts";
import type {
  CartridgeRecord,
  InventoryReport,
  SideRecord,
} from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { type Fixture, type FixtureOptions, openFixture } from "./fixture.ts";

/** The fixture, and what is on its media. */
export interface LabelledFixture extends Fixture {
  /** The library, with its hands. */
  readonly library: VirtualLibrary;
  /** What is on a cartridge, by its bar code or the name of its file. */
  medium(id: string): Promise<Uint8Array>;
  /** Writes what is on a cartridge, as a program or a hand does. */
  write(id: string, bytes: Uint8Array): Promise<void>;
  /** Makes a cartridge one that must not be written. */
  protect(id: string): Promise<void>;
  /** The free pool of LTO-6 media. */
  freePool(): Promise<string>;
  /** A cartridge by its bar code. */
  cartridge(barCode: string): Promise<CartridgeRecord>;
  /** The side of a cartridge. */
  side(barCode: string): Promise<SideRecord>;
  /** Takes an inventory; what it found. */
  inventory(method: "fast" | "omid"): Promise<InventoryReport>;
}

/** The labels of an ANSI tape of one volume, 80 bytes each. */
export function ansiLabels(volume: string): Uint8Array {
  const vol1 = `VOL1${volume.padEnd(6)}`.padEnd(79) + "3";
  const hdr1 = `HDR1${"DATA".padEnd(17)}${volume.padEnd(6)}00010001`.padEnd(80);
  return new TextEncoder().encode(vol1 + hdr1);
}

/** Nothing. */
export const BLANK = new Uint8Array(0);

/** Opens a manager of a library with these cartridges, in this order; names that begin with "unlabelled" have no bar code. */
export async function openLabelled(
  media: Readonly<Record<string, Uint8Array>>,
  { faults, ...options }: FixtureOptions & { readonly faults?: FaultPlan } = {},
): Promise<LabelledFixture> {
  const directory = await Deno.makeTempDir({ prefix: "rsm-labels-" });
  await Deno.mkdir(`${directory}/media`);
  const path = (id: string) => `${directory}/media/${id}`;
  for (const [id, bytes] of Object.entries(media)) {
    await Deno.writeFile(path(id), bytes);
  }
  const barCodes = Object.keys(media)
    .map((id) => id.startsWith("unlabelled") ? "?" : id).join(",");
  const url =
    `virtual:labels?slots=8&drives=2&barcodes=${barCodes}&speed=none&dir=${directory}`;
  const library = await VirtualLibrary.open(url, {
    clock: systemClock,
    ...(faults === undefined ? {} : { faults }),
  });
  const fixture = await openFixture({
    open: () => library.openChanger(),
    trustBarCodes: false,
    ...options,
  });
  const { all, manager } = fixture;
  const cartridge = async (barCode: string) => {
    const found = (await all("cartridge")).find((one) =>
      one.barCode === barCode
    );
    assert(found !== undefined, `no cartridge ${barCode}`);
    return found;
  };
  return {
    ...fixture,
    library,
    medium: (id) => Deno.readFile(path(id)),
    write: (id, bytes) => Deno.writeFile(path(id), bytes),
    protect: (id) => Deno.chmod(path(id), 0o444),
    cartridge,
    async freePool() {
      const pools = await all("mediaPool");
      const top = pools.find(({ kind }) => kind === "free");
      assert(top !== undefined);
      const free = (await all("mediaPool", top.id)).find(({ name }) =>
        name === "LTO-6"
      );
      assert(free !== undefined);
      return free.id;
    },
    async side(barCode) {
      const { id } = await cartridge(barCode);
      const [side] = await all("side", id);
      assert(side !== undefined);
      return side;
    },
    async inventory(method) {
      const library = (await fixture.map()).library.id;
      const { report } = await manager.inventory(fixture.caller(), {
        library,
        method,
        wait: true,
      });
      assert(report !== null);
      return report;
    },
    async [Symbol.asyncDispose]() {
      await fixture[Symbol.asyncDispose]();
      await library.close();
      await Deno.remove(directory, { recursive: true });
    },
  };
}
