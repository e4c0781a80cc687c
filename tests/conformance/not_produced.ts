/**
 * Documented errors that no test produces, with what stands in the way. A
 * reason that nothing needs any more fails `make conformance`.
 *
 * @module
 */

const POOL_IS_THERE = "no cartridge is in a pool that is not there";
const IN_MEMORY = "channels are in memory: the catalogue is not asked";

const PLUG_IN =
  "a media label library answers the service, with an object or null; tests/labels";

/** Reasons by code, or by function and code where it is one function's own. */
export const NOT_PRODUCED: Readonly<Record<string, string>> = {
  "DismountNtmsMedia ERROR_INVALID_LIBRARY":
    "media leave a library that is deleted, so none that holds one is no good",
  "DeleteNtmsDrive ERROR_INVALID_LIBRARY":
    "a drive goes with its library, so none is in one that is no good",
  ERROR_CALL_NOT_IMPLEMENTED: "every service watches devices",
  "DismountNtmsMedia ERROR_MEDIA_NOT_AVAILABLE":
    "what is disabled can be dismounted all the same",
  "DismountNtmsMedia ERROR_TIMEOUT": "it returns when the work is queued",
  "OpenNtmsNotification ERROR_DATABASE_FAILURE": IN_MEMORY,
  "WaitForNtmsNotification ERROR_DATABASE_FAILURE": IN_MEMORY,
  "CloseNtmsNotification ERROR_DATABASE_FAILURE": IN_MEMORY,
  "SetNtmsMediaComplete ERROR_INVALID_MEDIA_POOL": POOL_IS_THERE,
  "DecommissionNtmsMedia ERROR_INVALID_MEDIA_POOL": POOL_IS_THERE,
  "DeleteNtmsMedia ERROR_INVALID_MEDIA_POOL": POOL_IS_THERE,
  "SwapNtmsMedia ERROR_BAD_FORMAT":
    "no label is read for it: each side keeps what was read of it",
  "GetNtmsObjectAttribute ERROR_NO_DATA": "no attribute so large can be set",
  "GetNtmsObjectAttribute RPC_S_INVALID_BOUND":
    "it is what Windows gives over the wire where ERROR_INSUFFICIENT_BUFFER is meant",
  "EjectDiskFromSADrive ERROR_INVALID_HANDLE":
    "it opens a session of its own, which nobody else can close",
  "DismountNtmsDrive ERROR_INVALID_LIBRARY":
    "a drive goes with its library, so none is in one that is no good",
  "CleanNtmsDrive ERROR_INVALID_LIBRARY":
    "a drive is never without its library",
  "ReleaseNtmsCleanerSlot ERROR_INVALID_ADDRESS":
    "there are no pointers to be bad",
  "AccessNtmsLibraryDoor ERROR_RESOURCE_NOT_PRESENT":
    "every library is entered with a door",
  "MaxMediaLabel NO_ERROR": PLUG_IN,
  "ClaimMediaLabel NO_ERROR": PLUG_IN,
  "ClaimMediaLabel ERROR_BAD_FORMAT": PLUG_IN,
};

/** Why no test produces an error; undefined where there has to be one. */
export function reasonNotProduced(
  name: string,
  code: string,
): string | undefined {
  return NOT_PRODUCED[`${name} ${code}`] ?? NOT_PRODUCED[code];
}
