/**
 * Every bound of the system in one place. Each has a documented answer when
 * it is reached, named beside it.
 *
 * @module
 */

/** Bounds in force; lengths are in UTF-16 units without a terminating null. */
export const LIMITS = {
  /** Object and application names; ERROR_INVALID_PARAMETER. */
  nameLength: 64,
  /** Object descriptions; ERROR_INVALID_PARAMETER. */
  descriptionLength: 127,
  /** Path of a media pool, all levels; ERROR_INVALID_NAME. */
  poolPathLength: 512,
  /** Bar codes; longer ones of a device are cut off. */
  barCodeLength: 64,
  /** What an operator request says; ERROR_INVALID_PARAMETER. */
  messageLength: 255,
  /** Operator requests that one call notes as seen; ERROR_INVALID_PARAMETER. */
  operatorRequestsInOneCall: 1_000,
  /** Name, address or URL of a destination of messages; ERROR_INVALID_PARAMETER. */
  uiDestinationLength: 255,
  /** Destinations of one object and kind of message; ERROR_NOT_ENOUGH_MEMORY. */
  uiDestinations: 64,
  /** Messages that wait to be sent to one destination; the oldest one is given up, one that tells of progress first. */
  uiMessagesWaiting: 1_000,
  /** How long it is tried to send a message, ms; it is given up. */
  uiMessageKeptMs: 86_400_000,
  /** Time for a destination to take a message, ms; it is tried again. */
  uiMessageTakenWithinMs: 10_000,
  /** Objects in one answer to EnumerateNtmsObject or ListNtmsObject; a further answer has the others. */
  objectsInOneAnswer: 200,
  /** Finished requests that one call deletes; ERROR_INVALID_PARAMETER. */
  requestsInOneCall: 1_000,
  /** Time between two looks for library requests that need not be kept, ms; they are deleted. */
  requestsPurgedEveryMs: 60_000,
  /** Sides of one cartridge that is registered; ERROR_INVALID_PARAMETER. */
  sidesOfOneCartridge: 2,
  /** Type of a label that is registered; ERROR_INVALID_PARAMETER. */
  labelTypeLength: 63,
  /** Further text of a label that is registered; ERROR_INVALID_PARAMETER. */
  labelInfoLength: 255,
  /** Sides in one mount or dismount; ERROR_INVALID_PARAMETER. */
  mediaInOneCall: 256,
  /** Name of an attribute of an object; ERROR_INVALID_NAME. */
  attributeNameLength: 31,
  /** Data of an attribute, in bytes; ERROR_NO_DATA. */
  attributeBytes: 65_535,
  /** Attributes of one object; ERROR_NOT_ENOUGH_MEMORY. */
  attributesOfOneObject: 256,
  /** Entries of who may do what to one object; ERROR_INVALID_PARAMETER. */
  accessEntries: 256,
  /** Tokens at one time; ERROR_NOT_ENOUGH_MEMORY. */
  tokens: 1_000,
  /** Records of the audit in one answer; ERROR_INVALID_PARAMETER. */
  auditRecordsInOneAnswer: 1_000,
  /** What the audit keeps of one call's input, and of its reason; longer ones are cut off. */
  auditTextLength: 512,
  /** Records that the audit keeps; the oldest ones are purged first. */
  auditRecords: 250_000,
  /** How long the audit keeps a record, ms; it is purged. */
  auditKeptMs: 31_622_400_000,
  /** Longest wait that is told apart from waiting for ever, ms; ERROR_INVALID_PARAMETER. */
  longestWaitMs: 0xffff_fffe,

  /** Sessions open at one time; ERROR_NOT_ENOUGH_MEMORY. */
  sessions: 10_000,
  /** Sessions that one user has open at one time; ERROR_NOT_ENOUGH_MEMORY. */
  sessionsOfOneUser: 5_000,
  /** Calls under way in one session; ERROR_BUSY. */
  callsInOneSession: 1_000,
  /** Handles open in one process, as RSM_MAX_HANDLES of the native library; ERROR_NOT_ENOUGH_MEMORY. */
  handles: 131_072,
  /** Unfinished library requests of one library; ERROR_BUSY. */
  queuedRequests: 10_000,
  /** How long a library request may be overtaken by others of its priority and order number, ms; after that none overtakes it. */
  requestOvertakenMs: 14_400_000,
  /** Calls that wait for an allocation at one time; ERROR_BUSY. */
  waitingAllocations: 10_000,
  /** Notification channels at one time; ERROR_NOT_ENOUGH_MEMORY. */
  channels: 50_000,
  /** Notification channels of one session; ERROR_NOT_ENOUGH_MEMORY. */
  channelsInOneSession: 1_000,
  /** Change detections of one session; ERROR_NOT_ENOUGH_MEMORY. */
  detectionsInOneSession: 100,
  /** Changes that a notification channel may be behind; ERROR_NO_DATA. */
  changesBuffered: 10_000,
  /** Changes in one answer to WaitForNtmsNotification; ERROR_INVALID_PARAMETER. */
  changesInOneAnswer: 1_000,
  /** How long the answer of a call that changed something is kept for a repetition of it, ms; after that a repetition is a call of its own. */
  answersKeptMs: 3_600_000,
  /** Such answers that are kept; the oldest ones are forgotten first. */
  answersKept: 100_000,

  /** Body of one HTTP request, in bytes; 413 and ERROR_INVALID_PARAMETER. */
  requestBodyBytes: 1 << 20,
  /** Head of one HTTP request, in bytes; 400 and ERROR_INVALID_PARAMETER. */
  requestHeadBytes: 16_384,
  /** Time for the head of a request to arrive, ms; 408 and ERROR_TIMEOUT. */
  requestHeadWithinMs: 10_000,
  /** Time for a whole request to arrive, ms; 408 and ERROR_TIMEOUT. */
  requestWithinMs: 30_000,
  /** Time for an answer to be taken, ms; the connection is closed. */
  answerTakenWithinMs: 30_000,
  /** How long a connection may be idle between calls, ms; it is closed. */
  connectionIdleMs: 300_000,
  /** Calls under way on one connection; the connection is closed. */
  callsOnOneConnection: 8,
  /** Bytes of answers that wait to be taken when another request comes on the connection; it is closed. */
  answerBytesWaiting: 1 << 20,
  /** Connections at one time, fewer where the system allows fewer open files; the one that is idle for longest is closed, and where none is, the new one: 503 and ERROR_NOT_ENOUGH_MEMORY. */
  connections: 12_000,

  /** Hardware calls in flight in one process; further ones wait in order. */
  hardwareCallsInFlight: 24,
  /** Time between the copies of the catalogue that the service makes by itself, ms; the next one is made. */
  exportEveryMs: 86_400_000,
  /** Least time from a start to such a copy, ms; a copy that is due waits. */
  exportAfterStartMs: 600_000,
  /** Dated copies of the catalogue that are kept; the oldest ones are removed first. */
  exportsKept: 7,
  /** Replaced catalogues that are kept; the oldest ones are removed first. */
  replacedKept: 4,
  /** Bytes of a label that a program tells of; ERROR_INVALID_PARAMETER. */
  labelBytes: 524_288,
  /** Time for a media label library to say what it makes of a label, ms; it is left out. */
  labelLibraryAnswersWithinMs: 5_000,
  /** Time for the label of a medium to be read before a mount, ms; ERROR_TIMEOUT, and the medium is put away. */
  labelReadWithinMs: 300_000,
  /** Failures of a drive or of a robot in a row; it is disabled, and the operator is asked to see to it. */
  failuresInARow: 3,
  /** Elements asked for in one READ ELEMENT STATUS; asked in more commands. */
  elementsInOneRead: 1_000,
  /** Elements that inventories have in memory at one time; that of another large library waits. */
  elementsHeld: 100_000,
  /** Time between two questions to a library at rest, ms; a change that it tells of leads to an inventory. */
  restingLibraryAskedMs: 60_000,
  /** Time between two questions to a library that a change detection watches, ms; a change that it tells of leads to an inventory. */
  watchedLibraryAskedMs: 2_000,
  /** Time between two looks at a port or door that a person is at, ms; what has changed is seen then. */
  portAskedMs: 500,
} as const;

