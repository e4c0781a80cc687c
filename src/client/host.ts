/**
 * What the client learns from its host, each only where the permission for it
 * is there already: a library asks nobody by itself.
 *
 * @module
 */

/** Whether a permission is granted, without asking for it. */
export function isGranted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}

/** A variable of the environment; undefined where it is absent, empty or may not be read. */
export function readEnvironment(name: string): string | undefined {
  if (!isGranted({ name: "env", variable: name })) return undefined;
  return Deno.env.get(name) || undefined;
}

/** This computer's host name; undefined where it may not be read. */
export function readHostName(): string | undefined {
  if (!isGranted({ name: "sys", kind: "hostname" })) return undefined;
  return Deno.hostname();
}

/** Whether any network but loopback is up; undefined where that may not be known. */
export function isNetworkUp(): boolean | undefined {
  if (!isGranted({ name: "sys", kind: "networkInterfaces" })) return undefined;
  return Deno.networkInterfaces().some((it) =>
    it.address !== "::1" && !it.address.startsWith("127.")
  );
}

/** A small text file; undefined where it is absent or may not be read. */
export function readTextFile(path: string): string | undefined {
  if (!isGranted({ name: "read", path })) return undefined;
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied
    ) return undefined;
    throw error;
  }
}
