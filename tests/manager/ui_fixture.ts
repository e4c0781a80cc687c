/**
 * What tests of messages to people have in common.
 *
 * @module
 */

import type { Messenger } from "../../src/manager/mod.ts";
import type {
  Limits,
  UiChangeInput,
  UiMessage,
  UiType,
} from "../../src/model/mod.ts";
import type { FakeClock } from "./fake_clock.ts";
import { type Fixture, openFixture } from "./fixture.ts";
import { SMALL } from "./operator_fixture.ts";

export const DESK = "https://desk.example.org/";
export const HALL = "https://hall.example.org/";

/** Keeps what it is given, as it is told to. */
export class Mailbox implements Messenger {
  readonly taken: [string, UiMessage][] = [];
  /** How often each was tried. */
  readonly tries = new Map<string, number>();
  /** Those that refuse. */
  readonly refusing = new Set<string>();
  /** Those that never answer. */
  readonly hanging = new Set<string>();

  knows(destination: string): boolean {
    return destination === DESK || destination === HALL;
  }

  deliver(
    destination: string,
    message: UiMessage,
    signal: AbortSignal,
  ): Promise<void> {
    this.tries.set(destination, this.triesOf(destination) + 1);
    if (this.hanging.has(destination)) {
      return new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason))
      );
    }
    if (this.refusing.has(destination)) {
      return Promise.reject(new TypeError("It is closed"));
    }
    this.taken.push([destination, message]);
    return Promise.resolve();
  }

  triesOf(destination: string): number {
    return this.tries.get(destination) ?? 0;
  }

  texts(destination: string): string[] {
    return this.taken.filter(([to]) => to === destination)
      .map(([, { text }]) => text);
  }
}

export interface Told extends Fixture {
  readonly mailbox: Mailbox;
}

export async function open(
  options: { clock?: FakeClock; limits?: Partial<Limits> } = {},
): Promise<Told> {
  const mailbox = new Mailbox();
  const fixture = await openFixture({
    url: SMALL,
    messenger: mailbox,
    ...options,
  });
  return Object.assign(fixture, { mailbox });
}

/** Resolves when something holds. */
export async function until(condition: () => boolean | Promise<boolean>) {
  for (let n = 0; n < 5_000; n++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("it did not happen");
}

/** Gives everything that can go on the time to do so. */
export async function settle(): Promise<void> {
  for (let n = 0; n < 20; n++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export async function computerOf(fixture: Fixture): Promise<string> {
  return (await fixture.all("computer"))[0]?.id ?? "";
}

export async function libraryIdOf(fixture: Fixture): Promise<string> {
  const libraries = await fixture.all("library");
  return libraries.find(({ kind }) => kind !== "offline")?.id ?? "";
}

export function set(
  fixture: Fixture,
  input: Partial<UiChangeInput>,
  session = "s1",
): Promise<void> {
  return fixture.manager.ui.set(fixture.caller("backup", session), {
    object: null,
    type: "request",
    operation: "add",
    destination: DESK,
    ...input,
  });
}

export function get(
  fixture: Fixture,
  object: string | null,
  session = "s1",
  type: UiType = "request",
): Promise<readonly string[]> {
  const caller = fixture.caller("backup", session);
  return fixture.manager.ui.get(caller, { object, type });
}
