/**
 * Finds the medium that a word names: by id of a logical medium, side or
 * cartridge, by bar code, or by name.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import { type Guid, type LogicalMediumId, parseGuid } from "../model/ids.ts";
import type { CartridgeRecord, SideRecord } from "../model/objects.ts";
import type { Operand } from "./grammar.ts";
import { UsageError } from "./usage_error.ts";

/** The word of a command line that names a medium. */
export const MEDIUM: Operand = {
  name: "MEDIUM",
  summary: "Id of a logical medium or side, bar code, or name",
};

/** The word of a command line that names a cartridge. */
export const CARTRIDGE: Operand = {
  name: "CARTRIDGE",
  summary: "Bar code, name or id of a cartridge",
};

/** What is asked of a session here. */
export type MediumFinder = Pick<Session, "objects" | "object">;

/** A medium that was found. */
export interface FoundMedium {
  /** The id to mount or dismount by: of the logical medium, where there is one. */
  readonly id: Guid;
  readonly side: SideRecord;
}

function noMedium(word: string, why: string): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_MEDIA",
    `No medium is called "${word}": ${why}`,
  );
}

async function sidesOfId(
  session: MediumFinder,
  id: Guid,
): Promise<readonly SideRecord[]> {
  const record = await session.object(id);
  switch (record.type) {
    case "side":
      return [record];
    case "logicalMedium":
    case "cartridge":
      return await session.objects("side", { container: id });
    default:
      throw noMedium(id, `the id is that of a ${record.type}`);
  }
}

async function sidesOfWord(
  session: MediumFinder,
  word: string,
): Promise<readonly SideRecord[]> {
  const [named, ...owners] = await Promise.all([
    session.objects("side", { name: word }),
    session.objects("cartridge", { barCode: word }),
    session.objects("cartridge", { name: word }),
    session.objects("logicalMedium", { name: word }),
  ]);
  const sides = new Map(named.map((side) => [side.id, side]));
  for (const container of new Set(owners.flat().map(({ id }) => id))) {
    for (const side of await session.objects("side", { container })) {
      sides.set(side.id, side);
    }
  }
  return [...sides.values()];
}

async function described(
  session: MediumFinder,
  sides: readonly SideRecord[],
): Promise<string> {
  const lines: string[] = [];
  for (const side of sides) {
    const owner = await session.object(side.cartridge);
    const cartridge = owner.type === "cartridge" ? owner : undefined;
    const label = cartridge?.barCode || cartridge?.name || side.name;
    const number = "AB"[side.sideNumber] ?? side.sideNumber;
    lines.push(
      `  ${
        side.logicalMedium ?? side.id
      }  ${label} side ${number}, ${side.state}`,
    );
  }
  return lines.join("\n");
}

/** The one side that a word names. */
export async function resolveMedium(
  session: MediumFinder,
  word: string,
): Promise<FoundMedium> {
  const id = parseGuid(word);
  const sides = id === null
    ? await sidesOfWord(session, word)
    : await sidesOfId(session, id);
  const [side] = sides;
  if (side === undefined) {
    throw noMedium(
      word,
      "it is no id of a logical medium or side, no bar code and no name",
    );
  }
  if (sides.length > 1) {
    throw new UsageError(
      `Several media are called "${word}":\n${await described(session, sides)}`,
      "Name one by its id",
    );
  }
  return { id: side.logicalMedium ?? side.id, side };
}

/** The logical medium that a word names; it must be allocated. */
export async function resolveLogicalMedium(
  session: MediumFinder,
  word: string,
): Promise<LogicalMediumId> {
  const { side } = await resolveMedium(session, word);
  if (side.logicalMedium === null) {
    throw new NtmsError(
      "ERROR_INVALID_MEDIA",
      `Medium "${word}" is not allocated: its side is ${side.state}`,
    );
  }
  return side.logicalMedium;
}

/** The cartridge that a word names, by its own name, bar code or id, or by that of a side or logical medium. */
export async function resolveCartridge(
  session: MediumFinder,
  word: string,
): Promise<CartridgeRecord> {
  const id = parseGuid(word);
  const sides = id === null
    ? await sidesOfWord(session, word)
    : await sidesOfId(session, id);
  const [first, ...others] = new Set(sides.map(({ cartridge }) => cartridge));
  const record = first === undefined ? null : await session.object(first);
  if (record?.type !== "cartridge") {
    throw noMedium(word, "it is no id, bar code or name of a cartridge");
  }
  if (others.length === 0) return record;
  throw new UsageError(
    `Several media are called "${word}":\n${await described(session, sides)}`,
    "Name one by its id",
  );
}
