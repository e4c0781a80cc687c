import { assertEquals, assertRejects } from "@std/assert";
import {
  groupSid,
  NtmsError,
  tokenSid,
  userSid,
  WELL_KNOWN_SIDS,
} from "../../src/model/mod.ts";
import { hostAccounts, parseAccounts } from "../../src/service/accounts.ts";
import { Admission, hashOf, isSecret } from "../../src/service/admission.ts";
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

Deno.test("root, the service's own user and the group rsm are administrators, by name", () =>
  withAccounts(async (directory) => {
    const door = admission(directory);
    const users: [number, number, string][] = [
      [0, 0, "root"],
      [990, 990, "rsmd"],
      [1000, 1000, "ann"], // listed as a member
      [1001, 980, "bob"], // by primary group
    ];
    for (const [uid, gid, user] of users) {
      const admitted = await door.admit(unix(uid, gid), null);
      assertEquals([admitted?.user, admitted?.computer], [user, "host"]);
      assertEquals(admitted?.identity.administrator, true, user);
      assertEquals(admitted?.identity.sid, userSid(uid));
    }
  }));

Deno.test("any other user is himself, his groups and everyone, and no administrator, token or not", () =>
  withAccounts(async (directory) => {
    const door = admission(directory, "token");
    const peer: Peer = {
      kind: "unix",
      user: { uid: 1002, gid: 1002, pid: 77 },
    };
    const eve = await door.admit(peer, "token");
    assertEquals(eve?.identity, {
      sid: userSid(1002),
      sids: new Set([
        userSid(1002),
        groupSid(1002),
        groupSid(100),
        WELL_KNOWN_SIDS.everyone,
      ]),
      administrator: false,
      uid: 1002,
      pid: 77,
      token: null,
    });
    const nobody = await door.admit(unix(4711, 4711), null);
    assertEquals([nobody?.user, nobody?.identity.administrator], [
      "4711",
      false,
    ]);
  }));

Deno.test("where the runtime shows nobody, the socket's mode has let in the own user", () =>
  withAccounts(async (directory) => {
    const peer: Peer = { kind: "unix", user: null };
    const door = admission(directory);
    assertEquals((await door.admit(peer, null))?.user, "rsmd");
    assertEquals(door.principal(peer), door.principal({ kind: "process" }));
  }));

Deno.test("over TCP the service's own token is its own user; without one nobody is let in", () =>
  withAccounts(async (directory) => {
    const peer: Peer = { kind: "tcp", address: "127.0.0.1" };
    const door = admission(directory, "right");
    const own = await door.admit(peer, "right");
    assertEquals([own?.user, own?.computer], ["rsmd", "127.0.0.1"]);
    assertEquals(own?.identity.administrator, true);
    assertEquals(await door.admit(peer, "wrong"), null);
    await refused(door.admit(peer, null));
    assertEquals(await admission(directory, null).admit(peer, "any"), null);
  }));

Deno.test("a token is what its secret's hash says, with the rights of its user beside its own", () =>
  withAccounts(async (directory) => {
    const peer: Peer = { kind: "tcp", address: "127.0.0.1" };
    const door = admission(directory, "right");
    const token = (number: number, name: string, user: string | null) => ({
      number,
      name,
      user,
      hash: hashOf(`secret ${name}`),
      created: 0,
    });
    const tokens = [token(1, "plain", null), token(2, "eves", "eve")];
    tokens.push(token(3, "anns", "1000"), token(4, "gone", "nobody there"));
    const by = (secret: string | null) =>
      door.admitByToken(peer, secret, tokens);
    const plain = await by("secret plain");
    assertEquals([plain.user, plain.computer], ["token:plain", "127.0.0.1"]);
    const { everyone } = WELL_KNOWN_SIDS;
    assertEquals(plain.identity.sids, new Set([tokenSid(1), everyone]));
    assertEquals(plain.identity.administrator, false);
    const eves = await by("secret eves");
    assertEquals([eves.user, eves.identity.token], ["eve", "eves"]);
    assertEquals(eves.identity.sid, tokenSid(2));
    assertEquals(eves.identity.sids.has(userSid(1002)), true);
    assertEquals(eves.identity.sids.has(groupSid(100)), true);
    assertEquals(eves.identity.administrator, false);
    assertEquals((await by("secret anns")).identity.administrator, true);
    // A user who was removed is nobody: his token is no more than a token.
    assertEquals((await by("secret gone")).identity.sids.size, 2);
    for (const secret of [null, "", "secret", hashOf("secret plain")]) {
      await refused(by(secret));
    }
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
