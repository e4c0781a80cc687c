/**
 * The library of a day in the kernel lab: cartridges for six programs, and two
 * that are nobody's.
 *
 * @module
 */
import type { LibraryOptions } from "../lab/library.ts";

/** Has room for all cartridges wherever they are. */
export const DAY_LIBRARY: LibraryOptions = {
  slots: 18,
  drives: 2,
  ports: 2,
  cartridges: 14,
};
