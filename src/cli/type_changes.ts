/**
 * `rsm type add`, `rsm type delete` and `rsm type change`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import type { LibraryId, MediaTypeId } from "../model/ids.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import type { Operand } from "./grammar.ts";
import { resolveLibrary } from "./resolve_library.ts";
import { CARTRIDGE, resolveCartridge } from "./resolve_medium.ts";
import { resolveMediaType, resolvePool } from "./resolve_pool.ts";
import { TYPE } from "./type_list.ts";

const LIBRARY: Operand = {
  name: "LIBRARY",
  summary: "Name, serial number, device or id of a library",
};

/** Does something to a media type of a library, and says that it is done. */
async function change(
  context: Context,
  args: Arguments,
  work: (
    session: Session,
    type: MediaTypeId,
    library: LibraryId,
  ) => Promise<void>,
  done: (type: string, library: string) => string,
): Promise<void> {
  const { output } = context;
  const { type, library } = await withSession(
    context,
    args,
    async (session) => {
      const type = await resolveMediaType(session, args.required(TYPE.name));
      const library = await resolveLibrary(
        session,
        args.required(LIBRARY.name),
      );
      await work(session, type.id, library.id);
      return { type, library };
    },
  );
  if (output.json) {
    return output.value({ mediaType: type.id, library: library.id });
  }
  output.words(done(type.name, library.name));
}

/** Declares that a library handles a media type. */
export const typeAdd: Command = {
  name: "type add",
  summary: "Declare that a library handles a media type",
  details: [
    "A library handles by itself what its drives take. The free, import and unrecognized pools of the type are made where they are missing.",
  ],
  operands: [TYPE, LIBRARY],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm type add LTO-5 VL-demo",
    what: "Let the library VL-demo have LTO-5 media",
  }],
  run: (context, args) =>
    change(
      context,
      args,
      (session, type, library) => session.addMediaType(type, library),
      (type, library) => `Library ${library} handles media of type ${type}`,
    ),
};

/** Withdraws a media type from a library. */
export const typeDelete: Command = {
  name: "type delete",
  summary: "Withdraw a media type from a library that holds none of it",
  details: [
    "It stays withdrawn, also when a drive of the library takes such media, until it is added again.",
  ],
  operands: [TYPE, LIBRARY],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm type delete LTO-5 VL-demo",
    what: "Have no LTO-5 media in the library VL-demo any more",
  }],
  run: (context, args) =>
    change(
      context,
      args,
      (session, type, library) => session.deleteMediaType(type, library),
      (type, library) =>
        `Library ${library} does not handle media of type ${type} any more`,
    ),
};

/** Puts a cartridge into a pool of another media type. */
export const typeChange: Command = {
  name: "type change",
  summary: "Put a cartridge into a pool of another media type",
  details: [
    'The cartridge is of the pool\'s media type then. Use it for a cartridge that was taken for another type, such as one without a bar code, whose type is Tape. The rules of "rsm pool move" hold.',
  ],
  operands: [CARTRIDGE, {
    name: "POOL",
    summary: "Path, name or id of a pool",
  }],
  options: CLIENT_OPTIONS,
  examples: [{
    line: "rsm type change DEMO01L6 Free/LTO-7",
    what: "Take a cartridge for a free one of type LTO-7",
  }],
  async run(context: Context, args: Arguments): Promise<void> {
    const { output } = context;
    const { cartridge, pool } = await withSession(
      context,
      args,
      async (session) => {
        const cartridge = await resolveCartridge(
          session,
          args.required(CARTRIDGE.name),
        );
        const pool = await resolvePool(session, args.required("POOL"));
        await session.changeMediaType(cartridge.id, pool.id);
        return { cartridge, pool };
      },
    );
    if (output.json) {
      return output.value({ cartridge: cartridge.id, mediaPool: pool.id });
    }
    output.words(
      `Moved ${cartridge.name} to pool ${pool.path}, whose media type it has now`,
    );
  },
};
