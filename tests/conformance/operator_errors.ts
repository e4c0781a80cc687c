/**
 * Errors of SubmitNtmsOperatorRequest, WaitForNtmsOperatorRequest,
 * CancelNtmsOperatorRequest and SatisfyNtmsOperatorRequest, and those of other
 * functions that an operator causes.
 *
 * @module
 */

import { DatabaseSync } from "node:sqlite";
import {
  CancelNtmsOperatorRequest,
  CloseNtmsSession,
  type DWORD,
  type HANDLE,
  INFINITE,
  NTMS_DRIVE,
  NTMS_MEDIA_POOL,
  NTMS_NULLGUID,
  NTMS_OPREQ_CLEANER,
  NTMS_OPREQ_DEVICESERVICE,
  NTMS_OPREQ_MESSAGE,
  NTMS_OPREQ_MOVEMEDIA,
  NTMS_OPREQ_NEWMEDIA,
  NTMS_OPREQ_UNKNOWN,
  NTMS_OPREQUEST,
  type NtmsOpreqCommand,
  SatisfyNtmsOperatorRequest,
  SubmitNtmsOperatorRequestA,
  SubmitNtmsOperatorRequestW,
  WaitForNtmsOperatorRequest,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";
import { RunningService, SMALL_LIBRARY } from "./running_service.ts";

async function submit(
  hSession: HANDLE,
  request: NtmsOpreqCommand,
  first: string | null = null,
  second: string | null = null,
): Promise<DWORD> {
  const id = { value: "" };
  return await SubmitNtmsOperatorRequestW(
    hSession,
    request,
    null,
    first,
    second,
    id,
  );
}

/** A message that nobody has settled. */
export async function submitted(
  hSession: HANDLE,
  text: string | null = "Hello",
): Promise<string> {
  const id = { value: "" };
  const kind = NTMS_OPREQ_MESSAGE;
  const code = await SubmitNtmsOperatorRequestW(
    hSession,
    kind,
    text,
    null,
    null,
    id,
  );
  if (code !== 0) throw new Error(nameOf(code));
  return id.value;
}

async function firstRequest(hSession: HANDLE): Promise<string> {
  await calls.untilOperatorRequest(hSession);
  const [id = ""] = await calls.idsOf(hSession, NTMS_OPREQUEST);
  return id;
}

const closed = (call: (hSession: HANDLE) => Promise<DWORD>): Act => {
  return async (hSession) => {
    await CloseNtmsSession(hSession);
    return await call(hSession);
  };
};

const stopped = (
  call: (hSession: HANDLE, id: string) => Promise<DWORD>,
): Act => {
  return async (hSession, { service }) => {
    const id = await submitted(hSession);
    await service.close();
    return await call(hSession, id);
  };
};

const SUBMIT = rowsOf("SubmitNtmsOperatorRequest", [
  [
    "ERROR_SUCCESS",
    "it is a message",
    (hSession) => submit(hSession, NTMS_OPREQ_MESSAGE),
  ],
  [
    "ERROR_SUCCESS",
    "it asks for media for a pool",
    async (hSession) =>
      submit(hSession, NTMS_OPREQ_NEWMEDIA, await calls.poolId(hSession)),
  ],
  [
    "ERROR_SUCCESS",
    "it asks for a cleaning cartridge for a library",
    async (hSession) => {
      const { online: [id = ""] } = await calls.libraries(hSession);
      return await submit(hSession, NTMS_OPREQ_CLEANER, id);
    },
  ],
  [
    "ERROR_SUCCESS",
    "it asks for a look at a drive",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return await submit(hSession, NTMS_OPREQ_DEVICESERVICE, drive);
    },
  ],
  [
    "ERROR_SUCCESS",
    "it asks for a cartridge to be taken out, in an A call",
    async (hSession) => {
      const { offline } = await calls.libraries(hSession);
      const { id } = await calls.cartridgeOf(hSession, "LAB001L6");
      return await SubmitNtmsOperatorRequestA(
        hSession,
        NTMS_OPREQ_MOVEMEDIA,
        Uint8Array.of(0x57, 0x65, 0x67, 0),
        id,
        offline,
        { value: "" },
      );
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "it is of no kind",
    (hSession) => submit(hSession, NTMS_OPREQ_UNKNOWN),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the pool for new media is missing",
    (hSession) => submit(hSession, NTMS_OPREQ_NEWMEDIA, NTMS_NULLGUID),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "new media are for a pool, not for a drive",
    async (hSession) => {
      const [drive = ""] = await calls.driveIds(hSession);
      return await submit(hSession, NTMS_OPREQ_NEWMEDIA, drive);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "a message is about no object",
    async (hSession) => {
      const [pool = ""] = await calls.idsOf(hSession, NTMS_MEDIA_POOL);
      return await submit(hSession, NTMS_OPREQ_MESSAGE, pool);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the message has 256 characters",
    (hSession) =>
      SubmitNtmsOperatorRequestW(
        hSession,
        NTMS_OPREQ_MESSAGE,
        "m".repeat(256),
        null,
        null,
        { value: "" },
      ),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "no object has the id",
    (hSession) => submit(hSession, NTMS_OPREQ_NEWMEDIA, calls.NOBODY),
  ],
  [
    "ERROR_DATABASE_FAILURE",
    "the catalogue is damaged under the service",
    async (hSession, { socket }) => {
      using catalogue = new DatabaseSync(
        new URL("state/rsm.sqlite", `file://${socket}`),
      );
      catalogue.exec("DROP TABLE operatorRequest");
      return await submit(hSession, NTMS_OPREQ_MESSAGE);
    },
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    closed((hSession) => submit(hSession, NTMS_OPREQ_MESSAGE)),
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    stopped((hSession) => submit(hSession, NTMS_OPREQ_MESSAGE)),
  ],
]);

const WAIT = rowsOf("WaitForNtmsOperatorRequest", [
  [
    "ERROR_SUCCESS",
    "the request is done while the call waits",
    async (hSession) => {
      const id = await submitted(hSession);
      const waiting = WaitForNtmsOperatorRequest(hSession, id, INFINITE);
      await SatisfyNtmsOperatorRequest(hSession, id);
      return await waiting;
    },
    { lines: ["WaitForNtmsOperatorRequest.1"] },
  ],
  [
    "ERROR_CANCELLED",
    "the request is refused while the call waits",
    async (hSession) => {
      const id = await submitted(hSession);
      const waiting = WaitForNtmsOperatorRequest(hSession, id, INFINITE);
      await CancelNtmsOperatorRequest(hSession, id);
      return await waiting;
    },
    { lines: ["WaitForNtmsOperatorRequest.1"] },
  ],
  [
    "ERROR_TIMEOUT",
    "nobody settles the request in time",
    async (hSession) =>
      WaitForNtmsOperatorRequest(hSession, await submitted(hSession), 20),
    { lines: ["WaitForNtmsOperatorRequest.1"] },
  ],
  [
    "ERROR_TIMEOUT",
    "the call only looks",
    async (hSession) =>
      WaitForNtmsOperatorRequest(hSession, await submitted(hSession), 0),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "there is no such request",
    (hSession) => WaitForNtmsOperatorRequest(hSession, calls.NOBODY, INFINITE),
  ],
  [
    "ERROR_OBJECT_NOT_FOUND",
    "the request went with the call that it was for",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const { signal, abort } = calls.abortable();
      const allocation = calls.allocate(hSession, pool, { signal });
      const id = await firstRequest(hSession);
      const waiting = WaitForNtmsOperatorRequest(hSession, id, INFINITE);
      abort();
      await allocation;
      return await waiting;
    },
    { lines: ["WaitForNtmsOperatorRequest.1"] },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the request's id is missing",
    (hSession) => WaitForNtmsOperatorRequest(hSession, NTMS_NULLGUID, 0),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    closed((hSession) => WaitForNtmsOperatorRequest(hSession, calls.NOBODY, 0)),
  ],
  [
    "ERROR_NOT_CONNECTED",
    "the service has stopped",
    stopped((hSession, id) => WaitForNtmsOperatorRequest(hSession, id, 0)),
  ],
]);

/** Rows that both ways of settling a request have. */
function settling(
  name: string,
  settle: (hSession: HANDLE, id: string) => Promise<DWORD>,
): Row[] {
  return rowsOf(name, [
    [
      "ERROR_SUCCESS",
      "the request is open",
      async (hSession) => settle(hSession, await submitted(hSession)),
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "there is no such request",
      (hSession) => settle(hSession, calls.NOBODY),
    ],
    [
      "ERROR_OBJECT_NOT_FOUND",
      "the id is that of a drive",
      async (hSession) => {
        const [drive = ""] = await calls.idsOf(hSession, NTMS_DRIVE);
        return await settle(hSession, drive);
      },
    ],
    [
      "ERROR_INVALID_PARAMETER",
      "the request's id is missing",
      (hSession) => settle(hSession, NTMS_NULLGUID),
    ],
  ]);
}

const CANCEL = [
  ...settling("CancelNtmsOperatorRequest", CancelNtmsOperatorRequest),
  ...rowsOf("CancelNtmsOperatorRequest", [
    [
      "ERROR_INVALID_STATE",
      "the request is done",
      async (hSession) => {
        const id = await submitted(hSession);
        await SatisfyNtmsOperatorRequest(hSession, id);
        return await CancelNtmsOperatorRequest(hSession, id);
      },
    ],
    [
      "ERROR_INVALID_STATE",
      "the request is refused already",
      async (hSession) => {
        const id = await submitted(hSession);
        await CancelNtmsOperatorRequest(hSession, id);
        return await CancelNtmsOperatorRequest(hSession, id);
      },
    ],
    [
      "ERROR_INVALID_HANDLE",
      "the session is closed",
      closed((hSession) => CancelNtmsOperatorRequest(hSession, calls.NOBODY)),
    ],
  ]),
];

const OTHERS: readonly Row[] = [
  ...rowsOf("AllocateNtmsMedia", [
    [
      "ERROR_CANCELLED",
      "the operator refuses to bring media",
      async (hSession) => {
        const pool = await calls.poolId(hSession);
        const waiting = calls.allocate(hSession, pool);
        await CancelNtmsOperatorRequest(
          hSession,
          await firstRequest(hSession),
        );
        return await waiting;
      },
      { lines: ["AllocateNtmsMedia.7", "CancelNtmsOperatorRequest.2"] },
    ],
  ]),
  {
    name: "MountNtmsMedia",
    code: "ERROR_REQUEST_REFUSED",
    cause: "the operator refuses to bring the medium",
    lines: ["CancelNtmsOperatorRequest.2"],
    async produce() {
      const state = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
      try {
        const medium = await allocatedLast(state);
        const libraries = [
          SMALL_LIBRARY.replace("cartridges=4", "cartridges=3"),
        ];
        await using service = await RunningService.start({ state, libraries });
        const hSession = await service.open();
        // The service asks for a medium that is allocated and missing.
        const before = await calls.idsOf(hSession, NTMS_OPREQUEST);
        const waiting = calls.mount(hSession, [medium]);
        const own = async () =>
          (await calls.idsOf(hSession, NTMS_OPREQUEST))
            .find((id) => !before.includes(id));
        await calls.until(async () => await own() !== undefined);
        await CancelNtmsOperatorRequest(hSession, await own() ?? "");
        return await waiting;
      } finally {
        await Deno.remove(state, { recursive: true });
      }
    },
  },
];

async function allocatedLast(state: string): Promise<string> {
  await using service = await RunningService.start({ state });
  return await calls.allocated(await service.open(), "LAB004L6");
}

/** The rows. */
export const OPERATOR_ERRORS: readonly Row[] = [
  ...SUBMIT,
  ...WAIT,
  ...CANCEL,
  ...settling("SatisfyNtmsOperatorRequest", SatisfyNtmsOperatorRequest),
  ...OTHERS,
];
