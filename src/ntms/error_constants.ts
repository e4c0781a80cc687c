/**
 * The documented error codes as numbers, from the one table of them.
 *
 * @module
 */

import { ERROR_CODES } from "../model/errors.ts";

/** The call did what was asked. */
export const ERROR_SUCCESS: 0 = ERROR_CODES.ERROR_SUCCESS.win32;
/** Other name of ERROR_SUCCESS. */
export const NO_ERROR: 0 = ERROR_CODES.ERROR_SUCCESS.win32;
/** The caller lacks the right that the call needs. */
export const ERROR_ACCESS_DENIED: 5 = ERROR_CODES.ERROR_ACCESS_DENIED.win32;
/** The session handle is unknown, closed or of another process. */
export const ERROR_INVALID_HANDLE: 6 = ERROR_CODES.ERROR_INVALID_HANDLE.win32;
/** A limit of the service is reached. */
export const ERROR_NOT_ENOUGH_MEMORY: 8 =
  ERROR_CODES.ERROR_NOT_ENOUGH_MEMORY.win32;
/** The label is of no known format. */
export const ERROR_BAD_FORMAT: 11 = ERROR_CODES.ERROR_BAD_FORMAT.win32;
/** No drive has this id. */
export const ERROR_INVALID_DRIVE: 15 = ERROR_CODES.ERROR_INVALID_DRIVE.win32;
/** The medium may only be read. */
export const ERROR_WRITE_PROTECT: 19 = ERROR_CODES.ERROR_WRITE_PROTECT.win32;
/** The service or device is not ready yet. */
export const ERROR_NOT_READY: 21 = ERROR_CODES.ERROR_NOT_READY.win32;
/** A file is in use by another program. */
export const ERROR_SHARING_VIOLATION: 32 =
  ERROR_CODES.ERROR_SHARING_VIOLATION.win32;
/** The device or library cannot do this. */
export const ERROR_NOT_SUPPORTED: 50 = ERROR_CODES.ERROR_NOT_SUPPORTED.win32;
/** An argument is missing, malformed or out of range. */
export const ERROR_INVALID_PARAMETER: 87 =
  ERROR_CODES.ERROR_INVALID_PARAMETER.win32;
/** The service does not offer this function. */
export const ERROR_CALL_NOT_IMPLEMENTED: 120 =
  ERROR_CODES.ERROR_CALL_NOT_IMPLEMENTED.win32;
/** The list is longer than the caller has room for. */
export const ERROR_INSUFFICIENT_BUFFER: 122 =
  ERROR_CODES.ERROR_INSUFFICIENT_BUFFER.win32;
/** The name is malformed or too long. */
export const ERROR_INVALID_NAME: 123 = ERROR_CODES.ERROR_INVALID_NAME.win32;
/** The medium, drive or library is in use. */
export const ERROR_BUSY: 170 = ERROR_CODES.ERROR_BUSY.win32;
/** An object of this name exists. */
export const ERROR_ALREADY_EXISTS: 183 = ERROR_CODES.ERROR_ALREADY_EXISTS.win32;
/** The notification channel is gone or the data does not fit. */
export const ERROR_NO_DATA: 232 = ERROR_CODES.ERROR_NO_DATA.win32;
/** The address is not valid. */
export const ERROR_INVALID_ADDRESS: 487 =
  ERROR_CODES.ERROR_INVALID_ADDRESS.win32;
/** The connection to the service is gone. */
export const ERROR_CONNECTION_UNAVAIL: 1201 =
  ERROR_CODES.ERROR_CONNECTION_UNAVAIL.win32;
/** The computer name is malformed. */
export const ERROR_INVALID_COMPUTERNAME: 1210 =
  ERROR_CODES.ERROR_INVALID_COMPUTERNAME.win32;
/** The network is down. */
export const ERROR_NO_NETWORK: 1222 = ERROR_CODES.ERROR_NO_NETWORK.win32;
/** The request was cancelled. */
export const ERROR_CANCELLED: 1223 = ERROR_CODES.ERROR_CANCELLED.win32;
/** The object has no security descriptor. */
export const ERROR_NO_SECURITY_ON_OBJECT: 1350 =
  ERROR_CODES.ERROR_NO_SECURITY_ON_OBJECT.win32;
