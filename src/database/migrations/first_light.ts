/**
 * Migration 0001: the object model, the mounts, the queue and the journal.
 *
 * @module
 */

import { type CreateTableBuilder, type Kysely, sql } from "kysely";
import { APPLICATION_ID } from "../application_id.ts";
import { createAccess } from "./access_tables.ts";
import { createHealth } from "./health_tables.ts";
import { createMediaIndexes } from "./media_indexes.ts";
import { createUi } from "./ui_tables.ts";

type Db = Kysely<unknown>;
type Table = CreateTableBuilder<string, string>;

/** A table of objects of one type: its id is that of the object's row. */
function objectTable(db: Db, name: string): Table {
  return db.schema.createTable(name)
    .addColumn(
      "id",
      "text",
      (column) =>
        column.primaryKey().references("object.id").onDelete("cascade"),
    );
}

function text(table: Table, ...names: string[]): Table {
  return names.reduce(
    (all, name) => all.addColumn(name, "text", (c) => c.notNull()),
    table,
  );
}

function integer(table: Table, ...names: string[]): Table {
  return names.reduce(
    (all, name) => all.addColumn(name, "bigint", (c) => c.notNull()),
    table,
  );
}

function reference(
  table: Table,
  name: string,
  target: string,
  options: { optional?: boolean; onDelete?: "cascade" | "set null" } = {},
): Table {
  return table.addColumn(name, "text", (column) => {
    const built = column.references(`${target}.id`);
    const kept = options.onDelete ? built.onDelete(options.onDelete) : built;
    return options.optional ? kept : kept.notNull();
  });
}

const SCSI = ["scsiPort", "scsiBus", "scsiTarget", "scsiLun"];

