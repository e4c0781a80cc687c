/**
 * Another process: uses a handle number that it is given, beside a session of
 * its own. Arguments: the number, the socket.
 *
 * @module
 */

import {
  CloseNtmsSession,
  EnumerateNtmsObject,
  NTMS_DRIVE,
  OpenNtmsSession,
} from "../../src/ntms/ntmsapi.ts";
import { tell } from "./tell.ts";

const [number = "", socket = ""] = Deno.args;
const own = await OpenNtmsSession(null, "Child", 0, { socket });
const codes = [];
for (const hSession of [own, BigInt(number)]) {
  const size = { value: 99 };
  codes.push(
    await EnumerateNtmsObject(hSession, null, [], size, NTMS_DRIVE, 0),
  );
}
codes.push(await CloseNtmsSession(BigInt(number)), await CloseNtmsSession(own));
await tell(JSON.stringify(codes));
