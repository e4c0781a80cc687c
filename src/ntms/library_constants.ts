/**
 * The documented constants of libraries and their parts: drives, slots, doors
 * and ports.
 *
 * @module
 */

import {
  DOOR_STATES,
  DRIVE_STATES,
  INVENTORY_METHODS,
  LIBRARY_KINDS,
  PORT_CONTENTS,
  PORT_POSITIONS,
  SLOT_STATES,
} from "../model/states.ts";

/** The kind is not known. */
export const NTMS_LIBRARYTYPE_UNKNOWN: 0 = LIBRARY_KINDS.unknown;
/**
 * The offline library, where media outside all libraries are kept on record.
 */
export const NTMS_LIBRARYTYPE_OFFLINE: 1 = LIBRARY_KINDS.offline;
/** A library with a robot. */
export const NTMS_LIBRARYTYPE_ONLINE: 2 = LIBRARY_KINDS.online;
/** A single drive, seen as a library. */
export const NTMS_LIBRARYTYPE_STANDALONE: 3 = LIBRARY_KINDS.standalone;
/** Kind of a library (`LibraryType`). */
export type NtmsLibraryType =
  | typeof NTMS_LIBRARYTYPE_UNKNOWN
  | typeof NTMS_LIBRARYTYPE_OFFLINE
  | typeof NTMS_LIBRARYTYPE_ONLINE
  | typeof NTMS_LIBRARYTYPE_STANDALONE;

/** This is the offline library, not one that is merely absent. */
export const NTMS_LIBRARYFLAG_FIXEDOFFLINE = 1;
/** A cleaning cartridge is in the library. */
export const NTMS_LIBRARYFLAG_CLEANERPRESENT = 2;
/** The device tells of media changes by itself. */
export const NTMS_LIBRARYFLAG_AUTODETECTCHANGE = 4;
/**
 * Cleanings are not counted; follows from `dwCleanerUsesRemaining` 0xFFFFFFFF.
 */
export const NTMS_LIBRARYFLAG_IGNORECLEANERUSESREMAINING = 8;
/** Bar codes that start with CLN name cleaning cartridges. */
export const NTMS_LIBRARYFLAG_RECOGNIZECLEANERBARCODE = 16;
/** Bits of a library (`dwFlags`). */
export type NtmsLibraryFlags = number;

/** No inventory. */
export const NTMS_INVENTORY_NONE: 0 = INVENTORY_METHODS.none;
/**
 * By bar code, or by the slots whose content changed where there is no reader.
 */
export const NTMS_INVENTORY_FAST: 1 = INVENTORY_METHODS.fast;
/** By mounting media and reading their labels. */
export const NTMS_INVENTORY_OMID: 2 = INVENTORY_METHODS.omid;
/** By the method that the library is set to. */
export const NTMS_INVENTORY_DEFAULT: 3 = INVENTORY_METHODS.default;
/** Of one slot; from the remote protocol only. */
export const NTMS_INVENTORY_SLOT: 4 = INVENTORY_METHODS.slot;
/** Ends the inventory that is running. */
export const NTMS_INVENTORY_STOP: 5 = INVENTORY_METHODS.stop;
/** One more than the highest method. */
export const NTMS_INVENTORY_MAX = 6;
/** Method of an inventory. */
export type NtmsInventoryMethod =
  | typeof NTMS_INVENTORY_NONE
  | typeof NTMS_INVENTORY_FAST
  | typeof NTMS_INVENTORY_OMID
  | typeof NTMS_INVENTORY_DEFAULT
  | typeof NTMS_INVENTORY_SLOT
  | typeof NTMS_INVENTORY_STOP
  | typeof NTMS_INVENTORY_MAX;

/** Not known. */
export const NTMS_SLOTSTATE_UNKNOWN: 0 = SLOT_STATES.unknown;
/** A cartridge is in it. */
export const NTMS_SLOTSTATE_FULL: 1 = SLOT_STATES.full;
/** It is empty. */
export const NTMS_SLOTSTATE_EMPTY: 2 = SLOT_STATES.empty;
/** It is not there, as when its magazine is out. */
export const NTMS_SLOTSTATE_NOTPRESENT: 3 = SLOT_STATES.notPresent;
/** Its content has to be identified. */
export const NTMS_SLOTSTATE_NEEDSINVENTORY: 4 = SLOT_STATES.needsInventory;
/** State of a slot. */
export type NtmsSlotState =
  | typeof NTMS_SLOTSTATE_UNKNOWN
  | typeof NTMS_SLOTSTATE_FULL
  | typeof NTMS_SLOTSTATE_EMPTY
  | typeof NTMS_SLOTSTATE_NOTPRESENT
  | typeof NTMS_SLOTSTATE_NEEDSINVENTORY;

