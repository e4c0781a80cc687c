/**
 * Handles are good in every Worker of the process, and nowhere else.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  CloseNtmsSession,
  type HANDLE,
  NTMS_DRIVE,
} from "../../src/ntms/ntmsapi.ts";
import { runChild } from "./child.ts";
import * as calls from "./calls.ts";
import { type Job, type Tally, useHandle } from "./handle_work.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const ERROR_INVALID_HANDLE = 6;
const WORKERS = 8;
const CALLS = 10_000;

/** Workers that stop at the end of the test. */
class Workers implements Disposable {
  readonly #workers: readonly Worker[];

  constructor(count: number) {
    const module = new URL("./handle_worker.ts", import.meta.url);
    this.#workers = Array.from(
      { length: count },
      () => new Worker(module, { type: "module" }),
    );
  }

  /** Sends each Worker a job. */
  all(job: Job): Promise<Tally>[] {
    return this.#workers.map((worker) => this.#send<Tally>(worker, job));
  }

  /** Has the first Worker close a handle. */
  close(hSession: HANDLE): Promise<number> {
    const job = { hSession, drives: [], close: true };
    const [worker] = this.#workers;
    assert(worker !== undefined);
    return this.#send<number>(worker, job);
  }

  #send<Answer>(worker: Worker, job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      worker.onmessage = (event: MessageEvent<Answer>) => resolve(event.data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(job);
    });
  }

  [Symbol.dispose](): void {
    for (const worker of this.#workers) worker.terminate();
  }
}

Deno.test(
  "one handle serves the main thread and 8 Workers at once for 10,000 calls, with right results",
  holds(["OpenNtmsSession.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const drives = await calls.idsOf(hSession, NTMS_DRIVE);
    using workers = new Workers(WORKERS);
    const job = { hSession, drives, calls: Math.ceil(CALLS / (WORKERS + 1)) };
    const tallies = await Promise.all([useHandle(job), ...workers.all(job)]);
    for (const tally of tallies) {
      assertEquals(tally, { codes: { 0: job.calls }, wrong: 0 });
    }
  }),
);

Deno.test("a handle that one Worker closes while others call ends each call with success or ERROR_INVALID_HANDLE", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const drives = await calls.idsOf(hSession, NTMS_DRIVE);
  using users = new Workers(WORKERS - 1);
  using closer = new Workers(1);
  // So that all are at it when the handle is closed.
  const few = { hSession, drives, calls: 20 };
  await Promise.all(users.all(few));

  const job = { hSession, drives };
  const inUse = [useHandle(job), ...users.all(job)];
  assertEquals(await closer.close(hSession), 0);
  for (const { codes, wrong } of await Promise.all(inUse)) {
    assertEquals(wrong, 0);
    const others = Object.keys(codes).filter((code) =>
      !["0", `${ERROR_INVALID_HANDLE}`].includes(code)
    );
    assertEquals(others, []);
    assert((codes[ERROR_INVALID_HANDLE] ?? 0) > 0);
  }
  assertEquals(await CloseNtmsSession(hSession), ERROR_INVALID_HANDLE);
});

Deno.test("a stale handle never reaches a newer session, also not in a Worker that used it", async () => {
  await using service = await RunningService.start();
  const stale = await service.open();
  const drives = await calls.idsOf(stale, NTMS_DRIVE);
  using workers = new Workers(1);
  await Promise.all(workers.all({ hSession: stale, drives, calls: 20 }));
  assertEquals(await CloseNtmsSession(stale), 0);
  const seen = new Set([stale]);
  for (let round = 0; round < 200; round++) {
    const hSession = await service.open();
    assert(!seen.has(hSession));
    seen.add(hSession);
    assertEquals(
      await calls.enumerate(stale, NTMS_DRIVE),
      "ERROR_INVALID_HANDLE",
    );
    assertEquals(await CloseNtmsSession(hSession), 0);
  }
  const newer = await service.open();
  const [tally] = await Promise.all(
    workers.all({ hSession: stale, drives, calls: 20 }),
  );
  assertEquals(Object.keys(tally?.codes ?? {}), [`${ERROR_INVALID_HANDLE}`]);
  assertEquals(await calls.enumerate(newer, NTMS_DRIVE), "ERROR_SUCCESS");
});

Deno.test(
  "a handle's number means nothing in another process",
  holds(["OpenNtmsSession.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const output = await runChild(["-A"], "handle_child.ts", [
      `${hSession}`,
      service.socket,
    ]);
    assertEquals(JSON.parse(output), [
      0,
      ERROR_INVALID_HANDLE,
      ERROR_INVALID_HANDLE,
      0,
    ]);
    assertEquals(await calls.enumerate(hSession, NTMS_DRIVE), "ERROR_SUCCESS");
  }),
);
