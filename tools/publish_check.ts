/**
 * Puts the package together as JSR will get it, native library included, and
 * lets `deno publish --dry-run` judge it. `--keep DIR` leaves it there, from
 * where it can be published.
 *
 * Where JSR is not reachable, the copy's imports are those of tools/offline:
 * everything is checked but the few names of `@std` behind them.
 *
 * @module
 */
import { mustRun, print } from "./command.ts";
import { writeEmbeddedModule } from "./embedded_module.ts";
import {
  currentImports,
  isRecord,
  jsrIsReachable,
  readJson,
  TOP,
} from "./imports.ts";

async function main(args: readonly string[]): Promise<void> {
  const [option, kept] = args;
  if (option !== undefined && (option !== "--keep" || kept === undefined)) {
    throw new TypeError("usage: publish_check.ts [--keep DIR]");
  }
  const directory = kept ?? await Deno.makeTempDir({ prefix: "rsm_package_" });
  try {
    await pack(directory);
    const { stdout, stderr } = await mustRun([
      Deno.execPath(),
      "publish",
      "--dry-run",
      "--allow-dirty",
      "--no-lock",
    ], { cwd: directory });
    print((stderr + stdout).trimEnd());
  } finally {
    if (kept === undefined) await Deno.remove(directory, { recursive: true });
  }
}

/** Copies what `publish.include` names and writes the generated parts. */
async function pack(directory: string): Promise<void> {
  const config = await readJson(new URL("deno.json", TOP));
  const include = includedPaths(config);
  for (const path of include) await copy(path, directory);
  await writeEmbeddedModule(`${directory}/ffi/embedded.ts`);
  if (!jsrIsReachable()) {
    const imports: Record<string, string> = {};
    for (const [name, target] of Object.entries(await currentImports())) {
      imports[name] = target;
      if (!target.startsWith(TOP.href)) continue;
      const path = target.slice(TOP.href.length);
      await copy(path, directory);
      include.push(path);
      imports[name] = `./${path}`;
    }
    config.imports = imports;
    config.publish = { include };
  }
  await Deno.writeTextFile(
    `${directory}/deno.json`,
    `${JSON.stringify(config, null, 2)}\n`,
  );
}

function includedPaths(config: Record<string, unknown>): string[] {
  const { publish } = config;
  if (!isRecord(publish) || !Array.isArray(publish.include)) {
    throw new TypeError('deno.json has no "publish.include"');
  }
  return publish.include.map(String);
}

async function copy(path: string, directory: string): Promise<void> {
  const from = new URL(path, TOP);
  const to = `${directory}/${path}`;
  if ((await Deno.stat(from)).isDirectory) {
    await Deno.mkdir(to, { recursive: true });
    for await (const { name } of Deno.readDir(from)) {
      await copy(`${path.replace(/\/$/, "")}/${name}`, directory);
    }
  } else {
    await Deno.mkdir(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    await Deno.copyFile(from, to);
  }
}

await main(Deno.args);
