/**
 * CreateNtmsMedia in its two character sets.
 *
 * @module
 */

import { checkFillable, readBits, readRef, readText } from "./arguments.ts";
import { NTMS_ERROR_ON_DUPLICATE } from "./media_constants.ts";
import {
  type CreateNtmsMediaEntry,
  readMedium,
  type StructureReader,
} from "./new_media.ts";
import { outcomeOf } from "./outcome.ts";
import { withSession } from "./session_handles.ts";
import {
  SIZEOF_NTMS_OBJECTINFORMATIONA,
  SIZEOF_NTMS_OBJECTINFORMATIONW,
} from "./structure_sizes.ts";
import { objectInformation } from "./structures_from_records.ts";
import type { DWORD, HANDLE, Ref } from "./types.ts";
import { type Charset, readAnsi, toAnsi } from "./windows_1252.ts";

/**
 * Registers a cartridge that is in no library, and its sides, with what is
 * known of them from elsewhere. It is then in the offline library; an inventory
 * recognizes it by its bar code when it is put into a library.
 *
 * What is taken of the cartridge: `ObjectGuid` (NTMS_NULLGUID for a new one),
 * `Enabled`, `szName` (empty for its bar code, else of one side what its label
 * says, else its number), `szDescription`, `CurrentLibrary` (NTMS_NULLGUID or
 * the offline library), `MediaPool`, `szBarCode` (without the blanks at its
 * end), `dwNumberOfPartitions`, `dwMediaTypeCode` and `dwDensityCode`. Of each
 * side: `ObjectGuid`, `Enabled`, `szName`, `szDescription`, `LogicalMedia` (the
 * id of its allocation, where it is allocated or complete; NTMS_NULLGUID for a
 * new one), `State`, `dwOmidLabelIdLength`, `OmidLabelId`, `szOmidLabelType`,
 * `szOmidLabelInfo`, `dwMountCount`, `dwAllocateCount` and `Capacity`.
 *
 * @param hSession The session.
 * @param lpMedia The cartridge, in an import pool or a pool of an application
 * that holds media; receives the whole structure.
 * @param lpList The sides, as many as the media type of the pool has; receives
 * the whole structures.
 * @param dwOptions NTMS_ERROR_ON_DUPLICATE to refuse a label that another side
 * has, or 0.
 * @returns ERROR_SUCCESS; ERROR_INVALID_MEDIA when a cartridge with that bar
 * code is known, or with NTMS_ERROR_ON_DUPLICATE a side with such a label
 * (ERROR_DUPLICATE_OMID in the documents); ERROR_INVALID_MEDIA_POOL when there
 * is no such pool, or it is neither of the two kinds; ERROR_MEDIA_INCOMPATIBLE
 * when media of the pool's type have another number of sides;
 * ERROR_INVALID_PARAMETER for a wrong `dwSize` or `dwType`, an id that an
 * object has, a name that a sibling has, a side without a label, and a member
 * or argument that is missing or cannot be so; ERROR_INVALID_HANDLE when the
 * session is closed or unknown; ERROR_ACCESS_DENIED without MODIFY on the
 * computer and on the pool; ERROR_DATABASE_FAILURE and ERROR_DATABASE_FULL when
 * the catalogue cannot be written; ERROR_NOT_ENOUGH_MEMORY when the service is
 * at a limit; ERROR_NOT_READY while the service starts;
 * ERROR_CONNECTION_UNAVAIL when it cannot be reached any more.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   CreateNtmsMediaW,
 *   type CreateNtmsMediaEntry,
 *   EnumerateNtmsObject,
 *   NTMS_ERROR_ON_DUPLICATE,
 *   NTMS_MEDIA_POOL,
 *   NTMS_NULLGUID,
 *   NTMS_PARTITION,
 *   NTMS_PARTSTATE_IMPORT,
 *   NTMS_PHYSICAL_MEDIA,
 *   OpenNtmsSession,
 *   SIZEOF_NTMS_OBJECTINFORMATIONW,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const head = {
 *   dwSize: SIZEOF_NTMS_OBJECTINFORMATIONW,
 *   ObjectGuid: NTMS_NULLGUID,
 *   Enabled: true,
 *   szName: "",
 *   szDescription: "From the vault",
 * };
 * const medium: { value: CreateNtmsMediaEntry } = {
 *   value: {
 *     ...head,
 *     dwType: NTMS_PHYSICAL_MEDIA,
 *     Info: {
 *       PhysicalMedia: {
 *         CurrentLibrary: NTMS_NULLGUID,
 *         MediaPool: pools[0] ?? NTMS_NULLGUID,
 *         szBarCode: "VAULT1L6",
 *         dwNumberOfPartitions: 1,
 *         dwMediaTypeCode: 0,
 *         dwDensityCode: 0,
 *       },
 *     },
 *   },
 * };
 * const sides: CreateNtmsMediaEntry[] = [{
 *   ...head,
 *   dwType: NTMS_PARTITION,
 *   Info: {
 *     Partition: {
 *       LogicalMedia: NTMS_NULLGUID,
 *       State: NTMS_PARTSTATE_IMPORT,
 *       dwOmidLabelIdLength: 6,
 *       OmidLabelId: new TextEncoder().encode("VAULT1"),
 *       szOmidLabelType: "ANSI",
 *       szOmidLabelInfo: "Volume VAULT1",
 *       dwMountCount: 0,
 *       dwAllocateCount: 0,
 *       Capacity: 0n,
 *     },
 *   },
 * }];
 * console.log(await CreateNtmsMediaW(hSession, medium, sides, NTMS_ERROR_ON_DUPLICATE));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CreateNtmsMediaW(
  hSession: HANDLE,
  lpMedia: Ref<CreateNtmsMediaEntry>,
  lpList: CreateNtmsMediaEntry[],
  dwOptions: DWORD,
): Promise<DWORD> {
  return create({ hSession, lpMedia, lpList, dwOptions }, WIDE);
}

/**
 * Registers a cartridge that is in no library, and its sides; the same as
 * {@linkcode CreateNtmsMediaW}, whose name most programs do not spell out.
 *
 * @param hSession The session.
 * @param lpMedia The cartridge; receives the whole structure.
 * @param lpList The sides; receives the whole structures.
 * @param dwOptions NTMS_ERROR_ON_DUPLICATE, or 0.
 * @returns The codes of {@linkcode CreateNtmsMediaW}.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   CreateNtmsMedia,
 *   type CreateNtmsMediaEntry,
 *   EnumerateNtmsObject,
 *   NTMS_ERROR_ON_DUPLICATE,
 *   NTMS_MEDIA_POOL,
 *   NTMS_NULLGUID,
 *   NTMS_PARTITION,
 *   NTMS_PARTSTATE_IMPORT,
 *   NTMS_PHYSICAL_MEDIA,
 *   OpenNtmsSession,
 *   SIZEOF_NTMS_OBJECTINFORMATION,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const head = {
 *   dwSize: SIZEOF_NTMS_OBJECTINFORMATION,
 *   ObjectGuid: NTMS_NULLGUID,
 *   Enabled: true,
 *   szName: "",
 *   szDescription: "From the vault",
 * };
 * const medium: { value: CreateNtmsMediaEntry } = {
 *   value: {
 *     ...head,
 *     dwType: NTMS_PHYSICAL_MEDIA,
 *     Info: {
 *       PhysicalMedia: {
 *         CurrentLibrary: NTMS_NULLGUID,
 *         MediaPool: pools[0] ?? NTMS_NULLGUID,
 *         szBarCode: "VAULT1L6",
 *         dwNumberOfPartitions: 1,
 *         dwMediaTypeCode: 0,
 *         dwDensityCode: 0,
 *       },
 *     },
 *   },
 * };
 * const sides: CreateNtmsMediaEntry[] = [{
 *   ...head,
 *   dwType: NTMS_PARTITION,
 *   Info: {
 *     Partition: {
 *       LogicalMedia: NTMS_NULLGUID,
 *       State: NTMS_PARTSTATE_IMPORT,
 *       dwOmidLabelIdLength: 6,
 *       OmidLabelId: new TextEncoder().encode("VAULT1"),
 *       szOmidLabelType: "ANSI",
 *       szOmidLabelInfo: "Volume VAULT1",
 *       dwMountCount: 0,
 *       dwAllocateCount: 0,
 *       Capacity: 0n,
 *     },
 *   },
 * }];
 * console.log(await CreateNtmsMedia(hSession, medium, sides, NTMS_ERROR_ON_DUPLICATE));
 * await CloseNtmsSession(hSession);
 * ```
 */
