/**
 * The rules of the house. Each takes facts and gives back what breaks it, in
 * words; nothing is fine.
 *
 * @module
 */
import { type Edge, reachedAtRunTime } from "./module_graph.ts";
import { roomOf, ROOMS } from "./rooms.ts";

/** Imports that go up, sideways or around. */
export function forbiddenRooms(graph: readonly Edge[]): string[] {
  return graph.flatMap(({ from, to }) => {
    if (to === undefined) return [];
    const room = roomOf(from);
    const target = roomOf(to);
    if (room === undefined) return [`${from} is in no room of the house`];
    if (target === room) return [];
    if (target !== undefined && ROOMS[room]?.rooms.includes(target)) return [];
    return [`${from} imports ${to}, which ${room} may not`];
  });
}

/** Packages in a room that may not have them; type imports count too. */
export function forbiddenPackages(graph: readonly Edge[]): string[] {
  return graph.flatMap(({ from, to, specifier }) => {
    if (to !== undefined || specifier.startsWith("node:")) return [];
    const allowed = ROOMS[roomOf(from) ?? ""]?.packages ?? [];
    if (allowed.some((name) => isOfPackage(specifier, name))) return [];
    return [`${from} imports "${specifier}", which ${roomOf(from)} may not`];
  });
}

function isOfPackage(specifier: string, name: string): boolean {
  if (name.endsWith("/*")) return specifier.startsWith(name.slice(0, -1));
  return specifier === name || specifier.startsWith(`${name}/`);
}

/** Packages that importing the file would load. */
export function packagesAtRunTime(
  graph: readonly Edge[],
  root: string,
): string[] {
  return reachedAtRunTime(graph, root).flatMap(({ from, to, specifier }) =>
    to !== undefined || specifier.startsWith("node:")
      ? []
      : [`${root} reaches "${specifier}" by way of ${from}`]
  );
}

/** Private files (`_name.ts`) imported from another folder. */
export function privateFiles(graph: readonly Edge[]): string[] {
  return graph.flatMap(({ from, to }) =>
    to !== undefined && nameOf(to).startsWith("_") &&
      folderOf(to) !== folderOf(from)
      ? [`${from} imports ${to}, which is private to ${folderOf(to)}`]
      : []
  );
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** Each import cycle, once. */
export function cycles(graph: readonly Edge[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const { from, to } of graph) {
    if (to === undefined) continue;
    const known = targets.get(from) ?? new Set();
    targets.set(from, known.add(to));
  }
  const found: string[] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string) => {
    const start = path.indexOf(file);
    if (start >= 0) found.push([...path.slice(start), file].join(" -> "));
    if (start >= 0 || done.has(file)) return;
    path.push(file);
    for (const target of targets.get(file) ?? []) visit(target);
    path.pop();
    done.add(file);
  };
  for (const file of targets.keys()) visit(file);
  return found;
}

const TIME_AND_CHANCE =
  /\b(?:Date\.now|Math\.random|performance\.now|AbortSignal\.timeout|setTimeout|setInterval)\b|\bnew Date\(\)/;

/** Lines that ask the runtime for time or chance; comments do not count. */
export function timeAndChance(path: string, source: string): string[] {
  return withoutComments(source).split("\n").flatMap((line, index) => {
    const found = TIME_AND_CHANCE.exec(line)?.[0];
    return found === undefined
      ? []
      : [`${path}:${index + 1} uses ${found}; take it from a port`];
  });
}

/** Blanks comments out; keeps the lines. Exact enough for formatted code. */
function withoutComments(source: string): string {
  return source
    .replaceAll(/\/\*[\s\S]*?\*\//g, (text) => text.replaceAll(/[^\n]/g, " "))
    .replaceAll(/(^|\s)\/\/.*$/gm, "$1");
}

/** Files in which two things are. */
export function tooLong(
  path: string,
  source: string,
  limitLines: number,
): string[] {
  const lines = source.split("\n").length - 1;
  return lines > limitLines
    ? [`${path} has ${lines} lines, more than ${limitLines}: split it`]
    : [];
}
