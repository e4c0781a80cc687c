/**
 * Opens a session for the subcommands that are clients of the service.
 *
 * @module
 */

import type { OpenSessionOptions, Session } from "../client/mod.ts";
import type { Arguments } from "./arguments.ts";
import type { Context } from "./command.ts";
import type { Option } from "./grammar.ts";
import { withProgress } from "./progress.ts";

/** Name of the application whose media and mounts are meant, where none is given. */
export const DEFAULT_APPLICATION = "rsm";

/** The options of every client. */
export const CLIENT_OPTIONS: readonly Option[] = [
  {
    name: "application",
    value: "NAME",
    summary: `Act as this application (default: ${DEFAULT_APPLICATION})`,
  },
  {
    name: "server",
    value: "NAME",
    summary: "Use the service of another computer (default: this one)",
  },
  {
    name: "socket",
    value: "PATH",
    summary: "Where this computer's service listens (default: RSM_SOCKET)",
  },
];

/** Runs `work` in a session, and closes the session after it: what `work` writes is there before the service has been told good-bye. */
export async function withSession<T>(
  context: Context,
  args: Arguments,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  // Loaded here, so that help needs no client; and not by the door of the
  // room, which brings the native library's handles with it (25 ms).
  const { openSession } = await import("../client/mod.ts");
  const server = args.text("server");
  const socket = args.text("socket") ?? (context.io.env("RSM_SOCKET") ||
    undefined);
  const options: OpenSessionOptions = {
    application: args.text("application") ?? DEFAULT_APPLICATION,
    signal: context.signal,
    ...server === undefined ? {} : { server },
    ...socket === undefined ? {} : { socket },
  };
  await using session = await withProgress(
    context,
    "Connecting",
    openSession(options),
  );
  return await work(session);
}
