/**
 * What a drive tells of a medium before it is handed out, and what is written
 * down of it.
 *
 * @module
 */

import type { MediumFacts } from "../changer/mod.ts";
import {
  allMediaTypes,
  findMount,
  type Medium,
  memoriesOf,
  putMemory,
  type Reader,
  updateCartridge,
  updateSide,
  type Writer,
} from "../database/mod.ts";
import { NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { checkLabel } from "./labels_at_mount.ts";
import { askOperatorOnce } from "./operators.ts";
import type { Robot } from "./robot.ts";

/** How a medium is to be used. */
export interface Use {
  readonly write: boolean;
  readonly signal: AbortSignal;
}

/**
 * Asks a drive, which is ready, what it tells of its medium, and checks the
 * label. One that is mounted already is the program's: nothing is asked.
 *
 * @returns What the drive tells; null for nothing.
 * @throws {NtmsError} ERROR_WRITE_PROTECT, and those of {@linkcode checkLabel}.
 */
export async function examineMedium(
  context: Context,
  robot: Robot,
  medium: Medium,
  driveId: string,
  { signal, write }: Use,
): Promise<MediumFacts | null> {
  const mount = await context.database.read((db) =>
    findMount(db, medium.side.id)
  );
  if (mount !== null) return null;
  const facts = await robot.prepareMedium(driveId);
  if (write && facts?.writeProtected) {
    throw new NtmsError(
      "ERROR_WRITE_PROTECT",
      `Cannot mount cartridge ${medium.cartridge.name} for writing: it is write-protected; set its switch, or mount it for reading`,
    );
  }
  await checkLabel(context, robot, medium, driveId, signal);
  return facts;
}

/** Writes down what a drive told of a medium. */
export async function noteFacts(
  db: Writer,
  context: Context,
  { cartridge, side }: Medium,
  facts: MediumFacts | null,
): Promise<void> {
  if (facts === null) return;
  const doubt = await doubtOf(db, context, cartridge, facts);
  if (doubt !== null) {
    const message = `Cartridge ${cartridge.name} ${doubt}`;
    context.log.warn(message);
    await askOperatorOnce(db, context, {
      command: "deviceService",
      message: message.slice(0, context.limits.messageLength),
      about: { type: "cartridge", id: cartridge.id },
    });
  }
  const { densityCode, maximumBytes, mediumTypeCode } = facts;
  const codes = {
    ...(densityCode === null ? {} : { densityCode }),
    ...(mediumTypeCode === null ? {} : { mediumTypeCode }),
  };
  const isNew = codes.densityCode !== cartridge.densityCode ||
    codes.mediumTypeCode !== cartridge.mediumTypeCode;
  if (isNew) await updateCartridge(db, cartridge.id, codes);
  if (maximumBytes !== null && maximumBytes !== side.capacityBytes) {
    await updateSide(db, side.id, { capacityBytes: maximumBytes });
  }
  if (Object.values(facts).every((fact) => fact === null)) return;
  await putMemory(db, {
    objectId: cartridge.id,
    serialNumber: facts.serialNumber ?? "",
    manufacturer: facts.manufacturer ?? "",
    kind: facts.kind,
    loadCount: facts.loadCount,
    maximumBytes,
    remainingBytes: facts.remainingBytes,
    writeProtected: facts.writeProtected === null
      ? null
      : facts.writeProtected
      ? 1
      : 0,
    told: context.clock.now(),
  });
}

/** What does not agree with what is known of a cartridge, for people; null where all does. */
async function doubtOf(
  db: Reader,
  { mediaTypes }: Context,
  cartridge: Medium["cartridge"],
  { densityCode, serialNumber }: MediumFacts,
): Promise<string | null> {
  const known = (await memoriesOf(db, [cartridge.id])).get(cartridge.id);
  const before = known?.serialNumber ?? "";
  if (serialNumber !== null && before !== "" && before !== serialNumber) {
    return `has another medium in it than at its last mount: serial number ${serialNumber}, and no longer ${before}`;
  }
  const types = await allMediaTypes(db);
  const type = types.find(({ id }) => id === cartridge.mediaTypeId);
  const row = type === undefined ? null : mediaTypes.byName(type.name);
  if (densityCode === null || row === null) return null;
  if (row.densityCodes.length === 0 || row.densityCodes.includes(densityCode)) {
    return null;
  }
  const others = mediaTypes.rows.filter(({ densityCodes }) =>
    densityCodes.includes(densityCode)
  ).map(({ name }) => name);
  const told = `0x${densityCode.toString(16).padStart(2, "0")}`;
  return `is of type ${row.name}, and its drive tells density ${told}, which is ${
    others.length === 0 ? "of no known type" : `that of ${others.join(", ")}`
  }; see to its bar code or its media type`;
}
