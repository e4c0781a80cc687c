import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type RunningService, runService } from "../cli/running_service.ts";
import type { TestIo } from "../cli/test_io.ts";

async function until<T>(look: () => Promise<T | undefined> | T | undefined) {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function pathOf(printed: string): string {
  return printed.trimEnd();
}

async function openRequests(service: RunningService) {
  const { operatorRequests } = await service.json("operator list");
  return operatorRequests;
}

/** What `rsm watch` has told, as words. */
function told(io: TestIo): string {
  return io.outText;
}

Deno.test("two applications share a library; when their pools run dry a person brings a cartridge", async () => {
  await using service = await runService(
    "slots=6&drives=2&ports=2&cartridges=3",
  );
  const io = service.io();
  const watching = service.try("watch", io);
  await until(() => io.errText.includes("Watching") ? true : undefined);

  for (const name of ["alpha", "beta"]) {
    await service.rsm(
      `pool create ${name} --draw --return --application ${name}`,
    );
  }
  for (
    const [pool, name] of [["alpha", "a1"], ["alpha", "a2"], ["beta", "b1"]]
  ) {
    await service.rsm(
      `allocate --pool ${pool} --name ${name} --application ${pool}`,
    );
  }
  const device = pathOf(await service.rsm("mount a1 --application alpha"));
  await Deno.writeTextFile(device, "what alpha wrote");
  await service.rsm("dismount a1 --application alpha --wait");
  await service.rsm("media complete a1 --application alpha");

  const dry = service.rsm(
    "allocate --pool beta --name b2 --application beta",
  );
  const [asked] = await until(async () => {
    const open = await openRequests(service);
    return open.length > 0 ? open : undefined;
  });
  assertEquals(asked.command, "newMedia");
  const injecting = service.rsm("inject");
  await service.rsm("virtual insert NEW001L6");
  await injecting;
  await dry;
  assertEquals(await openRequests(service), []);

  const { media } = await service.json("media list beta");
  const cartridges = media.map((one: { cartridge: { barCode: string } }) =>
    one.cartridge.barCode
  );
  assertEquals(cartridges.length, 2);
  assert(cartridges.includes("NEW001L6"), cartridges.join());
  await service.rsm("deallocate a2 --application alpha");
  const again = pathOf(await service.rsm("mount a1 --application alpha"));
  assertEquals(await Deno.readTextFile(again), "what alpha wrote");
  await service.rsm("dismount a1 --application alpha --wait");

  await until(() => told(io).includes("Inject: passed") ? true : undefined);
  for (const change of ["\\alpha", "\\beta", "NEW001L6", "Dismount"]) {
    assertStringIncludes(told(io), change);
  }
  io.stop("SIGINT");
  await watching;
});
