/**
 * A small disk that is the service's alone, to be filled.
 *
 * @module
 */

/**
 * Runs what follows in a mount namespace of its own, where $2 is a small
 * filesystem in memory, with the files of $3 in it, mounted as $4 says.
 */
const ON_SMALL_DISK = `
  mount -t tmpfs -o size="$1" tmpfs "$2" && cp -a "$3"/. "$2" &&
  mount -o "remount,$4" "$2" && shift 4 && exec "$@"`;

async function namespaceCommand(): Promise<readonly string[] | null> {
  for (const flags of ["-m", "-rm"]) {
    const command = ["unshare", flags, "sh", "-c"] as const;
    const [program, ...args] = command;
    const works = await new Deno.Command(program, {
      args: [...args, "mount -t tmpfs tmpfs /mnt"],
      stdout: "null",
      stderr: "null",
    }).output().then(({ success }) => success, () => false);
    if (works) return command;
  }
  return null;
}

/** How to get a mount namespace here; null where there is none to be had. */
export const NAMESPACE: readonly string[] | null = await namespaceCommand();

/** What runs a command with a small disk of its own at `path`, with `contents` in it. */
export function smallDisk(
  size: string,
  path: string,
  contents: string,
  mode: "rw" | "ro",
): readonly string[] {
  return [...NAMESPACE ?? [], ON_SMALL_DISK, "sh", size, path, contents, mode];
}

/** Fills the disk that the service sees to the last byte. */
export function fill(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  for (let size = 65_536; size >= 1; size = size >> 1) {
    try {
      for (;;) file.writeSync(new Uint8Array(size));
    } catch (error) {
      // Until not even one byte goes in.
      if (!(error instanceof Error) || !/No space/.test(error.message)) {
        throw error;
      }
    }
  }
}
