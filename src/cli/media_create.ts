/**
 * `rsm media create`.
 *
 * @module
 */

import type { NewMediumSide } from "../client/mod.ts";
import { SIDE_STATES, type SideState } from "../model/states.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { POOL } from "./pool_commands.ts";
import { resolvePool } from "./resolve_pool.ts";
import { UsageError } from "./usage_error.ts";

const STATES = Object.keys(SIDE_STATES);

function isState(name: string): name is SideState {
  return Object.hasOwn(SIDE_STATES, name);
}

/** A label as a command line writes it: its type, "=", and its id as text. */
function labelOf(text: string): NewMediumSide["label"] {
  const [, type = "", id = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (type === "" || id === "") {
    throw new UsageError(
      `"${text}" is no label`,
      'Write its type, "=", and its id, such as ANSI=VAULT1',
    );
  }
  const bytes = new TextEncoder().encode(id);
  const digits = Array.from(
    bytes,
    (byte) => byte.toString(16).padStart(2, "0"),
  );
  return { type, id: digits.join(""), info: id };
}

/** Registers a cartridge that is in no library. */
export const mediaCreate: Command = {
  name: "media create",
  summary: "Register a cartridge that is in no library yet",
  details: [
    "It is shown in the offline library, and recognized by its bar code when an inventory finds it. The pool is an import pool or one of an application, and says of which media type it is. The id of the cartridge is printed.",
  ],
  operands: [
    { name: "BARCODE", summary: "Its bar code" },
    POOL,
  ],
  options: [
    {
      name: "label",
      value: "TYPE=ID",
      repeatable: true,
      summary: "The label on the medium, one for each side",
    },
    {
      name: "as",
      value: "STATE",
      choices: STATES,
      summary: "What its sides are (default: import)",
    },
    { name: "name", value: "NAME", summary: "Its name (default: bar code)" },
    { name: "description", value: "TEXT", summary: "What to know of it" },
    {
      name: "unique",
      summary: "Refuse a label that another side has",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "rsm media create VAULT1L6 backup --label ANSI=VAULT1",
      what: "Register a cartridge that lies in the vault",
    },
    {
      line:
        "rsm media create VAULT2L6 backup --label ANSI=VAULT2 --as allocated",
      what: "And one that holds data of the application",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const barCode = args.required("BARCODE");
    const word = args.required(POOL.name);
    const state = args.text("as") ?? "import";
    const labels = args.list("label").map(labelOf);
    if (labels.length === 0) {
      throw new UsageError(
        "A cartridge is registered with what is on it",
        "Name the label of each side: --label ANSI=VAULT1",
      );
    }
    const created = await withSession(
      context,
      args,
      async (session) =>
        await session.createMedium({
          barCode,
          pool: (await resolvePool(session, word)).id,
          name: args.text("name") ?? "",
          description: args.text("description") ?? "",
          errorIfDuplicate: args.flag("unique"),
          sides: labels.map((label) => ({
            label,
            ...isState(state) ? { state } : {},
          })),
        }),
    );
    if (output.json) return output.value(created);
    output.data(created.cartridge.id);
    output.words(`Registered ${barCode}`);
  },
};
