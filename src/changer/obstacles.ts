/**
 * What keeps this process from using a device, in words, each with the one
 * command that helps.
 *
 * @module
 */
import { readText, statOrNull } from "./host_files.ts";

/** Who this process is to the kernel. */
export interface Credentials {
  readonly uid: number;
  /** Name of the user, or the number where it has none. */
  readonly user: string;
  readonly gids: readonly number[];
  /** CAP_DAC_OVERRIDE: modes of files do not count. */
  readonly overridesModes: boolean;
}

/** Groups by number: name and members. */
export type Groups = ReadonlyMap<
  number,
  { readonly name: string; readonly members: readonly string[] }
>;

/** Where to look, for tests. */
export interface AccountFiles {
  /** @default {"/proc/self/status"} */
  readonly status?: string;
  /** @default {"/etc/passwd"} */
  readonly passwd?: string;
  /** @default {"/etc/group"} */
  readonly group?: string;
}

const CAP_DAC_OVERRIDE = 1n << 1n;
const READ_WRITE = 0o6;

/** Who this process is. */
export async function readCredentials(
  files: AccountFiles = {},
): Promise<Credentials> {
  const status = await readText(files.status ?? "/proc/self/status") ?? "";
  const field = (name: string): readonly string[] =>
    new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1]?.trim()
      .split(/\s+/) ?? [];
  // Real, effective, saved, file system: the last one opens files.
  const uid = Number(field("Uid").at(-1) ?? "-1");
  const gid = Number(field("Gid").at(-1) ?? "-1");
  const capabilities = field("CapEff")[0] ?? "";
  const mask = /^[0-9a-f]+$/.test(capabilities)
    ? BigInt(`0x${capabilities}`)
    : 0n;
  const passwd = await readText(files.passwd ?? "/etc/passwd") ?? "";
  const row = passwd.split("\n").map((line) => line.split(":"))
    .find((fields) => Number(fields[2]) === uid);
  return {
    uid,
    user: row?.[0] ?? String(uid),
    gids: [gid, ...field("Groups").filter((text) => text !== "").map(Number)],
    overridesModes: (mask & CAP_DAC_OVERRIDE) !== 0n,
  };
}

/** The groups of this host. */
export async function readGroups(files: AccountFiles = {}): Promise<Groups> {
  const text = await readText(files.group ?? "/etc/group") ?? "";
  return new Map(
    text.split("\n").flatMap((line) => {
      const [name, , gid, members] = line.split(":");
      if (name === undefined || gid === undefined) return [];
      return [[
        Number(gid),
        { name, members: (members ?? "").split(",").filter(Boolean) },
      ]];
    }),
  );
}

/** What is wrong with a node that the kernel says exists; null when nothing is. */
export async function nodeObstacle(
  path: string,
  credentials: Credentials,
  groups: Groups,
): Promise<string | null> {
  const info = await statOrNull(path);
  if (info === null) {
    return `${path} is missing although the kernel has the device: run \`udevadm trigger\`, or in a container pass the node in`;
  }
  const mode = info.mode ?? 0;
  if (credentials.overridesModes) return null;
  if (info.uid === credentials.uid) {
    return ((mode >> 6) & READ_WRITE) === READ_WRITE
      ? null
      : `${path} may not be read and written by its owner ${credentials.user}: run \`chmod u+rw ${path}\``;
  }
  const gid = info.gid ?? -1;
  if (credentials.gids.includes(gid)) {
    if (((mode >> 3) & READ_WRITE) === READ_WRITE) return null;
  } else if ((mode & READ_WRITE) === READ_WRITE) return null;
  return groupObstacle(path, mode, gid, credentials, groups);
}

function groupObstacle(
  path: string,
  mode: number,
  gid: number,
  { gids, user }: Credentials,
  groups: Groups,
): string {
  const group = groups.get(gid) ?? { name: String(gid), members: [] };
  if (((mode >> 3) & READ_WRITE) !== READ_WRITE || gids.includes(gid)) {
    return `${path} may not be read and written by its group ${group.name}: run \`sudo chmod g+rw ${path}\``;
  }
  if (group.members.includes(user)) {
    return `${path} is for group ${group.name}, and user ${user} has joined it since this session began: log in again`;
  }
  if (gid === 0) {
    return `${path} is for root only: run \`sudo chgrp tape ${path}\`, or write a udev rule that does`;
  }
  return `${path} is for group ${group.name}, and user ${user} is not in it: run \`sudo usermod -aG ${group.name} ${user}\`, then log in again`;
}
