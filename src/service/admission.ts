/**
 * Whom the service lets in.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { NtmsError } from "../model/mod.ts";
import type { Accounts } from "./accounts.ts";
import type { Peer, UnixUser } from "./peers.ts";

/** The group whose members may use the service. */
export const ADMITTED_GROUP = "rsm";

/** Someone the service lets in. */
export interface Admitted {
  /** Name of the user. */
  readonly user: string;
  /** Name of the computer. */
  readonly computer: string;
}

/** What admission depends on. */
export interface AdmissionOptions {
  readonly accounts: Accounts;
  /** The user the service runs as. */
  readonly own: UnixUser;
  /** Name of this computer. */
  readonly computer: string;
  /** What TCP callers have to show; null where there are none. */
  readonly token: string | null;
}

/** Decides who is let in. */
export class Admission {
  readonly #options: AdmissionOptions;

  /** Decides by these. */
  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /**
   * Lets a caller in, or not.
   *
   * @param bearer What a TCP caller shows.
   * @throws {NtmsError} ERROR_ACCESS_DENIED.
   */
  async admit(peer: Peer, bearer: string | null): Promise<Admitted> {
    const { accounts, own, computer } = this.#options;
    switch (peer.kind) {
      case "process":
        return { user: await accounts.userName(own.uid), computer };
      case "unix": {
        // Where nobody is shown, the socket's mode lets the own user in alone.
        const user = peer.user ?? own;
        if (!await this.#isAdmitted(user)) {
          throw new NtmsError(
            "ERROR_ACCESS_DENIED",
            `User ${await accounts.userName(
              user.uid,
            )} may not use this RSM service: only root, ${await accounts
              .userName(
                own.uid,
              )} and members of the group ${ADMITTED_GROUP} may`,
            { data: { uid: user.uid } },
          );
        }
        return { user: await accounts.userName(user.uid), computer };
      }
      case "tcp":
        this.#checkToken(bearer);
        // The token is in a file that only the service's own user can read.
        return {
          user: await accounts.userName(own.uid),
          computer: peer.address,
        };
    }
  }

  /** What a session is bound to: its calls come from where it was opened. */
  principal(peer: Peer): string {
    if (peer.kind === "tcp") return "tcp";
    const uid = peer.kind === "unix" ? peer.user?.uid : undefined;
    return `uid:${uid ?? this.#options.own.uid}`;
  }

  async #isAdmitted({ uid, gid }: UnixUser): Promise<boolean> {
    const { accounts, own } = this.#options;
    return uid === 0 || uid === own.uid ||
      await accounts.isMember(uid, gid, ADMITTED_GROUP);
  }

  #checkToken(bearer: string | null): void {
    const { token } = this.#options;
    if (token !== null && bearer !== null && isSecret(bearer, token)) return;
    throw new NtmsError(
      "ERROR_ACCESS_DENIED",
      bearer === null
        ? "Over TCP this RSM service wants its token: name it by RSM_TOKEN; it is in the file `token` of the service's state directory"
        : "The token is not that of this RSM service",
    );
  }
}

/** Whether what was shown is the secret; how long it takes tells nothing about where they differ. */
export function isSecret(shown: string, secret: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}
