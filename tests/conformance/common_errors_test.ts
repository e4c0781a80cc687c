/**
 * Errors that have the same cause with every function: one call of each that
 * works, and then what is broken around it.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import { assertEquals } from "@std/assert";
import {
  CloseNtmsNotification,
  CloseNtmsSession,
  type HANDLE,
  INFINITE,
  NTMS_CREATE_NEW,
  NTMS_DRIVE,
  NTMS_DRIVE_TYPE,
  NTMS_NULLGUID,
  OpenNtmsNotification,
  OpenNtmsSession,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";
import { fill, NAMESPACE, smallDisk } from "../crash/small_disk.ts";
import { nameOf } from "../ntms/codes.ts";
import { DOCUMENTED_FUNCTIONS } from "./documented_errors.ts";
import { ServiceProcess } from "../recovery/service_process.ts";
import * as calls from "./calls.ts";
import {
  GOOD_CALLS,
  leaveOneOut,
  type Scene,
  SCENE_LIBRARY,
  setScene,
  startScene,
} from "./good_calls.ts";
import { recordError } from "./record.ts";
import type {
  RunningService,
  RunningServiceOptions,
} from "./running_service.ts";

/** How many connections a service takes that is to run out of them. */
const CONNECTIONS = 2;
/** Far more than a disk of the test has room for. */
const MOST_POOLS = 3_000;
/** Of a catalogue. */
const PAGE_BYTES = 4096;

/** The functions that there is a good call of, and for which the documents name the code. */
function functionsWith(code: string): string[] {
  return DOCUMENTED_FUNCTIONS.filter(({ name, errors }) =>
    name in GOOD_CALLS && errors.includes(code)
  ).map(({ name }) => name);
}

/** Makes every call for which the documents name the code, a step each. */
async function eachGives(
  t: Deno.TestContext,
  code: string,
  cause: string,
  scene: Scene,
): Promise<void> {
  for (const name of functionsWith(code)) {
    const call = GOOD_CALLS[name];
    if (call === undefined) continue;
    // The write-ahead log may have room again after its pages went to the catalogue.
    if (code === FULL) await fillUp(scene.hSession);
    await t.step(`${name}() gives ${code} when ${cause}`, async () => {
      assertEquals(nameOf(await call(scene)), code);
      recordError(name, code, cause);
    });
  }
}

/** Sets the scene, in a service that is stopped at the end. */
async function inScene(
  act: (scene: Scene, service: RunningService) => Promise<void>,
  options: RunningServiceOptions = {},
): Promise<void> {
  const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  try {
    await using service = await startScene(state, options);
    await act(await setScene(await service.open()), service);
  } finally {
    await Deno.remove(state, { recursive: true });
  }
}

/** Overwrites all of a catalogue but its first page. */
async function damage(catalogue: string): Promise<void> {
  {
    using sqlite = new DatabaseSync(catalogue);
    sqlite.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }
  const { size } = await Deno.stat(catalogue);
  using file = await Deno.open(catalogue, { write: true });
  await file.seek(PAGE_BYTES, Deno.SeekMode.Start);
  await file.write(new Uint8Array(size - PAGE_BYTES).fill(0xa5));
}

Deno.test("every call that asks a damaged catalogue gives ERROR_DATABASE_FAILURE", (t) =>
  inScene(async (scene, { state }) => {
    await damage(`${state}/rsm.sqlite`);
    await eachGives(
      t,
      "ERROR_DATABASE_FAILURE",
      "the catalogue is damaged under the service",
      scene,
    );
  }));

/** Calls that wait on all connections that the service takes, until they are aborted. */
async function occupy(service: RunningService): Promise<AsyncDisposable> {
  const hSession = await service.open("Waiter");
  const { abort, signal } = calls.abortable();
  const channels: HANDLE[] = [];
  for (let count = 0; count < CONNECTIONS; count++) {
    channels.push(await OpenNtmsNotification(hSession, NTMS_DRIVE_TYPE));
  }
  const waiting = channels.map((channel) => {
    const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
    return WaitForNtmsNotification(channel, change, INFINITE, { signal });
  });
  await calls.until(async () =>
    await calls.enumerate(hSession, NTMS_DRIVE) === "ERROR_NOT_ENOUGH_MEMORY"
  );
  return {
    async [Symbol.asyncDispose]() {
      abort();
      await Promise.all(waiting);
      for (const channel of channels) await CloseNtmsNotification(channel);
    },
  };
}

Deno.test("every call for which the service has no connection left gives ERROR_NOT_ENOUGH_MEMORY, and succeeds when it has", (t) =>
  inScene(async (scene, service) => {
    {
      await using _waiting = await occupy(service);
      await eachGives(
        t,
        "ERROR_NOT_ENOUGH_MEMORY",
        "calls are under way on all the connections that the service takes",
        scene,
      );
    }
    for (const [name, call] of Object.entries(GOOD_CALLS)) {
      await t.step(`${name}() succeeds`, async () => {
        assertEquals(nameOf(await call(scene)), "ERROR_SUCCESS");
      });
    }
  }, { limits: { connections: CONNECTIONS } }));

/** Makes pools until there is no room for one more. */
async function fillUp(hSession: HANDLE): Promise<void> {
  for (let count = 0; count < MOST_POOLS; count++) {
    const name = `Pool ${crypto.randomUUID()}`;
    const code = await calls.createPool(hSession, name, NTMS_CREATE_NEW);
    if (code === "ERROR_DATABASE_FULL") return;
  }
  throw new Error("the disk was never full");
}

const FULL = "ERROR_DATABASE_FULL";
const FULL_CAUSE = "the disk with the catalogue is full";

Deno.test({
  name: "every call that writes to a full disk gives ERROR_DATABASE_FULL",
  ignore: NAMESPACE === null,
  fn: (t) => onSmallDisk((scene) => eachGives(t, FULL, FULL_CAUSE, scene)),
});

if (NAMESPACE === null) {
  const obstacle = "no mount namespace is to be had here; run as root";
  for (const name of functionsWith(FULL)) {
    recordError(name, FULL, FULL_CAUSE, obstacle);
  }
}

/** Sets the scene in a service whose disk is full from then on. */
async function onSmallDisk(
  act: (scene: Scene) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  const [state, contents] = [`${directory}/state`, `${directory}/contents`];
  try {
    await Deno.mkdir(state);
    await leaveOneOut(contents);
    const wrapper = smallDisk("8m", state, contents, "rw");
    const service = await ServiceProcess.start(directory, [SCENE_LIBRARY], {
      wrapper,
    });
    const { socket } = service;
    const hSession = await OpenNtmsSession(null, "Conformance", 0, { socket });
    const scene = await setScene(hSession);
    fill(`/proc/${service.pid}/root${state}/ballast`);
    await act(scene);
    assertEquals(await CloseNtmsSession(hSession), 0);
    await service.stop();
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
