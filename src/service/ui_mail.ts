/**
 * A message as mail.
 *
 * @module
 */

import { encodeBase64 } from "../protocol/mod.ts";
import type { UiMessage } from "../model/mod.ts";

/** Bytes of text in one encoded word, which may have 75 characters in all. */
const WORD_BYTES = 45;
/** Characters of base 64 in one line. */
const LINE = 76;

const TITLES: Readonly<Record<UiMessage["type"], string>> = {
  request: "needs an operator",
  error: "has a fault",
  info: "progress",
  test: "test",
};

/** A message with its headers, for `sendmail -t`. */
export function mailText(
  to: string,
  from: string | null,
  message: UiMessage,
): string {
  const subject = `rsm ${TITLES[message.type]}: ${message.text}`;
  return [
    ...from === null ? [] : [`From: ${from}`],
    `To: ${to}`,
    `Subject: ${headerText(subject)}`,
    `Date: ${new Date(message.time).toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${message.id}@rsm.invalid>`,
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=utf-8",
    "Content-Transfer-Encoding: base64",
    "",
    ...linesOf(encodeBase64(new TextEncoder().encode(body(message)))),
    "",
  ].join("\n");
}

function body(message: UiMessage): string {
  const { application, computer, host, request, user } = message;
  const who = user === "" ? application : `${application}, ${user}@${computer}`;
  const facts: readonly (readonly [string, string])[] = [
    ["Service on", host],
    ["For", who],
    ["Time", new Date(message.time).toISOString()],
    ...request === null ? [] : [
      ["Request", `${request.id} (${request.kind}, ${request.state})`] as const,
      ...request.objects.map(({ id, type }) => [`About ${type}`, id] as const),
    ],
  ];
  const lines = facts.map(([name, value]) => `${name}: ${value}`);
  const todo = request?.type === "operatorRequest"
    ? ["", `When it is done: rsm operator satisfy ${request.id}`]
    : [];
  return [message.text, "", ...lines, ...todo, ""].join("\n");
}

/** Text that can stand in a header, whatever is in it. */
function headerText(text: string): string {
  const line = text.replaceAll(/\p{Cc}+/gu, " ").trim();
  if (/^[\x20-\x7e]*$/.test(line)) return line;
  return encodedWords(line).join("\n ");
}

/** Text as encoded words (RFC 2047), none of which cuts a character in two. */
function encodedWords(text: string): string[] {
  const encoder = new TextEncoder();
  const words: string[] = [];
  let part = "";
  for (const character of text) {
    if (encoder.encode(part + character).length > WORD_BYTES) {
      words.push(part);
      part = "";
    }
    part += character;
  }
  return [...words, part].map((each) =>
    `=?utf-8?B?${encodeBase64(encoder.encode(each))}?=`
  );
}

function linesOf(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; start += LINE) {
    lines.push(text.slice(start, start + LINE));
  }
  return lines;
}