/** The bounds, as tests may set them. */
export type Limits = { readonly [Name in keyof typeof LIMITS]: number };

/** The time-out value that means waiting for ever. */
export const INFINITE = 0xffff_ffff;

/** The characters no name may have: controls, and the pool path's separator. */
const FORBIDDEN = /[\p{Cc}\\]/u;

/** Whether `name` may be the name of an object: 1 to 64 characters, none of them a control character or a backslash. */
export function isObjectName(name: string): boolean {
  return name.length >= 1 && name.length <= LIMITS.nameLength &&
    !FORBIDDEN.test(name);
}

/** Whether `name` may be the name of an application: 1 to 64 characters, no control characters. */
export function isApplicationName(name: string): boolean {
  return name.length >= 1 && name.length <= LIMITS.nameLength &&
    !/\p{Cc}/u.test(name);
}

/** Whether `name` may be the name of an attribute: 1 to 31 characters, no control characters. */
export function isAttributeName(name: string): boolean {
  return name.length >= 1 && name.length <= LIMITS.attributeNameLength &&
    !/\p{Cc}/u.test(name);
}

/**
 * The levels of the path of a media pool, such as `\App\Daily`; the first
 * backslash may be left out.
 *
 * @returns `null` where it is no path: a level is no object name, or all
 * together are longer than 512 characters.
 */
export function poolPathLevels(path: string): string[] | null {
  const levels = path.replace(/^\\/, "").split("\\");
  return path.length <= LIMITS.poolPathLength && levels.every(isObjectName)
    ? levels
    : null;
}
