import { assertEquals } from "@std/assert";
import { rejectsWith } from "./operator_fixture.ts";
import { computerOf, get, libraryIdOf, open, set } from "./ui_fixture.ts";

Deno.test("destinations of computer and library are kept, those of a session go with it", async () => {
  await using fixture = await open();
  const computer = await computerOf(fixture);
  const library = await libraryIdOf(fixture);
  for (const object of [computer, library, null]) {
    await set(fixture, { object, destination: `of ${object}` });
  }
  assertEquals(await get(fixture, computer), [`of ${computer}`]);
  assertEquals(await get(fixture, library), [`of ${library}`]);
  assertEquals(await get(fixture, null), ["of null"]);
  assertEquals(await get(fixture, null, "s2"), []);
  assertEquals(await get(fixture, null, "s1", "error"), []);
  fixture.manager.sessionEnded("s1", false);
  assertEquals(await get(fixture, null), []);
  assertEquals(await get(fixture, library), [`of ${library}`]);
});

Deno.test("a list takes a destination once, and gives out what it has", async () => {
  await using fixture = await open();
  for (const object of [await computerOf(fixture), null]) {
    await set(fixture, { object, destination: "" });
    await set(fixture, { object, destination: "there" });
    assertEquals(await get(fixture, object), ["here", "there"]);
    await rejectsWith(
      "ERROR_ALREADY_EXISTS",
      () => set(fixture, { object, destination: "here" }),
    );
    await set(fixture, { object, destination: "here", operation: "delete" });
    assertEquals(await get(fixture, object), ["there"]);
    await rejectsWith(
      "ERROR_OBJECT_NOT_FOUND",
      () => set(fixture, { object, destination: "here", operation: "delete" }),
    );
    await set(fixture, { object, operation: "deleteAll" });
    assertEquals(await get(fixture, object), []);
  }
});

Deno.test("a list is of the computer, a library or the session, and of nothing else", async () => {
  await using fixture = await open();
  const [drive] = await fixture.all("drive");
  const object = drive?.id ?? "";
  await rejectsWith("ERROR_INVALID_PARAMETER", () => set(fixture, { object }));
  await rejectsWith("ERROR_INVALID_PARAMETER", () => get(fixture, object));
  const nobody = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
  await rejectsWith(
    "ERROR_OBJECT_NOT_FOUND",
    () => set(fixture, { object: nobody }),
  );
  await rejectsWith("ERROR_OBJECT_NOT_FOUND", () => get(fixture, nobody));
});

Deno.test("an address or URL that the administrator has not configured is refused, any name is taken", async () => {
  await using fixture = await open();
  for (const destination of ["https://a.example.org/", "a@example.org"]) {
    await rejectsWith(
      "ERROR_INVALID_PARAMETER",
      () => set(fixture, { destination }),
    );
    await rejectsWith(
      "ERROR_INVALID_PARAMETER",
      () => fixture.manager.ui.test(fixture.caller(), destination),
    );
  }
  await rejectsWith(
    "ERROR_INVALID_PARAMETER",
    () => set(fixture, { destination: "a\u0007b" }),
  );
  await set(fixture, { destination: "no such computer" });
});

Deno.test("a list has no more destinations than the limit says", async () => {
  await using fixture = await open({ limits: { uiDestinations: 2 } });
  for (const object of [await computerOf(fixture), null]) {
    for (const destination of ["a", "b"]) {
      await set(fixture, { object, destination });
    }
    await rejectsWith(
      "ERROR_NOT_ENOUGH_MEMORY",
      () => set(fixture, { object, destination: "c" }),
    );
    await set(fixture, { object, destination: "c", type: "error" });
  }
});
