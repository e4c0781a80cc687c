/**
 * What the robot of one library does: cartridges into drives and back, each
 * move journalled.
 *
 * @module
 */

import type {
  Changer,
  Drive,
  MediumFacts,
  Tape,
  TapeBlock,
  TapeReadPlan,
} from "../changer/mod.ts";
import {
  cartridgeAt,
  type CartridgeRow,
  findCartridge,
  findPlace,
  type Place,
  type Reader,
  updateCartridge,
  updateDrive,
} from "../database/mod.ts";
import { type InventoryReport, NtmsError } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit, deviceCall } from "./crash_points.ts";
import { DriveCare } from "./drive_care.ts";
import { EMPTY_DRIVE, exchangeIn } from "./drive_change.ts";
import { FreeSlots } from "./free_slots.ts";
import { inventoryLibrary } from "./inventory.ts";
import { isUnread, Journal, type Step } from "./journal.ts";
import { ofDrive } from "./drive_error.ts";
import { isStillIn } from "./left_in_drive.ts";
import type { LibraryDrives } from "./library_drives.ts";
import { PortDevice } from "./port_device.ts";
import { describeElement } from "./reconcile.ts";
import { resolveIntents } from "./resolve_intents.ts";
import { label, unreachable, unreadable } from "./robot_words.ts";
import { readElement } from "./step_elements.ts";

/** How long a changer may take to become ready after power-on: large ones look at every slot. */
const CHANGER_READY_MS = 1_800_000;
/** How long a drive may take to load a medium (reliability: load 300 s). */
const LOAD_MS = 300_000;
/** How long a drive may take to rewind and unload (dismount 600 s). */
const UNLOAD_MS = 600_000;

/** The robot of one library. */
export class Robot {
  readonly #context: Context;
  readonly #libraryId: string;
  readonly #changer: Changer;
  readonly #journal: Journal;
  readonly #ports: PortDevice;
  /** What its drives tell of themselves. */
  readonly care: DriveCare;
  readonly #drives: LibraryDrives;
  readonly #slots: FreeSlots;

  /** The robot of a library that is in the catalogue. */
  constructor(
    context: Context,
    libraryId: string,
    changer: Changer,
    drives: LibraryDrives,
  ) {
    this.#context = context;
    this.#libraryId = libraryId;
    this.#changer = changer;
    this.#journal = new Journal(context, changer);
    this.#ports = new PortDevice(context, changer);
    this.#slots = new FreeSlots(context, libraryId);
    this.care = new DriveCare(context);
    this.#drives = drives;
  }

  /** Whether the library has told that its content changed since the last inventory. */
  get needsInventory(): boolean {
    return this.#journal.needsInventory;
  }

  /** Asks the changer once whether it is ready, which is when it tells of changes. */
  ask(): Promise<void> {
    return deviceCall(
      this.#context,
      "changerReady",
      () => this.#changer.waitReady(0),
    );
  }

