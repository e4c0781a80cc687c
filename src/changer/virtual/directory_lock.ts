/**
 * Keeps a directory to one process at a time.
 *
 * @module
 */
import { NtmsError } from "../../model/mod.ts";

/** A directory that is ours until it is released, or until the process ends. */
export class DirectoryLock {
  readonly #file: Deno.FsFile;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /**
   * Takes the lock. The kernel holds it for the open file, so it ends with the
   * process however that ends; the file itself stays.
   *
   * @throws {NtmsError} ERROR_SHARING_VIOLATION when another has it.
   */
  static async take(directory: string): Promise<DirectoryLock> {
    const path = `${directory}/lock`;
    const file = await Deno.open(path, {
      read: true,
      write: true,
      create: true,
    });
    try {
      const holder = await readPid(file);
      const taken = typeof file.tryLock === "function"
        ? await file.tryLock(true)
        : !await isAlive(holder);
      if (!taken) {
        throw new NtmsError(
          "ERROR_SHARING_VIOLATION",
          `Cannot open the virtual library in ${directory}: process ${
            holder ?? "unknown"
          } uses it; stop that one first`,
        );
      }
      await file.truncate(0);
      await file.seek(0, Deno.SeekMode.Start);
      await file.write(new TextEncoder().encode(`${Deno.pid}\n`));
      return new DirectoryLock(file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Gives the lock back. */
  async release(): Promise<void> {
    // Where there is no tryLock the number in the file is the lock.
    await this.#file.truncate(0);
    this.#file.close();
  }
}

async function readPid(file: Deno.FsFile): Promise<number | null> {
  const buffer = new Uint8Array(16);
  const size = await file.read(buffer) ?? 0;
  const text = new TextDecoder().decode(buffer.subarray(0, size)).trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** Whether a process runs; Deno before 2.6 or so cannot lock without waiting. */
async function isAlive(pid: number | null): Promise<boolean> {
  if (pid === null) return false;
  try {
    await Deno.stat(`/proc/${pid}`);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
