import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { type Clock, NtmsError, type UiMessage } from "../../src/model/mod.ts";
import { systemClock } from "../../src/model/system.ts";
import { makeMessenger } from "../../src/service/ui_messenger.ts";
import { NO_UI_SETTINGS, parseUiSettings } from "../../src/service/ui_file.ts";
import { mailText } from "../../src/service/ui_mail.ts";
import { type MemoryLog, openFixture } from "../manager/fixture.ts";
import { MESSAGE, SMALL } from "../manager/operator_fixture.ts";
import { Receiver } from "./receiver.ts";

const ADDRESS = "ops@example.org";
const NEVER = new AbortController().signal;

const SAMPLE: UiMessage = {
  id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  type: "request",
  time: Date.UTC(2026, 0, 2, 3, 4, 5),
  host: "here",
  text: "Put in new media",
  application: "backup",
  user: "anne",
  computer: "there",
  request: {
    type: "operatorRequest",
    id: "6f9619ff-8b86-4d01-b42d-00cf4fc964fe",
    kind: "newMedia",
    state: "submitted",
    objects: [],
  },
};

/** A clock by which the pauses between tries are short. */
const HURRY: Clock = {
  ...systemClock,
  after: (delayMs, task) => systemClock.after(delayMs / 200, task),
};

function settingsFor({ url }: Receiver) {
  return parseUiSettings(JSON.stringify({ webhooks: [url] }));
}

