/**
 * Which version of the interface a session speaks.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import { agreeVersion, type InterfaceVersions } from "../protocol/mod.ts";

/**
 * The newest version that both sides speak.
 *
 * @throws {NtmsError} RPC_S_NO_INTERFACES when there is none.
 */
export function agreeInterface(
  own: InterfaceVersions,
  theirs: InterfaceVersions | null,
): number {
  const version = agreeVersion(own, theirs ?? own);
  if (version !== null) return version;
  const client = theirs ?? own;
  throw new NtmsError(
    "RPC_S_NO_INTERFACES",
    `This RSM service speaks versions ${own.oldest} to ${own.newest} of the interface and the client ${client.oldest} to ${client.newest}: update the ${
      own.newest < client.oldest ? "service" : "client"
    }`,
    { data: { service: own, client } },
  );
}
