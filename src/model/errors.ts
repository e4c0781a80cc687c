/**
 * The errors of RSM: their documented names and numbers, and the one class
 * that carries them. The table is the single source of the HTTP status, the
 * exit status of `rsm` and the documentation page of each code.
 *
 * @module
 */

/** Whether trying again can help: never as it stands, after a while, or after a person did something. */
export type RetryAdvice = "never" | "after" | "operator";

/** What is known of one error code. */
export interface ErrorCodeRow {
  /** The documented number (winerror.h). */
  readonly win32: number;
  /** Whether trying again can help. */
  readonly retry: RetryAdvice;
  /** Status of the HTTP answer that carries it. */
  readonly http: number;
  /** Exit status of `rsm` when a command ends with it. */
  readonly exit: number;
  /** What it means, in one sentence without a final stop. */
  readonly meaning: string;
}

/** Every documented error code (ntmsapi.h and winerror.h). */
export const ERROR_CODES = {
  ERROR_SUCCESS: {
    win32: 0,
    retry: "never",
    http: 200,
    exit: 0,
    meaning: "The call did what was asked",
  },
  ERROR_ACCESS_DENIED: {
    win32: 5,
    retry: "never",
    http: 403,
    exit: 5,
    meaning: "The caller lacks the right that the call needs",
  },
  ERROR_INVALID_HANDLE: {
    win32: 6,
    retry: "never",
    http: 401,
    exit: 1,
    meaning: "The session handle is unknown, closed or of another process",
  },
  ERROR_NOT_ENOUGH_MEMORY: {
    win32: 8,
    retry: "after",
    http: 503,
    exit: 75,
    meaning: "A limit of the service is reached",
  },
  ERROR_BAD_FORMAT: {
    win32: 11,
    retry: "never",
    http: 422,
    exit: 1,
    meaning: "The label is of no known format",
  },
  ERROR_INVALID_DRIVE: {
    win32: 15,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No drive has this id",
  },
  ERROR_WRITE_PROTECT: {
    win32: 19,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The medium may only be read",
  },
  ERROR_NOT_READY: {
    win32: 21,
    retry: "after",
    http: 503,
    exit: 75,
    meaning: "The service or device is not ready yet",
  },
  ERROR_SHARING_VIOLATION: {
    win32: 32,
    retry: "after",
    http: 409,
    exit: 4,
    meaning: "A file is in use by another program",
  },
  ERROR_NOT_SUPPORTED: {
    win32: 50,
    retry: "never",
    http: 501,
    exit: 1,
    meaning: "The device or library cannot do this",
  },
  ERROR_INVALID_PARAMETER: {
    win32: 87,
    retry: "never",
    http: 400,
    exit: 2,
    meaning: "An argument is missing, malformed or out of range",
  },
  ERROR_CALL_NOT_IMPLEMENTED: {
    win32: 120,
    retry: "never",
    http: 501,
    exit: 1,
    meaning: "The service does not offer this function",
  },
  ERROR_INSUFFICIENT_BUFFER: {
    win32: 122,
    retry: "never",
    http: 400,
    exit: 1,
    meaning: "The list is longer than the caller has room for",
  },
  ERROR_INVALID_NAME: {
    win32: 123,
    retry: "never",
    http: 400,
    exit: 2,
    meaning: "The name is malformed or too long",
  },
  ERROR_BUSY: {
    win32: 170,
    retry: "after",
    http: 409,
    exit: 4,
    meaning: "The medium, drive or library is in use",
  },
  ERROR_ALREADY_EXISTS: {
    win32: 183,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "An object of this name exists",
  },
  ERROR_NO_DATA: {
    win32: 232,
    retry: "never",
    http: 410,
    exit: 1,
    meaning: "The notification channel is gone or the data does not fit",
  },
  ERROR_INVALID_ADDRESS: {
    win32: 487,
    retry: "never",
    http: 400,
    exit: 2,
    meaning: "The address is not valid",
  },
  ERROR_CONNECTION_UNAVAIL: {
    win32: 1201,
    retry: "after",
    http: 503,
    exit: 10,
    meaning: "The connection to the service is gone",
  },
  ERROR_INVALID_COMPUTERNAME: {
    win32: 1210,
    retry: "never",
    http: 400,
    exit: 2,
    meaning: "The computer name is malformed",
  },
  ERROR_NO_NETWORK: {
    win32: 1222,
    retry: "after",
    http: 503,
    exit: 10,
    meaning: "The network is down",
  },
  ERROR_CANCELLED: {
    win32: 1223,
    retry: "never",
    http: 499,
    exit: 1,
    meaning: "The request was cancelled",
  },
  ERROR_NO_SECURITY_ON_OBJECT: {
    win32: 1350,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The object has no security descriptor",
  },
  ERROR_TIMEOUT: {
    win32: 1460,
    retry: "after",
    http: 504,
    exit: 7,
    meaning: "The time given ran out",
  },
  RPC_S_INVALID_BOUND: {
    win32: 1734,
    retry: "never",
    http: 400,
    exit: 2,
    meaning: "The bounds of an array are wrong",
  },
  RPC_S_NO_INTERFACES: {
    win32: 1817,
    retry: "never",
    http: 505,
    exit: 10,
    meaning: "The service speaks only older interface versions",
  },
  ERROR_NOT_CONNECTED: {
    win32: 2250,
    retry: "after",
    http: 503,
    exit: 10,
    meaning: "The service cannot be reached",
  },
  ERROR_INVALID_MEDIA: {
    win32: 4300,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No medium has this id, or it is named twice",
  },
  ERROR_INVALID_LIBRARY: {
    win32: 4301,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No library has this id, or it is not one this call can use",
  },
  ERROR_INVALID_MEDIA_POOL: {
    win32: 4302,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No media pool has this id, or it is not one this call can use",
  },
  ERROR_DRIVE_MEDIA_MISMATCH: {
    win32: 4303,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "Drive and medium are in different libraries or do not fit",
  },
  ERROR_MEDIA_OFFLINE: {
    win32: 4304,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "The medium is in no library",
  },
  ERROR_LIBRARY_OFFLINE: {
    win32: 4305,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "The offline library cannot do this",
  },
  ERROR_EMPTY: {
    win32: 4306,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The library, drive, slot or pool is empty",
  },
  ERROR_NOT_EMPTY: {
    win32: 4307,
    retry: "never",
    http: 409,
    exit: 4,
    meaning: "The library, drive or pool has to be empty first",
  },
  ERROR_MEDIA_UNAVAILABLE: {
    win32: 4308,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "No suitable medium is available",
  },
  ERROR_RESOURCE_DISABLED: {
    win32: 4309,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "A library, drive or medium that is needed is disabled",
  },
  ERROR_INVALID_CLEANER: {
    win32: 4310,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No cleaner has this id",
  },
  ERROR_UNABLE_TO_CLEAN: {
    win32: 4311,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The drive cannot be cleaned",
  },
  ERROR_OBJECT_NOT_FOUND: {
    win32: 4312,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No object has this id",
  },
  ERROR_DATABASE_FAILURE: {
    win32: 4313,
    retry: "operator",
    http: 500,
    exit: 9,
    meaning: "The catalogue cannot be read or written",
  },
  ERROR_DATABASE_FULL: {
    win32: 4314,
    retry: "operator",
    http: 507,
    exit: 9,
    meaning: "The catalogue has no room left",
  },
  ERROR_MEDIA_INCOMPATIBLE: {
    win32: 4315,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The medium does not suit the device or pool",
  },
  ERROR_RESOURCE_NOT_PRESENT: {
    win32: 4316,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "Something needed is not present",
  },
  ERROR_INVALID_OPERATION: {
    win32: 4317,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No operation has this id",
  },
  ERROR_MEDIA_NOT_AVAILABLE: {
    win32: 4318,
    retry: "after",
    http: 409,
    exit: 4,
    meaning: "The medium is not mounted or cannot be used now",
  },
  ERROR_DEVICE_NOT_AVAILABLE: {
    win32: 4319,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The device is not connected or does not answer",
  },
  ERROR_REQUEST_REFUSED: {
    win32: 4320,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "The operator refused the request",
  },
  ERROR_INVALID_DRIVE_OBJECT: {
    win32: 4321,
    retry: "never",
    http: 404,
    exit: 3,
    meaning: "No drive has this id",
  },
  ERROR_LIBRARY_FULL: {
    win32: 4322,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "No slot is free",
  },
  ERROR_MEDIUM_NOT_ACCESSIBLE: {
    win32: 4323,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The transport cannot reach the medium",
  },
  ERROR_UNABLE_TO_LOAD_MEDIUM: {
    win32: 4324,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The drive cannot load the medium",
  },
  ERROR_UNABLE_TO_INVENTORY_DRIVE: {
    win32: 4325,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The state of a drive cannot be read",
  },
  ERROR_UNABLE_TO_INVENTORY_SLOT: {
    win32: 4326,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The state of a slot cannot be read",
  },
  ERROR_UNABLE_TO_INVENTORY_TRANSPORT: {
    win32: 4327,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The state of the transport cannot be read",
  },
  ERROR_TRANSPORT_FULL: {
    win32: 4328,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The transport still holds a cartridge",
  },
  ERROR_CONTROLLING_IEPORT: {
    win32: 4329,
    retry: "operator",
    http: 409,
    exit: 8,
    meaning: "The import/export port cannot be controlled",
  },
  ERROR_UNABLE_TO_EJECT_MOUNTED_MEDIA: {
    win32: 4330,
    retry: "after",
    http: 409,
    exit: 4,
    meaning: "A mounted medium cannot be ejected",
  },
  ERROR_CLEANER_SLOT_SET: {
    win32: 4331,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "A cleaner slot is reserved already",
  },
  ERROR_CLEANER_SLOT_NOT_SET: {
    win32: 4332,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "No cleaner slot is reserved",
  },
  ERROR_CLEANER_CARTRIDGE_SPENT: {
    win32: 4333,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "The cleaning cartridge is used up",
  },
  ERROR_UNEXPECTED_OMID: {
    win32: 4334,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "The label on the medium is not the expected one",
  },
  ERROR_CANT_DELETE_LAST_ITEM: {
    win32: 4335,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The last item cannot be deleted",
  },
  ERROR_MESSAGE_EXCEEDS_MAX_SIZE: {
    win32: 4336,
    retry: "never",
    http: 400,
    exit: 2,
    meaning: "The message is too long",
  },
  ERROR_VOLUME_CONTAINS_SYS_FILES: {
    win32: 4337,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The volume holds files of the system",
  },
  ERROR_INDIGENOUS_TYPE: {
    win32: 4338,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The media type belongs to the library itself",
  },
  ERROR_NO_SUPPORTING_DRIVES: {
    win32: 4339,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "No enabled drive of the library takes this media type",
  },
  ERROR_CLEANER_CARTRIDGE_INSTALLED: {
    win32: 4340,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "A cleaning cartridge is installed already",
  },
  ERROR_IEPORT_FULL: {
    win32: 4341,
    retry: "operator",
    http: 409,
    exit: 6,
    meaning: "The import/export port is full",
  },
  ERROR_RESOURCE_NOT_AVAILABLE: {
    win32: 5006,
    retry: "after",
    http: 409,
    exit: 4,
    meaning: "Something needed is not available now",
  },
  ERROR_INVALID_STATE: {
    win32: 5023,
    retry: "never",
    http: 409,
    exit: 1,
    meaning: "The object is in a state that does not allow this",
  },
} as const satisfies Readonly<Record<string, ErrorCodeRow>>;

