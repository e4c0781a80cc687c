/**
 * Where devices of this host are mounted as file systems.
 *
 * @module
 */
import { readText, resolvePath } from "./host_files.ts";

/** Where to look, for tests. */
export interface MountPaths {
  /** @default {"/proc/self/mountinfo"} */
  readonly mountInfo?: string;
}

/** Where a device is mounted; null where it is not. */
export async function mountPointOf(
  device: string,
  { mountInfo = "/proc/self/mountinfo" }: MountPaths = {},
): Promise<string | null> {
  const path = await resolvePath(device);
  if (path === null) return null;
  for (const line of (await readText(mountInfo) ?? "").split("\n")) {
    const [fields = "", rest = ""] = line.split(" - ");
    const mountPoint = fields.split(" ")[4];
    const source = rest.split(" ")[1];
    if (mountPoint === undefined || source === undefined) continue;
    if (unescaped(source) === path) return unescaped(mountPoint);
  }
  return null;
}

/** The kernel writes blanks and backslashes as octal numbers. */
function unescaped(text: string): string {
  return text.replace(
    /\\([0-7]{3})/g,
    (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
