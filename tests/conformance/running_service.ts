/**
 * A running service with virtual libraries, reached through its socket, for
 * tests of the documented face.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Limits } from "../../src/model/mod.ts";
import { openRealManager } from "../../src/service/open_manager.ts";
import { findIdentityObstacle } from "../../src/service/peers.ts";
import { type Service, startServiceWith } from "../../src/service/service.ts";
import {
  CloseNtmsSession,
  GetLastError,
  type HANDLE,
  INVALID_HANDLE_VALUE,
  OpenNtmsSession,
} from "../../src/ntms/ntmsapi.ts";
import { openSession } from "../../mod.ts";
import { nameOf } from "../ntms/codes.ts";

/** What a test service is made of. */
export interface RunningServiceOptions {
  /** URLs of the libraries. @default {[SMALL_LIBRARY]} */
  readonly libraries?: readonly string[];
  /** Directory of its state; kept. @default {undefined} One of its own, removed at the end. */
  readonly state?: string;
  /** Where it listens for TCP too. */
  readonly listen?: string;
  /** Newest version of the interface that it speaks. */
  readonly interfaceVersion?: number;
  /** Take unknown bar codes for free media. @default {true} */
  readonly trustBarCodes?: boolean;
  /** Bounds other than the usual ones, for tests that reach them. */
  readonly limits?: Partial<Limits>;
  /** Wait until it accepts sessions. @default {true} */
  readonly ready?: boolean;
}

/** Two drives, one of them a match for each of four LTO-6 cartridges. */
export const SMALL_LIBRARY =
  "virtual:small?slots=8&drives=2&cartridges=4&barcodes=LAB%03dL6&files=no";

/** One drive and two LTO-6 cartridges. */
export const OTHER_LIBRARY =
  "virtual:other?slots=4&drives=1&cartridges=2&barcodes=OTH%03dL6&files=no";

/** A running service; disposing it closes the handles and stops it. */
export class RunningService implements AsyncDisposable {
  /** The service itself. */
  readonly service: Service;
  /** Path of its socket. */
  readonly socket: string;
  /** Directory of its state. */
  readonly state: string;
  readonly #directory: string;
  readonly #handles: HANDLE[] = [];

  private constructor(service: Service, directory: string, state: string) {
    this.service = service;
    this.state = state;
    this.socket = `${directory}/rsm.sock`;
    this.#directory = directory;
  }

  /** Starts a service. */
  static async start(
    options: RunningServiceOptions = {},
  ): Promise<RunningService> {
    const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    const { listen, interfaceVersion, state = `${directory}/state` } = options;
    const service = await startServiceWith(
      {
        libraries: options.libraries ?? [SMALL_LIBRARY],
        state,
        socket: `${directory}/rsm.sock`,
        trustBarCodes: options.trustBarCodes ?? true,
        ...(listen === undefined ? {} : { listen }),
        ...(interfaceVersion === undefined ? {} : { interfaceVersion }),
      },
      openRealManager,
      findIdentityObstacle,
      options.limits ?? {},
    );
    const running = new RunningService(service, directory, state);
    if (options.ready ?? true) await service.ready;
    return running;
  }

  /** Opens a session that is closed with the service. */
  async open(application = "Conformance"): Promise<HANDLE> {
    const handle = await OpenNtmsSession(null, application, 0, {
      socket: this.socket,
    });
    assertEquals(
      handle === INVALID_HANDLE_VALUE ? nameOf(GetLastError()) : "opened",
      "opened",
    );
    this.#handles.push(handle);
    return handle;
  }

  /** Tries to open a session; the name of the code it ended with. */
  async tryOpen(
    server: string | null = null,
    socket: string = this.socket,
  ): Promise<string> {
    const handle = await OpenNtmsSession(server, "Conformance", 0, { socket });
    const code = nameOf(GetLastError());
    if (handle !== INVALID_HANDLE_VALUE) this.#handles.push(handle);
    return code;
  }

  /** A pool that draws from the free pool, which the documented functions of this issue cannot make. */
  async drawingPool(mediaType: string, name = "Drawing"): Promise<string> {
    await using session = await openSession({ socket: this.socket });
    return await session.createPool({
      name,
      mediaType,
      drawFromFree: true,
      returnToFree: true,
    });
  }

  /** Closes what is open, stops the service and removes its state. */
  async [Symbol.asyncDispose](): Promise<void> {
    // A handle that the test closed itself is none any more.
    for (const handle of this.#handles) await CloseNtmsSession(handle);
    await this.service.close();
    await Deno.remove(this.#directory, { recursive: true });
  }
}
