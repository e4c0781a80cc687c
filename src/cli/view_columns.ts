/**
 * What `rsm view` shows of each type of object.
 *
 * @module
 */

import type { Guid } from "../model/ids.ts";
import type { RecordOf } from "../model/objects.ts";
import type { ObjectType } from "../model/states.ts";
import { tapeAlert } from "../model/tape_alerts.ts";
import { troubleOf } from "./device_trouble.ts";
import { capacity } from "./numbers.ts";
import type { Column } from "./table.ts";

/** The types of objects that can be listed. */
export type ViewType = Exclude<ObjectType, "uiDestination">;

type Views = {
  readonly [Type in ViewType]: readonly Column<RecordOf<Type>>[];
};

interface Named {
  readonly id: Guid;
  readonly name: string;
}

const ID: Column<Named> = {
  heading: "Id",
  cell: ({ id }) => id,
  whole: true,
};
const NAME: Column<Named> = { heading: "Name", cell: ({ name }) => name };
const HEALTH: Column<{ enabled: boolean; operationalState: string }> = {
  heading: "Condition",
  cell: ({ enabled, operationalState }) =>
    enabled ? operationalState : "disabled",
};
const NUMBER: Column<{ number: number }> = {
  heading: "No.",
  cell: ({ number }) => `${number}`,
  align: "right",
};

function amount<Row>(
  heading: string,
  cell: (row: Row) => number,
): Column<Row> {
  return { heading, cell: (row) => `${cell(row)}`, align: "right" };
}

function text<Row>(heading: string, cell: (row: Row) => string): Column<Row> {
  return { heading, cell };
}

function when<Row>(heading: string, cell: (row: Row) => Date): Column<Row> {
  return {
    heading,
    cell: (row) => cell(row).toISOString().slice(0, 19).replace("T", " "),
  };
}

function alertText(flag: number): string {
  return `${flag} (${tapeAlert(flag).meaning})`;
}

function bytes(value: number | null): string {
  return value === null ? "" : capacity(value);
}

const MAKE = [
  text<{ vendor: string }>("Vendor", ({ vendor }) => vendor),
  text<{ product: string }>("Product", ({ product }) => product),
  text<{ deviceClass: string }>("Class", ({ deviceClass }) => deviceClass),
];

/** The columns of each type. */
export const VIEWS: Views = {
  computer: [ID, NAME, HEALTH],
  library: [
    ID,
    NAME,
    text("Kind", ({ kind }) => kind),
    HEALTH,
    amount("Drives", ({ drives }) => drives.count),
    amount("Slots", ({ slots }) => slots.count),
    amount("Media", ({ mediaCount }) => mediaCount),
    text("Trouble", troubleOf),
    text("Device", ({ device }) => device),
  ],
  changer: [
    ID,
    NUMBER,
    NAME,
    HEALTH,
    text("Serial", ({ serialNumber }) => serialNumber),
    text("Device", ({ device }) => device),
  ],
  changerType: [ID, ...MAKE],
  drive: [
    ID,
    NUMBER,
    NAME,
    text("State", ({ state }) => state),
    HEALTH,
    amount("Element", ({ elementAddress }) => elementAddress),
    amount("Mounts", ({ mountCount }) => mountCount),
    text("Trouble", troubleOf),
    text("Alerts", ({ alerts }) => alerts.map(alertText).join(", ")),
    text("Device", ({ device }) => device),
  ],
  driveType: [ID, ...MAKE],
  slot: [
    ID,
    NUMBER,
    text("State", ({ state }) => state),
    HEALTH,
    amount("Element", ({ elementAddress }) => elementAddress),
  ],
  door: [ID, NUMBER, text("State", ({ state }) => state), HEALTH],
  port: [
    ID,
    NUMBER,
    text("Content", ({ content }) => content),
    text("Position", ({ position }) => position),
    HEALTH,
    amount("Element", ({ elementAddress }) => elementAddress),
  ],
  cartridge: [
    ID,
    NAME,
    text("Bar code", ({ barCode }) => barCode),
    text("State", ({ state }) => state),
    text(
      "In",
      ({ location, locationType }) =>
        location === null ? "offline" : locationType,
    ),
    amount("Sides", ({ sideCount }) => sideCount),
    text("Serial", ({ memory }) => memory?.serialNumber ?? ""),
    text("Maker", ({ memory }) => memory?.manufacturer ?? ""),
    text("Loads", ({ memory }) => `${memory?.loadCount ?? ""}`),
    text("Left", ({ memory }) => bytes(memory?.remainingBytes ?? null)),
    text(
      "Kind",
      ({ memory }) =>
        [
          memory?.kind ?? "",
          memory?.writeProtected ? "write-protected" : "",
        ].filter((word) => word !== "").join(", "),
    ),
  ],
  side: [
    ID,
    NAME,
    amount("Side", ({ sideNumber }) => sideNumber),
    text("State", ({ state }) => state),
    amount("Mounts", ({ mountCount }) => mountCount),
    amount("Allocations", ({ allocateCount }) => allocateCount),
    text("Capacity", ({ capacityBytes }) => bytes(capacityBytes || null)),
    {
      heading: "Logical medium",
      cell: ({ logicalMedium }) => logicalMedium ?? "",
      whole: true,
    },
  ],
  logicalMedium: [
    ID,
    NAME,
    amount("Sides", ({ sideCount }) => sideCount),
    text("Description", ({ description }) => description),
  ],
  mediaPool: [
    ID,
    text("Path", ({ path }) => path),
    text("Kind", ({ kind }) => kind),
    amount("Cartridges", ({ cartridgeCount }) => cartridgeCount),
    amount("Allocated", ({ logicalMediumCount }) => logicalMediumCount),
    text(
      "Policy",
      ({ checkLabels, drawFromFree, maxAllocates, returnToFree }) =>
        [
          drawFromFree ? "draw" : "",
          returnToFree ? "return" : "",
          maxAllocates > 0 ? `limit ${maxAllocates}` : "",
          checkLabels ? "" : "trust",
        ]
          .filter((word) => word !== "").join(" "),
    ),
  ],
  mediaType: [
    ID,
    NAME,
    amount("Code", ({ code }) => code),
    amount("Sides", ({ sideCount }) => sideCount),
    text("Writing", ({ writability }) => writability),
    text("Class", ({ deviceClass }) => deviceClass),
  ],
  libraryRequest: [
    ID,
    text("Request", ({ operation }) => operation),
    text("State", ({ state }) => state),
    amount("Priority", ({ priority }) => priority),
    text("For", ({ application }) => application),
    when("Queued", ({ queued }) => queued),
    text("Message", ({ message }) => message),
  ],
  operatorRequest: [
    ID,
    text("Request", ({ command }) => command),
    text("State", ({ state }) => state),
    text("For", ({ application }) => application),
    when("Submitted", ({ submitted }) => submitted),
    text("Message", ({ message }) => message),
  ],
};