export const CreateNtmsMedia: typeof CreateNtmsMediaW = CreateNtmsMediaW;

/**
 * Registers a cartridge that is in no library, and its sides;
 * {@linkcode CreateNtmsMediaW} with text in Windows-1252.
 *
 * @param hSession The session.
 * @param lpMedia The cartridge; receives the whole structure.
 * @param lpList The sides; receives the whole structures.
 * @param dwOptions NTMS_ERROR_ON_DUPLICATE, or 0.
 * @returns The codes of {@linkcode CreateNtmsMediaW}; ERROR_INVALID_PARAMETER
 * also for a string with a character that Windows-1252 lacks.
 *
 * @example
 * ```ts
 * import {
 *   CloseNtmsSession,
 *   CreateNtmsMediaA,
 *   type CreateNtmsMediaEntry,
 *   EnumerateNtmsObject,
 *   NTMS_ERROR_ON_DUPLICATE,
 *   NTMS_MEDIA_POOL,
 *   NTMS_NULLGUID,
 *   NTMS_PARTITION,
 *   NTMS_PARTSTATE_IMPORT,
 *   NTMS_PHYSICAL_MEDIA,
 *   OpenNtmsSession,
 *   SIZEOF_NTMS_OBJECTINFORMATIONA,
 * } from "@ntms/rsm/ntmsapi";
 *
 * const hSession = await OpenNtmsSession(null, "Example", 0);
 * const pools: string[] = [];
 * await EnumerateNtmsObject(hSession, null, pools, { value: 99 }, NTMS_MEDIA_POOL, 0);
 * const head = {
 *   dwSize: SIZEOF_NTMS_OBJECTINFORMATIONA,
 *   ObjectGuid: NTMS_NULLGUID,
 *   Enabled: true,
 *   szName: "",
 *   szDescription: "From the vault",
 * };
 * const medium: { value: CreateNtmsMediaEntry } = {
 *   value: {
 *     ...head,
 *     dwType: NTMS_PHYSICAL_MEDIA,
 *     Info: {
 *       PhysicalMedia: {
 *         CurrentLibrary: NTMS_NULLGUID,
 *         MediaPool: pools[0] ?? NTMS_NULLGUID,
 *         szBarCode: "VAULT1L6",
 *         dwNumberOfPartitions: 1,
 *         dwMediaTypeCode: 0,
 *         dwDensityCode: 0,
 *       },
 *     },
 *   },
 * };
 * const sides: CreateNtmsMediaEntry[] = [{
 *   ...head,
 *   dwType: NTMS_PARTITION,
 *   Info: {
 *     Partition: {
 *       LogicalMedia: NTMS_NULLGUID,
 *       State: NTMS_PARTSTATE_IMPORT,
 *       dwOmidLabelIdLength: 6,
 *       OmidLabelId: new TextEncoder().encode("VAULT1"),
 *       szOmidLabelType: "ANSI",
 *       szOmidLabelInfo: "Volume VAULT1",
 *       dwMountCount: 0,
 *       dwAllocateCount: 0,
 *       Capacity: 0n,
 *     },
 *   },
 * }];
 * console.log(await CreateNtmsMediaA(hSession, medium, sides, NTMS_ERROR_ON_DUPLICATE));
 * await CloseNtmsSession(hSession);
 * ```
 */
