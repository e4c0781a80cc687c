import { assertEquals, assertStringIncludes } from "@std/assert";
import { runService } from "./running_service.ts";

Deno.test("rsm view finds a cartridge by its bar code, and any object by its name", async () => {
  await using service = await runService();
  const { objects: found } = await service.json(
    "view cartridge --bar-code DEMO03L6",
  );
  assertEquals(found.map((one: { name: string }) => one.name), ["DEMO03L6"]);
  const named = await service.json("view drive --name nobody");
  assertEquals(named.objects, []);
  const sides = await service.json("view side --name DEMO05L6");
  assertEquals(sides.objects.length, 1);
  const none = await service.json("view cartridge --barcode DEMO99L6");
  assertEquals(none.objects, []);
});

Deno.test("rsm view refuses a bar code of what has none, and one in a container", async () => {
  await using service = await runService();
  const drive = await service.try("view drive --bar-code DEMO03L6");
  assertEquals(drive.status, 2, drive.err);
  assertStringIncludes(drive.err, "no bar code");
  const both = await service.try("view cartridge VL-demo --bar-code DEMO03L6");
  assertEquals(both.status, 2, both.err);
});
