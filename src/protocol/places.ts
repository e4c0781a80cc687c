/**
 * Where a service and its clients meet on one computer when nobody says
 * otherwise. Both sides work these out for themselves, so the rule is here.
 *
 * @module
 */

/** What the places depend on. */
export interface Surroundings {
  /** Whether the process runs as root. */
  readonly root: boolean;
  /** Reads a variable of the environment; undefined where it is absent, empty or may not be read. */
  env(name: string): string | undefined;
}

/** Directory of the service's state: /var/lib/rsm as root, else below the user's state directory. */
export function defaultStateDirectory(surroundings: Surroundings): string {
  if (surroundings.root) return "/var/lib/rsm";
  const state = surroundings.env("XDG_STATE_HOME") ??
    `${surroundings.env("HOME") ?? ""}/.local/state`;
  return `${state}/rsm`;
}

/** Path of the service's socket, as the service of this user makes it. */
export function defaultSocketPath(surroundings: Surroundings): string {
  if (surroundings.root) return SYSTEM_SOCKET;
  const runtime = surroundings.env("XDG_RUNTIME_DIR");
  return runtime === undefined
    ? `${defaultStateDirectory(surroundings)}/rsm.sock`
    : `${runtime}/rsm/rsm.sock`;
}

/** The socket of the service that runs as root. */
export const SYSTEM_SOCKET = "/run/rsm/rsm.sock";

/** Where a client looks for this computer's service: the user's own first, then the system's. */
export function socketPaths(env: Surroundings["env"]): readonly string[] {
  const own = env("XDG_RUNTIME_DIR") ?? env("XDG_STATE_HOME") ?? env("HOME");
  return own === undefined
    ? [SYSTEM_SOCKET]
    : [defaultSocketPath({ root: false, env }), SYSTEM_SOCKET];
}

/** Name of the file in the state directory that holds the token of TCP callers. */
export const TOKEN_FILE = "token";
