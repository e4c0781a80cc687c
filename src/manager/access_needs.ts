/**
 * What the rules of access are made of: the rights that a call needs, and how
 * it is found out on which objects.
 *
 * @module
 */

import type { AccessRight, Guid } from "../model/mod.ts";
import type { Securable } from "./access_decision.ts";

/** A right that a caller must have. */
export interface Need {
  readonly right: AccessRight;
  readonly on: Securable;
}

/** A media pool, as the rules see it. */
export type PoolView = Extract<Securable, { type: "mediaPool" }> & {
  readonly mediaTypeId: string | null;
  readonly parentId: string | null;
  readonly drawFromFree: boolean;
  readonly returnToFree: boolean;
};

/** How the rules find out what governs an object. Null: there is none. */
export interface Look {
  readonly computer: Securable;
  readonly rootPool: PoolView;
  /** The pool that an object is in, or is. */
  poolOf(id: Guid): Promise<PoolView | null>;
  /** The library that an object is in, or is. */
  libraryOf(id: Guid): Promise<Securable | null>;
  /** What an object is governed by: its pool, its library, or the computer. */
  governorOf(id: Guid): Promise<Securable | null>;
  /** A pool by its path below another one. */
  poolAt(parent: Guid | null, levels: readonly string[]): PoolView | null;
  /** The free pool of a media type. */
  freePool(mediaType: string | null): PoolView | null;
}

/** What an operation needs; null where only administrators may call it. */
export type Rule<Input> = (
  input: Input,
  look: Look,
) => Promise<readonly Need[] | null>;

/** A rule that asks for nothing. */
export const nothingNeeded: Rule<unknown> = () => Promise.resolve([]);

/** Only administrators. */
export const administratorsOnly: Rule<unknown> = () => Promise.resolve(null);

/** A right on the computer. */
export function onComputer(right: AccessRight): Rule<unknown> {
  return (_, { computer }) => Promise.resolve([{ right, on: computer }]);
}

/** A right on each of the objects that there are. */
export function needs(
  right: AccessRight,
  ...objects: readonly (Securable | null)[]
): Need[] {
  return objects.flatMap((on) => on === null ? [] : [{ right, on }]);
}

/** A right on the pool that an object is in, or is. */
export function onPool<Input>(
  right: AccessRight,
  idOf: (input: Input) => Guid,
): Rule<Input> {
  return async (input, look) => needs(right, await look.poolOf(idOf(input)));
}

/** A right on the library that an object is in, or is. */
export function onLibrary<Input>(
  right: AccessRight,
  idOf: (input: Input) => Guid,
): Rule<Input> {
  return async (input, look) => needs(right, await look.libraryOf(idOf(input)));
}

/** A right on what governs an object. */
export function onObject<Input>(
  right: AccessRight,
  idOf: (input: Input) => Guid,
): Rule<Input> {
  return async (input, look) =>
    needs(right, await look.governorOf(idOf(input)));
}

/** A right on what governs an object; on the computer where none is named. */
export function onObjectOrComputer<Input>(
  right: AccessRight,
  idOf: (input: Input) => Guid | null,
): Rule<Input> {
  return async (input, look) => {
    const id = idOf(input);
    return needs(
      right,
      id === null ? look.computer : await look.governorOf(id),
    );
  };
}

/** A right on the pool of an object, and on the computer. */
export function onPoolAndComputer<Input>(
  right: AccessRight,
  idOf: (input: Input) => Guid,
): Rule<Input> {
  return async (input, look) =>
    needs(right, await look.poolOf(idOf(input)), look.computer);
}