/** A program in the place of sendmail, which keeps what it is given. */
async function fakeSendmail(
  directory: string,
  script: string,
): Promise<string> {
  const path = `${directory}/sendmail`;
  await Deno.writeTextFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

function mailTo(sendmail: string) {
  return makeMessenger(
    parseUiSettings(JSON.stringify({ sendmail, emails: [ADDRESS] })),
  );
}

Deno.test("a message is posted as JSON, with what tells a second try again", async () => {
  await using receiver = new Receiver();
  const { url } = receiver;
  const messenger = makeMessenger(
    parseUiSettings(
      JSON.stringify({ webhooks: [{ url, authorization: "Bearer 1" }] }),
    ),
  );
  await messenger.deliver(url, SAMPLE, NEVER);
  const [posted] = receiver.taken;
  assertEquals<unknown>(posted?.body, {
    ...SAMPLE,
    time: "2026-01-02T03:04:05.000Z",
  });
  assertEquals(posted?.headers.get("content-type"), "application/json");
  assertEquals(posted?.headers.get("idempotency-key"), SAMPLE.id);
  assertEquals(posted?.headers.get("authorization"), "Bearer 1");
});

Deno.test("what a URL refuses or leads elsewhere was not taken", async () => {
  await using receiver = new Receiver();
  const messenger = makeMessenger(settingsFor(receiver));
  for (const status of [500, 404, 302]) {
    receiver.status = status;
    await assertRejects(
      () => messenger.deliver(receiver.url, SAMPLE, NEVER),
      TypeError,
      `HTTP status ${status}`,
    );
  }
  assertEquals(receiver.tries, 3);
});

Deno.test("nothing is sent to where the administrator did not allow it", async () => {
  await using receiver = new Receiver();
  const messenger = makeMessenger(NO_UI_SETTINGS);
  assert(!messenger.knows(receiver.url) && !messenger.knows(ADDRESS));
  for (const destination of [receiver.url, ADDRESS]) {
    await assertRejects(
      () => messenger.deliver(destination, SAMPLE, NEVER),
      TypeError,
      "not configured",
    );
  }
  assertEquals(receiver.tries, 0);
});

Deno.test("mail goes to the mail program, with headers that it can read", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_mail_" });
  try {
    const path = await fakeSendmail(
      directory,
      `echo "$@" > ${directory}/arguments; cat > ${directory}/mail`,
    );
    await mailTo(path).deliver(ADDRESS, SAMPLE, NEVER);
    assertEquals(
      await Deno.readTextFile(`${directory}/arguments`),
      "-t -oi\n",
    );
    const mail = await Deno.readTextFile(`${directory}/mail`);
    const [head = "", body = ""] = mail.split("\n\n");
    assertStringIncludes(head, `To: ${ADDRESS}\n`);
    assertStringIncludes(head, "Subject: rsm needs an operator: Put in new");
    assertStringIncludes(
      new TextDecoder().decode(Uint8Array.fromBase64(body)),
      `Put in new media\n\nService on: here\nFor: backup, anne@there\n`,
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a mail program that fails or is not there is told by name", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_mail_" });
  try {
    const path = await fakeSendmail(directory, "echo no route >&2; exit 75");
    await assertRejects(
      () => mailTo(path).deliver(ADDRESS, SAMPLE, NEVER),
      TypeError,
      "sendmail ended with status 75: no route",
    );
    await assertRejects(
      () => mailTo(`${directory}/none`).deliver(ADDRESS, SAMPLE, NEVER),
      TypeError,
      `This computer has no ${directory}/none`,
    );
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("a mail program that hangs is ended with the try", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_mail_" });
  try {
    const path = await fakeSendmail(directory, "exec sleep 60");
    const stop = new AbortController();
    const sending = mailTo(path).deliver(ADDRESS, SAMPLE, stop.signal);
    stop.abort();
    await assertRejects(() => sending);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("no text of a message makes another header of its mail", () => {
  const text = "Hello\r\nBcc: all@example.org\n\nü".padEnd(200, "ä");
  const [head = ""] = mailText(ADDRESS, null, { ...SAMPLE, text })
    .split("\n\n");
  assertEquals(head.match(/^[A-Z][\w-]+:/gm), [
    "To:",
    "Subject:",
    "Date:",
    "Message-ID:",
    "Auto-Submitted:",
    "MIME-Version:",
    "Content-Type:",
    "Content-Transfer-Encoding:",
  ]);
  const words = head.match(/=\?utf-8\?B\?[^?]*\?=/g) ?? [];
  assert(words.every((word) => word.length <= 75));
  const subject = words.map((word) =>
    new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.fromBase64(word.slice(10, -2)),
    )
  ).join("");
  assertMatch(subject, /^rsm needs an operator: Hello Bcc: .* üä+$/);
});

Deno.test("the file of destinations takes addresses, https URLs, and http to this computer", () => {
  const file = {
    emails: [ADDRESS],
    webhooks: [
      "https://hooks.example.org/a?b=c",
      "http://127.0.0.1:8080/",
      "http://[::1]/",
      "http://localhost/x",
    ],
    sendmail: "/usr/lib/sendmail",
    from: "rsm@example.org",
  };
  const settings = parseUiSettings(JSON.stringify(file));
  assertEquals([...settings.emails], file.emails);
  assertEquals([...settings.webhooks.keys()], file.webhooks);
  assertEquals(settings.sendmail, file.sendmail);
  assertEquals(parseUiSettings("{}"), NO_UI_SETTINGS);
});

Deno.test("the file of destinations is refused whole, with what is wrong", () => {
  const wrong: readonly (readonly [string, string])[] = [
    ["{", "no JSON"],
    ["[]", "an object"],
    ['{"email":[]}', '"email" is none of'],
    ['{"emails":{}}', '"emails" must be a list'],
    ['{"emails":["a@b","c"]}', 'row 2 of "emails"'],
    ['{"emails":["a@b\\nBcc: c@d"]}', 'row 1 of "emails"'],
    ['{"webhooks":["http://example.org/"]}', 'row 1 of "webhooks"'],
    ['{"webhooks":["http://localhost.example.org/"]}', 'row 1 of "webhooks"'],
    ['{"webhooks":["file:///etc/passwd"]}', 'row 1 of "webhooks"'],
    ['{"webhooks":[{"url":"https://a","authorization":1}]}', 'row 1 of "web'],
    ['{"sendmail":"sendmail -t"}', '"sendmail" must be'],
    ['{"from":"me"}', '"from" must be'],
  ];
  for (const [text, reason] of wrong) {
    const error = assertThrows(() => parseUiSettings(text), NtmsError, reason);
    assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  }
});

Deno.test("an operator request reaches a URL that fails at first, also after a restart", async () => {
  await using receiver = new Receiver();
  const directory = await Deno.makeTempDir({ prefix: "rsm_ui_" });
  const { url } = receiver;
  const options = {
    url: SMALL,
    path: `${directory}/rsm.sqlite`,
    clock: HURRY,
    limits: { uiMessageTakenWithinMs: 2_000_000 },
    messenger: makeMessenger(settingsFor(receiver)),
  };
  receiver.status = 503;
  try {
    let request: string;
    {
      await using fixture = await openFixture(options);
      const { manager } = fixture;
      const [computer] = await fixture.all("computer");
      await manager.ui.set(fixture.caller(), {
        object: computer?.id ?? "",
        type: "request",
        operation: "add",
        destination: url,
      });
      request = await manager.operators.submit(fixture.caller(), MESSAGE);
      await receiver.until(() => receiver.tries >= 3);
      assert(warnings(fixture.log).length === 1, "it was not told once");
    }
    assertEquals(receiver.taken, []);
    receiver.status = 200;
    await using fixture = await openFixture(options);
    await receiver.until(() => receiver.taken.length > 0);
    const [posted] = receiver.taken;
    assertEquals(posted?.body.request?.id, request);
    assertEquals(posted?.body.text, MESSAGE.message);
    assertEquals(posted?.body.application, "backup");
    for (;;) {
      const [state] = await fixture.manager.ui.list(fixture.caller());
      if (state?.waiting === 0 && state.delivered !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    assertEquals(receiver.taken.length, 1);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

function warnings({ lines }: MemoryLog): string[] {
  return lines.filter((line) => line === "warn A message was not taken");
}
