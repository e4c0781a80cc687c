/**
 * The documented constants of library requests and operator requests.
 *
 * @module
 */

import {
  LIBRARY_OPERATIONS,
  OPERATOR_COMMANDS,
  OPERATOR_STATES,
  REQUEST_STATES,
} from "../model/states.ts";

/** Cancel another request. */
export const NTMS_LM_REMOVE: 0 = LIBRARY_OPERATIONS.remove;
/** Disable a robot, which disables its library. */
export const NTMS_LM_DISABLECHANGER: 1 = LIBRARY_OPERATIONS.disableLibrary;
/** Disable a library. */
export const NTMS_LM_DISABLELIBRARY: 1 = LIBRARY_OPERATIONS.disableLibrary;
/** Enable a robot, which enables its library. */
export const NTMS_LM_ENABLECHANGER: 2 = LIBRARY_OPERATIONS.enableLibrary;
/** Enable a library. */
export const NTMS_LM_ENABLELIBRARY: 2 = LIBRARY_OPERATIONS.enableLibrary;
/** Disable a drive. */
export const NTMS_LM_DISABLEDRIVE: 3 = LIBRARY_OPERATIONS.disableDrive;
/** Enable a drive. */
export const NTMS_LM_ENABLEDRIVE: 4 = LIBRARY_OPERATIONS.enableDrive;
/** Disable a cartridge. */
export const NTMS_LM_DISABLEMEDIA: 5 = LIBRARY_OPERATIONS.disableMedia;
/** Enable a cartridge. */
export const NTMS_LM_ENABLEMEDIA: 6 = LIBRARY_OPERATIONS.enableMedia;
/** Record a label that an application wrote. */
export const NTMS_LM_UPDATEOMID: 7 = LIBRARY_OPERATIONS.updateOmid;
/** Take stock. */
export const NTMS_LM_INVENTORY: 8 = LIBRARY_OPERATIONS.inventory;
/** Unlock a door. */
export const NTMS_LM_DOORACCESS: 9 = LIBRARY_OPERATIONS.doorAccess;
/** Eject a cartridge. */
export const NTMS_LM_EJECT: 10 = LIBRARY_OPERATIONS.eject;
/** Eject the cleaning cartridge. */
export const NTMS_LM_EJECTCLEANER: 11 = LIBRARY_OPERATIONS.ejectCleaner;
/** Take cartridges in. */
export const NTMS_LM_INJECT: 12 = LIBRARY_OPERATIONS.inject;
/** Take a cleaning cartridge in. */
export const NTMS_LM_INJECTCLEANER: 13 = LIBRARY_OPERATIONS.injectCleaner;
/** Work with a label that was read. */
export const NTMS_LM_PROCESSOMID: 14 = LIBRARY_OPERATIONS.processOmid;
/** Clean a drive. */
export const NTMS_LM_CLEANDRIVE: 15 = LIBRARY_OPERATIONS.cleanDrive;
/** Dismount. */
export const NTMS_LM_DISMOUNT: 16 = LIBRARY_OPERATIONS.dismount;
/** Mount a side. */
export const NTMS_LM_MOUNT: 17 = LIBRARY_OPERATIONS.mount;
/** Write a free label. */
export const NTMS_LM_WRITESCRATCH: 18 = LIBRARY_OPERATIONS.writeScratch;
/** Identify a medium. */
export const NTMS_LM_CLASSIFY: 19 = LIBRARY_OPERATIONS.classify;
/** Reserve the slot of the cleaning cartridge. */
export const NTMS_LM_RESERVECLEANER: 20 = LIBRARY_OPERATIONS.reserveCleaner;
/** Release the slot of the cleaning cartridge. */
export const NTMS_LM_RELEASECLEANER: 21 = LIBRARY_OPERATIONS.releaseCleaner;
/** One more than the highest kind. */
export const NTMS_LM_MAXWORKITEM = 22;
/** Kind of a library request (`OperationCode`). */
export type NtmsLmOperation =
  | typeof NTMS_LM_REMOVE
  | typeof NTMS_LM_DISABLECHANGER
  | typeof NTMS_LM_ENABLECHANGER
  | typeof NTMS_LM_DISABLEDRIVE
  | typeof NTMS_LM_ENABLEDRIVE
  | typeof NTMS_LM_DISABLEMEDIA
  | typeof NTMS_LM_ENABLEMEDIA
  | typeof NTMS_LM_UPDATEOMID
  | typeof NTMS_LM_INVENTORY
  | typeof NTMS_LM_DOORACCESS
  | typeof NTMS_LM_EJECT
  | typeof NTMS_LM_EJECTCLEANER
  | typeof NTMS_LM_INJECT
  | typeof NTMS_LM_INJECTCLEANER
  | typeof NTMS_LM_PROCESSOMID
  | typeof NTMS_LM_CLEANDRIVE
  | typeof NTMS_LM_DISMOUNT
  | typeof NTMS_LM_MOUNT
  | typeof NTMS_LM_WRITESCRATCH
  | typeof NTMS_LM_CLASSIFY
  | typeof NTMS_LM_RESERVECLEANER
  | typeof NTMS_LM_RELEASECLEANER
  | typeof NTMS_LM_MAXWORKITEM;