/** The time given ran out. */
export const ERROR_TIMEOUT: 1460 = ERROR_CODES.ERROR_TIMEOUT.win32;
/** The bounds of an array are wrong. */
export const RPC_S_INVALID_BOUND: 1734 = ERROR_CODES.RPC_S_INVALID_BOUND.win32;
/** The service speaks only older interface versions. */
export const RPC_S_NO_INTERFACES: 1817 = ERROR_CODES.RPC_S_NO_INTERFACES.win32;
/** The service cannot be reached. */
export const ERROR_NOT_CONNECTED: 2250 = ERROR_CODES.ERROR_NOT_CONNECTED.win32;
/** No medium has this id, or it is named twice. */
export const ERROR_INVALID_MEDIA: 4300 = ERROR_CODES.ERROR_INVALID_MEDIA.win32;
/** No library has this id, or it is not one this call can use. */
export const ERROR_INVALID_LIBRARY: 4301 =
  ERROR_CODES.ERROR_INVALID_LIBRARY.win32;
/** No media pool has this id, or it is not one this call can use. */
export const ERROR_INVALID_MEDIA_POOL: 4302 =
  ERROR_CODES.ERROR_INVALID_MEDIA_POOL.win32;
/** Drive and medium are in different libraries or do not fit. */
export const ERROR_DRIVE_MEDIA_MISMATCH: 4303 =
  ERROR_CODES.ERROR_DRIVE_MEDIA_MISMATCH.win32;
/** The medium is in no library. */
export const ERROR_MEDIA_OFFLINE: 4304 = ERROR_CODES.ERROR_MEDIA_OFFLINE.win32;
/** The offline library cannot do this. */
export const ERROR_LIBRARY_OFFLINE: 4305 =
  ERROR_CODES.ERROR_LIBRARY_OFFLINE.win32;
/** The library, drive, slot or pool is empty. */
export const ERROR_EMPTY: 4306 = ERROR_CODES.ERROR_EMPTY.win32;
/** The library, drive or pool has to be empty first. */
export const ERROR_NOT_EMPTY: 4307 = ERROR_CODES.ERROR_NOT_EMPTY.win32;
/** No suitable medium is available. */
export const ERROR_MEDIA_UNAVAILABLE: 4308 =
  ERROR_CODES.ERROR_MEDIA_UNAVAILABLE.win32;
/** A library, drive or medium that is needed is disabled. */
export const ERROR_RESOURCE_DISABLED: 4309 =
  ERROR_CODES.ERROR_RESOURCE_DISABLED.win32;
/** No cleaner has this id. */
export const ERROR_INVALID_CLEANER: 4310 =
  ERROR_CODES.ERROR_INVALID_CLEANER.win32;
/** The drive cannot be cleaned. */
export const ERROR_UNABLE_TO_CLEAN: 4311 =
  ERROR_CODES.ERROR_UNABLE_TO_CLEAN.win32;
/** No object has this id. */
export const ERROR_OBJECT_NOT_FOUND: 4312 =
  ERROR_CODES.ERROR_OBJECT_NOT_FOUND.win32;
/** The catalogue cannot be read or written. */
export const ERROR_DATABASE_FAILURE: 4313 =
  ERROR_CODES.ERROR_DATABASE_FAILURE.win32;
/** The catalogue has no room left. */
export const ERROR_DATABASE_FULL: 4314 = ERROR_CODES.ERROR_DATABASE_FULL.win32;
/** The medium does not suit the device or pool. */
export const ERROR_MEDIA_INCOMPATIBLE: 4315 =
  ERROR_CODES.ERROR_MEDIA_INCOMPATIBLE.win32;
/** Something needed is not present. */
export const ERROR_RESOURCE_NOT_PRESENT: 4316 =
  ERROR_CODES.ERROR_RESOURCE_NOT_PRESENT.win32;
/** No operation has this id. */
export const ERROR_INVALID_OPERATION: 4317 =
  ERROR_CODES.ERROR_INVALID_OPERATION.win32;
/** The medium is not mounted or cannot be used now. */
export const ERROR_MEDIA_NOT_AVAILABLE: 4318 =
  ERROR_CODES.ERROR_MEDIA_NOT_AVAILABLE.win32;
/** The device is not connected or does not answer. */
export const ERROR_DEVICE_NOT_AVAILABLE: 4319 =
  ERROR_CODES.ERROR_DEVICE_NOT_AVAILABLE.win32;
/** The operator refused the request. */
export const ERROR_REQUEST_REFUSED: 4320 =
  ERROR_CODES.ERROR_REQUEST_REFUSED.win32;
/** No drive has this id. */
export const ERROR_INVALID_DRIVE_OBJECT: 4321 =
  ERROR_CODES.ERROR_INVALID_DRIVE_OBJECT.win32;
