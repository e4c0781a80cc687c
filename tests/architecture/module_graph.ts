/**
 * The real import graph of the repository, as the runtime resolves it.
 *
 * @module
 */
import { fromFileUrl, mustRun, sourceFiles, TOP } from "./repository.ts";

/** One import of a file. */
export interface Edge {
  /** The importing file, as a path from the top of the repository. */
  readonly from: string;
  /** What is written in the import. */
  readonly specifier: string;
  /** The file it is in the repository; undefined for packages and `node:`. */
  readonly to: string | undefined;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
}

/** Every import of every file in `roots` and of all that they reach. */
export async function moduleGraph(
  roots: readonly string[],
): Promise<readonly Edge[]> {
  // One process for all: an entry that imports each file.
  await Deno.mkdir(new URL(".deno", TOP), { recursive: true });
  const entry = await Deno.makeTempFile({
    dir: fromFileUrl(new URL(".deno", TOP)),
    prefix: "architecture_",
    suffix: ".ts",
  });
  try {
    await Deno.writeTextFile(
      entry,
      roots.map((path) => `import "../${path}";\n`).join(""),
    );
    const { stdout } = await mustRun(["tools/deno", "info", "--json", entry]);
    return readGraph(JSON.parse(stdout))
      .filter(({ from }) => !entry.endsWith(from));
  } finally {
    await Deno.remove(entry);
  }
}

/** Every file of the rooms, whether or not an entry point reaches it. */
export async function allModules(): Promise<string[]> {
  const files = await sourceFiles(["src", "ffi"], /\.ts$/);
  return ["mod.ts", "service.ts", "cli.ts", ...files];
}

/** What can be reached from a file by imports that remain at run time. */
export function reachedAtRunTime(
  graph: readonly Edge[],
  root: string,
): readonly Edge[] {
  const files = new Set([root]);
  const reached: Edge[] = [];
  for (const file of files) {
    for (const edge of graph) {
      if (edge.from !== file || edge.typeOnly) continue;
      reached.push(edge);
      if (edge.to !== undefined) files.add(edge.to);
    }
  }
  return reached;
}

interface InfoDependency {
  readonly specifier: string;
  readonly code?: { readonly specifier?: string; readonly error?: string };
  readonly type?: { readonly specifier?: string; readonly error?: string };
}

interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly error?: string;
    readonly dependencies?: readonly InfoDependency[];
  }[];
}

function readGraph({ modules }: Info): Edge[] {
  const edges: Edge[] = [];
  for (const { specifier, error, dependencies = [] } of modules) {
    if (error !== undefined) throw new Error(`${specifier}: ${error}`);
    const from = pathOf(specifier);
    if (from === undefined) continue;
    for (const { specifier, code, type } of dependencies) {
      const target = code ?? type;
      if (target?.error !== undefined) throw new Error(target.error);
      edges.push({
        from,
        specifier,
        to: pathOf(target?.specifier ?? ""),
        typeOnly: code === undefined,
      });
    }
  }
  return edges;
}

/** Undefined for what is outside the repository, and its offline adapters. */
function pathOf(url: string): string | undefined {
  if (!url.startsWith(TOP.href)) return undefined;
  const path = decodeURIComponent(url.slice(TOP.href.length));
  return path.startsWith("tools/offline/") ? undefined : path;
}
