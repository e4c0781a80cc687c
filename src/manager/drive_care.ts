/**
 * What the drives of one library tell of themselves: their TapeAlert flags are
 * noted, logged and brought before the operator as the table of them says.
 *
 * @module
 */

import { ChangerError, type Cleaned, type Drive } from "../changer/mod.ts";
import {
  alertsIn,
  cartridgeAt,
  findDrive,
  findLibraryById,
  findObjectRow,
  updateDrive,
  type Writer,
} from "../database/mod.ts";
import { asksForCleaning, tapeAlert } from "../model/mod.ts";
import type { Context } from "./context.ts";
import { commit, deviceCall } from "./crash_points.ts";
import { askOperatorOnce } from "./operators.ts";

/** How long a drive may clean itself: makers say up to ten minutes. */
const CLEANING_MS = 900_000;

/** Asks the drives of one library how they are. */
export class DriveCare {
  readonly #context: Context;
  /** Hears of each drive that asks for a cleaning. */
  asks: (driveId: string) => void = () => {};

  /** Nobody hears of it yet. */
  constructor(context: Context) {
    this.#context = context;
  }

  /** Asks a drive, before its medium leaves it. A drive that does not answer this is unloaded all the same. */
  async look(driveId: string, drive: Drive): Promise<void> {
    try {
      const alerts = await deviceCall(
        this.#context,
        "readAlerts",
        async () => await drive.care?.readAlerts() ?? [],
      );
      await this.#note(driveId, alerts);
    } catch (error) {
      if (!(error instanceof ChangerError)) throw error;
      this.#context.log.info("A drive does not tell how it is", {
        drive: drive.device,
        error: error.message,
      });
    }
  }

  /** Waits until a drive has cleaned itself, which may have been before this start of the service. */
  untilCleaned(drive: Drive, mayHaveEnded: boolean): Promise<Cleaned> {
    const { care } = drive;
    if (care === undefined || care === null) {
      return Promise.resolve({
        outcome: "failed",
        alerts: [],
        reason: "the drive cannot be asked",
      });
    }
    return deviceCall(
      this.#context,
      "driveCleaned",
      () => care.untilCleaned(CLEANING_MS, mayHaveEnded),
    );
  }

  async #note(driveId: string, alerts: readonly number[]): Promise<void> {
    const before = await this.#context.database.read((db) =>
      findDrive(db, driveId)
    );
    if (before === null) return;
    const known = alertsIn(before.alerts);
    const now = withOld(alerts, known);
    if (JSON.stringify(now) !== before.alerts) {
      const news = alerts.filter((flag) => !known.includes(flag));
      // The drive has forgotten them by being asked.
      await this.#context.background.insist(
        "note what a drive tells of itself",
        () =>
          commit(this.#context, "driveAlerts", async (db) => {
            await updateDrive(db, driveId, { alerts: JSON.stringify(now) });
            await this.#tell(db, driveId, news);
          }),
      );
    }
    if (asksForCleaning(now)) this.asks(driveId);
  }

  /** Tells people of the flags that are new, by how serious they are. */
  async #tell(
    db: Writer,
    driveId: string,
    flags: readonly number[],
  ): Promise<void> {
    const { log } = this.#context;
    const cartridge = await cartridgeAt(db, driveId);
    const barCode = cartridge?.barCode ?? "";
    const name = await nameOfDrive(db, driveId);
    for (const flag of flags) {
      const { meaning, severity, subject } = tapeAlert(flag);
      if (severity === "information") continue;
      log.warn("A drive raises an alert", {
        drive: name,
        flag,
        meaning,
        barCode,
      });
      if (severity !== "critical" || subject === "cleaning") continue;
      const ofMedium = subject !== "drive" && cartridge !== null;
      await askOperatorOnce(db, this.#context, {
        command: "deviceService",
        message: ofMedium
          ? `Cartridge ${barCode} in ${name}: ${meaning} (TapeAlert ${flag})`
          : `${name}: ${meaning} (TapeAlert ${flag})`,
        about: ofMedium
          ? { type: "cartridge", id: cartridge.id }
          : { type: "drive", id: driveId },
      });
    }
  }
}

/** Drive and library, for people. */
export async function nameOfDrive(
  db: Writer,
  driveId: string,
): Promise<string> {
  const drive = await findDrive(db, driveId);
  if (drive === null) return `drive ${driveId}`;
  const { id } = await findLibraryById(db, drive.libraryId);
  const library = await findObjectRow(db, id);
  return `drive ${drive.number} of ${library?.name ?? id}`;
}

/** A cleaning that was asked for is wanted until it was had, however often the flags are read. */
function withOld(
  alerts: readonly number[],
  known: readonly number[],
): readonly number[] {
  const wanted = known.filter((flag) => asksForCleaning([flag]));
  return [...new Set([...alerts, ...wanted])].sort((a, b) => a - b);
}
