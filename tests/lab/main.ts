/**
 * Runs a command in the kernel lab: `deno run -A tests/lab/main.ts -- mtx status`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { startLab } from "./kernel_lab.ts";

const USAGE =
  `usage: deno run -A tests/lab/main.ts [options] -- COMMAND [ARGUMENT...]

Boots a Linux kernel that has a tape library, runs the command there as root,
and ends with its exit status: 124 if it took too long, 125 if the lab did not
start. What it writes is gone afterwards, except below --rw DIR.

  --slots N           storage slots (24)
  --drives N          drives (2)
  --ports N           import/export slots (2)
  --cartridges N      cartridges LAB001L6, LAB002L6, ... (16)
  --barcodes A,,B     barcodes of the first slots instead; "" leaves one empty
  --tape-mb N         capacity of a cartridge in MiB (64)
  --faults            let the rules in the file $LAB_FAULTS spoil SCSI commands
  --timeout SECONDS   for the command (300)
  --env NAME[=VALUE]  pass a variable on, or set it; may be repeated
  --rw DIR            let writes below DIR reach the host; may be repeated
  --logs DIR          leave the logs of kernel and library there

examples
  deno run -A tests/lab/main.ts -- mtx status
  deno run -A tests/lab/main.ts --drives 4 -- sh -c 'sg_inq $LAB_CHANGER_SG'
`;

const NOT_STARTED = 125;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      slots: { type: "string" },
      drives: { type: "string" },
      ports: { type: "string" },
      cartridges: { type: "string" },
      barcodes: { type: "string" },
      "tape-mb": { type: "string" },
      faults: { type: "boolean" },
      timeout: { type: "string" },
      env: { type: "string", multiple: true },
      rw: { type: "string", multiple: true },
      logs: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    await print(Deno.stdout, USAGE);
    return 0;
  }
  if (positionals.length === 0) throw new Error(`no command\n\n${USAGE}`);
  const interrupted = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(name, () => interrupted.abort(new Error(name)));
  }
  const lab = await startLab({
    command: positionals,
    signal: interrupted.signal,
    ...number("slots", values.slots),
    ...number("drives", values.drives),
    ...number("ports", values.ports),
    ...number("cartridges", values.cartridges),
    ...number("tapeMb", values["tape-mb"]),
    ...number("timeoutMs", values.timeout, 1000),
    ...given("barcodes", values.barcodes?.split(",")),
    ...given("rw", values.rw),
    ...given("logs", values.logs),
    env: Object.fromEntries((values.env ?? []).flatMap(variable)),
    faults: values.faults ?? false,
  });
  const [code] = await Promise.all([
    lab.code,
    lab.stdout.pipeTo(Deno.stdout.writable, { preventClose: true }),
    lab.stderr.pipeTo(Deno.stderr.writable, { preventClose: true }),
  ]);
  return code;
}

function given<K extends string, V>(
  name: K,
  value: V | undefined,
): { [P in K]?: V } {
  const record: { [P in K]?: V } = {};
  if (value !== undefined) record[name] = value;
  return record;
}

function number<K extends string>(
  name: K,
  text: string | undefined,
  unit = 1,
): { [P in K]?: number } {
  return given(name, text === undefined ? undefined : Number(text) * unit);
}

function variable(text: string): [string, string][] {
  const at = text.indexOf("=");
  if (at >= 0) return [[text.slice(0, at), text.slice(at + 1)]];
  const value = Deno.env.get(text);
  return value === undefined ? [] : [[text, value]];
}

async function print(
  to: { writable: WritableStream<Uint8Array> },
  text: string,
): Promise<void> {
  const writer = to.writable.getWriter();
  await writer.write(new TextEncoder().encode(text));
  writer.releaseLock();
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    await print(
      Deno.stderr,
      `lab: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    Deno.exit(NOT_STARTED);
  }
}
