/**
 * Changers and drives of this computer that come and go while the service runs:
 * the kernel makes and removes their device nodes.
 *
 * @module
 */

import { openChanger } from "../changer/mod.ts";
import type { HotPlug, LibrarySource } from "../manager/mod.ts";
import type { Clock, Timer } from "../model/mod.ts";

/** A device makes several nodes, and links to them a moment later. */
const SETTLED_MS = 2_000;
/**
 * The directory of the nodes is not watched for it: the runtime's watcher opens
 * each file that is made, which has a tape drive wait for a medium, and rewind
 * it.
 */
const LOOK_MS = 2_000;

/** What the watch depends on. */
export interface HotPlugOptions {
  readonly clock: Clock;
  /** Paths of the changers to use; none where libraries were named. */
  readonly changers: () => Promise<readonly string[]>;
  /** Whether any library is a device of this computer. */
  readonly watches: boolean;
  /** @default {"/sys"} */
  readonly sysfs?: string;
}

/** The devices of this computer, while they come and go. */
export class HostHotPlug implements HotPlug {
  readonly #options: HotPlugOptions;

  /** Does not look yet. */
  constructor(options: HotPlugOptions) {
    this.#options = options;
  }

  async find(): Promise<readonly LibrarySource[]> {
    return (await this.#options.changers()).map((path) => this.sourceOf(path));
  }

  sourceOf(device: string): LibrarySource {
    return sourceOf(device, this.#options.clock);
  }

  watch(changed: () => void): () => void {
    const { clock, watches } = this.#options;
    if (!watches) return () => {};
    let settling: Timer | null = null;
    const soon = () => {
      settling?.cancel();
      settling = clock.after(SETTLED_MS, changed);
    };
    let looking: Timer | null = null;
    let before: string | null = null;
    const look = async () => {
      looking = clock.after(LOOK_MS, look);
      const now = await this.#devices();
      if (before !== null && now !== before) soon();
      before = now;
    };
    look();
    return () => {
      settling?.cancel();
      looking?.cancel();
    };
  }

  /** What the kernel has of SCSI devices; empty where it does not say. */
  async #devices(): Promise<string> {
    const { sysfs = "/sys" } = this.#options;
    const devices = `${sysfs}/bus/scsi/devices`;
    const names: string[] = [];
    try {
      for await (const { name } of Deno.readDir(devices)) {
        // One that came back under its name has another number.
        const { ino } = await Deno.lstat(`${devices}/${name}`);
        names.push(`${name} ${ino}`);
      }
    } catch {
      // Without sysfs there are no SCSI devices; what cannot be read says nothing.
    }
    return names.sort().join(" ");
  }
}

/** A library by the path or URL of its device. */
export function sourceOf(device: string, clock: Clock): LibrarySource {
  const open = (signal: AbortSignal) => openChanger(device, { clock, signal });
  if (!device.startsWith("/")) return { device, open };
  let opened: string | null = null;
  return {
    device,
    async open(signal) {
      const changer = await open(signal);
      opened = await nodeOf(device);
      return changer;
    },
    async isThere() {
      return opened !== null && await nodeOf(device) === opened;
    },
  };
}

/** What tells a node from one that came in its place; null where there is none. */
export async function nodeOf(device: string): Promise<string | null> {
  try {
    const path = await Deno.realPath(device);
    const { ino, birthtime } = await Deno.stat(path);
    return `${path} ${ino} ${birthtime?.getTime()}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
