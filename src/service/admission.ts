/**
 * Who calls: a user of this computer, by what the kernel says, or the holder
 * of a token. What a caller may do is said by the lists of the objects.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { KnownToken } from "../manager/access_calls.ts";
import {
  groupSid,
  type Identity,
  NtmsError,
  tokenSid,
  userSid,
  WELL_KNOWN_SIDS,
} from "../model/mod.ts";
import type { Accounts } from "./accounts.ts";
import type { Peer, UnixUser } from "./peers.ts";

/** The group whose members are administrators. */
export const ADMITTED_GROUP = "rsm";

/** Someone who calls. */
export interface Admitted {
  /** Name of the user. */
  readonly user: string;
  /** Name of the computer. */
  readonly computer: string;
  /** Who that is to the rules of access. */
  readonly identity: Identity;
}

/** What admission depends on. */
export interface AdmissionOptions {
  readonly accounts: Accounts;
  /** The user the service runs as. */
  readonly own: UnixUser;
  /** Name of this computer. */
  readonly computer: string;
  /** What TCP callers show for the service's own user; null where there are none. */
  readonly token: string | null;
}

/** Finds out who calls. */
export class Admission {
  readonly #options: AdmissionOptions;

  /** Decides by these. */
  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /**
   * Who calls.
   *
   * @param bearer What a TCP caller shows.
   * @returns Null for a TCP caller who shows what may be a token of the
   * catalogue's: {@linkcode Admission.admitByToken} tells.
   * @throws {NtmsError} ERROR_ACCESS_DENIED.
   */
  async admit(peer: Peer, bearer: string | null): Promise<Admitted | null> {
    const { computer, own, token } = this.#options;
    switch (peer.kind) {
      case "process":
        return await this.#user(own, computer);
      case "unix":
        // Where nobody is shown, the socket's mode lets the own user in alone.
        return await this.#user(peer.user ?? own, computer);
      case "tcp":
        if (bearer === null) {
          throw new NtmsError(
            "ERROR_ACCESS_DENIED",
            "Over TCP this RSM service wants a token: name it by RSM_TOKEN; the service's own is in the file `token` of its state directory, and `rsm token create` makes others",
          );
        }
        if (token === null || !isSecret(bearer, token)) return null;
        // It is in a file that only the service's own user can read.
        return await this.#user(
          { uid: own.uid, gid: own.gid },
          peer.address,
        );
    }
  }

  /**
   * Who a TCP caller is by one of these tokens.
   *
   * @throws {NtmsError} ERROR_ACCESS_DENIED.
   */
  async admitByToken(
    peer: Peer,
    bearer: string | null,
    tokens: readonly KnownToken[],
  ): Promise<Admitted> {
    const hash = hashOf(bearer ?? "");
    const token = tokens.find((each) => isSecret(hash, each.hash));
    if (token === undefined) {
      throw new NtmsError(
        "ERROR_ACCESS_DENIED",
        "The token is none of this RSM service: it was revoked, or is another service's",
      );
    }
    const address = peer.kind === "tcp" ? peer.address : "";
    return await this.#tokenHolder(token, address);
  }

  /** What a session is bound to: its calls come from where it was opened. */
  principal(peer: Peer): string {
    if (peer.kind === "tcp") return "tcp";
    const uid = peer.kind === "unix" ? peer.user?.uid : undefined;
    return `uid:${uid ?? this.#options.own.uid}`;
  }

  async #user(user: UnixUser, computer: string): Promise<Admitted> {
    const { uid } = user;
    const { administrator, sids } = await this.#belongings(uid, user.gid);
    return {
      user: await this.#options.accounts.userName(uid),
      computer,
      identity: {
        sid: userSid(uid),
        sids: new Set(sids),
        administrator,
        uid,
        pid: user.pid ?? null,
        token: null,
      },
    };
  }

  async #tokenHolder(
    { name, number, user }: KnownToken,
    computer: string,
  ): Promise<Admitted> {
    const { accounts } = this.#options;
    const uid = user === null ? null : await uidOf(accounts, user);
    const of = uid === null
      ? { administrator: false, sids: [WELL_KNOWN_SIDS.everyone] }
      : await this.#belongings(uid, null);
    return {
      user: user ?? `token:${name}`,
      computer,
      identity: {
        sid: tokenSid(number),
        sids: new Set([tokenSid(number), ...of.sids]),
        administrator: of.administrator,
        uid,
        pid: null,
        token: name,
      },
    };
  }

  async #belongings(
    uid: number,
    gid: number | null,
  ): Promise<{ administrator: boolean; sids: string[] }> {
    const { accounts, own } = this.#options;
    const groups = await accounts.groupsOf(uid, gid);
    const admitted = await accounts.groupId(ADMITTED_GROUP);
    const administrator = uid === 0 || uid === own.uid ||
      admitted !== null && groups.includes(admitted);
    const { administrators, everyone } = WELL_KNOWN_SIDS;
    return {
      administrator,
      sids: [
        userSid(uid),
        ...groups.map(groupSid),
        everyone,
        ...administrator ? [administrators] : [],
      ],
    };
  }
}

/** Number of a user who is named by name or number; null where there is none of this name. */
export async function uidOf(
  accounts: Accounts,
  user: string,
): Promise<number | null> {
  return isNumber(user) ? Number(user) : await accounts.userId(user);
}

/** Whether text is a number as Unix gives them to users and groups. */
export function isNumber(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32 - 1;
}

/** What is kept of a token's secret. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** Whether what was shown is the secret; how long it takes tells nothing about where they differ. */
export function isSecret(shown: string, secret: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
