import { assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { mountOf, openFixture } from "./fixture.ts";

/** What a catalogue commits, and whether a power cut could take it. */
function watchCommits(): {
  readonly onDisk: string[];
  readonly behind: string[];
  readonly crash: (point: string) => void;
  [Symbol.dispose](): void;
} {
  const { exec } = DatabaseSync.prototype;
  let waits = true;
  const onDisk: string[] = [];
  const behind: string[] = [];
  DatabaseSync.prototype.exec = function (sql) {
    if (/synchronous = NORMAL/.test(sql)) waits = false;
    if (/synchronous = FULL/.test(sql)) waits = true;
    return exec.call(this, sql);
  };
  return {
    onDisk,
    behind,
    crash(point) {
      const [, kind, name = ""] =
        /^(commit|call)\.(\w+)\.before$/.exec(point) ??
          [];
      if (kind === "call" && (name === "move" || name === "exchange")) {
        assertEquals(behind, [], `${name} is sent`);
      }
      if (kind !== "commit") return;
      if (!waits) return void behind.push(name);
      onDisk.push(name);
      behind.length = 0;
    },
    [Symbol.dispose]() {
      DatabaseSync.prototype.exec = exec;
    },
  };
}

Deno.test("a robot step is sent, and a call ends, only once all before it is on disk", async () => {
  using commits = watchCommits();
  await using fixture = await openFixture({
    url:
      "virtual:disk?files=no&slots=4&cartridges=2&drives=1&barcodes=LAB%03dL6",
    crash: commits.crash,
  });
  const { caller, manager } = fixture;
  const pool = await fixture.pool();
  const media = [await fixture.allocate(pool), await fixture.allocate(pool)];
  const [first = "", second = ""] = media;
  /** The commits that a call waits for. */
  const during = async (call: () => Promise<unknown>) => {
    commits.onDisk.length = 0;
    await call();
    assertEquals(commits.behind, []);
    return [...commits.onDisk];
  };
  const mount = (medium: string) => () =>
    manager.mount(caller(), mountOf(medium));
  assertEquals(await during(mount(first)), [
    "stepSent",
    "stepConfirmed",
    "mount",
  ]);
  const dismount = (medium: string, deferred: boolean) => () =>
    manager.dismount(caller(), { media: [medium], deferred, wait: !deferred });
  assertEquals(await during(dismount(first, true)), ["dismount"]);
  // They are exchanged, after the drive has let go.
  assertEquals(await during(mount(second)), [
    "stepSent",
    "stepConfirmed",
    "mount",
  ]);
  assertEquals(await during(dismount(second, false)), [
    "dismount",
    "stepSent",
    "stepConfirmed",
    "putAway",
  ]);
  commits.onDisk.length = 0;
  await manager.mount(caller(), { ...mountOf(first), noWait: true });
  assertEquals(commits.onDisk[0], "mountRequest");
});
