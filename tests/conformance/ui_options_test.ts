/**
 * What the documents say of destinations of messages.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import {
  GetNtmsUIOptions,
  InventoryNtmsLibrary,
  NTMS_DRIVE,
  NTMS_INVENTORY_FAST,
  NTMS_OPREQ_DEVICESERVICE,
  NTMS_OPREQ_NEWMEDIA,
  NTMS_UIDEST_ADD,
  NTMS_UIDEST_DELETEALL,
  NTMS_UITYPE_ERR,
  NTMS_UITYPE_INFO,
  NTMS_UITYPE_REQ,
  SubmitNtmsOperatorRequest,
} from "../../src/ntms/ntmsapi.ts";
import { Receiver } from "../service/receiver.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";
import { computerOf, listed, set } from "./ui_errors.ts";

Deno.test(
  "GetNtmsUIOptions() without destinations succeeds with size 0",
  holds(["GetNtmsUIOptions.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const list = { value: "before" };
    const size = { value: 0 };
    const type = NTMS_UITYPE_REQ;
    const code = await GetNtmsUIOptions(hSession, null, type, list, size);
    assertEquals([code, size.value, list.value], [0, 0, ""]);
  }),
);

Deno.test(
  "GetNtmsUIOptions() keeps progress, requests about media and requests about faults apart, as what is sent is",
  holds(["GetNtmsUIOptions.2"], async () => {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    await using receiver = new Receiver();
    const { url } = receiver;
    const urls = {
      info: `${url}?info`,
      request: `${url}?request`,
      error: `${url}?error`,
    };
    await Deno.writeTextFile(
      `${state}/ui_destinations.json`,
      JSON.stringify({ webhooks: Object.values(urls) }),
    );
    try {
      await using service = await RunningService.start({ state });
      const hSession = await service.open();
      const computer = await computerOf(hSession);
      const { online: [library = ""] } = await calls.libraries(hSession);
      const pool = await calls.poolId(hSession);
      const [drive = ""] = await calls.idsOf(hSession, NTMS_DRIVE);
      for (
        const [type, to] of [
          [NTMS_UITYPE_INFO, urls.info],
          [NTMS_UITYPE_REQ, urls.request],
          [NTMS_UITYPE_ERR, urls.error],
        ] as const
      ) {
        const code = await set(hSession, computer, to, NTMS_UIDEST_ADD, type);
        assertEquals(code, 0);
        assertEquals(await listed(hSession, computer, type), [to]);
      }
      const id = { value: "" };
      for (
        const [kind, about] of [
          [NTMS_OPREQ_NEWMEDIA, pool],
          [NTMS_OPREQ_DEVICESERVICE, drive],
        ] as const
      ) {
        await SubmitNtmsOperatorRequest(hSession, kind, "x", about, null, id);
      }
      await InventoryNtmsLibrary(hSession, library, NTMS_INVENTORY_FAST);
      const kinds = (type: string) =>
        new Set(
          receiver.taken.filter(({ body }) => body.type === type)
            .map(({ body }) => body.request?.kind),
        );
      await receiver.until(() =>
        kinds("info").size > 0 && kinds("request").size > 0 &&
        kinds("error").size > 0
      );
      assertEquals([...kinds("request")], ["newMedia"]);
      assertEquals([...kinds("error")], ["deviceService"]);
      assertEquals([...kinds("info")], ["inventory"]);
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  }),
);

Deno.test(
  "GetNtmsUIOptions() without an object tells of the session alone, even when its application has more",
  holds(["GetNtmsUIOptions.3"], async () => {
    await using service = await RunningService.start();
    const [one, other] = [await service.open("A"), await service.open("A")];
    assertEquals(await set(one, null, "desk"), 0);
    assertEquals(await set(other, null, "hall"), 0);
    assertEquals(await listed(one, null), ["desk"]);
    assertEquals(await listed(other, null), ["hall"]);
  }),
);

Deno.test(
  "SetNtmsUIOptions() is kept for computer and library over a restart, and gone with its session for an application",
  holds(["SetNtmsUIOptions.1", "CloseNtmsSession.4"], async () => {
    const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      let owners: string[];
      {
        await using service = await RunningService.start({ state });
        const hSession = await service.open();
        const { online } = await calls.libraries(hSession);
        owners = [await computerOf(hSession), ...online];
        for (const owner of owners) await set(hSession, owner, "desk");
        await set(hSession, null, "desk");
      }
      await using service = await RunningService.start({ state });
      const hSession = await service.open();
      for (const owner of owners) {
        assertEquals(await listed(hSession, owner), ["desk"]);
      }
      assertEquals(await listed(hSession, null), []);
    } finally {
      await Deno.remove(state, { recursive: true });
    }
  }),
);

Deno.test(
  "SetNtmsUIOptions() that deletes all leaves no destination of this object and kind, and others alone",
  holds(["SetNtmsUIOptions.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const computer = await computerOf(hSession);
    for (const name of ["desk", "hall"]) {
      await set(hSession, computer, name);
      await set(hSession, computer, name, NTMS_UIDEST_ADD, NTMS_UITYPE_ERR);
    }
    assertEquals(await set(hSession, computer, "", NTMS_UIDEST_DELETEALL), 0);
    assertEquals(await listed(hSession, computer), []);
    const faults = await listed(hSession, computer, NTMS_UITYPE_ERR);
    assertEquals(faults, ["desk", "hall"]);
  }),
);

Deno.test(
  "SetNtmsUIOptions() does not look for the computer that it is given",
  holds(["SetNtmsUIOptions.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    assertEquals(await set(hSession, null, "no-such-computer.invalid"), 0);
    assertEquals(await listed(hSession, null), ["no-such-computer.invalid"]);
  }),
);

Deno.test(
  "SetNtmsUIOptions() takes an empty destination for the caller's computer",
  holds(["SetNtmsUIOptions.4"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    assertEquals(await set(hSession, null, ""), 0);
    const [name = ""] = await listed(hSession, null);
    assert(name !== "");
    assertEquals(name, Deno.hostname());
  }),
);
