/**
 * Errors of CreateNtmsMedia.
 *
 * @module
 */

import {
  CloseNtmsSession,
  CreateNtmsMediaA,
  NTMS_ERROR_ON_DUPLICATE,
  NTMS_NULLGUID,
  NTMS_PARTSTATE_ALLOCATED,
  NTMS_PARTSTATE_AVAILABLE,
  NTMS_PARTSTATE_RESERVED,
  SIZEOF_NTMS_OBJECTINFORMATIONA,
} from "../../src/ntms/ntmsapi.ts";
import * as calls from "./calls.ts";
import {
  BAR_CODE,
  cartridge,
  create,
  poolOfType,
  side,
  TWO_SIDED,
} from "./create_media.ts";
import { systemPool } from "./managing_calls.ts";
import { type Act, type Row, rowsOf } from "./rows.ts";

const IMPORT = "\\Import\\LTO-6";
const FREE = "\\Free\\LTO-6";

/** A call that fails for what it says of a cartridge in a pool that is good. */
const refused = (
  entries: (
    pool: string,
  ) => Parameters<typeof create> extends [unknown, ...infer Rest] ? Rest
    : never,
): Act => {
  return async (hSession) =>
    await create(hSession, ...entries(await calls.poolId(hSession)));
};

/** The rows. */
export const CREATE_MEDIA_ERRORS: readonly Row[] = rowsOf("CreateNtmsMedia", [
  [
    "ERROR_SUCCESS",
    "a cartridge is new to an application's pool",
    refused((pool) => [cartridge(pool)]),
  ],
  [
    "ERROR_SUCCESS",
    "a cartridge is new to an import pool",
    async (hSession) =>
      create(hSession, cartridge(await systemPool(hSession, IMPORT))),
  ],
  [
    "ERROR_SUCCESS",
    "an A structure is given",
    async (hSession) => {
      const dwSize = SIZEOF_NTMS_OBJECTINFORMATIONA;
      const medium = {
        value: cartridge(await calls.poolId(hSession), {}, { dwSize }),
      };
      return await CreateNtmsMediaA(
        hSession,
        medium,
        [side({}, { dwSize })],
        0,
      );
    },
  ],
  [
    "ERROR_SUCCESS",
    "the label is another side's, and that is not to be refused",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await create(hSession, cartridge(pool));
      return await create(hSession, cartridge(pool, { szBarCode: "NEW002L6" }));
    },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "the label is another side's, and that is to be refused",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await create(hSession, cartridge(pool));
      return await create(
        hSession,
        cartridge(pool, { szBarCode: "NEW002L6" }),
        [side()],
        NTMS_ERROR_ON_DUPLICATE,
      );
    },
  ],
  [
    "ERROR_INVALID_MEDIA",
    "a cartridge with that bar code is in a library",
    refused((pool) => [cartridge(pool, { szBarCode: `${BAR_CODE}  ` })]),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "there is no such pool",
    (hSession) => create(hSession, cartridge(calls.NOBODY)),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool is a free pool",
    async (hSession) =>
      create(hSession, cartridge(await systemPool(hSession, FREE))),
  ],
  [
    "ERROR_INVALID_MEDIA_POOL",
    "the pool holds pools",
    async (hSession) =>
      create(hSession, cartridge(await systemPool(hSession, "\\Import"))),
  ],
  [
    "ERROR_MEDIA_INCOMPATIBLE",
    "media of the pool's type have one side, and two are given",
    refused((pool) => [
      cartridge(pool, { dwNumberOfPartitions: 2 }),
      [side(), side()],
    ]),
  ],
  [
    "ERROR_MEDIA_INCOMPATIBLE",
    "media of the pool's type have two sides, and one is given",
    async (hSession) =>
      create(
        hSession,
        cartridge(await poolOfType(hSession, TWO_SIDED)),
      ),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the structure of the cartridge is missing",
    (hSession) => create(hSession, JSON.parse("null")),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the structure of the cartridge has the wrong size",
    refused((pool) => [cartridge(pool, {}, { dwSize: 1 })]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the structure of the cartridge is that of a side",
    (hSession) => create(hSession, side()),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the structure of a side is that of a cartridge",
    refused((pool) => [cartridge(pool), [cartridge(pool)]]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "a side is missing",
    refused((pool) => [cartridge(pool), []]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "a side has no label",
    refused((pool) => [cartridge(pool), [side({ dwOmidLabelIdLength: 0 })]]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the type of a label is empty",
    refused((pool) => [cartridge(pool), [side({ szOmidLabelType: "" })]]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the id is an object's",
    async (hSession) => {
      const ObjectGuid = await calls.poolId(hSession);
      return await create(hSession, cartridge(ObjectGuid, {}, { ObjectGuid }));
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the cartridge is said to be in a library",
    async (hSession) => {
      const { online: [library = ""] } = await calls.libraries(hSession);
      const pool = await calls.poolId(hSession);
      return await create(
        hSession,
        cartridge(pool, { CurrentLibrary: library }),
      );
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "a side is available, and has a logical medium",
    refused((pool) => [
      cartridge(pool),
      [side({ State: NTMS_PARTSTATE_AVAILABLE, LogicalMedia: calls.NOBODY })],
    ]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "a side is reserved, and nothing for which it could be",
    refused((pool) => [
      cartridge(pool),
      [side({ State: NTMS_PARTSTATE_RESERVED })],
    ]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the logical medium of a side is another one's",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      const LogicalMedia = await calls.allocated(hSession, BAR_CODE, pool);
      return await create(hSession, cartridge(pool), [
        side({ State: NTMS_PARTSTATE_ALLOCATED, LogicalMedia }),
      ]);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "another cartridge of the pool has the name",
    async (hSession) => {
      const pool = await calls.poolId(hSession);
      await create(hSession, cartridge(pool, {}, { szName: "monday" }));
      const second = { szBarCode: "NEW002L6" };
      const medium = cartridge(pool, second, { szName: "monday" });
      return await create(hSession, medium);
    },
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "an option means nothing",
    refused((pool) => [cartridge(pool), [side()], 2]),
  ],
  [
    "ERROR_INVALID_PARAMETER",
    "the pool is missing",
    (hSession) => create(hSession, cartridge(NTMS_NULLGUID)),
  ],
  [
    "ERROR_INVALID_HANDLE",
    "the session is closed",
    async (hSession) => {
      await CloseNtmsSession(hSession);
      return await create(hSession, cartridge(calls.NOBODY));
    },
  ],
]);
