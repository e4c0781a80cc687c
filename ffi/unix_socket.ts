/** What a listener has to know and the runtime does not tell, and `sd_notify`. */
import { cString } from "./device.ts";
import { checkResult } from "./errno.ts";
import { PEER } from "./layout.ts";
import { nativeLibrary } from "./library.ts";

/** A process at the other end of a socket, as of its connecting. */
export interface PeerCredentials {
  /** Its process id; 0 where it is in another PID namespace. */
  readonly pid: number;
  /** Its effective user. */
  readonly uid: number;
  /** Its effective group. */
  readonly gid: number;
}

/**
 * Tells who connected to an accepted Unix socket.
 *
 * @param fd The socket's descriptor.
 * @returns The peer, as the kernel vouches for it.
 * @throws {ErrnoError} EBADF, ENOTSOCK, ENOTCONN; EAFNOSUPPORT when it is not
 * a Unix socket.
 */
export function peerCredentials(fd: number): PeerCredentials {
  const out = new Uint8Array(PEER.size);
  checkResult(nativeLibrary().rsm_peer_credentials(fd, out, out.length), {
    syscall: "SO_PEERCRED",
    act: `tell who is at the other end of descriptor ${fd}`,
  });
  const view = new DataView(out.buffer);
  return {
    pid: view.getInt32(PEER.pid, true),
    uid: view.getUint32(PEER.uid, true),
    gid: view.getUint32(PEER.gid, true),
  };
}

/**
 * Tells how many descriptors this process may have open. A listener that
 * reaches that number takes no more connections, also when others end.
 *
 * @throws {ErrnoError} EINVAL, which no Linux gives.
 */
export function descriptorLimit(): number {
  return checkResult(nativeLibrary().rsm_descriptor_limit(), {
    syscall: "getrlimit",
    act: "tell how many files may be open",
  });
}

/**
 * Tells the service manager something, in the words of `sd_notify(3)`.
 *
 * @param path What `NOTIFY_SOCKET` says; `@` begins an abstract name.
 * @param text Such as `READY=1`.
 * @throws {ErrnoError} ENOENT, ECONNREFUSED, EACCES; EAGAIN when the manager's
 * queue is full; EINVAL when the path is none that a socket can have.
 */
export function notifyServiceManager(path: string, text: string): void {
  const bytes = new TextEncoder().encode(text);
  checkResult(
    nativeLibrary().rsm_notify(cString(path), bytes, bytes.length),
    { syscall: "sendto", act: "notify the service manager at", path },
  );
}
