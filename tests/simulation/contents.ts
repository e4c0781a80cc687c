/**
 * What is on the media of a world: nothing, free labels, and what programs and
 * people write.
 *
 * @module
 */

import type { VirtualMedium } from "../../src/changer/virtual/medium.ts";
import { encodeFreeLabel } from "../../src/labels/mod.ts";
import type { World } from "./world.ts";

const BLANK = new Uint8Array(0);

/** The media of a world, by the ids of their cartridges. */
export class Contents {
  /** Told when a drive is about to write over what somebody has written. */
  overwritten: (volume: string) => void = () => {};
  readonly #world: World;
  readonly #bytes = new Map<string, Uint8Array>();
  #volumes = 0;

  /** Blank media. */
  constructor(world: World) {
    this.#world = world;
  }

  /** The medium that a drive finds in a cartridge. */
  readonly medium = (id: string): VirtualMedium => ({
    read: (offset, length) =>
      Promise.resolve(this.#of(id).slice(offset, offset + length)),
    write: (offset, data) => {
      const before = this.volumeOn(id);
      if (before !== null) this.overwritten(before);
      const bytes = new Uint8Array(offset + data.length);
      bytes.set(this.#of(id).subarray(0, offset));
      bytes.set(data, offset);
      this.#bytes.set(id, bytes);
      this.#world.count("free labels");
      this.#world.note(`a drive writes to ${id}`);
      return Promise.resolve();
    },
    isWritable: () => Promise.resolve(true),
    size: () => Promise.resolve(this.#of(id).length),
  });

  /** Somebody writes a volume of his own; its name. */
  write(id: string): string {
    const volume = `V${String(++this.#volumes).padStart(5, "0")}`;
    this.#bytes.set(id, labelsOf(volume));
    return volume;
  }

  /** The service of another computer has made it a free medium. */
  free(id: string): void {
    const medium = this.#world.deeds.guid();
    const label = { medium, written: new Date(0), writtenBy: "elsewhere" };
    this.#bytes.set(id, encodeFreeLabel(label));
  }

  /** The volume on a cartridge; null where there is none. */
  volumeOn(id: string): string | null {
    const start = new TextDecoder("latin1").decode(
      this.#of(id).subarray(0, 10),
    );
    return /^VOL1(V\d{5})/.exec(start)?.[1] ?? null;
  }

  #of(id: string): Uint8Array {
    return this.#bytes.get(id) ?? BLANK;
  }
}

/** The labels of an ANSI tape of one volume. */
export function labelsOf(volume: string): Uint8Array {
  const vol1 = `VOL1${volume}`.padEnd(79) + "3";
  const hdr1 = `HDR1${"DATA".padEnd(17)}${volume.padEnd(6)}00010001`.padEnd(80);
  return new TextEncoder().encode(vol1 + hdr1);
}