async function createSystem(db: Db): Promise<void> {
  await integer(
    text(
      db.schema.createTable("object")
        .addColumn("position", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("id", "text", (c) => c.notNull().unique()),
      "type",
      "name",
      "description",
      "operationalState",
    ),
    "enabled",
    "created",
    "modified",
  ).execute();
  await db.schema.createIndex("objectByType").on("object")
    .columns(["type", "position"]).execute();
  await integer(
    objectTable(db, "computer"),
    "libraryRequestPurgeSeconds",
    "operatorRequestPurgeSeconds",
    "libraryRequestFlags",
    "operatorRequestFlags",
    "mediaPoolPolicy",
  ).execute();
  await text(
    db.schema.createTable("setting")
      .addColumn("name", "text", (c) => c.primaryKey()),
    "value",
  ).execute();
}

async function createLibraries(db: Db): Promise<void> {
  await integer(
    text(objectTable(db, "library"), "kind", "device", "inventoryMethod")
      .addColumn("identity", "text", (c) => c.notNull().unique())
      .addColumn("cleanerSlotId", "text")
      .addColumn("cleanerSlotDefaultId", "text")
      .addColumn("checkLabels", "bigint", (c) => c.notNull().defaultTo(1))
      .addColumn("autoClean", "bigint", (c) => c.notNull().defaultTo(1)),
    "supportsDriveCleaning",
    "barCodeReader",
    "trustBarCodes",
    "cleanerUsesRemaining",
    "autoRecovery",
    "flags",
  ).execute();
  await text(objectTable(db, "deviceType"), "vendor", "product", "deviceClass")
    .execute();
  await integer(
    text(
      reference(part(db, "changer"), "deviceTypeId", "deviceType"),
      "serialNumber",
      "revision",
      "device",
    ),
    ...SCSI,
  ).execute();
  await integer(
    text(
      reference(part(db, "drive"), "deviceTypeId", "deviceType"),
      "serialNumber",
      "revision",
      "device",
      "state",
    ).addColumn("sideId", "text")
      .addColumn("lastCleaned", "bigint")
      .addColumn("alerts", "text", (c) => c.notNull().defaultTo("[]"))
      .addColumn("dismountableSince", "bigint"),
    ...SCSI,
    "elementAddress",
    "mountCount",
    "deferDismountSeconds",
    "dismountablePriority",
  ).execute();
  await integer(text(part(db, "slot"), "state"), "elementAddress").execute();
  await integer(
    text(part(db, "port"), "content", "position"),
    "elementAddress",
    "maxExtendSeconds",
  ).execute();
  await integer(text(part(db, "door"), "state"), "maxOpenSeconds").execute();
  for (const name of ["changer", "drive", "slot", "port", "door"]) {
    await db.schema.createIndex(`${name}ByLibrary`).on(name)
      .columns(["libraryId", "number"]).unique().execute();
  }
}

/** A table of numbered parts of a library. */
function part(db: Db, name: string): Table {
  return integer(
    reference(objectTable(db, name), "libraryId", "library", {
      onDelete: "cascade",
    }),
    "number",
  );
}

async function createMedia(db: Db): Promise<void> {
  await integer(
    text(objectTable(db, "mediaType"), "writability", "deviceClass"),
    "code",
    "sideCount",
  ).execute();
  await reference(
    reference(
      db.schema.createTable("libraryMediaType"),
      "libraryId",
      "library",
      { onDelete: "cascade" },
    ),
    "mediaTypeId",
    "mediaType",
  ).addPrimaryKeyConstraint("libraryMediaTypeKey", ["libraryId", "mediaTypeId"])
    .execute();
  await integer(
    reference(
      reference(
        text(objectTable(db, "mediaPool"), "kind"),
        "parentId",
        "mediaPool",
        { optional: true },
      ),
      "mediaTypeId",
      "mediaType",
      { optional: true },
    ).addColumn("path", "text", (c) => c.notNull().unique())
      .addColumn("checkLabels", "bigint", (c) => c.notNull().defaultTo(1)),
    "drawFromFree",
    "returnToFree",
    "maxAllocates",
  ).execute();
  await integer(
    text(
      reference(
        reference(
          reference(objectTable(db, "cartridge"), "libraryId", "library"),
          "poolId",
          "mediaPool",
        ),
        "mediaTypeId",
        "mediaType",
      ).addColumn(
        "placeId",
        "text",
        (c) => c.unique().references("object.id").onDelete("set null"),
      )
        .addColumn(
          "homeSlotId",
          "text",
          (c) => c.references("slot.id").onDelete("set null"),
        ),
      "placeType",
      "barCode",
      "barCodeState",
      "sequenceNumber",
      "state",
    ),
    "position",
    "mediumTypeCode",
    "densityCode",
  ).execute();
  await integer(
    text(
      reference(
        reference(objectTable(db, "side"), "cartridgeId", "cartridge", {
          onDelete: "cascade",
        }),
        "poolId",
        "mediaPool",
      )
        .addColumn("logicalMediumId", "text")
        .addColumn("labelBinds", "bigint", (c) => c.notNull().defaultTo(0)),
      "state",
      "labelType",
      "labelId",
      "labelInfo",
    ),
    "position",
    "sideNumber",
    "ordinal",
    "mountCount",
    "allocateCount",
    "capacityBytes",
  ).execute();
  await integer(
    reference(objectTable(db, "logicalMedium"), "poolId", "mediaPool"),
    "position",
  ).execute();
  await integer(
    text(
      db.schema.createTable("mount")
        .addColumn(
          "sideId",
          "text",
          (c) => c.primaryKey().references("side.id").onDelete("cascade"),
        )
        .addColumn(
          "driveId",
          "text",
          (c) =>
            c.notNull().unique().references("drive.id").onDelete("cascade"),
        )
        .addColumn("sessionId", "text"),
      "application",
      "computer",
    ),
    "count",
    "priority",
    "since",
  ).execute();
}

async function createWork(db: Db): Promise<void> {
  await integer(
    text(
      reference(objectTable(db, "libraryRequest"), "libraryId", "library", {
        onDelete: "cascade",
      })
        .addColumn("sideId", "text")
        .addColumn("driveId", "text")
        .addColumn("cartridgeId", "text")
        .addColumn("slotId", "text")
        .addColumn("workItemId", "text")
        .addColumn("completed", "bigint"),
      "operation",
      "state",
      "application",
      "user",
      "computer",
      "message",
    ),
    "option",
    "queued",
    "errorCode",
    "priority",
    "orderNumber",
  ).execute();
  await integer(
    text(
      objectTable(db, "operatorRequest")
        .addColumn("completed", "bigint")
        .addColumn("argument1Type", "text")
        .addColumn("argument1Id", "text")
        .addColumn("argument2Type", "text")
        .addColumn("argument2Id", "text"),
      "raisedBy",
      "command",
      "state",
      "message",
      "application",
      "user",
      "computer",
    ),
    "submitted",
  ).execute();
  await integer(
    text(
      db.schema.createTable("moveIntent")
        .addColumn("id", "integer", (c) => c.primaryKey().autoIncrement())
        .addColumn("requestId", "text")
        .addColumn("sent", "bigint")
        .addColumn("settled", "bigint"),
      "libraryId",
      "cartridgeId",
      "state",
      "note",
    ),
    "epoch",
    "sourceAddress",
    "targetAddress",
    "planned",
  ).execute();
}

async function createKeptAnswers(db: Db): Promise<void> {
  await integer(
    text(
      db.schema.createTable("keptAnswer").addColumn(
        "position",
        "integer",
        (c) => c.primaryKey().autoIncrement(),
      ),
      "key",
      "user",
      "application",
      "computer",
      "sessionHash",
      "fingerprint",
      "answer",
    ),
    "kept",
  ).execute();
  await db.schema.createIndex("keptAnswerByKey").on("keptAnswer")
    .columns(["key", "user", "application", "computer"]).unique().execute();
  await db.schema.createIndex("keptAnswerByTime").on("keptAnswer")
    .column("kept").execute();
}

async function createAttributes(db: Db): Promise<void> {
  await text(
    reference(db.schema.createTable("attribute"), "objectId", "object", {
      onDelete: "cascade",
    }),
    "name",
    "data",
  ).addPrimaryKeyConstraint("attributeKey", ["objectId", "name"]).execute();
}

/** Creates the tables. */
export async function up(db: Db): Promise<void> {
  await sql.raw(`PRAGMA application_id = ${APPLICATION_ID}`).execute(db);
  await createSystem(db);
  await createLibraries(db);
  await createMedia(db);
  await createWork(db);
  await createKeptAnswers(db);
  await createAttributes(db);
  await createHealth(db);
  await createAccess(db);
  await createUi(db);
  await createMediaIndexes(db);
}