export function CreateNtmsMediaA(
  hSession: HANDLE,
  lpMedia: Ref<CreateNtmsMediaEntry>,
  lpList: CreateNtmsMediaEntry[],
  dwOptions: DWORD,
): Promise<DWORD> {
  return create({ hSession, lpMedia, lpList, dwOptions }, ANSI);
}

/** How one character set is read and written. */
interface Face extends StructureReader {
  readonly write: Charset;
}

const WIDE: Face = {
  size: SIZEOF_NTMS_OBJECTINFORMATIONW,
  read: readText,
  write: (text) => text,
};

const ANSI: Face = {
  size: SIZEOF_NTMS_OBJECTINFORMATIONA,
  read: readAnsi,
  write: toAnsi,
};

function create(
  { dwOptions, hSession, lpList, lpMedia }: {
    readonly hSession: HANDLE;
    readonly lpMedia: Ref<CreateNtmsMediaEntry>;
    readonly lpList: CreateNtmsMediaEntry[];
    readonly dwOptions: DWORD;
  },
  face: Face,
): Promise<DWORD> {
  return outcomeOf(() =>
    withSession(hSession, async (session) => {
      const options = readBits(dwOptions, NTMS_ERROR_ON_DUPLICATE, "dwOptions");
      const medium = readMedium(readRef(lpMedia, "lpMedia"), lpList, face);
      checkFillable(lpList, "lpList");
      const { cartridge, sides } = await session.createMedium({
        ...medium,
        errorIfDuplicate: options === NTMS_ERROR_ON_DUPLICATE,
      });
      const { size, write } = face;
      lpMedia.value = objectInformation(cartridge, size, write);
      for (const [index, side] of sides.entries()) {
        lpList[index] = objectInformation(side, size, write);
      }
    })
  );
}
