/**
 * What a world is like from the beginning, by its seed.
 *
 * @module
 */

import { Cleaners } from "../../src/changer/virtual/dirt.ts";
import type { Wear } from "../../src/changer/virtual/library.ts";
import { Chance } from "./chance.ts";
import type { Size } from "./tape_library.ts";
import type { World } from "./world.ts";

/** What labels are good for: nothing, or a check of what bar codes tell, or bar codes are not trusted. */
export type Labels = "none" | "checked" | "asked for";

/** What labels are good for in the world of a seed. */
export function labelsOf(seed: number): Labels {
  const chance = new Chance(seed, "labels");
  if (chance.happens(0.7)) return "none";
  return chance.happens(0.6) ? "checked" : "asked for";
}

/** How soon drives ask for a cleaning, and what cleaning cartridges are good for. */
export function wearOf(seed: number): Wear {
  const chance = new Chance(seed, "wear");
  return {
    dirtyAfter: chance.pick([0, 0, 2, 5]) ?? 0,
    cleaners: new Cleaners(chance.between(1, 4)),
  };
}

/** How large the library of a world is. */
export function sizeOf(world: World): Size {
  const chance = world.deeds;
  return {
    slots: chance.between(3, 16),
    drives: chance.between(1, 4),
    ports: chance.between(0, 2),
    transports: chance.happens(0.2) ? 2 : 1,
  };
}
