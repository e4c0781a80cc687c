/**
 * Users and groups of this computer, from /etc/passwd and /etc/group.
 *
 * @module
 */

/** Where accounts are looked up. */
export interface Accounts {
  /** Name of a user; its number, where it has none here. */
  userName(uid: number): Promise<string>;
  /** Whether a user belongs to a group, by `gid` or by its list of members. */
  isMember(uid: number, gid: number, group: string): Promise<boolean>;
  /** Number of a user; null where there is none of this name. */
  userId(user: string): Promise<number | null>;
  /** Number of a group; null where there is none of this name. */
  groupId(group: string): Promise<number | null>;
  /** Name of a group; its number, where it has none here. */
  groupName(gid: number): Promise<string>;
  /** Numbers of the groups that a user is in: `gid`, and those that list him as a member; for null, the one of his account. */
  groupsOf(uid: number, gid: number | null): Promise<readonly number[]>;
}

/** How long what was read is believed, ms. */
const BELIEVED_MS = 5_000;

/** Reads the lines of an account file as lists of fields. */
export function parseAccounts(text: string): readonly (readonly string[])[] {
  return text.split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(":"));
}

/**
 * The accounts of this computer.
 *
 * @param monotonic Milliseconds that never go back.
 * @param directory Where the files are.
 */
export function hostAccounts(
  monotonic: () => number,
  directory = "/etc",
): Accounts {
  const file = (name: string) => {
    let lines: readonly (readonly string[])[] = [];
    let readAt = -Infinity;
    return async () => {
      if (monotonic() - readAt > BELIEVED_MS) {
        lines = parseAccounts(await readIfPresent(`${directory}/${name}`));
        readAt = monotonic();
      }
      return lines;
    };
  };
  const users = file("passwd");
  const groups = file("group");
  const userOf = async (uid: number) =>
    (await users()).find((fields) => fields[2] === String(uid))?.[0];
  const groupOf = async (name: string) =>
    (await groups()).find((fields) => fields[0] === name);
  return {
    userName: async (uid) => await userOf(uid) ?? String(uid),
    async groupId(group) {
      const id = (await groupOf(group))?.[2];
      return id === undefined ? null : Number(id);
    },
    async userId(name) {
      const fields = (await users()).find(([user]) => user === name);
      return fields === undefined ? null : Number(fields[2]);
    },
    async groupName(gid) {
      const fields = (await groups()).find((each) => each[2] === String(gid));
      return fields?.[0] ?? String(gid);
    },
    async groupsOf(uid, gid) {
      const account = (await users()).find((each) => each[2] === String(uid));
      const first = gid ?? account?.[3];
      const listed = (await groups()).filter(([, , , members]) =>
        account !== undefined &&
        (members ?? "").split(",").includes(account[0] ?? "")
      );
      const all = [first, ...listed.map((fields) => fields[2])];
      return [...new Set(all.filter((id) => id !== undefined).map(Number))];
    },
    async isMember(uid, gid, group) {
      const fields = await groupOf(group);
      if (fields === undefined) return false;
      const user = await userOf(uid);
      return fields[2] === String(gid) ||
        user !== undefined && (fields[3] ?? "").split(",").includes(user);
    },
  };
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