  /** Takes stock and closes the robot steps left open. The signal stops it before it changes anything more. */
  async inventory(signal: AbortSignal): Promise<InventoryReport> {
    await deviceCall(
      this.#context,
      "changerReady",
      () => this.#changer.waitReady(CHANGER_READY_MS, signal),
    );
    await this.#drives.renew();
    await this.#journal.emptyTransports(this.#libraryId);
    signal.throwIfAborted();
    this.#journal.inventoryBegins();
    const report = await inventoryLibrary(
      this.#context,
      this.#libraryId,
      this.#changer,
    );
    await resolveIntents(this.#context, this.#libraryId);
    this.#journal.settled();
    return report;
  }

  /**
   * Brings a cartridge into a drive; another one in the drive goes home first,
   * and so does what may be another one.
   */
  async load(
    cartridgeId: string,
    driveId: string,
    requestId: string | null,
  ): Promise<void> {
    const inDrive = await this.#read((db) => cartridgeAt(db, driveId));
    const target = await this.#place(driveId);
    if (target !== null) await this.#drives.requireSame(target);
    if (target !== null && inDrive?.id === cartridgeId) {
      const where = { changer: this.#changer, drive: target };
      if (await isStillIn(this.#context, where, inDrive, this.#journal)) return;
    }
    if (inDrive !== null) {
      const parts = {
        context: this.#context,
        changer: this.#changer,
        journal: this.#journal,
        slots: this.#slots,
        letGo: (drive: Place) => this.unloadDrive(drive),
      };
      if (await exchangeIn(parts, cartridgeId, inDrive, requestId)) return;
      await this.putAway(driveId, inDrive.id, requestId);
    }
    const cartridge = await this.#withLabel(cartridgeId, requestId);
    const source = await this.#place(cartridge?.placeId ?? "");
    if (cartridge === null || source === null || target === null) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot mount cartridge ${cartridgeId}: it left the library meanwhile`,
      );
    }
    if (source.type === "drive") {
      await this.#unload(source);
    }
    await this.#move({
      libraryId: this.#libraryId,
      cartridgeId,
      label: label(cartridge),
      source,
      target,
      requestId,
    });
    await commit(this.#context, "driveLoaded", async (db) => {
      if (source.type === "drive") {
        await updateDrive(db, source.id, EMPTY_DRIVE);
      }
      await updateDrive(db, driveId, { state: "mounted" });
      await updateCartridge(db, cartridgeId, { state: "mounted" });
    });
  }

  /** A cartridge, taken to a slot where its label was not read in a drive. */
  async #withLabel(cartridgeId: string, requestId: string | null) {
    const find = () => this.#read((db) => findCartridge(db, cartridgeId));
    const cartridge = await find();
    if (cartridge?.placeType !== "drive" || !isUnread(cartridge)) {
      return cartridge;
    }
    await this.putAway(cartridge.placeId ?? "", cartridgeId, requestId);
    return await find();
  }

  /** Waits until the medium in a drive can be read and written. */
  async waitReady(driveId: string, signal?: AbortSignal): Promise<void> {
    const drive = await this.reach(driveId);
    await deviceCall(
      this.#context,
      "driveReady",
      () => ofDrive(driveId, () => drive.waitReady(LOAD_MS, signal)),
    );
  }

  /** The device of a drive. */
  async reach(driveId: string): Promise<Drive> {
    const place = await this.#place(driveId);
    if (place === null) throw unreachable(driveId);
    return this.#drive(place);
  }

  /** Gives a drive, which has to be ready, its defaults, and asks what it tells of its medium; null for nothing. */
  async prepareMedium(driveId: string): Promise<MediumFacts | null> {
    const place = await this.#place(driveId);
    if (place === null) throw unreachable(driveId);
    const { mediumTeller = null } = this.#drive(place);
    if (mediumTeller === null) return null;
    return await deviceCall(
      this.#context,
      "readMedium",
      () => ofDrive(driveId, () => mediumTeller.prepare()),
    );
  }

  /** What the elements say that a drive holds, for people. */
  async lookAt(driveId: string): Promise<string> {
    const place = await this.#place(driveId);
    if (place === null) throw unreachable(driveId);
    const [element] = await deviceCall(
      this.#context,
      "readStep",
      () => readElement(this.#changer, place.elementAddress),
    );
    return describeElement(place.name, element);
  }

  /** How many drives this computer reaches. */
  get driveCount(): number {
    return this.#drives.size;
  }

  /** Whether labels of media can be read in any drive. */
  get readsLabels(): boolean {
    return this.#drives.all().some(({ tape }) => (tape ?? null) !== null);
  }

  /** Whether labels of media can be read in a drive. */
  async readsLabelsIn(driveId: string): Promise<boolean> {
    const place = await this.#place(driveId);
    return place !== null && (this.#drive(place).tape ?? null) !== null;
  }

  /** Reads the start of the medium in a drive, which has to be ready. */
  async readStart(
    driveId: string,
    plan: TapeReadPlan,
    signal?: AbortSignal,
  ): Promise<readonly TapeBlock[]> {
    const tape = await this.#tape(driveId);
    return await deviceCall(
      this.#context,
      "readLabel",
      () => ofDrive(driveId, () => tape.readStart(plan, signal)),
    );
  }

  /** Writes one record and a file mark to the start of the medium in a drive. */
  async writeStart(driveId: string, record: Uint8Array): Promise<void> {
    const tape = await this.#tape(driveId);
    await deviceCall(
      this.#context,
      "writeLabel",
      () => ofDrive(driveId, () => tape.writeStart(record)),
    );
  }

  async #tape(driveId: string): Promise<Tape> {
    const place = await this.#place(driveId);
    if (place === null) throw unreachable(driveId);
    const { tape = null } = this.#drive(place);
    if (tape === null) throw unreadable(place.name);
    return tape;
  }

  /**
   * Takes a cartridge in a drive to its home slot, or to a free one; does
   * nothing where it has left the drive, which may hold another one now.
   */
  async putAway(
    driveId: string,
    cartridgeId: string,
    requestId: string | null,
  ): Promise<void> {
    const cartridge = await this.#read((db) => cartridgeAt(db, driveId));
    if (cartridge?.id !== cartridgeId) return;
    const source = await this.#place(driveId);
    if (source === null) throw unreachable(driveId);
    await this.#slots.with(
      cartridge,
      (target) => this.#putInto(target, source, cartridge, requestId),
    );
  }

  /** Takes a cartridge from where it is to a place, out of a drive once that has let go of it. */
  async carry(
    cartridgeId: string,
    target: Place,
    requestId: string | null,
  ): Promise<void> {
    const cartridge = await this.#read((db) => findCartridge(db, cartridgeId));
    const source = await this.#place(cartridge?.placeId ?? "");
    if (cartridge === null || source === null) {
      throw new NtmsError(
        "ERROR_INVALID_STATE",
        `Cannot move cartridge ${cartridgeId}: it left the library meanwhile`,
      );
    }
    if (source.id === target.id) return;
    if (source.type === "drive") {
      return await this.#putInto(target, source, cartridge, requestId);
    }
    await this.#move({
      libraryId: this.#libraryId,
      cartridgeId,
      label: label(cartridge),
      source,
      target,
      requestId,
    });
  }

  /** Takes a cartridge from a port to its home slot, or to a free one; does nothing where it has left the port. */
  async carryHome(
    cartridgeId: string,
    requestId: string | null,
  ): Promise<void> {
    const cartridge = await this.#read((db) => findCartridge(db, cartridgeId));
    if (cartridge?.placeType !== "port") return;
    await this.#slots.with(
      cartridge,
      (target) => this.carry(cartridgeId, target, requestId),
    );
  }

  async #putInto(
    target: Place,
    source: Place,
    cartridge: CartridgeRow,
    requestId: string | null,
  ): Promise<void> {
    const driveId = source.id;
    await this.unloadDrive(source);
    await this.#move({
      libraryId: this.#libraryId,
      cartridgeId: cartridge.id,
      label: label(cartridge),
      source,
      target,
      requestId,
    });
    await commit(this.#context, "driveEmptied", async (db) => {
      await updateDrive(db, driveId, EMPTY_DRIVE);
      await updateCartridge(db, cartridge.id, { state: "idle" });
    });
  }

  /** Closes the changer. */
  close(): Promise<void> {
    return this.#changer.close();
  }

  /** A port that was left extended, by a crash or by a hand, is out of the robot's reach. */
  async #move(step: Step): Promise<void> {
    for (const { elementAddress, type } of [step.source, step.target]) {
      if (type === "port") await this.#ports.operate(elementAddress, "close");
    }
    await this.#journal.move(step);
  }

  /** Has a drive rewind and let go of its medium, which stays in it. */
  async unloadDrive(drive: Place): Promise<void> {
    await this.#unload(drive);
    await commit(
      this.#context,
      "driveUnloaded",
      (db) => updateDrive(db, drive.id, { state: "unloaded" }),
    );
  }

  async #unload(place: Place): Promise<void> {
    await this.#drives.requireSame(place);
    await this.care.look(place.id, this.#drive(place));
    await deviceCall(
      this.#context,
      "unload",
      () => ofDrive(place.id, () => this.#drive(place).unload(UNLOAD_MS)),
    );
  }

  #read<T>(work: (db: Reader) => Promise<T>): Promise<T> {
    return this.#context.database.read(work);
  }

  #place(id: string): Promise<Place | null> {
    return this.#read((db) => findPlace(db, id));
  }

  #drive(place: Place): Drive {
    const drive = this.#drives.at(place.elementAddress);
    if (drive === undefined) throw unreachable(place.name);
    return drive;
  }
}