/** It stands in the queue. */
export const NTMS_LM_QUEUED: 0 = REQUEST_STATES.queued;
/** It is running. */
export const NTMS_LM_INPROCESS: 1 = REQUEST_STATES.inProcess;
/** It did what was asked. */
export const NTMS_LM_PASSED: 2 = REQUEST_STATES.passed;
/** It failed; `dwErrorCode` says how. */
export const NTMS_LM_FAILED: 3 = REQUEST_STATES.failed;
/** It asks for something that cannot be. */
export const NTMS_LM_INVALID: 4 = REQUEST_STATES.invalid;
/** It waits for a medium, a drive or a person. */
export const NTMS_LM_WAITING: 5 = REQUEST_STATES.waiting;
/** It was put off. */
export const NTMS_LM_DEFERRED: 6 = REQUEST_STATES.deferred;
/** Other spelling of NTMS_LM_DEFERRED, as the header has it. */
export const NTMS_LM_DEFFERED: 6 = REQUEST_STATES.deferred;
/** It was cancelled. */
export const NTMS_LM_CANCELLED: 7 = REQUEST_STATES.cancelled;
/** It was stopped; from the remote protocol only. */
export const NTMS_LM_STOPPED: 8 = REQUEST_STATES.stopped;
/** State of a library request. */
export type NtmsLmState =
  | typeof NTMS_LM_QUEUED
  | typeof NTMS_LM_INPROCESS
  | typeof NTMS_LM_PASSED
  | typeof NTMS_LM_FAILED
  | typeof NTMS_LM_INVALID
  | typeof NTMS_LM_WAITING
  | typeof NTMS_LM_DEFERRED
  | typeof NTMS_LM_CANCELLED
  | typeof NTMS_LM_STOPPED;

/** At once. */
export const IMMEDIATE = 0;
/** When its place is needed. */
export const DEFERRED = 1;
/** At once, even while programs have it open. */
export const FORCEIMMEDIATE = 2;
/** When its place is needed, even while programs have it open. */
export const FORCEDEFERRED = 3;
/** For several cartridges. */
export const INJECTMANY = 4;
/**
 * How a mount, dismount or eject request is carried out (`OperationOption`);
 * from the remote protocol only.
 */
export type NtmsLmOption =
  | typeof IMMEDIATE
  | typeof DEFERRED
  | typeof FORCEIMMEDIATE
  | typeof FORCEDEFERRED
  | typeof INJECTMANY;

/** The whole library. */
export const FULL_INVENTORY = 0;
/** The media in slots. */
export const SLOTS_ONLY = 1;
/**
 * What an inventory request covers (`OperationOption`); from the remote
 * protocol only.
 */
export type NtmsLmInventoryOption = typeof FULL_INVENTORY | typeof SLOTS_ONLY;

/** Not known; cannot be submitted. */
export const NTMS_OPREQ_UNKNOWN: 0 = OPERATOR_COMMANDS.unknown;
/** Bring media for a pool. */
export const NTMS_OPREQ_NEWMEDIA: 1 = OPERATOR_COMMANDS.newMedia;
/** Bring a cleaning cartridge. */
export const NTMS_OPREQ_CLEANER: 2 = OPERATOR_COMMANDS.cleaner;
/** Look after a device. */
export const NTMS_OPREQ_DEVICESERVICE: 3 = OPERATOR_COMMANDS.deviceService;
/** Bring a cartridge into a library, or take it out. */
export const NTMS_OPREQ_MOVEMEDIA: 4 = OPERATOR_COMMANDS.moveMedia;
/** Read what an application has to say. */
export const NTMS_OPREQ_MESSAGE: 5 = OPERATOR_COMMANDS.message;
/** Kind of an operator request (`Request`). */
export type NtmsOpreqCommand =
  | typeof NTMS_OPREQ_UNKNOWN
  | typeof NTMS_OPREQ_NEWMEDIA
  | typeof NTMS_OPREQ_CLEANER
  | typeof NTMS_OPREQ_DEVICESERVICE
  | typeof NTMS_OPREQ_MOVEMEDIA
  | typeof NTMS_OPREQ_MESSAGE;

