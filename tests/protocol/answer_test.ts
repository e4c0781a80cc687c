import { assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeOutput, isOperationName, WIRE } from "../../src/protocol/mod.ts";

const NAMES = Object.keys(WIRE).filter(isOperationName);

Deno.test("decodeOutput() gives dates of records back as dates", () => {
  const date = fc.date({
    min: new Date("1970-01-01"),
    max: new Date("9999-12-31"),
    noInvalidDate: true,
  });
  fc.assert(fc.property(date, fc.string(), (created, name) => {
    const text = JSON.stringify({
      object: { created, name, completed: null, label: { info: name } },
    });
    const object: unknown =
      decodeOutput("GetNtmsObjectInformation", text).object;
    assertEquals(object, {
      created,
      name,
      completed: null,
      label: { info: name },
    });
  }));
});

Deno.test("decodeOutput() revives dates however deep, and leaves texts alone", () => {
  const at = "2026-11-22T10:00:00.000Z";
  const text = JSON.stringify({
    libraries: [{
      library: { modified: at, name: at },
      requests: [{ queued: at }],
    }],
  });
  const { libraries } = decodeOutput("MapNtmsLibrary", text);
  assertInstanceOf(libraries[0]?.library.modified, Date);
  assertInstanceOf(libraries[0]?.requests[0]?.queued, Date);
  assertEquals(libraries[0]?.library.name, at);
});

Deno.test("decodeOutput() refuses what lacks a member, or has one of another kind", () => {
  assertThrows(() => decodeOutput("EnumerateNtmsObject", "{}"), SyntaxError);
  assertThrows(
    () => decodeOutput("EnumerateNtmsObject", `{"ids":"x"}`),
    SyntaxError,
  );
  assertThrows(() => decodeOutput("OpenNtmsSession", "null"), SyntaxError);
  assertThrows(() => decodeOutput("CloseNtmsSession", "[]"), SyntaxError);
});

Deno.test("decodeOutput() answers any JSON with a value or a SyntaxError", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.oneof(fc.json(), fc.string()),
      (name, text) => {
        try {
          decodeOutput(name, text);
        } catch (error) {
          assertInstanceOf(error, SyntaxError);
        }
      },
    ),
  );
});
