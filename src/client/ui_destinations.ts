/**
 * Where a session has messages go.
 *
 * @module
 */

import type {
  Guid,
  UiDestination,
  UiTestResult,
  UiType,
} from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { SessionCall } from "./session_call.ts";

/** Which list of destinations. */
export interface UiListOptions {
  /** Which messages: progress, operator requests about media, or about faults. @default {"request"} */
  type?: UiType;
  /** The computer or a library, whose destinations are kept; null for the application, whose end with the session. @default {null} */
  object?: Guid | null;
}

/** Which list of destinations to change. */
export interface UiChangeOptions extends UiListOptions, Repeatable {}

/**
 * The destinations of messages, as a session sees them: names of computers
 * that run a console, and e-mail addresses and URLs that the administrator has
 * configured.
 */
export class UiDestinations {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** The destinations of one list. */
  async get(
    { object = null, type = "request" }: UiListOptions = {},
  ): Promise<readonly string[]> {
    const { destinations } = await this.#call("GetNtmsUIOptions", {
      object,
      type,
    });
    return destinations;
  }

  /** Adds a destination; an empty name is this computer. */
  async add(destination: string, options: UiChangeOptions = {}): Promise<void> {
    await this.#change("add", destination, options);
  }

  /** Takes a destination out. */
  async remove(
    destination: string,
    options: UiChangeOptions = {},
  ): Promise<void> {
    await this.#change("delete", destination, options);
  }

  /** Takes all destinations out. */
  async clear(options: UiChangeOptions = {}): Promise<void> {
    await this.#change("deleteAll", "", options);
  }

  /** All destinations of the computer, of libraries and of this session, and how it stands with each. */
  async list(): Promise<readonly UiDestination[]> {
    return (await this.#call("ListNtmsUIOptions", {})).destinations;
  }

  /** Sends a message to an address or URL, and tells whether it was taken. */
  async test(destination: string): Promise<UiTestResult> {
    return await this.#call("TestNtmsUIOptions", { destination });
  }

  async #change(
    operation: "add" | "delete" | "deleteAll",
    destination: string,
    { idempotencyKey, object = null, type = "request" }: UiChangeOptions,
  ): Promise<void> {
    await this.#call(
      "SetNtmsUIOptions",
      { object, type, operation, destination },
      { idempotencyKey },
    );
  }
}
