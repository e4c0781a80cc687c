/**
 * What a machine must have for the kernel lab.
 *
 * @module
 */

const SYSTEM_PATHS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];
const PROGRAMS = [
  ["linux.uml", "tgtd", "tgtimg", "iscsiadm", "iscsid", "modprobe", "ip"],
  ["perl", "gcc", "setsid", "timeout", "mtx", "mt", "sg_inq", "lsscsi"],
].flat();

/**
 * Tells what this machine lacks for the lab, and the command that installs it.
 *
 * @param path The directories in which programs are looked for.
 * @returns null if nothing is missing.
 */
export function labMissing(
  path: readonly string[] = searchPath(),
): string | null {
  const missing = PROGRAMS.filter((name) =>
    !path.some((dir) => exists(`${dir}/${name}`))
  );
  if (!exists("/usr/lib/uml/modules")) missing.push("/usr/lib/uml/modules");
  if (missing.length === 0) return null;
  const packages = Deno.readTextFileSync(`${import.meta.dirname}/packages.txt`)
    .split(/\s+/);
  return `The kernel lab lacks ${missing.join(", ")}. As root: ` +
    `apt-get install -y ${packages.filter((name) => name !== "").join(" ")}`;
}

/**
 * Where programs are looked for, here and in the lab: as a user has $PATH, it
 * often lacks the system's directories.
 */
export function searchPath(): string[] {
  const path = Deno.env.get("PATH")?.split(":") ?? [];
  return [...new Set([...path, "/usr/bin", "/bin", ...SYSTEM_PATHS])];
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    if (error instanceof Deno.errors.NotADirectory) return false;
    // A directory of $PATH may be another user's.
    if (error instanceof Deno.errors.PermissionDenied) return false;
    throw error;
  }
}
