/**
 * From documented numbers to the names that the rest of RSM uses.
 *
 * @module
 */

/**
 * Looks a documented number up.
 *
 * @param table From names to numbers, such as `OBJECT_TYPES`.
 * @param code What a caller gave.
 * @returns The name; `null` where no name has that number.
 */
export function nameOfCode<Name extends string>(
  table: Readonly<Record<Name, number>>,
  code: unknown,
): Name | null {
  for (const name in table) if (table[name] === code) return name;
  return null;
}
