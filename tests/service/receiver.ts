/**
 * A real HTTP server that takes messages, or refuses them.
 *
 * @module
 */

import type { UiMessage } from "../../src/model/mod.ts";

/** What was posted. */
export interface Posted {
  readonly body: Omit<UiMessage, "time"> & { readonly time: string };
  readonly headers: Headers;
}

/** Takes what is posted to it. */
export class Receiver implements AsyncDisposable {
  /** What was taken, in its order. */
  readonly taken: Posted[] = [];
  /** How often something came. */
  tries = 0;
  /** Status that it answers with until it is told otherwise. */
  status = 200;
  readonly url: string;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  #waiting: (() => void)[] = [];

  constructor() {
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen() {} },
      (request) => this.#answer(request),
    );
    this.url = `http://127.0.0.1:${this.#server.addr.port}/hook`;
  }

  /** Resolves when so much came that `enough` holds. */
  async until(enough: () => boolean): Promise<void> {
    while (!enough()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    const body = await request.json();
    this.tries++;
    const { status } = this;
    if (status === 200) this.taken.push({ body, headers: request.headers });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    return new Response(null, {
      status,
      headers: { connection: "close", location: "http://127.0.0.1:9/" },
    });
  }
}