/** Not known. */
export const NTMS_OPSTATE_UNKNOWN: 0 = OPERATOR_STATES.unknown;
/** Submitted; nobody has seen it. */
export const NTMS_OPSTATE_SUBMITTED: 1 = OPERATOR_STATES.submitted;
/** Shown to a person. */
export const NTMS_OPSTATE_ACTIVE: 2 = OPERATOR_STATES.active;
/** Acknowledged by a person. */
export const NTMS_OPSTATE_INPROGRESS: 3 = OPERATOR_STATES.inProgress;
/** Refused. */
export const NTMS_OPSTATE_REFUSED: 4 = OPERATOR_STATES.refused;
/** Done. */
export const NTMS_OPSTATE_COMPLETE: 5 = OPERATOR_STATES.complete;
/** State of an operator request. */
export type NtmsOpreqState =
  | typeof NTMS_OPSTATE_UNKNOWN
  | typeof NTMS_OPSTATE_SUBMITTED
  | typeof NTMS_OPSTATE_ACTIVE
  | typeof NTMS_OPSTATE_INPROGRESS
  | typeof NTMS_OPSTATE_REFUSED
  | typeof NTMS_OPSTATE_COMPLETE;

/** Finished library requests are kept for good. */
export const NTMS_LIBREQFLAGS_NOAUTOPURGE = 1;
/** Failed library requests are kept for good. */
export const NTMS_LIBREQFLAGS_NOFAILEDPURGE = 2;
/** What is kept of library requests (`dwLibRequestFlags`). */
export type NtmsLibRequestFlags = number;

/** Finished operator requests are kept for good. */
export const NTMS_OPREQFLAGS_NOAUTOPURGE = 1;
/** Failed operator requests are kept for good. */
export const NTMS_OPREQFLAGS_NOFAILEDPURGE = 2;
/** Operator requests do not pop up. */
export const NTMS_OPREQFLAGS_NOALERTS = 16;
/** Operator requests show no icon in the task bar. */
export const NTMS_OPREQFLAGS_NOTRAYICON = 32;
/** What is kept and shown of operator requests (`dwOpRequestFlags`). */
export type NtmsOpRequestFlags = number;

/** Ejected media of free pools are forgotten. */
export const NTMS_POOLPOLICY_PURGEOFFLINESCRATCH = 1;
/** Ejected media of import pools are kept on record. */
export const NTMS_POOLPOLICY_KEEPOFFLINEIMPORT = 2;
/** What becomes of ejected media (`dwMediaPoolPolicy`). */
export type NtmsMediaPoolPolicy = number;

/** In the header without a meaning; OpenNtmsSession refuses it. */
export const NTMS_SESSION_QUERYEXPEDITE = 1;
/** Option of OpenNtmsSession. */
export type NtmsSessionOptions = number;

/** It stands in the queue. */
export const NTMS_ASYNCSTATE_QUEUED = 0;
/** It waits for a medium or drive. */
export const NTMS_ASYNCSTATE_WAIT_RESOURCE = 1;
/** It waits for a person. */
export const NTMS_ASYNCSTATE_WAIT_OPERATOR = 2;
/** It is running. */
export const NTMS_ASYNCSTATE_INPROCESS = 3;
/** It has ended. */
export const NTMS_ASYNCSTATE_COMPLETE = 4;
/** State of a mount that nobody waits for. */
export type NtmsAsyncStatus =
  | typeof NTMS_ASYNCSTATE_QUEUED
  | typeof NTMS_ASYNCSTATE_WAIT_RESOURCE
  | typeof NTMS_ASYNCSTATE_WAIT_OPERATOR
  | typeof NTMS_ASYNCSTATE_INPROCESS
  | typeof NTMS_ASYNCSTATE_COMPLETE;

/** A mount. */
export const NTMS_ASYNCOP_MOUNT = 1;
/** Kind of an operation that nobody waits for. */
export type NtmsAsyncOperations = typeof NTMS_ASYNCOP_MOUNT;
