import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { fromOldSwitches } from "../../src/cli/old_switches.ts";
import { UsageError } from "../../src/cli/usage_error.ts";
import { runService } from "./running_service.ts";

function anew(...argv: string[]): string {
  return fromOldSwitches(argv).join(" ");
}

Deno.test("fromOldSwitches() writes each old subcommand with the options of here", () => {
  const lines: readonly [string, string][] = [
    [
      "allocate /mApp\\Daily /oerrunavail /onew /lnmonday /ldMine /b",
      "allocate --pool=App\\Daily --wait=0 --new --name=monday --description=Mine",
    ],
    ["allocate /mApp /onext /lfmonday", "allocate --pool=App --next=monday"],
    ["allocate /mApp /pgID /t2500", "allocate --pool=App --side=ID --wait=2.5"],
    ["createpool /mApp /aalways", "createpool --if-missing --pools App"],
    [
      "createpool /anew /d /r /tfLTO-6 /mApp\\Daily",
      "createpool --type=LTO-6 --draw --return App\\Daily",
    ],
    ["createpool /mApp /aexisting", "createpool --existing --pools App"],
    ["deallocate /lfmonday", "deallocate monday"],
    ["deletepool /mApp", "deletepool App"],
    ["dismount /lfmonday /odeferred", "dismount --deferred monday"],
    ["dismount /pgID", "dismount ID"],
    ["eject /pfLAB001L6", "eject --no-wait LAB001L6"],
    ["eject /pfLAB001L6 /aqueue", "eject --queue LAB001L6"],
    ["eject /astop /oID", "eject --stop=ID"],
    ["freemedia /lfmonday", "freemedia monday"],
    ["inventory /lfVL-demo /afull", "inventory --method=omid --queue VL-demo"],
    ["inventory /astop /lgID", "inventory --method=stop ID"],
    [
      "mount /lfmonday /oread /owrite /odrive /df1 /rhigh /t1000",
      "mount --drive=1 --read --write --priority=high --wait=1 monday",
    ],
    ["mount /lfmonday /oerrunavail /ooffline", "mount --wait=0 monday"],
    ["refresh /lfVL-demo", "--method=fast inventory VL-demo"],
    ["refresh /pgID", "refresh cartridge ID"],
    ["refresh /tgID", "refresh media-type ID"],
    ["view /cgID /tphysical_media /guiddisplay", "view physical_media ID"],
    ["MOUNT /LFMonday /OREAD --json", "mount --json --read Monday"],
  ];
  for (const [old, now] of lines) assertEquals(anew(...old.split(" ")), now);
});

Deno.test("fromOldSwitches() leaves every other command line alone", () => {
  for (
    const line of [
      "mount monday --drive /dev/nst0",
      "inventory /dev/sch0",
      "pool create /mApp",
      "view",
      "mount --help",
      "constructor /mApp",
      "--version",
      "",
    ]
  ) assertEquals(anew(...line.split(" ")), line);
});

Deno.test("fromOldSwitches() says what it does not understand, and what to do instead", () => {
  const lines: readonly [string, string][] = [
    ["mount /lfmonday /cf1", "/lg"],
    ["mount /lfmonday tuesday", "/lg"],
    ["mount /lfmonday /oever", "errunavail"],
    ["mount /lfmonday /oconstructor", "errunavail"],
    ["mount /lfmonday /tsoon", "/t5000"],
    ["allocate /mApp /pnleft", "rsm rename side"],
    ["view /tdrive /b", "--json"],
    ["erase /pfLAB001L6", "rsm prepare"],
    ["ejectatapi /n0", "rsm doctor"],
  ];
  for (const [line, advice] of lines) {
    const error = assertThrows(() => anew(...line.split(" ")), UsageError);
    assertStringIncludes(`${error.message} ${error.next}`, advice, line);
  }
});

Deno.test("an old script runs with its old switches", async () => {
  await using service = await runService();
  await service.rsm("createpool /mApp /aalways");
  const pool = await service.rsm(
    "createpool /mApp\\Daily /anew /tfLTO-6 /d /r",
  );
  assertEquals(
    await service.rsm("createpool /mApp\\Daily /aexisting"),
    pool,
  );
  const medium = await service.rsm("allocate /mApp\\Daily /onew /lnmonday /b");
  assertStringIncludes(await service.rsm("view /tlogical_media"), medium);
  await service.rsm(`mount /lg${medium} /oread /rhigh`);
  await service.rsm("dismount /lfmonday /odeferred");
  await service.rsm("inventory /lfVL-demo /afast");
  assertEquals(await service.rsm("freemedia /lfmonday"), "");
  const gone = await service.try("mount /lfmonday /oerrunavail");
  assertEquals(gone.status, 3, gone.err);
  await service.rsm("deletepool /mApp\\Daily");
});

Deno.test("rsm rename changes a name and a description, and wants one of them", async () => {
  await using service = await runService();
  await service.rsm("rename cartridge DEMO01L6 first --description Mine");
  const { objects } = await service.json("view cartridge --name first");
  assertEquals(objects[0].description, "Mine");
  const nothing = await service.try("rename cartridge first");
  assertEquals(nothing.status, 2, nothing.err);
});

Deno.test("rsm media free deallocates and frees, whatever the pool's policy", async () => {
  await using service = await runService();
  await service.rsm("pool create keep --type LTO-6 --draw");
  await service.rsm("allocate --pool keep --name monday");
  const { cartridge } = await service.json("media free monday");
  const { objects } = await service.json("view cartridge Free/LTO-6");
  assertEquals(
    objects.some(({ id }: { id: string }) => id === cartridge),
    true,
  );
});