/** Name of a documented error code. */
export type NtmsErrorCode = keyof typeof ERROR_CODES;

/** Details that a program may want beside the message. */
export type ErrorData = Readonly<Record<string, unknown>>;

/** More about an {@linkcode NtmsError}. */
export interface NtmsErrorOptions {
  /** The lower error that caused this one. */
  cause?: unknown;
  /** Details for programs: object ids, sense data, limits. */
  data?: ErrorData;
}

/**
 * An error that callers may handle. The message says what happened, to which
 * object, and what to do next.
 */
export class NtmsError extends Error {
  /** The documented name, such as `"ERROR_NOT_READY"`. */
  readonly code: NtmsErrorCode;
  /** The documented number, such as 21. */
  readonly win32: number;
  /** Whether trying again can help. */
  readonly retry: RetryAdvice;
  /** Details for programs. */
  readonly data: ErrorData;

  /** Makes an error with a documented code. */
  constructor(
    code: NtmsErrorCode,
    message: string,
    options: NtmsErrorOptions = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "NtmsError";
    this.code = code;
    const row: ErrorCodeRow = ERROR_CODES[code];
    this.win32 = row.win32;
    this.retry = row.retry;
    this.data = options.data ?? {};
  }
}

/** Whether `name` is the name of a documented error code. */
export function isErrorCode(name: string): name is NtmsErrorCode {
  return Object.hasOwn(ERROR_CODES, name);
}
