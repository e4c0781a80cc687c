import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runService } from "./running_service.ts";

interface Shown {
  readonly name: string;
  readonly serialNumber: string;
  readonly operationalState: string;
}

Deno.test("rsm virtual plug and unplug bring and take libraries, and rsm library delete forgets one that is gone", async () => {
  await using service = await runService();
  const url = "virtual:second?slots=4&files=no";
  await service.rsm(`virtual plug ${url}`);
  const again = await service.try(`virtual plug ${url}`);
  assertEquals(again.status, 1, again.err);
  const there = await service.try("library delete VL-second");
  assertEquals(there.status, 1, there.err);
  await service.rsm("virtual unplug --library VL-second");
  assertStringIncludes(await service.rsm("status"), "unplugged");
  await service.rsm("library delete VL-second");
  const gone = await service.try("library delete VL-second");
  assertEquals(gone.status, 3, gone.err);
  const neither = await service.try("virtual plug");
  assertEquals(neither.status, 2, neither.err);
});

Deno.test("rsm virtual unplug and plug --drive take a drive and bring another, and rsm drive delete forgets the first", async () => {
  await using service = await runService();
  const drives = async (): Promise<string[]> => {
    const { objects } = await service.json("view drive");
    return objects.map((drive: Shown) =>
      `${drive.serialNumber} ${drive.operationalState}`
    );
  };
  const [, second] = await drives();
  await service.rsm("virtual unplug --drive 0");
  await service.rsm("virtual plug --drive 0 --serial SPARE");
  // The library tells of it when it is asked.
  await service.rsm("refresh library VL-demo");
  await service.rsm("inventory");
  assertEquals((await drives()).slice(1), [second, "SPARE ready"]);
  const [first = ""] = await drives();
  assert(first.endsWith("notPresent"), first);
  await service.rsm("drive delete 0");
  assertEquals(await drives(), [second, "SPARE ready"]);
  const strange = await service.try("refresh drive 1");
  assertEquals(strange.status, 2, strange.err);
});