/** No slot is free. */
export const ERROR_LIBRARY_FULL: 4322 = ERROR_CODES.ERROR_LIBRARY_FULL.win32;
/** The transport cannot reach the medium. */
export const ERROR_MEDIUM_NOT_ACCESSIBLE: 4323 =
  ERROR_CODES.ERROR_MEDIUM_NOT_ACCESSIBLE.win32;
/** The drive cannot load the medium. */
export const ERROR_UNABLE_TO_LOAD_MEDIUM: 4324 =
  ERROR_CODES.ERROR_UNABLE_TO_LOAD_MEDIUM.win32;
/** The state of a drive cannot be read. */
export const ERROR_UNABLE_TO_INVENTORY_DRIVE: 4325 =
  ERROR_CODES.ERROR_UNABLE_TO_INVENTORY_DRIVE.win32;
/** The state of a slot cannot be read. */
export const ERROR_UNABLE_TO_INVENTORY_SLOT: 4326 =
  ERROR_CODES.ERROR_UNABLE_TO_INVENTORY_SLOT.win32;
/** The state of the transport cannot be read. */
export const ERROR_UNABLE_TO_INVENTORY_TRANSPORT: 4327 =
  ERROR_CODES.ERROR_UNABLE_TO_INVENTORY_TRANSPORT.win32;
/** The transport still holds a cartridge. */
export const ERROR_TRANSPORT_FULL: 4328 =
  ERROR_CODES.ERROR_TRANSPORT_FULL.win32;
/** The import/export port cannot be controlled. */
export const ERROR_CONTROLLING_IEPORT: 4329 =
  ERROR_CODES.ERROR_CONTROLLING_IEPORT.win32;
/** A mounted medium cannot be ejected. */
export const ERROR_UNABLE_TO_EJECT_MOUNTED_MEDIA: 4330 =
  ERROR_CODES.ERROR_UNABLE_TO_EJECT_MOUNTED_MEDIA.win32;
/** A cleaner slot is reserved already. */
export const ERROR_CLEANER_SLOT_SET: 4331 =
  ERROR_CODES.ERROR_CLEANER_SLOT_SET.win32;
/** No cleaner slot is reserved. */
export const ERROR_CLEANER_SLOT_NOT_SET: 4332 =
  ERROR_CODES.ERROR_CLEANER_SLOT_NOT_SET.win32;
/** The cleaning cartridge is used up. */
export const ERROR_CLEANER_CARTRIDGE_SPENT: 4333 =
  ERROR_CODES.ERROR_CLEANER_CARTRIDGE_SPENT.win32;
/** The label on the medium is not the expected one. */
export const ERROR_UNEXPECTED_OMID: 4334 =
  ERROR_CODES.ERROR_UNEXPECTED_OMID.win32;
/** The last item cannot be deleted. */
export const ERROR_CANT_DELETE_LAST_ITEM: 4335 =
  ERROR_CODES.ERROR_CANT_DELETE_LAST_ITEM.win32;
/** The message is too long. */
export const ERROR_MESSAGE_EXCEEDS_MAX_SIZE: 4336 =
  ERROR_CODES.ERROR_MESSAGE_EXCEEDS_MAX_SIZE.win32;
/** The volume holds files of the system. */
export const ERROR_VOLUME_CONTAINS_SYS_FILES: 4337 =
  ERROR_CODES.ERROR_VOLUME_CONTAINS_SYS_FILES.win32;
/** The media type belongs to the library itself. */
export const ERROR_INDIGENOUS_TYPE: 4338 =
  ERROR_CODES.ERROR_INDIGENOUS_TYPE.win32;
/** No enabled drive of the library takes this media type. */
export const ERROR_NO_SUPPORTING_DRIVES: 4339 =
  ERROR_CODES.ERROR_NO_SUPPORTING_DRIVES.win32;
/** A cleaning cartridge is installed already. */
export const ERROR_CLEANER_CARTRIDGE_INSTALLED: 4340 =
  ERROR_CODES.ERROR_CLEANER_CARTRIDGE_INSTALLED.win32;
/** The import/export port is full. */
export const ERROR_IEPORT_FULL: 4341 = ERROR_CODES.ERROR_IEPORT_FULL.win32;
/** Something needed is not available now. */
export const ERROR_RESOURCE_NOT_AVAILABLE: 5006 =
  ERROR_CODES.ERROR_RESOURCE_NOT_AVAILABLE.win32;
/** The object is in a state that does not allow this. */
export const ERROR_INVALID_STATE: 5023 = ERROR_CODES.ERROR_INVALID_STATE.win32;
