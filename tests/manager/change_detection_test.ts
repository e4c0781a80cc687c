import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { LIMITS, NtmsError } from "../../src/model/mod.ts";
import { FakeClock } from "./fake_clock.ts";
import { openFixture } from "./fixture.ts";

const PORT = 10;

Deno.test("a watched library is asked at each interval for as long as it is watched", async () => {
  const clock = new FakeClock();
  await using fixture = await openFixture({ clock });
  const { manager } = fixture;
  const caller = fixture.caller();
  const { library, cartridges } = await fixture.map();
  const hands = fixture.changers[0]?.hands;
  const detection = manager.devices.beginDetection(caller);
  const watch = () =>
    manager.devices.detect(caller, {
      detection,
      type: "library",
      objects: [library.id],
    });
  await watch();
  await hands?.insert(PORT, "NEW001L6");
  const known = async () =>
    (await fixture.map()).cartridges.length - cartridges.length;
  clock.advance(LIMITS.watchedLibraryAskedMs - 1);
  assertEquals(await known(), 0);
  clock.advance(1);
  while (await known() !== 1);
  manager.devices.endDetection(caller, detection);
  await hands?.insert(PORT + 1, "NEW002L6");
  clock.advance(LIMITS.watchedLibraryAskedMs);
  clock.advance(LIMITS.watchedLibraryAskedMs);
  for (let times = 0; times < 20; times++) assertEquals(await known(), 1);
  assertEquals(
    (await assertRejects(watch, NtmsError)).code,
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("a session has no more change detections than the limit says, and others have theirs", async () => {
  await using fixture = await openFixture({
    limits: { detectionsInOneSession: 2 },
  });
  const { devices } = fixture.manager;
  const begin = (session: string) =>
    devices.beginDetection(fixture.caller("backup", session));
  const first = begin("s1");
  begin("s1");
  const error = assertThrows(() => begin("s1"), NtmsError);
  assertEquals(error.code, "ERROR_NOT_ENOUGH_MEMORY");
  begin("s2");
  devices.endDetection(fixture.caller("backup", "s1"), first);
  begin("s1");
});
