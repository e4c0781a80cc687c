import { assertEquals, assertRejects } from "@std/assert";
import { NtmsError } from "../../src/model/mod.ts";
import { hostAccounts, parseAccounts } from "../../src/service/accounts.ts";
import { Admission, isSecret } from "../../src/service/admission.ts";
import type { Peer } from "../../src/service/peers.ts";

const PASSWD = `root:x:0:0:root:/root:/bin/bash
# a comment
rsmd:x:990:990::/var/lib/rsm:/usr/sbin/nologin
ann:x:1000:1000::/home/ann:/bin/bash
bob:x:1001:980::/home/bob:/bin/bash
eve:x:1002:1002::/home/eve:/bin/bash
`;
const GROUP = `root:x:0:
rsm:x:980:ann,carl
users:x:100:eve
`;

async function withAccounts(
  test: (directory: string) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${directory}/passwd`, PASSWD);
    await Deno.writeTextFile(`${directory}/group`, GROUP);
    await test(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function admission(directory: string, token: string | null = null): Admission {
  return new Admission({
    accounts: hostAccounts(() => 0, directory),
    own: { uid: 990, gid: 990 },
    computer: "host",
    token,
  });
}

function unix(uid: number, gid: number): Peer {
  return { kind: "unix", user: { uid, gid } };
}

async function refused(admitted: Promise<unknown>): Promise<string> {
  const error = await assertRejects(() => admitted, NtmsError);
  assertEquals(error.code, "ERROR_ACCESS_DENIED");
  return error.message;
}

Deno.test("root, the service's own user and the group rsm are let in, by name", () =>
  withAccounts(async (directory) => {
    const door = admission(directory);
    const users: [number, number, string][] = [
      [0, 0, "root"],
      [990, 990, "rsmd"],
      [1000, 1000, "ann"], // listed as a member
      [1001, 980, "bob"], // by primary group
    ];
    for (const [uid, gid, user] of users) {
      assertEquals(await door.admit(unix(uid, gid), null), {
        user,
        computer: "host",
      });
    }
  }));

Deno.test("any other user is not let in, token or not, and told who is", () =>
  withAccounts(async (directory) => {
    const door = admission(directory, "token");
    const message = await refused(door.admit(unix(1002, 1002), "token"));
    assertEquals(
      message,
      "User eve may not use this RSM service: only root, rsmd and members of the group rsm may",
    );
    await refused(door.admit(unix(4711, 4711), null));
  }));

Deno.test("where the runtime shows nobody, the socket's mode has let in the own user", () =>
  withAccounts(async (directory) => {
    const peer: Peer = { kind: "unix", user: null };
    const door = admission(directory);
    assertEquals((await door.admit(peer, null)).user, "rsmd");
    assertEquals(door.principal(peer), door.principal({ kind: "process" }));
  }));

Deno.test("over TCP the token is what counts", () =>
  withAccounts(async (directory) => {
    const peer: Peer = { kind: "tcp", address: "127.0.0.1" };
    const door = admission(directory, "right");
    assertEquals(await door.admit(peer, "right"), {
      user: "rsmd",
      computer: "127.0.0.1",
    });
    await refused(door.admit(peer, "wrong"));
    await refused(door.admit(peer, null));
    await refused(admission(directory, null).admit(peer, "any"));
  }));

Deno.test("isSecret() is true for the same text alone", () => {
  assertEquals(isSecret("abc", "abc"), true);
  for (const other of ["", "ab", "abcd", "abd", "ab\u0107"]) {
    assertEquals(isSecret(other, "abc"), false, other);
  }
});

Deno.test("accounts are read again after a while, and may be missing", async () => {
  let now = 0;
  await withAccounts(async (directory) => {
    const accounts = hostAccounts(() => now, directory);
    assertEquals(await accounts.groupId("rsm"), 980);
    await Deno.writeTextFile(`${directory}/group`, "rsm:x:981:\n");
    assertEquals(await accounts.groupId("rsm"), 980);
    now = 10_000;
    assertEquals(await accounts.groupId("rsm"), 981);
  });
  const none = hostAccounts(() => now, "/nonexistent");
  assertEquals(await none.groupId("rsm"), null);
  assertEquals(await none.userName(7), "7");
});

Deno.test("parseAccounts() leaves out empty lines and comments", () => {
  assertEquals(parseAccounts("a:b\n\n# c\nd:e:f\n"), [["a", "b"], [
    "d",
    "e",
    "f",
  ]]);
});
