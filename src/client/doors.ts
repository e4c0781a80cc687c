/**
 * The doors of this Worker, shared by the sessions that go the same way, so
 * that the next session finds a connection that is open already.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import { type Door, findService } from "../protocol/mod.ts";
import { type Address, formatAddress } from "./address.ts";
import { HttpDoor } from "./http_door.ts";

/** A share in a door. */
export interface DoorShare {
  readonly address: Address;
  readonly door: Door;
  /** Gives the share back; the last one closes the door. */
  release(): void;
}

const open = new Map<string, { door: Door; shares: number }>();

/** Takes a share in the door to an address. */
export function shareDoor(address: Address, token?: string): DoorShare {
  const key = `${formatAddress(address)} ${token ?? ""}`;
  const entry = open.get(key) ?? { door: makeDoor(address, token), shares: 0 };
  open.set(key, entry);
  entry.shares++;
  let released = false;
  return {
    address,
    door: entry.door,
    release(): void {
      if (released) return;
      released = true;
      entry.shares--;
      if (entry.shares > 0) return;
      open.delete(key);
      entry.door.close();
    },
  };
}

function makeDoor(address: Address, token: string | undefined): Door {
  if (address.kind !== "process") return new HttpDoor(address, token);
  const service = findService(address.key);
  if (service !== null) return service.open();
  throw new NtmsError(
    "ERROR_CONNECTION_UNAVAIL",
    "The service of this process has ended, or is that of another Worker without a socket",
  );
}
