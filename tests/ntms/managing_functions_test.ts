/**
 * What the functions that manage pools, media and objects ask of the service,
 * and what they make of its answers.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { NtmsObject } from "../../src/model/mod.ts";
import { changeOf } from "../../src/ntms/changes_from_structures.ts";
import * as api from "../../src/ntms/ntmsapi.ts";
import { objectInformation } from "../../src/ntms/structures_from_records.ts";
import { nameOf } from "./codes.ts";
import { FakeService } from "./fake_service.ts";
import { guid, RECORDS } from "./records.ts";

const id = guid(5);
const other = guid(6);
const BYTES = Uint8Array.of(0, 1, 2, 255);

/** Calls, the operation each asks for and its input. */
const CALLS: readonly (readonly [
  call: (hSession: bigint) => Promise<number>,
  name: string,
  input: unknown,
])[] = [
  [(h) => api.DeleteNtmsMediaPool(h, id), "DeleteNtmsMediaPool", { pool: id }],
  [
    (h) => api.MoveToNtmsMediaPool(h, id, other),
    "MoveToNtmsMediaPool",
    { cartridge: id, pool: other },
  ],
  [
    (h) => api.AddNtmsMediaType(h, id, other),
    "AddNtmsMediaType",
    { mediaType: id, library: other },
  ],
  [
    (h) => api.DeleteNtmsMediaType(h, id, other),
    "DeleteNtmsMediaType",
    { mediaType: id, library: other },
  ],
  [
    (h) => api.ChangeNtmsMediaType(h, id, other),
    "ChangeNtmsMediaType",
    { cartridge: id, pool: other },
  ],
  [
    (h) => api.SetNtmsMediaComplete(h, id),
    "SetNtmsMediaComplete",
    { logicalMedium: id },
  ],
  [
    (h) => api.SwapNtmsMedia(h, id, other),
    "SwapNtmsMedia",
    { first: id, second: other },
  ],
  [
    (h) => api.DecommissionNtmsMedia(h, id),
    "DecommissionNtmsMedia",
    { side: id },
  ],
  [(h) => api.DeleteNtmsMedia(h, id), "DeleteNtmsMedia", { cartridge: id }],
  [
    (h) => api.EnableNtmsObject(h, api.NTMS_LIBRARY, id),
    "EnableNtmsObject",
    { id, type: "library" },
  ],
  [
    (h) => api.DisableNtmsObject(h, api.NTMS_PHYSICAL_MEDIA, id),
    "DisableNtmsObject",
    { id, type: "cartridge" },
  ],
  [
    (h) => api.SetNtmsObjectAttribute(h, id, 12, "Key", BYTES, BYTES.length),
    "SetNtmsObjectAttribute",
    { id, name: "Key", data: "AAEC/w==" },
  ],
  [
    (h) => api.SetNtmsObjectAttributeW(h, id, 0, "Key", BYTES, 2),
    "SetNtmsObjectAttribute",
    { id, name: "Key", data: "AAE=" },
  ],
  [
    (h) => api.SetNtmsObjectAttributeA(h, id, 12, "Schl\u00fcssel", null, 0),
    "SetNtmsObjectAttribute",
    { id, name: "Schl\u00fcssel", data: "" },
  ],
];

for (const [call, name, input] of CALLS) {
  Deno.test(`${name} is asked for with ${JSON.stringify(input)}`, async () => {
    await using service = await FakeService.open();
    assertEquals(nameOf(await call(service.hSession)), "ERROR_SUCCESS");
    const [asked] = service.asked;
    assertEquals([asked?.name, asked?.input], [name, input]);
  });
}

Deno.test("GetNtmsMediaPoolName() fills the path where there is room for it and its end, and else tells the size only", async () => {
  await using service = await FakeService.open();
  const path = "\\App\\Daily";
  for (const get of [api.GetNtmsMediaPoolName, api.GetNtmsMediaPoolNameA]) {
    for (const room of [0, path.length, path.length + 1, 512]) {
      const buffer = { value: "before" };
      const size = { value: room };
      const code = nameOf(await get(service.hSession, id, buffer, size));
      const fits = room > path.length;
      assertEquals(
        [code, buffer.value, size.value],
        fits
          ? ["ERROR_SUCCESS", path, path.length + 1]
          : ["ERROR_INSUFFICIENT_BUFFER", "before", path.length + 1],
      );
    }
    const size = { value: 512 };
    const code = await get(service.hSession, id, null, size);
    assertEquals(
      [nameOf(code), size.value],
      ["ERROR_INSUFFICIENT_BUFFER", path.length + 1],
    );
  }
});

Deno.test("GetNtmsDeviceName() tells the device of the record", async () => {
  await using service = await FakeService.open();
  const device = { value: "" };
  const size = { value: 64 };
  const code = await api.GetNtmsDeviceName(service.hSession, id, device, size);
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  assertEquals(device.value, RECORDS.drive.device);
});

Deno.test("GetNtmsObjectAttribute() fills the buffer where there is room, and else leaves it", async () => {
  await using service = await FakeService.open();
  for (
    const get of [api.GetNtmsObjectAttribute, api.GetNtmsObjectAttributeA]
  ) {
    for (const room of [BYTES.length - 1, BYTES.length, 8]) {
      const data = new Uint8Array(8);
      const size = { value: room };
      const code = nameOf(
        await get(service.hSession, id, 12, "Key", data, size),
      );
      const fits = room >= BYTES.length;
      assertEquals(code, fits ? "ERROR_SUCCESS" : "ERROR_INSUFFICIENT_BUFFER");
      assertEquals(size.value, BYTES.length);
      assertEquals(
        [...data],
        fits ? [...BYTES, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0, 0, 0],
      );
    }
  }
});

Deno.test("what a structure says is to be set is what its record says is so", () => {
  const records: readonly NtmsObject[] = Object.values(RECORDS);
  for (const record of records) {
    const structure = objectInformation(record, 1408, (text) => text);
    const change = changeOf(record.type, { ...structure }, String);
    const now: Record<string, unknown> = { ...record };
    for (const [member, value] of Object.entries(change)) {
      assertEquals(value, now[member], `${record.type} ${member}`);
    }
    assertEquals(change.description, record.description);
  }
});

Deno.test("SetNtmsObjectInformation() takes every member that can be written, and no other", async () => {
  await using service = await FakeService.open();
  const structure = objectInformation(RECORDS.drive, 1408, (text) => text);
  const code = await api.SetNtmsObjectInformation(
    service.hSession,
    id,
    structure,
  );
  assertEquals(nameOf(code), "ERROR_SUCCESS");
  assertEquals(service.lastInput, {
    id,
    change: {
      description: RECORDS.drive.description,
      deferDismountSeconds: RECORDS.drive.deferDismountSeconds,
    },
  });
});

Deno.test("SetNtmsObjectInformationA() reads text as Windows-1252", async () => {
  await using service = await FakeService.open();
  const structure = {
    ...objectInformation(RECORDS.drive, 896, (text) => text),
    szDescription: "\u0141",
  };
  const code = await api.SetNtmsObjectInformationA(
    service.hSession,
    id,
    structure,
  );
  assertEquals(nameOf(code), "ERROR_INVALID_PARAMETER");
  assertEquals(service.asked, []);
});
