/**
 * `rsm identify`, `rsm prepare` and `rsm label`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { NtmsError } from "../model/errors.ts";
import type {
  CartridgeRecord,
  MediaPoolRecord,
  SideRecord,
} from "../model/objects.ts";
import { type Guid, parseGuid } from "../model/ids.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import { withProgress } from "./progress.ts";
import {
  CARTRIDGE,
  MEDIUM,
  resolveCartridge,
  resolveLogicalMedium,
} from "./resolve_medium.ts";
import { UsageError } from "./usage_error.ts";
import { printable } from "./width.ts";

/** The slot that a word names: by its id, or by what is or belongs in it. */
async function slotOf(session: Session, word: string): Promise<Guid> {
  const id = parseGuid(word);
  if (id !== null) {
    const record = await session.object(id);
    if (record.type === "slot") return id;
  }
  const cartridge = await resolveCartridge(session, word);
  const { location, locationType } = cartridge;
  if (locationType === "slot" && location !== null) return location;
  throw new NtmsError(
    "ERROR_INVALID_STATE",
    `Cannot identify ${word}: it is in no slot now`,
  );
}

/** The sides of the catalogue, each with its cartridge, as one word names them. */
async function sidesOf(
  session: Session,
  cartridge: Guid,
): Promise<readonly SideRecord[]> {
  return await session.objects("side", { container: cartridge });
}

function describe(side: SideRecord): string {
  const { info, type } = side.label;
  return `${side.state}, ${printable(info || type || "no known label")}`;
}

/** Reads the label of one medium. */
export const identify: Command = {
  name: "identify",
  summary: "Read the label of a medium and note what it says",
  details: [
    "The medium is brought into a drive and back. What has a label of a known format goes to the import pool, a free medium of ours to the free pool, anything else to the unrecognized pool; what somebody owns stays with its owner.",
  ],
  operands: [{
    name: "SLOT",
    summary: "Id of a slot, or bar code, name or id of the cartridge in it",
  }],
  options: [
    {
      name: "deferred",
      summary: "Leave the medium in the drive until the drive is needed",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [{
    line: "rsm identify DEMO01L6",
    what: "See what is on a cartridge",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, signal } = context;
    const word = args.required("SLOT");
    const deferred = args.flag("deferred");
    const found = await withSession(context, args, async (session) => {
      const slot = await slotOf(session, word);
      const reading = session.labels.identify(slot, { deferred, signal });
      const request = await withProgress(context, "Reading", reading);
      if (request === null) return { request, slot, sides: [] };
      const record = await session.object(request);
      const cartridge = record.type === "libraryRequest"
        ? record.cartridge
        : null;
      const sides = cartridge === null ? [] : await sidesOf(session, cartridge);
      return { request, slot, sides };
    });
    const { request, sides, slot } = found;
    if (output.json) {
      return output.value({
        slot,
        request,
        sides: sides.map(({ id, label, state }) => ({
          side: id,
          state,
          label,
        })),
      });
    }
    if (request === null) return output.words("The slot is empty");
    output.data(sides.map(describe).join("\n") || "Identified");
  },
};

/** The free pool of the media type of a cartridge. */
async function freePoolFor(
  session: Session,
  { mediaType, name }: CartridgeRecord,
): Promise<MediaPoolRecord> {
  const top = (await session.objects("mediaPool"))
    .find(({ kind }) => kind === "free");
  const pools = top === undefined
    ? []
    : await session.objects("mediaPool", { container: top.id });
  const free = pools.find((pool) => pool.mediaType === mediaType);
  if (free !== undefined) return free;
  throw new NtmsError(
    "ERROR_INVALID_MEDIA_POOL",
    `There is no free pool for the media type of ${name}`,
  );
}

/** Writes a free label. */
export const prepare: Command = {
  name: "prepare",
  summary: "Write a free label to a cartridge, so that it can be handed out",
  details: [
    "What is on the cartridge is lost. It goes to the free pool of its media type, if it is not there; its label is read once more right before.",
  ],
  operands: [CARTRIDGE],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm prepare DEMO01L6",
    what: "Make a free medium of a cartridge",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output, signal } = context;
    const word = args.required(CARTRIDGE.name);
    const prepared = await withSession(context, args, async (session) => {
      const cartridge = await resolveCartridge(session, word);
      const pool = await freePoolFor(session, cartridge);
      if (cartridge.mediaPool !== pool.id) {
        await session.moveToPool(cartridge.id, pool.id);
      }
      const isFree = async () =>
        (await sidesOf(session, cartridge.id)).every(({ label, state }) =>
          state === "available" && label.type !== ""
        );
      // Where the move alone had it labelled, or the bar code does.
      if (await isFree()) return { cartridge, request: null };
      const writing = session.labels.prepare(cartridge.id, { signal })
        .catch(async (error: unknown) => {
          if (await isFree()) return null;
          throw error;
        });
      return {
        cartridge,
        request: await withProgress(context, "Writing", writing),
      };
    });
    const { cartridge, request } = prepared;
    if (output.json) return output.value({ cartridge: cartridge.id, request });
    output.words(`${word} is free and labelled`);
  },
};

function serialNumberOf(word: string): number {
  const digits = word.replace("-", "");
  if (/^[0-9a-f]{1,8}$/i.test(digits)) return Number.parseInt(digits, 16);
  throw new UsageError(
    `"${word}" is no serial number of a volume`,
    "It has up to eight hexadecimal digits, such as 1A2B-3C4D",
  );
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(
      `Cannot read "${path}": ${error.message}`,
      "Name a file with the first bytes of the medium",
    );
  }
}

/** Tells of a label that a program has written. */
export const label: Command = {
  name: "label",
  summary: "Tell of the label that was just written to an allocated medium",
  details: [
    "From then on the medium is only handed out while this label is on it.",
  ],
  operands: [MEDIUM, {
    name: "FILE",
    optional: true,
    summary: "The first bytes of the medium",
  }],
  options: [
    {
      name: "file-system",
      value: "TYPE",
      summary: "Instead of a file: the medium has a file system of this type",
    },
    { name: "volume", value: "NAME", summary: "Its volume name" },
    {
      name: "serial",
      value: "HEX",
      summary: "Its volume serial number, in hexadecimal",
    },
    ...CLIENT_OPTIONS,
  ],
  examples: [
    {
      line: "printf '%-79s3' VOL1MONDAY | rsm label monday /dev/stdin",
      what: "Tell of a tape label",
    },
    {
      line:
        "rsm label monday --file-system UDF --volume DATA --serial 1A2B-3C4D",
      what: "Tell of a volume",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const word = args.required(MEDIUM.name);
    const path = args.operand("FILE");
    const type = args.text("file-system");
    if ((path === undefined) === (type === undefined)) {
      throw new UsageError(
        "Name a file with the label, or a file system",
        'See "rsm label --help"',
      );
    }
    const label = type === undefined ? await read(path ?? "") : {
      type,
      volumeName: args.text("volume") ?? "",
      serialNumber: serialNumberOf(args.text("serial") ?? "0"),
    };
    const logicalMedium = await withSession(context, args, async (session) => {
      const id = await resolveLogicalMedium(session, word);
      await session.labels.update(id, label);
      return id;
    });
    if (output.json) return output.value({ logicalMedium });
    output.words(`Noted the label of ${word}`);
  },
};
