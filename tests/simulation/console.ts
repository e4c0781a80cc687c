/**
 * People and programs at consoles: they take drives and cartridges out of use
 * and back, ask the operator for something, wait for it, and answer.
 *
 * @module
 */

import { INFINITE, type NtmsError } from "../../src/model/mod.ts";
import { changeObjects } from "./changing.ts";
import type { ManagingParts } from "./managing.ts";
import { APPLICATIONS } from "./sessions.ts";

const DEEDS = [
  ["disable", 1],
  ["enable", 5],
  ["ask operator", 3],
  ["wait for operator", 3],
  ["settle", 5],
] as const;

/** All consoles. */
export class Consoles {
  readonly #parts: ManagingParts;

  /** Those of a world. */
  constructor(parts: ManagingParts) {
    this.#parts = parts;
  }

  /** Somebody does something at one. */
  act(): void {
    const { world } = this.#parts;
    const application = world.deeds.pick(APPLICATIONS) ?? "alpha";
    switch (world.deeds.weighted(DEEDS)) {
      case "disable":
        return this.#disable(application);
      case "enable":
        return this.#enable(application);
      case "ask operator":
        return this.#askOperator(application);
      case "wait for operator":
        return this.#waitForOperator(application);
      case "settle":
        return this.#settle(application);
      case undefined:
        return;
    }
  }

  /** The world heals: everything is in use again. */
  enableAll(): void {
    for (const { id } of this.#parts.managed.disabled()) {
      this.#switch(APPLICATIONS[0], id, true);
    }
  }

  /** The world heals: the operator does what programs asked for. */
  satisfyAll(): void {
    for (const { id, raisedBy, state } of this.#parts.managed.requests()) {
      if (raisedBy !== "program" || isSettled(state)) continue;
      this.#answerRequest(APPLICATIONS[0], id, true);
    }
  }

  #disable(application: string): void {
    const { catalogue, managed, world } = this.#parts;
    const chance = world.deeds;
    const id = chance.happens(0.4)
      ? chance.pick(catalogue.ids("drive"))
      : chance.pick(managed.sides())?.cartridge;
    if (id !== undefined) this.#switch(application, id, false);
  }

  #enable(application: string): void {
    const { managed, world } = this.#parts;
    const one = world.deeds.pick(managed.disabled());
    if (one !== undefined) this.#switch(application, one.id, true);
  }

  #switch(application: string, id: string, enabled: boolean): void {
    const { ledger, sessions, world } = this.#parts;
    const caller = sessions.caller(application);
    if (enabled) ledger.disabled.delete(id);
    changeObjects(
      this.#parts,
      `${enabled ? "enable" : "disable"} ${short(id)}`,
      [id],
      (manager) =>
        enabled
          ? manager.objects.enable(caller, { id, type: null })
          : manager.objects.disable(caller, { id, type: null }),
      () => {
        if (!enabled && !ledger.changing.has(id)) {
          ledger.disabled.set(id, world.turn);
        }
      },
    );
  }

  #askOperator(application: string): void {
    const { catalogue, ledger, service, sessions, world } = this.#parts;
    const drive = world.deeds.pick(catalogue.ids("drive")) ?? null;
    const caller = sessions.caller(application);
    const about = drive !== null && world.deeds.happens(0.4);
    service.call(
      `ask operator ${application}`,
      (manager) =>
        manager.operators.submit(caller, {
          command: about ? "deviceService" : "message",
          message: `from ${application}`,
          argument1: about ? drive : null,
          argument2: null,
        }),
      (id) => ledger.requests.set(id, { application, state: "open" }),
    );
  }

  #waitForOperator(application: string): void {
    const { ledger, service, world } = this.#parts;
    const chance = world.deeds;
    const id = chance.pick(
      [...ledger.requests].filter(([, one]) => one.application === application)
        .map(([id]) => id),
    );
    if (id === undefined) return;
    const timeoutMs = chance.pick([0, 60_000, INFINITE]) ?? 0;
    const before = ledger.requests.get(id)?.state;
    service.call(
      `await operator ${short(id)} ${timeoutMs}`,
      (manager, signal) => manager.operators.wait(id, timeoutMs, signal),
      () => this.#waited(id, "complete"),
      ({ code, message }: NtmsError) => {
        const refused = code === "ERROR_CANCELLED" &&
          message.includes("Operator request");
        if (refused) this.#waited(id, "refused");
        else if (code === "ERROR_OBJECT_NOT_FOUND" && before === "open") {
          this.#waited(id, "purged");
        }
      },
    );
  }

  /** Who waited was told how it ended: somebody had better have ended it so. */
  #waited(id: string, end: "complete" | "refused" | "purged"): void {
    const { ledger, world } = this.#parts;
    const known = ledger.requests.get(id)?.state;
    if (known === end || ledger.changing.has(id)) return;
    if (end === "purged" && known !== "open") return;
    world.fail(
      `who waited for operator request ${id} is told that it is ${end}, and it is ${known}`,
    );
  }

  /** The operator at a console satisfies or refuses, whatever was asked for by whom. */
  #settle(application: string): void {
    const { managed, world } = this.#parts;
    const chance = world.deeds;
    const open = managed.requests().filter(({ state }) => !isSettled(state));
    const one = chance.pick(open);
    if (one === undefined) return;
    this.#answerRequest(application, one.id, chance.happens(0.6));
  }

  #answerRequest(application: string, id: string, satisfied: boolean): void {
    const { ledger, sessions } = this.#parts;
    const caller = sessions.caller(application);
    changeObjects(
      this.#parts,
      `${satisfied ? "satisfy" : "refuse"} ${short(id)}`,
      [id],
      (manager) =>
        satisfied
          ? manager.operators.satisfy(caller, id)
          : manager.operators.refuse(caller, id),
      () => {
        const known = ledger.requests.get(id);
        if (known !== undefined) {
          known.state = satisfied ? "complete" : "refused";
        }
      },
    );
  }
}

/** How an operator request has ended; the other states go on. */
export function isSettled(state: string): state is "complete" | "refused" {
  return state === "complete" || state === "refused";
}

function short(id: string): string {
  return id.slice(0, 8);
}
