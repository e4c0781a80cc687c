/**
 * The TapeAlert flags of tape drives: what each means, how serious it is, and
 * what is done about it. The one table of them.
 *
 * Flag numbers and their names: TapeAlert, as SSC-3 and the manuals of drive
 * makers list them.
 *
 * @module
 */

/** How serious a flag is: `information` is only shown, `warning` also logged, `critical` also brought before the operator. */
export type AlertSeverity = "information" | "warning" | "critical";

/** What a flag is about, and so what has to be done. */
export type AlertSubject =
  /** The drive asks for a cleaning. */
  | "cleaning"
  /** The cleaning cartridge cannot be used any more, or not in this drive. */
  | "cleaner"
  /** The medium that was in the drive. */
  | "medium"
  /** The drive itself. */
  | "drive";

/** One flag. */
export interface TapeAlert {
  /** What it says, for people. */
  readonly meaning: string;
  /** How serious it is. */
  readonly severity: AlertSeverity;
  /** What it is about. */
  readonly subject: AlertSubject;
}

type Row = readonly [number, AlertSeverity, AlertSubject, string];

const ROWS: readonly Row[] = [
  [1, "information", "medium", "reading is getting hard"],
  [2, "information", "medium", "writing is getting hard"],
  [3, "warning", "medium", "an error could not be corrected"],
  [4, "critical", "medium", "the medium is damaged; copy what is on it"],
  [5, "critical", "medium", "reading fails"],
  [6, "critical", "medium", "writing fails"],
  [7, "warning", "medium", "the medium is at the end of its life"],
  [8, "warning", "medium", "the medium is not of data grade"],
  [9, "information", "medium", "the medium is write-protected"],
  [10, "information", "medium", "the drive was told not to let go"],
  [11, "information", "cleaner", "a cleaning cartridge is in the drive"],
  [12, "information", "medium", "the drive does not know the format"],
  [13, "warning", "medium", "the tape has broken and can be taken out"],
  [14, "critical", "drive", "the tape has broken inside the drive"],
  [15, "warning", "medium", "the memory chip of the cartridge fails"],
  [16, "warning", "medium", "it was ejected by force while in use"],
  [17, "information", "medium", "the format can be read only"],
  [18, "warning", "medium", "the directory of the medium is damaged"],
  [19, "information", "medium", "the medium is near the end of its life"],
  [20, "warning", "cleaning", "the drive has to be cleaned now"],
  [21, "information", "cleaning", "a cleaning of the drive is due"],
  [22, "critical", "cleaner", "the cleaning cartridge is used up"],
  [23, "critical", "cleaner", "this is no cleaning cartridge for the drive"],
  [24, "warning", "medium", "the tape has to be retensioned"],
  [26, "warning", "drive", "a fan of the drive fails"],
  [27, "warning", "drive", "the power supply of the drive fails"],
  [28, "warning", "drive", "the drive takes too much power"],
  [29, "warning", "drive", "maintenance of the drive is due"],
  [30, "critical", "drive", "the drive is faulty; reset it"],
  [31, "critical", "drive", "the drive is faulty"],
  [32, "warning", "drive", "the connection to the drive fails"],
  [33, "critical", "drive", "the drive wants the cartridge out and in again"],
  [34, "warning", "drive", "an update of the firmware failed"],
  [36, "warning", "drive", "the drive is too hot"],
  [37, "warning", "drive", "the voltage of the drive is wrong"],
  [38, "critical", "drive", "the drive expects to fail"],
  [39, "warning", "drive", "the diagnostics of the drive found something"],
  [41, "critical", "drive", "a stray tape is left in the drive"],
  [42, "warning", "drive", "the autoloader has trouble"],
  [45, "warning", "drive", "the magazine is missing"],
  [49, "warning", "medium", "the capacity is diminished"],
  [50, "information", "medium", "the statistics of the medium are lost"],
  [51, "warning", "medium", "the directory was not written at the unload"],
  [52, "critical", "medium", "the system area cannot be written"],
  [53, "critical", "medium", "the system area cannot be read"],
  [54, "warning", "medium", "no start of data is found"],
  [55, "critical", "medium", "the medium cannot be loaded"],
  [56, "critical", "drive", "the tape cannot be unloaded"],
  [57, "critical", "drive", "the link to the library fails"],
  [58, "warning", "drive", "the firmware of the drive has failed"],
  [59, "warning", "medium", "the WORM medium may have been tampered with"],
  [60, "warning", "medium", "a WORM medium was to be overwritten"],
  [61, "warning", "drive", "an encryption policy is violated"],
];

const TABLE: ReadonlyMap<number, TapeAlert> = new Map(
  ROWS.map(([flag, severity, subject, meaning]) => [
    flag,
    { severity, subject, meaning },
  ]),
);

/** What a flag says; one that is not in the table is only shown. */
export function tapeAlert(flag: number): TapeAlert {
  return TABLE.get(flag) ?? {
    severity: "information",
    subject: "drive",
    meaning: "a flag that is not documented",
  };
}

/** Whether a drive with these flags asks for a cleaning. */
export function asksForCleaning(flags: readonly number[]): boolean {
  return flags.some((flag) => tapeAlert(flag).subject === "cleaning");
}
