/**
 * What the documents say of sessions.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  CloseNtmsSession,
  GetLastError,
  INVALID_HANDLE_VALUE,
  InventoryNtmsLibrary,
  NTMS_DRIVE,
  NTMS_DRIVESTATE_LOADED,
  NTMS_INVENTORY_FAST,
  NTMS_LIBREQUEST,
  NTMS_LOGICAL_MEDIA,
  OpenNtmsSession,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { GOOD_CALLS, setScene, startScene } from "./good_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";
import { SlowService } from "./slow_service.ts";

const A = "LAB001L6";

Deno.test(
  "OpenNtmsSession() returns a handle, or INVALID_HANDLE_VALUE with the code in GetLastError()",
  holds(["OpenNtmsSession.1"], async () => {
    await using service = await RunningService.start();
    const { socket } = service;
    const handle = await OpenNtmsSession(null, "One", 0, { socket });
    assert(handle > 0n);
    assertEquals(await CloseNtmsSession(handle), 0);
    assertEquals(
      await OpenNtmsSession("no host!", "One", 0, { socket }),
      INVALID_HANDLE_VALUE,
    );
    assertEquals(nameOf(GetLastError()), "ERROR_INVALID_COMPUTERNAME");
  }),
);

Deno.test(
  "CloseNtmsSession() makes the handle good for nothing, on whatever function",
  holds(["CloseNtmsSession.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { online: [library = ""] } = await calls.libraries(hSession);
    assertEquals(await CloseNtmsSession(hSession), 0);
    assertEquals(
      [
        await calls.enumerate(hSession, NTMS_DRIVE),
        nameOf(
          await InventoryNtmsLibrary(hSession, library, NTMS_INVENTORY_FAST),
        ),
        nameOf(await CloseNtmsSession(hSession)),
      ],
      Array.from({ length: 3 }, () => "ERROR_INVALID_HANDLE"),
    );
    assertEquals(service.service.status().sessions, 0);
  }),
);

Deno.test(
  "a service that is not ready says so to OpenNtmsSession(), and to every other call",
  holds(["OpenNtmsSession.6"], async () => {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      await using before = await startScene(state);
      const scene = await setScene(await before.open());
      await before.service.close();
      await using _slow = await SlowService.start(before.socket);
      assertEquals(await before.tryOpen(), "ERROR_NOT_READY");
      for (const [name, call] of Object.entries(GOOD_CALLS)) {
        assertEquals(nameOf(await call(scene)), "ERROR_NOT_READY", name);
      }
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  }),
);

Deno.test("a session may be tried before the service is ready, and succeeds once it is", async () => {
  await using service = await SlowService.start();
  const { socket } = service;
  assertEquals(await OpenNtmsSession(null, null, 0, { socket }), -1n);
  await service.finishInventory();
  const hSession = await OpenNtmsSession(null, null, 0, { socket });
  assert(hSession > 0n);
  assertEquals(await CloseNtmsSession(hSession), 0);
});

Deno.test(
  "a session's application, user and computer are copied into the library requests it causes; no application is RSM",
  holds(["OpenNtmsSession.2", "OpenNtmsSession.3"], async () => {
    await using service = await RunningService.start();
    const { socket } = service;
    for (const [given, recorded] of [["Nightly", "Nightly"], [null, "RSM"]]) {
      const hSession = await OpenNtmsSession(null, given ?? null, 0, {
        socket,
      });
      const { online: [library = ""] } = await calls.libraries(hSession);
      await InventoryNtmsLibrary(hSession, library, NTMS_INVENTORY_FAST);
      const requests = await calls.infosOf(hSession, NTMS_LIBREQUEST);
      const own = requests.map(({ Info }) => Info.LibRequest).find((it) =>
        it.szApplication === recorded && it.szComputer === Deno.hostname()
      );
      assert(own !== undefined && own.szUser !== "", `${recorded}`);
      assertEquals(await CloseNtmsSession(hSession), 0);
    }
  }),
);

Deno.test(
  "sessions of one application are apart: closing one leaves the other",
  holds(["OpenNtmsSession.5"], async () => {
    await using service = await RunningService.start();
    const one = await service.open("Same");
    const other = await service.open("Same");
    assert(one !== other);
    assertEquals(await CloseNtmsSession(one), 0);
    assertEquals(await calls.enumerate(other, NTMS_DRIVE), "ERROR_SUCCESS");
  }),
);

Deno.test(
  "CloseNtmsSession() dismounts nothing and deallocates nothing",
  holds(["CloseNtmsSession.6"], async () => {
    await using service = await RunningService.start();
    const one = await service.open();
    const medium = await calls.allocated(one, A);
    assertEquals(await calls.mount(one, [medium]), "ERROR_SUCCESS");
    assertEquals(await CloseNtmsSession(one), 0);
    const other = await service.open();
    assert((await calls.idsOf(other, NTMS_LOGICAL_MEDIA)).includes(medium));
    const drives = await calls.infosOf(other, NTMS_DRIVE);
    assert(drives.some((it) => it.Info.Drive.State === NTMS_DRIVESTATE_LOADED));
    assertEquals(await calls.dismount(other, [medium]), "ERROR_SUCCESS");
  }),
);
