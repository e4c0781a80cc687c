import { assertEquals, assertMatch } from "@std/assert";
import {
  type Credentials,
  nodeObstacle,
  readCredentials,
  readGroups,
} from "../../src/changer/obstacles.ts";

async function withFiles(
  files: Readonly<Record<string, string>>,
  run: (path: (name: string) => string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "rsm_obstacles_test_" });
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${directory}/${name}`, text);
    }
    await run((name) => `${directory}/${name}`);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const STATUS = "Name:\tdeno\nUid:\t1000\t1000\t1000\t1000\n" +
  "Gid:\t1000\t1000\t1000\t1000\nGroups:\t26 1000 \nCapEff:\t0000000000000000\n";
const PASSWD = "root:x:0:0::/root:/bin/sh\nanna:x:1000:1000::/home/anna:\n";
const GROUP = "root:x:0:\ntape:x:26:bert\ndisk:x:6:anna\n";

Deno.test("readCredentials() tells user, groups and whether modes count", () =>
  withFiles(
    {
      status: STATUS,
      passwd: PASSWD,
      root: STATUS.replace(/0{16}/, "1ffffffffff"),
    },
    async (path) => {
      const files = { status: path("status"), passwd: path("passwd") };
      assertEquals(await readCredentials(files), {
        uid: 1000,
        user: "anna",
        gids: [1000, 26, 1000],
        overridesModes: false,
      });
      const root = await readCredentials({ ...files, status: path("root") });
      assertEquals(root.overridesModes, true);
      const nothing = await readCredentials({
        status: "/nowhere",
        passwd: "/nowhere",
      });
      assertEquals([nothing.uid, nothing.overridesModes], [-1, false]);
    },
  ));

Deno.test("readGroups() tells names and members", () =>
  withFiles({ group: GROUP }, async (path) => {
    const groups = await readGroups({ group: path("group") });
    assertEquals(groups.get(26), { name: "tape", members: ["bert"] });
    assertEquals(groups.get(0)?.members, []);
  }));

/** What is said of a node with this mode, by the group that its file really has. */
async function obstacle(
  mode: number,
  who: Partial<Credentials>,
  members: readonly string[] = [],
  name = "tape",
): Promise<string | null> {
  let said: string | null = null;
  await withFiles({ sg3: "" }, async (path) => {
    await Deno.chmod(path("sg3"), mode);
    const { gid, uid } = await Deno.stat(path("sg3"));
    const groups = new Map([[gid ?? -1, { name, members }]]);
    said = await nodeObstacle(path("sg3"), {
      uid: (uid ?? 0) + 1,
      user: "anna",
      gids: [...who.gids ?? []].map((own) => own === -1 ? gid ?? 0 : own),
      overridesModes: who.overridesModes ?? false,
    }, groups);
  });
  return said;
}

/** Stands for the group of the node. */
const ITS_GROUP = -1;

Deno.test("nodeObstacle() is content with a node that may be used", async () => {
  assertEquals(await obstacle(0o660, { gids: [ITS_GROUP] }), null);
  assertEquals(await obstacle(0o666, { gids: [] }), null);
  assertEquals(await obstacle(0o000, { overridesModes: true }), null);
});

Deno.test("nodeObstacle() names the command that helps", async () => {
  const gid = Deno.gid();
  const joined = await obstacle(0o660, { gids: [] }, ["anna"]);
  const reading = await obstacle(0o640, { gids: [ITS_GROUP] });
  const foreign = await obstacle(0o660, { gids: [] });
  assertMatch(joined ?? "", /log in again/);
  assertMatch(reading ?? "", /sudo chmod g\+rw/);
  assertMatch(
    foreign ?? "",
    gid === 0 ? /for root only/ : /sudo usermod -aG tape anna/,
  );
  const missing = await nodeObstacle("/nowhere/sg3", {
    uid: 1,
    user: "anna",
    gids: [],
    overridesModes: false,
  }, new Map());
  assertMatch(missing ?? "", /is missing/);
});
