/**
 * Tokens, by which programs on other computers open sessions.
 *
 * @module
 */

import { type TokenFacts, tokenSid } from "../model/mod.ts";
import type { Repeatable } from "./managing_calls.ts";
import type { SessionCall } from "./session_call.ts";

const SECRET_BYTES = 32;

/** How to make a token. */
export interface CreateTokenOptions extends Repeatable {
  /** A Unix user whose rights it has beside its own. @default {undefined} None. */
  user?: string;
}

/** A token that was just made. */
export interface NewToken {
  /** Its name; entries call it by "token:NAME". */
  readonly name: string;
  /** Security identifier that entries name it by. */
  readonly sid: string;
  /** What its holder shows; nobody can tell it again. */
  readonly secret: string;
}

/** The tokens of a service, for administrators. */
export class Tokens {
  readonly #call: SessionCall;

  /** Of the session that `call` is of. */
  constructor(call: SessionCall) {
    this.#call = call;
  }

  /** Makes a token. Its secret is made here, and the service learns its hash alone. */
  async create(
    name: string,
    { user, ...options }: CreateTokenOptions = {},
  ): Promise<NewToken> {
    const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    const secret = hex(bytes);
    const digest = await crypto.subtle.digest(
      "SHA-256",
      new TextEncoder().encode(secret),
    );
    const hash = hex(new Uint8Array(digest));
    const { number } = await this.#call(
      "CreateNtmsToken",
      { name, user: user ?? null, hash },
      options,
    );
    return { name, sid: tokenSid(number), secret };
  }

  /** The tokens there are, without their secrets. */
  async list(): Promise<readonly TokenFacts[]> {
    return (await this.#call("ListNtmsTokens", {})).tokens;
  }

  /** Makes a token worthless, and ends the sessions that it opened. */
  async revoke(name: string, options: Repeatable = {}): Promise<void> {
    await this.#call("RevokeNtmsToken", { name }, options);
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
