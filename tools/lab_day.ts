/**
 * Days in the kernel lab as a command, behind `make lab-day`: six programs
 * have MOUNTS (200) mounts on two drives while a person reaches in; then the
 * account; first with the changer by `sg`, then by `ch`. SEED chooses another
 * day.
 *
 * @module
 */
import { DAY_LIBRARY } from "../tests/lab_day/library.ts";
import { labMissing, startLab } from "../tests/lab/kernel_lab.ts";
import { denoOptions } from "../tests/cli/child_process.ts";
import { print } from "./command.ts";

const INSIDE = new URL("../tests/lab_day/inside_lab.ts", import.meta.url);

function setting(variable: string, otherwise: number): string {
  const text = Deno.env.get(variable) ?? "";
  if (text === "") return String(otherwise);
  if (/^[1-9]\d{0,5}$/.test(text)) return text;
  throw new TypeError(`${variable} must be a whole number from 1: "${text}"`);
}

/** Has the days; the exit status. */
async function main(): Promise<number> {
  const missing = labMissing();
  if (missing !== null) throw new TypeError(missing);
  const mounts = setting("MOUNTS", 200);
  const seed = setting("SEED", 1);
  const lab = await startLab({
    ...DAY_LIBRARY,
    command: [
      Deno.execPath(),
      ...denoOptions(),
      INSIDE.pathname,
      mounts,
      seed,
    ],
    timeoutMs: 240_000 + Number(mounts) * 8_000,
  });
  const [code] = await Promise.all([
    lab.code,
    lab.stdout.pipeTo(Deno.stdout.writable, { preventClose: true }),
    lab.stderr.pipeTo(Deno.stderr.writable, { preventClose: true }),
  ]);
  return code;
}

if (import.meta.main) {
  try {
    Deno.exit(await main());
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    print(error.message);
    Deno.exit(2);
  }
}
