/**
 * Uses both faces with the permissions it has. Argument: the socket.
 *
 * @module
 */

import {
  CloseNtmsSession,
  EnumerateNtmsObject,
  GetLastError,
  NTMS_DRIVE,
  OpenNtmsSession,
  openSession,
} from "../../mod.ts";
import { tell } from "./tell.ts";

const [socket = "", face = ""] = Deno.args;
const report: unknown[] = [];
if (face === "session") {
  await using session = await openSession({ socket });
  report.push((await session.enumerate("drive")).length);
} else {
  const hSession = await OpenNtmsSession(null, null, 0, { socket });
  report.push(GetLastError());
  const size = { value: 9 };
  await EnumerateNtmsObject(hSession, null, [], size, NTMS_DRIVE, 0);
  report.push(size.value, await CloseNtmsSession(hSession));
}
await tell(JSON.stringify(report));
