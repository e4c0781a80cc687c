/**
 * The ends of operations, as a channel tells them.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import {
  CloseNtmsNotification,
  type HANDLE,
  NTMS_EVENT_COMPLETE,
  type NtmsObjectsTypes,
  OpenNtmsNotification,
  WaitForNtmsNotification,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";

/** Follows objects of a type while something is done; the id of what it ends under. */
export async function endTold(
  hSession: HANDLE,
  dwType: NtmsObjectsTypes,
  act: () => Promise<unknown>,
): Promise<string> {
  const channel = await OpenNtmsNotification(hSession, dwType);
  await act();
  const event = { value: { dwOperation: 0, ObjectId: "" } };
  while (event.value.dwOperation !== NTMS_EVENT_COMPLETE) {
    const code = await WaitForNtmsNotification(channel, event, 5_000);
    assertEquals(nameOf(code), "ERROR_SUCCESS", "no end was told");
  }
  await CloseNtmsNotification(channel);
  return event.value.ObjectId;
}
