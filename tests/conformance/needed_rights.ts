/**
 * The rights that each documented function needs, on the objects of the scene
 * of good_calls.ts.
 *
 * @module
 */

import type { AccessRight } from "../../src/model/mod.ts";
import {
  GetNtmsUIOptions,
  type HANDLE,
  NTMS_UIDEST_ADD,
  NTMS_UITYPE_ERR,
  SetNtmsUIOptions,
} from "../../src/ntms/ntmsapi.ts";

/** Objects with a list of their own, in the scene. */
export type Place =
  | "computer"
  | "library"
  | "goneLibrary"
  | "root"
  | "pool"
  | "emptyPool"
  | "free"
  | "otherFree";

/** A right on such an object. */
export type Need = readonly [place: Place, right: AccessRight];

/** What each call needs, as the documents say. */
export const NEEDS: Readonly<Record<string, readonly Need[]>> = {
  AddNtmsMediaType: [["library", "modify"]],
  AllocateNtmsMedia: [["pool", "control"], ["free", "use"]],
  CancelNtmsLibraryRequest: [["library", "control"]],
  CancelNtmsOperatorRequest: [["computer", "control"]],
  ChangeNtmsMediaType: [
    ["computer", "modify"],
    ["free", "modify"],
    ["otherFree", "modify"],
  ],
  CleanNtmsDrive: [["library", "control"]],
  EjectNtmsCleaner: [["library", "control"]],
  InjectNtmsCleaner: [["library", "control"]],
  ReleaseNtmsCleanerSlot: [["library", "control"]],
  ReserveNtmsCleanerSlot: [["library", "control"]],
  CreateNtmsMedia: [["pool", "modify"], ["computer", "modify"]],
  CreateNtmsMediaPool: [["root", "control"]],
  DeallocateNtmsMedia: [["pool", "control"]],
  DecommissionNtmsMedia: [["free", "control"]],
  DeleteNtmsDrive: [["goneLibrary", "modify"]],
  DeleteNtmsLibrary: [["goneLibrary", "modify"]],
  DeleteNtmsMedia: [["free", "modify"], ["computer", "modify"]],
  DeleteNtmsMediaPool: [["emptyPool", "modify"]],
  DeleteNtmsMediaType: [["library", "modify"]],
  DeleteNtmsRequests: [["computer", "modify"]],
  DisableNtmsObject: [["library", "modify"]],
  DismountNtmsDrive: [["library", "modify"]],
  DismountNtmsMedia: [["pool", "use"], ["library", "use"]],
  EnableNtmsObject: [["library", "modify"]],
  EnumerateNtmsObject: [["computer", "use"]],
  ExportNtmsDatabase: [["computer", "control"]],
  GetNtmsMediaPoolName: [["pool", "use"]],
  GetNtmsObjectAttribute: [["pool", "use"]],
  GetNtmsObjectInformation: [["library", "use"]],
  GetNtmsObjectSecurity: [["pool", "readControl"]],
  GetNtmsRequestOrder: [["computer", "control"]],
  GetNtmsUIOptions: [["computer", "use"]],
  IdentifyNtmsSlot: [["library", "control"]],
  ImportNtmsDatabase: [["computer", "control"]],
  InventoryNtmsLibrary: [["library", "control"]],
  MountNtmsMedia: [["pool", "use"], ["library", "use"]],
  MoveToNtmsMediaPool: [["free", "use"], ["pool", "control"]],
  SatisfyNtmsOperatorRequest: [["computer", "control"]],
  SetNtmsMediaComplete: [["pool", "control"]],
  SetNtmsObjectAttribute: [["pool", "modify"]],
  // It reads the object first, to find what differs from it.
  SetNtmsObjectInformation: [["library", "use"], ["library", "modify"]],
  SetNtmsObjectSecurity: [["pool", "writeDac"]],
  SetNtmsRequestOrder: [["computer", "control"]],
  SetNtmsUIOptions: [["computer", "use"], ["computer", "modify"]],
  SubmitNtmsOperatorRequest: [["computer", "use"]],
  UpdateNtmsOmidInfo: [["library", "control"]],
  SwapNtmsMedia: [["pool", "modify"]],
  WaitForNtmsOperatorRequest: [["computer", "use"]],
};

/** What needs more than the scene has. */
export const FURTHER: Readonly<
  Record<string, readonly [readonly Need[], (it: Further) => Promise<number>]>
> = {
  GetNtmsUIOptions: [
    [["computer", "use"]],
    ({ computer, hSession }) =>
      GetNtmsUIOptions(
        hSession,
        computer,
        NTMS_UITYPE_ERR,
        { value: "" },
        { value: 99 },
      ),
  ],
  SetNtmsUIOptions: [
    [["computer", "use"], ["computer", "modify"]],
    ({ computer, hSession }) =>
      SetNtmsUIOptions(
        hSession,
        computer,
        NTMS_UITYPE_ERR,
        NTMS_UIDEST_ADD,
        "desk",
      ),
  ],
};

/** What those calls are about. */
export interface Further {
  readonly hSession: HANDLE;
  readonly computer: string;
}
