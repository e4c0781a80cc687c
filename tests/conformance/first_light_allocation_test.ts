/**
 * What the documents say of allocating and giving back, as far as it holds now.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  AllocateNtmsMedia,
  DeallocateNtmsMedia,
  type NTMS_ALLOCATION_INFORMATION,
  NTMS_LOGICAL_MEDIA,
  NTMS_MEDIASTATE_IDLE,
  NTMS_NULLGUID,
  NTMS_OPREQ_NEWMEDIA,
  NTMS_OPREQUEST,
  NTMS_PARTSTATE_ALLOCATED,
  NTMS_PARTSTATE_AVAILABLE,
  NTMS_UNKNOWN,
  SIZEOF_NTMS_ALLOCATION_INFORMATION,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const A = "LAB001L6";
const C = "LAB003L6";

Deno.test(
  "AllocateNtmsMedia() makes the side allocated, gives it a logical medium in the pool, counts, and mounts nothing",
  holds(["AllocateNtmsMedia.3", "AllocateNtmsMedia.8"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const medium = await calls.allocated(hSession, A, pool);
    const { State, LogicalMedia, dwAllocateCount } = await calls.sideInfoOf(
      hSession,
      A,
    );
    assertEquals(State, NTMS_PARTSTATE_ALLOCATED);
    assertEquals(LogicalMedia, medium);
    assertEquals(dwAllocateCount, 1);
    assertEquals(await calls.idsOf(hSession, NTMS_LOGICAL_MEDIA, pool), [
      medium,
    ]);
    const { MediaPool, MediaState } = await calls.cartridgeOf(hSession, A);
    assertEquals([MediaPool, MediaState], [pool, NTMS_MEDIASTATE_IDLE]);
  }),
);

Deno.test(
  "AllocateNtmsMedia() draws from the free pool where the pool does, and tells so",
  holds(["AllocateNtmsMedia.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const type = await calls.mediaTypeId(hSession);
    const pool = await service.drawingPool(type);
    const { MediaPool: free } = await calls.cartridgeOf(hSession, A);
    const medium = { value: "" };
    const from: { value: NTMS_ALLOCATION_INFORMATION } = {
      value: {
        dwSize: SIZEOF_NTMS_ALLOCATION_INFORMATION,
        lpReserved: null,
        AllocatedFrom: NTMS_NULLGUID,
      },
    };
    const code = await AllocateNtmsMedia(
      hSession,
      pool,
      null,
      medium,
      0,
      0,
      from,
    );
    assertEquals(code, 0);
    assertEquals(from.value.AllocatedFrom, free);
    assertEquals(await calls.idsOf(hSession, NTMS_LOGICAL_MEDIA, pool), [
      medium.value,
    ]);
  }),
);

Deno.test(
  "AllocateNtmsMedia() takes what is available in the pool before it draws from the free pool",
  holds(["AllocateNtmsMedia.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    await DeallocateNtmsMedia(hSession, await calls.allocated(hSession, C), 0);
    const medium = { value: "" };
    assertEquals(
      await calls.allocate(hSession, pool, { medium }),
      "ERROR_SUCCESS",
    );
    assertEquals(
      (await calls.sideInfoOf(hSession, C)).LogicalMedia,
      medium.value,
    );
  }),
);

Deno.test(
  "AllocateNtmsMedia() asks the operator for new media for the pool, and withdraws that when the time is out",
  holds(["AllocateNtmsMedia.2", "AllocateNtmsMedia.7"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open("Nightly");
    const pool = await calls.poolId(hSession);
    const { signal, abort } = calls.abortable();
    const waiting = calls.allocate(hSession, pool, { signal });
    await calls.untilOperatorRequest(hSession);
    const [request] = await calls.infosOf(hSession, NTMS_OPREQUEST);
    assertEquals(request?.Info.OpRequest.Request, NTMS_OPREQ_NEWMEDIA);
    assertEquals(request?.Info.OpRequest.Arg1, pool);
    assertEquals(request?.Info.OpRequest.Arg2Type, NTMS_UNKNOWN);
    assertEquals(request?.Info.OpRequest.szApplication, "Nightly");
    abort();
    assertEquals(await waiting, "ERROR_CANCELLED");
    assertEquals(
      await calls.allocate(hSession, pool, { timeout: 20 }),
      "ERROR_TIMEOUT",
    );
    assertEquals(await calls.idsOf(hSession, NTMS_OPREQUEST), []);
  }),
);

Deno.test("AllocateNtmsMedia() that waits goes on when a medium becomes available", async () => {
  await using service = await RunningService.start();
  const hSession = await service.open();
  const pool = await calls.poolId(hSession);
  const first = await calls.allocated(hSession, A, pool);
  const medium = { value: "" };
  const waiting = calls.allocate(hSession, pool, { medium });
  await calls.untilOperatorRequest(hSession);
  assertEquals(await DeallocateNtmsMedia(hSession, first, 0), 0);
  assertEquals(await waiting, "ERROR_SUCCESS");
  assertEquals(
    (await calls.sideInfoOf(hSession, A)).LogicalMedia,
    medium.value,
  );
});

Deno.test(
  "DeallocateNtmsMedia() makes the side available in its pool, for any application, and the logical medium's id good for nothing",
  holds([
    "DeallocateNtmsMedia.1",
    "DeallocateNtmsMedia.2",
    "DeallocateNtmsMedia.3",
  ], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const pool = await calls.poolId(hSession);
    const medium = await calls.allocated(hSession, A, pool);
    assertEquals(await DeallocateNtmsMedia(hSession, medium, 0), 0);
    const { State, LogicalMedia } = await calls.sideInfoOf(hSession, A);
    assertEquals([State, LogicalMedia], [
      NTMS_PARTSTATE_AVAILABLE,
      NTMS_NULLGUID,
    ]);
    assertEquals((await calls.cartridgeOf(hSession, A)).MediaPool, pool);
    assertEquals(
      await calls.getInformation(hSession, medium, NTMS_LOGICAL_MEDIA),
      "ERROR_OBJECT_NOT_FOUND",
    );
    const other = await service.open("Other");
    assertEquals(await calls.allocate(other, pool), "ERROR_SUCCESS");
  }),
);

Deno.test(
  "DeallocateNtmsMedia() returns the cartridge to the free pool where its pool does",
  holds(["DeallocateNtmsMedia.3"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { MediaPool: free, MediaType } = await calls.cartridgeOf(hSession, A);
    const pool = await service.drawingPool(MediaType);
    const medium = await calls.allocated(hSession, A, pool);
    assertEquals((await calls.cartridgeOf(hSession, A)).MediaPool, pool);
    assertEquals(await DeallocateNtmsMedia(hSession, medium, 0), 0);
    assertEquals((await calls.cartridgeOf(hSession, A)).MediaPool, free);
  }),
);
