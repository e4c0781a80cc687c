import { assert, assertEquals } from "@std/assert";
import {
  CancelNtmsOperatorRequest,
  type HANDLE,
  INFINITE,
  NTMS_OPREQ_MESSAGE,
  NTMS_OPREQ_NEWMEDIA,
  NTMS_OPREQUEST,
  type NTMS_OPREQUESTINFORMATION,
  NTMS_OPSTATE_COMPLETE,
  NTMS_OPSTATE_REFUSED,
  NTMS_OPSTATE_SUBMITTED,
  SatisfyNtmsOperatorRequest,
  SubmitNtmsOperatorRequestA,
  WaitForNtmsOperatorRequest,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { submitted } from "./operator_errors.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

async function infoOf(
  hSession: HANDLE,
  id: string,
): Promise<NTMS_OPREQUESTINFORMATION> {
  const info = await calls.infoOf(hSession, id);
  assert(info.dwType === NTMS_OPREQUEST);
  return info.Info.OpRequest;
}

Deno.test(
  "SubmitNtmsOperatorRequest() creates a request in NTMS_OPSTATE_SUBMITTED carrying application, user and computer of the session",
  holds(
    ["SubmitNtmsOperatorRequest.1", "SubmitNtmsOperatorRequest.2"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open("Nightly");
      const info = await infoOf(hSession, await submitted(hSession, "Hello"));
      assertEquals(info.Request, NTMS_OPREQ_MESSAGE);
      assertEquals(info.State, NTMS_OPSTATE_SUBMITTED);
      assertEquals(info.szMessage, "Hello");
      assertEquals(info.szApplication, "Nightly");
      assert(info.szUser !== "" && info.szComputer !== "");
    },
  ),
);

Deno.test("SubmitNtmsOperatorRequestA() reads its message as Windows-1252", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const id = { value: "" };
  const text = Uint8Array.of(0x54, 0xfc, 0x72, 0, 0x58);
  const kind = NTMS_OPREQ_MESSAGE;
  await SubmitNtmsOperatorRequestA(hSession, kind, text, null, null, id);
  assertEquals((await infoOf(hSession, id.value)).szMessage, "Tür");
});

Deno.test(
  "WaitForNtmsOperatorRequest() that times out does not change the request",
  holds(["WaitForNtmsOperatorRequest.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const id = await submitted(hSession);
    const code = await WaitForNtmsOperatorRequest(hSession, id, 10);
    assertEquals(nameOf(code), "ERROR_TIMEOUT");
    assertEquals((await infoOf(hSession, id)).State, NTMS_OPSTATE_SUBMITTED);
  }),
);

Deno.test(
  "CancelNtmsOperatorRequest() makes the state NTMS_OPSTATE_REFUSED, and tells all who wait",
  holds(["CancelNtmsOperatorRequest.1"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const other = await service.open("Other");
    const id = await submitted(hSession);
    const waiting = [hSession, other].map((session) =>
      WaitForNtmsOperatorRequest(session, id, INFINITE)
    );
    assertEquals(await CancelNtmsOperatorRequest(hSession, id), 0);
    assertEquals((await Promise.all(waiting)).map(nameOf), [
      "ERROR_CANCELLED",
      "ERROR_CANCELLED",
    ]);
    assertEquals((await infoOf(hSession, id)).State, NTMS_OPSTATE_REFUSED);
  }),
);

Deno.test(
  "SatisfyNtmsOperatorRequest() makes the state NTMS_OPSTATE_COMPLETE, once",
  holds(
    ["SatisfyNtmsOperatorRequest.1", "SatisfyNtmsOperatorRequest.2"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const id = await submitted(hSession);
      assertEquals(await SatisfyNtmsOperatorRequest(hSession, id), 0);
      assertEquals((await infoOf(hSession, id)).State, NTMS_OPSTATE_COMPLETE);
      // A settled one is told apart from one that was never there, while it is kept.
      assertEquals(
        nameOf(await SatisfyNtmsOperatorRequest(hSession, id)),
        "ERROR_INVALID_STATE",
      );
    },
  ),
);

Deno.test(
  "a waiting allocate looks again when its request is satisfied, and asks anew when nothing has come",
  holds([
    "SatisfyNtmsOperatorRequest.1",
    "AllocateNtmsMedia.7",
    "SubmitNtmsOperatorRequest.2",
  ], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const waiting = calls.allocate(hSession, pool);
    await calls.untilOperatorRequest(hSession);
    const [first = ""] = await calls.idsOf(hSession, NTMS_OPREQUEST);
    assertEquals((await infoOf(hSession, first)).Request, NTMS_OPREQ_NEWMEDIA);
    await SatisfyNtmsOperatorRequest(hSession, first);
    await calls.until(async () =>
      (await calls.idsOf(hSession, NTMS_OPREQUEST)).length === 2
    );
    const [, second = ""] = await calls.idsOf(hSession, NTMS_OPREQUEST);
    await CancelNtmsOperatorRequest(hSession, second);
    assertEquals(await waiting, "ERROR_CANCELLED");
  }),
);
