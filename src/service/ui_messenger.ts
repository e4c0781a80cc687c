/**
 * Brings messages to people who look at no console: posts them to URLs, and
 * has the computer's mail program send them to addresses.
 *
 * @module
 */

import type { Messenger } from "../manager/mod.ts";
import { uiDestinationKind, type UiMessage } from "../model/mod.ts";
import { mailText } from "./ui_mail.ts";
import type { UiSettings, Webhook } from "./ui_file.ts";

/** How much of what a mail program complains about is told. */
const LONGEST_COMPLAINT = 200;

/** What brings messages to the configured destinations. */
export function makeMessenger(settings: UiSettings): Messenger {
  return {
    knows: (destination) =>
      settings.emails.has(destination) || settings.webhooks.has(destination),
    async deliver(destination, message, signal) {
      const hook = settings.webhooks.get(destination);
      if (hook !== undefined) return await post(hook, message, signal);
      if (settings.emails.has(destination)) {
        return await mail(settings, destination, message, signal);
      }
      throw new TypeError(
        `The administrator has not configured this ${
          uiDestinationKind(destination)
        } in ui_destinations.json`,
      );
    },
  };
}

/** A message as it is posted. */
export function postedText(message: UiMessage): string {
  return JSON.stringify({
    ...message,
    time: new Date(message.time).toISOString(),
  });
}

async function post(
  { authorization, url }: Webhook,
  message: UiMessage,
  signal: AbortSignal,
): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    body: postedText(message),
    headers: {
      "content-type": "application/json",
      "user-agent": "rsm",
      // The same for each try, so that a receiver takes it once.
      "idempotency-key": message.id,
      ...(authorization === null ? {} : { authorization }),
    },
    // It could lead to where the administrator did not allow it.
    redirect: "manual",
    signal,
  });
  await response.body?.cancel();
  if (response.ok) return;
  throw new TypeError(`It answered with HTTP status ${response.status}`);
}

async function mail(
  settings: UiSettings,
  destination: string,
  message: UiMessage,
  signal: AbortSignal,
): Promise<void> {
  const { from, sendmail } = settings;
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(sendmail, {
      args: ["-t", "-oi"],
      stdin: "piped",
      stdout: "null",
      stderr: "piped",
      signal,
    }).spawn();
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new TypeError(
      `This computer has no ${sendmail} to send mail with: install a mail server, such as Debian's nullmailer, or name its program in ui_destinations.json`,
      { cause },
    );
  }
  const text = new TextEncoder().encode(mailText(destination, from, message));
  const [written, { code, stderr }] = await Promise.all([
    write(child, text),
    child.output(),
  ]);
  signal.throwIfAborted();
  if (code === 0 && written === null) return;
  const complaint = new TextDecoder().decode(stderr).trim()
    .slice(0, LONGEST_COMPLAINT);
  throw new TypeError(
    `${sendmail} ended with status ${code}${
      complaint === "" ? "" : `: ${complaint}`
    }`,
    { cause: written },
  );
}

/** Hands text to a program; what went wrong, where it did not take it. */
async function write(
  child: Deno.ChildProcess,
  text: Uint8Array<ArrayBuffer>,
): Promise<unknown> {
  try {
    const writer = child.stdin.getWriter();
    await writer.write(text);
    await writer.close();
    return null;
  } catch (error) {
    return error;
  }
}