/** Not known. */
export const NTMS_DOORSTATE_UNKNOWN: 0 = DOOR_STATES.unknown;
/** Closed. */
export const NTMS_DOORSTATE_CLOSED: 1 = DOOR_STATES.closed;
/** Open. */
export const NTMS_DOORSTATE_OPEN: 2 = DOOR_STATES.open;
/** State of a door. */
export type NtmsDoorState =
  | typeof NTMS_DOORSTATE_UNKNOWN
  | typeof NTMS_DOORSTATE_CLOSED
  | typeof NTMS_DOORSTATE_OPEN;

/** Not known. */
export const NTMS_PORTPOSITION_UNKNOWN: 0 = PORT_POSITIONS.unknown;
/** Out, where a person reaches it. */
export const NTMS_PORTPOSITION_EXTENDED: 1 = PORT_POSITIONS.extended;
/** In, where the transport reaches it. */
export const NTMS_PORTPOSITION_RETRACTED: 2 = PORT_POSITIONS.retracted;
/** Position of an import/export port. */
export type NtmsPortPosition =
  | typeof NTMS_PORTPOSITION_UNKNOWN
  | typeof NTMS_PORTPOSITION_EXTENDED
  | typeof NTMS_PORTPOSITION_RETRACTED;

/** Not known. */
export const NTMS_PORTCONTENT_UNKNOWN: 0 = PORT_CONTENTS.unknown;
/** A cartridge is in it. */
export const NTMS_PORTCONTENT_FULL: 1 = PORT_CONTENTS.full;
/** It is empty. */
export const NTMS_PORTCONTENT_EMPTY: 2 = PORT_CONTENTS.empty;
/** Content of an import/export port. */
export type NtmsPortContent =
  | typeof NTMS_PORTCONTENT_UNKNOWN
  | typeof NTMS_PORTCONTENT_FULL
  | typeof NTMS_PORTCONTENT_EMPTY;

/** The drive is empty. */
export const NTMS_DRIVESTATE_DISMOUNTED: 0 = DRIVE_STATES.dismounted;
/** A medium is in it and is becoming ready. */
export const NTMS_DRIVESTATE_MOUNTED: 1 = DRIVE_STATES.mounted;
/** The medium in it can be read and written. */
export const NTMS_DRIVESTATE_LOADED: 2 = DRIVE_STATES.loaded;
/** The drive let go of the medium, which can be taken out. */
export const NTMS_DRIVESTATE_UNLOADED: 5 = DRIVE_STATES.unloaded;
/** The drive is being cleaned. */
export const NTMS_DRIVESTATE_BEING_CLEANED: 6 = DRIVE_STATES.beingCleaned;
/**
 * The medium stayed after a deferred dismount; the drive may be given to
 * another mount.
 */
export const NTMS_DRIVESTATE_DISMOUNTABLE: 7 = DRIVE_STATES.dismountable;
/** State of a drive. */
export type NtmsDriveState =
  | typeof NTMS_DRIVESTATE_DISMOUNTED
  | typeof NTMS_DRIVESTATE_MOUNTED
  | typeof NTMS_DRIVESTATE_LOADED
  | typeof NTMS_DRIVESTATE_UNLOADED
  | typeof NTMS_DRIVESTATE_BEING_CLEANED
  | typeof NTMS_DRIVESTATE_DISMOUNTABLE;

/** Not known. */
export const NTMS_UNKNOWN_DRIVE = 0;
/** Type of a drive; the documented API does not use it. */
export type NtmsDriveType = typeof NTMS_UNKNOWN_DRIVE;

/** Begin. */
export const NTMS_EJECT_START = 0;
/** End. */
export const NTMS_EJECT_STOP = 1;
/** Put it into the batch of the port. */
export const NTMS_EJECT_QUEUE = 2;
/** Begin even when the medium is in use or locked. */
export const NTMS_EJECT_FORCE = 3;
/** Eject and wait until it is done. */
export const NTMS_EJECT_IMMEDIATE = 4;
/** Eject and wait; ask a person where it fails. */
export const NTMS_EJECT_ASK_USER = 5;
/** Action of an ejection. */
export type NtmsEjectOperation =
  | typeof NTMS_EJECT_START
  | typeof NTMS_EJECT_STOP
  | typeof NTMS_EJECT_QUEUE
  | typeof NTMS_EJECT_FORCE
  | typeof NTMS_EJECT_IMMEDIATE
  | typeof NTMS_EJECT_ASK_USER;

/** Begin. */
export const NTMS_INJECT_START = 0;
/** End. */
export const NTMS_INJECT_STOP = 1;
/** Draw the port in and look what is there. */
export const NTMS_INJECT_RETRACT = 2;
/** Begin, and offer the port again after each load. */
export const NTMS_INJECT_STARTMANY = 3;
/** Action of an injection. */
export type NtmsInjectOperation =
  | typeof NTMS_INJECT_START
  | typeof NTMS_INJECT_STOP
  | typeof NTMS_INJECT_RETRACT
  | typeof NTMS_INJECT_STARTMANY;
