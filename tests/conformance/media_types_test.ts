import { assertEquals } from "@std/assert";
import {
  AddNtmsMediaType,
  ChangeNtmsMediaType,
  DeleteNtmsMediaType,
  type HANDLE,
  NTMS_MEDIA_TYPE,
} from "../../src/ntms/ntmsapi.ts";
import { nameOf } from "../ntms/codes.ts";
import * as calls from "./calls.ts";
import { systemPool } from "./managing_calls.ts";
import { holds } from "./record.ts";
import { RunningService } from "./running_service.ts";

const KINDS = ["Free", "Import", "Unrecognized"];

async function typeId(hSession: HANDLE, name: string): Promise<string> {
  const types = await calls.infosOf(hSession, NTMS_MEDIA_TYPE);
  return types.find(({ szName }) => szName === name)?.ObjectGuid ?? "";
}

/** The kinds of system pools that a media type has. */
async function poolKinds(hSession: HANDLE, type: string): Promise<string[]> {
  const kinds = [];
  for (const kind of KINDS) {
    const pool = await systemPool(hSession, `\\${kind}\\${type}`);
    if (pool !== "") kinds.push(kind);
  }
  return kinds;
}

Deno.test(
  "AddNtmsMediaType() relates library and type, and makes the free, import and unrecognized pools of the type; DeleteNtmsMediaType() ends both",
  holds(
    ["AddNtmsMediaType.1", "AddNtmsMediaType.2", "DeleteNtmsMediaType.2"],
    async () => {
      await using service = await RunningService.start();
      const hSession = await service.open();
      const { online: [library = ""] } = await calls.libraries(hSession);
      const type = await typeId(hSession, "DDS-4");
      assertEquals(await poolKinds(hSession, "DDS-4"), []);
      const added = await AddNtmsMediaType(hSession, type, library);
      assertEquals(nameOf(added), "ERROR_SUCCESS");
      assertEquals(await poolKinds(hSession, "DDS-4"), KINDS);
      const handled = () => calls.idsOf(hSession, NTMS_MEDIA_TYPE, library);
      assertEquals((await handled()).includes(type), true);
      const deleted = await DeleteNtmsMediaType(hSession, type, library);
      assertEquals(nameOf(deleted), "ERROR_SUCCESS");
      assertEquals(await poolKinds(hSession, "DDS-4"), []);
      assertEquals((await handled()).includes(type), false);
    },
  ),
);

Deno.test(
  "ChangeNtmsMediaType() gives the cartridge the media type of the pool",
  holds(["ChangeNtmsMediaType.2"], async () => {
    await using service = await RunningService.start();
    const hSession = await service.open();
    const { id } = await calls.cartridgeOf(hSession, "LAB001L6");
    const pool = await systemPool(hSession, "\\Free\\LTO-7");
    const code = await ChangeNtmsMediaType(hSession, id, pool);
    assertEquals(nameOf(code), "ERROR_SUCCESS");
    const changed = await calls.cartridgeOf(hSession, "LAB001L6");
    assertEquals(changed.MediaType, await typeId(hSession, "LTO-7"));
    assertEquals(changed.MediaPool, pool);
  }),
);
