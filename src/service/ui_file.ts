/**
 * Where messages may go beside the consoles: the file `ui_destinations.json`
 * in the state directory, which only the administrator writes. What is not in
 * it is never sent to, whatever a caller asks for.
 *
 * @module
 */

import { NtmsError } from "../model/mod.ts";
import { isObject } from "../protocol/mod.ts";

/** Name of the file in the state directory. */
export const UI_FILE = "ui_destinations.json";

/** Where the program that sends mail is, on a computer that has one. */
const SENDMAIL = "/usr/sbin/sendmail";

/** A URL that messages are posted to. */
export interface Webhook {
  readonly url: string;
  /** Value of the Authorization header; null for none. */
  readonly authorization: string | null;
}

/** What the administrator has configured. */
export interface UiSettings {
  /** E-mail addresses, as callers name them. */
  readonly emails: ReadonlySet<string>;
  /** URLs, as callers name them. */
  readonly webhooks: ReadonlyMap<string, Webhook>;
  /** Path of the program that sends mail. */
  readonly sendmail: string;
  /** Sender of mail; null for the one that the program takes. */
  readonly from: string | null;
}

/** Nothing but consoles. */
export const NO_UI_SETTINGS: UiSettings = {
  emails: new Set(),
  webhooks: new Map(),
  sendmail: SENDMAIL,
  from: null,
};

/** Reads the file; only consoles where there is none. */
export async function readUiSettings(directory: string): Promise<UiSettings> {
  const path = `${directory}/${UI_FILE}`;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return NO_UI_SETTINGS;
    throw refusal(path, "it cannot be read", error);
  }
  return parseUiSettings(text, path);
}

/**
 * Understands the text of the file.
 *
 * @throws {NtmsError} ERROR_INVALID_PARAMETER naming what is wrong.
 */
export function parseUiSettings(
  text: string,
  path: string = UI_FILE,
): UiSettings {
  const mistake = (what: string) => refusal(path, what);
  const file = parseJson(text, path);
  if (!isObject(file)) throw mistake("it must be an object");
  const { emails = [], from = null, sendmail = SENDMAIL, webhooks = [] } = file;
  const strange = Object.keys(file).find((key) => !MEMBERS.has(key));
  if (strange !== undefined) {
    throw mistake(`"${strange}" is none of ${[...MEMBERS].join(", ")}`);
  }
  if (!Array.isArray(emails)) throw mistake('"emails" must be a list');
  if (!Array.isArray(webhooks)) throw mistake('"webhooks" must be a list');
  if (typeof sendmail !== "string" || !sendmail.startsWith("/")) {
    throw mistake('"sendmail" must be the path of a program');
  }
  if (from !== null && !isAddress(from)) {
    throw mistake('"from" must be an e-mail address');
  }
  const bad = emails.findIndex((each) => !isAddress(each));
  if (bad !== -1) {
    throw mistake(`row ${bad + 1} of "emails" is no e-mail address`);
  }
  const hooks = webhooks.map((each: unknown, index): Webhook => {
    const hook = webhookOf(each);
    if (hook !== null) return hook;
    throw mistake(
      `row ${
        index + 1
      } of "webhooks" is no https URL, and none of http to this computer itself: 127.0.0.1, [::1] or localhost`,
    );
  });
  return {
    emails: new Set(emails.filter(isAddress)),
    webhooks: new Map(hooks.map((hook) => [hook.url, hook])),
    sendmail,
    from,
  };
}

const MEMBERS: ReadonlySet<string> = new Set([
  "emails",
  "webhooks",
  "sendmail",
  "from",
]);

/** An address that can stand in a header as it is. */
function isAddress(value: unknown): value is string {
  return typeof value === "string" && value.length <= 254 &&
    /^[^\s@<>(),:;"\\\p{Cc}]+@[^\s@<>(),:;"\\\p{Cc}]+$/u.test(value);
}

/** A URL, or an object with one and what authorizes; null where it may not be posted to. */
function webhookOf(value: unknown): Webhook | null {
  const given = isObject(value) ? value : { url: value };
  const { authorization = null, url } = given;
  if (typeof url !== "string" || !URL.canParse(url)) return null;
  if (authorization !== null && typeof authorization !== "string") return null;
  const { hostname, protocol } = new URL(url);
  const own = LOOPBACK.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && own)) return null;
  return { url, authorization };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(path, "it is no JSON", error);
  }
}

function refusal(path: string, what: string, cause?: unknown): NtmsError {
  return new NtmsError(
    "ERROR_INVALID_PARAMETER",
    `Cannot use ${path}: ${what}; correct it or take it away, and start again`,
    { ...(cause === undefined ? {} : { cause }), data: { path } },
  );
}
