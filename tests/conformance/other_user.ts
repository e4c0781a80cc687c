/**
 * Sessions of another user than the tests', who is no administrator.
 *
 * @module
 */

/** Number of that user, who owns nothing and is in no group. */
export const OTHER_UID = 64_999;

/** Why there is none on this machine; undefined where there is one. */
export const NO_OTHER_USER: string | undefined = Deno.uid() === 0
  ? undefined
  : "no process of another user can be started here; run as root";

/** A way to a service by which it sees the other user. */
export interface OtherUser extends AsyncDisposable {
  /** Path of the socket. */
  readonly socket: string;
}

/** Opens the way to the service at a socket, through a process of the other user. */
export async function otherUser(target: string): Promise<OtherUser> {
  const directory = await Deno.makeTempDir({ prefix: "rsm_other_" });
  await Deno.chown(directory, OTHER_UID, OTHER_UID);
  // The directory of the service's socket is for its own user alone in tests.
  await Deno.chmod(target.slice(0, target.lastIndexOf("/")), 0o755);
  const socket = `${directory}/relay.sock`;
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-config",
      "--no-lock",
      "-A",
      new URL("./relay.ts", import.meta.url).pathname,
      socket,
      target,
    ],
    env: { DENO_DIR: `${directory}/deno`, HOME: directory },
    uid: OTHER_UID,
    gid: OTHER_UID,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const output = child.stdout.getReader();
  const { done } = await output.read();
  await output.cancel();
  return {
    socket,
    async [Symbol.asyncDispose]() {
      if (!done) child.kill("SIGKILL");
      await child.status;
      await Deno.remove(directory, { recursive: true });
    },
  };
}
