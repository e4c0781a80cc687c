import { assertEquals, assertRejects } from "@std/assert";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";
import { encodeBase64 } from "../../src/protocol/mod.ts";
import { openFixture } from "./fixture.ts";

const NOBODY = "0123abcd-0000-4000-8000-000000000001";

async function code(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

Deno.test("an attribute is kept with its object, replaced, deleted by no data, and gone with the object", async () => {
  await using fixture = await openFixture();
  const { objects, pools } = fixture.manager;
  const caller = fixture.caller();
  const id = await fixture.pool();
  const set = (data: string) =>
    objects.setAttribute(caller, { id, name: "Set", data });
  await set("AAEC");
  assertEquals(await objects.attribute({ id, name: "Set" }), "AAEC");
  assertEquals(
    await code(objects.attribute({ id, name: "set" })),
    "ERROR_OBJECT_NOT_FOUND",
  );
  await set("/w==");
  assertEquals(await objects.attribute({ id, name: "Set" }), "/w==");
  await set("");
  await set("");
  assertEquals(
    await code(objects.attribute({ id, name: "Set" })),
    "ERROR_OBJECT_NOT_FOUND",
  );
  await set("AAEC");
  await pools.delete(caller, id);
  assertEquals(
    await code(objects.attribute({ id, name: "Set" })),
    "ERROR_OBJECT_NOT_FOUND",
  );
  assertEquals(await code(set("AAEC")), "ERROR_OBJECT_NOT_FOUND");
});

Deno.test("an attribute is refused without an object, with a name or data over the limit, and nothing changes", async () => {
  await using fixture = await openFixture();
  const { objects } = fixture.manager;
  const id = await fixture.pool();
  const set = (name: string, bytes: number, of = id) =>
    objects.setAttribute(fixture.caller(), {
      id: of,
      name,
      data: encodeBase64(new Uint8Array(bytes)),
    });
  const longest = "n".repeat(LIMITS.attributeNameLength);
  await set(longest, LIMITS.attributeBytes);
  for (const name of [`${longest}n`, "", "a\u0001"]) {
    assertEquals(await code(set(name, 1)), "ERROR_INVALID_NAME");
  }
  assertEquals(
    await code(set("big", LIMITS.attributeBytes + 1)),
    "ERROR_NO_DATA",
  );
  assertEquals(await code(set("a", 1, NOBODY)), "ERROR_OBJECT_NOT_FOUND");
  assertEquals(
    await code(objects.attribute({ id, name: "big" })),
    "ERROR_OBJECT_NOT_FOUND",
  );
});

Deno.test("an object has no more attributes than the limit says; those it has can still be replaced", async () => {
  await using fixture = await openFixture();
  const { objects } = fixture.manager;
  const id = await fixture.pool();
  const set = (name: string, data = "AA==") =>
    objects.setAttribute(fixture.caller(), { id, name, data });
  for (let count = 0; count < LIMITS.attributesOfOneObject; count++) {
    await set(`a${count}`);
  }
  assertEquals(await code(set("more")), "ERROR_NOT_ENOUGH_MEMORY");
  await set("a0", "AAEC");
  await set("a1", "");
  await set("more");
});
