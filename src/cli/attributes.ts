/**
 * `rsm attr`: bytes that applications keep with objects.
 *
 * @module
 */

import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand, Option } from "./grammar.ts";
import { OBJECT, resolveObject, typeOfWord } from "./resolve_object.ts";
import { UsageError } from "./usage_error.ts";

const NAME: Operand = { name: "NAME", summary: "Name of the attribute" };
const HEX: Option = { name: "hex", summary: "The value is in hexadecimal" };

function bytesOf(value: string, isHex: boolean): Uint8Array {
  if (!isHex) return new TextEncoder().encode(value);
  if (!/^([0-9a-f]{2})*$/i.test(value)) {
    throw new UsageError(
      `"${value}" is not in hexadecimal`,
      "Give two digits for each byte, such as 00ff",
    );
  }
  const pairs = value.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const error = new UsageError(
      "The attribute is no text",
      'Show it with "--hex"',
    );
    error.cause = cause;
    throw error;
  }
}

/** Shows an attribute. */
export const attributeGet: Command = {
  name: "attr get",
  summary: "Show what an application keeps with an object",
  operands: [...OBJECT, NAME],
  options: [{ ...HEX, summary: "Show it in hexadecimal" }, ...CLIENT_OPTIONS],
  examples: [{
    line: "rsm attr get media-pool backup Owner",
    what: "Show the attribute Owner of a pool",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const type = typeOfWord(args.required("TYPE"));
    const word = args.required("OBJECT");
    const name = args.required(NAME.name);
    const { id, data } = await withSession(context, args, async (session) => {
      const { id } = await resolveObject(session, type, word);
      return { id, data: await session.attribute(id, name) };
    });
    if (output.json) return output.value({ id, name, hex: hexOf(data) });
    output.data(args.flag("hex") ? hexOf(data) : textOf(data));
  },
};

/** Sets or deletes an attribute. */
export const attributeSet: Command = {
  name: "attr set",
  summary: "Keep a value with an object; without one, delete it",
  operands: [...OBJECT, NAME, {
    name: "VALUE",
    optional: true,
    summary: "What to keep; left out, the attribute is deleted",
  }],
  options: [HEX, ...CLIENT_OPTIONS],
  examples: [
    {
      line: "rsm attr set media-pool backup Owner 'Anne, room 4'",
      what: "Keep a name with a pool",
    },
    {
      line: "rsm attr set media-pool backup Owner",
      what: "Delete the attribute",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const type = typeOfWord(args.required("TYPE"));
    const word = args.required("OBJECT");
    const name = args.required(NAME.name);
    const data = bytesOf(args.operand("VALUE") ?? "", args.flag("hex"));
    const id = await withSession(context, args, async (session) => {
      const { id } = await resolveObject(session, type, word);
      await session.setAttribute(id, name, data);
      return id;
    });
    if (output.json) return output.value({ id, name, hex: hexOf(data) });
    output.words(
      data.length === 0 ? `Deleted attribute ${name}` : `Set attribute ${name}`,
    );
  },
};
