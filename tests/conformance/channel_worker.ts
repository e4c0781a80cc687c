/**
 * A Worker that takes a change of the channel it is sent, and closes it.
 *
 * @module
 */

import {
  CloseNtmsNotification,
  type HANDLE,
  INFINITE,
  NTMS_NULLGUID,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";

addEventListener("message", async (event: MessageEvent<HANDLE>) => {
  const { data: hNotification } = event;
  const change = { value: { dwOperation: 0, ObjectId: NTMS_NULLGUID } };
  const codes = [
    await WaitForNtmsNotification(hNotification, change, INFINITE),
    await CloseNtmsNotification(hNotification),
  ];
  postMessage({ codes, ...change.value });
});
