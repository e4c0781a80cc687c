import {
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { labMissing, runInLab, TIMED_OUT } from "./kernel_lab.ts";
import { labTest } from "./lab_case.ts";
import { describeLibrary } from "./library.ts";
import { parseMtxStatus, parseSgInquiry } from "./mtx.ts";

/** Runs in the lab and leaves what it saw as files in $SEEN. */
const LOOK_AROUND = `
echo "to standard output"
echo "to standard error" >&2
touch "$0.not-on-the-host"
cd "$SEEN"
stat -c "%F %n" "$LAB_CHANGER_CH" "$LAB_CHANGER_SG" $LAB_DRIVES $LAB_DRIVES_SG > nodes
sg_inq "$LAB_CHANGER_SG" > changer
set -- $LAB_DRIVES_SG
sg_inq "$2" > second-drive
mtx load 1 0 && mtx exchange 2 4 && mtx status > status
echo "hello, tape" | dd of="$TAPE" bs=64k conv=sync status=none
mt rewind && dd if="$TAPE" bs=64k status=none | tr -d '\\0' > read-back
mt offline && mt status | tail -1 > offline
sg_raw "$1" 1b 0 0 0 1 0 2> /dev/null && mt status | tail -1 > loaded-again
lab-target insert 10 NEW001L6 && mtx load 6 1 && lab-target take 1001 &&
  lab-target insert 10 CLN002L6 && mtx status > by-hand
deno eval 'const libc = Deno.dlopen("libc.so.6", {
    getpid: { parameters: [], result: "i32" },
  });
  console.log(libc.symbols.getpid() === Deno.pid);' > deno
exit 7
`;

labTest("the kernel lab boots a kernel with a tape library", async (t) => {
  const seen = await Deno.makeTempDir({ prefix: "rsm_lab_test_" });
  const script = `${seen}/look_around.sh`;
  try {
    await Deno.writeTextFile(script, LOOK_AROUND);
    await Deno.mkdir(`${seen}/rw`);
    const result = await runInLab({
      slots: 5,
      drives: 2,
      ports: 1,
      barcodes: ["AAA001L6", "BBB002L6", "", "CLN001L6"],
      command: ["sh", script],
      env: { SEEN: `${seen}/rw` },
      rw: [`${seen}/rw`],
    });
    const read = (name: string) => Deno.readTextFile(`${seen}/rw/${name}`);

    await t.step("its exit status, output and errors arrive apart", () => {
      assertEquals(result.code, 7);
      assertStringIncludes(result.stdout, "to standard output\n");
      assertEquals(result.stderr, "to standard error\n");
    });
    await t.step("the changer and each drive have their devices", async () => {
      const nodes = (await read("nodes")).trim().split("\n");
      assertEquals(nodes.length, 6);
      for (const node of nodes) assertStringIncludes(node, "character special");
    });
    await t.step("devices are those they are said to be", async () => {
      const changer = parseSgInquiry(await read("changer"));
      assertEquals([changer.deviceType, changer.serial], [8, "LAB0000001"]);
      const drive = parseSgInquiry(await read("second-drive"));
      assertEquals([drive.deviceType, drive.serial], [1, "DRV0000002"]);
    });
    await t.step("cartridges are where they were put and moved", async () => {
      const { drives, slots, ports } = parseMtxStatus(await read("status"));
      assertEquals(drives.map(({ barcode }) => barcode), ["AAA001L6", ""]);
      assertEquals(drives.map(({ origin }) => origin), [1, undefined]);
      assertEquals(
        slots.map(({ barcode }) => barcode),
        ["", "CLN001L6", "", "BBB002L6", ""],
      );
      assertEquals(ports.map(({ full }) => full), [false]);
    });
    await t.step("a tape gives back what was written to it", async () => {
      assertEquals(await read("read-back"), "hello, tape\n");
    });
    await t.step(
      "a drive that was told to unload is empty until it loads",
      async () => {
        assertStringIncludes(await read("offline"), "DR_OPEN");
        assertStringIncludes(await read("loaded-again"), "ONLINE");
      },
    );
    await t.step("hands put cartridges in and take them out", async () => {
      const { drives, slots, ports } = parseMtxStatus(await read("by-hand"));
      assertEquals(drives[1]?.barcode, "NEW001L6");
      assertEquals([slots[1]?.full, ports[0]?.barcode], [false, "CLN002L6"]);
    });
    await t.step("Deno runs there and calls native code", async () => {
      assertEquals(await read("deno"), "true\n");
    });
    await t.step("other writes do not reach the host", async () => {
      await assertRejects(
        () => Deno.stat(`${script}.not-on-the-host`),
        Deno.errors.NotFound,
      );
    });
  } finally {
    await Deno.remove(seen, { recursive: true });
  }
});

/** Meets an error by rule, then outlives its time although asked to end. */
const SUFFER = `
echo 'a5 sense=4/15/01' > "$LAB_FAULTS"
mtx load 1 0 2>&1 | grep -E 'Sense Key|Additional'
iscsiadm -m session -u > /dev/null && iscsiadm -m node --login > /dev/null
until [ -c "$CHANGER" ]; do sleep 0.1; done
mtx load 1 0
trap '' TERM
sleep 60
`;

labTest(
  "the kernel lab spoils commands by rule, and ends in time",
  async () => {
    const { code, stdout, stderr } = await runInLab({
      command: ["bash", "-c", SUFFER],
      faults: true,
      timeoutMs: 6_000,
    });
    assertEquals(stderr, "");
    assertEquals(stdout.trim().split("\n"), [
      "mtx: Request Sense: Sense Key=Hardware Error",
      "mtx: Request Sense: Additional Sense Code = 15",
      "mtx: Request Sense: Additional Sense Qualifier = 01",
      "Loading media from Storage Element 1 into drive 0...done",
    ]);
    assertEquals(code, TIMED_OUT);
  },
);

labTest("the kernel lab stops when its signal is aborted", async () => {
  const abort = new AbortController();
  const lab = runInLab({ command: ["sleep", "60"], signal: abort.signal });
  abort.abort(new Error("enough"));
  await assertRejects(() => lab, Error, "enough");
});

labTest(
  "the kernel lab refuses directories that it has of its own",
  async () => {
    await assertRejects(
      () => runInLab({ command: ["true"], rw: ["/dev"] }),
      Error,
      'Cannot use "/dev"',
    );
  },
);

Deno.test("labMissing() names programs and the command that installs them", () => {
  const told = labMissing(["/nowhere"]) ?? "";
  assertStringIncludes(told, "lacks linux.uml, tgtd");
  assertStringIncludes(told, "apt-get install -y user-mode-linux tgt ");
});

Deno.test("describeLibrary() refuses what tgtd cannot be, saying why", () => {
  const wrong: [Parameters<typeof describeLibrary>[0], string][] = [
    [{ slots: 0 }, "slots must be"],
    [{ drives: 1.5 }, "drives must be"],
    [{ slots: 2, cartridges: 3 }, "cartridges must be"],
    [{ slots: 1, barcodes: ["A", "B"] }, "2 cartridges into 1 slots"],
    [{ barcodes: ["A", "A"] }, "twice"],
    [{ barcodes: ["ELEVENCHARS"] }, "1 to 10"],
    [{ barcodes: ["../etc"] }, "1 to 10"],
  ];
  for (const [options, why] of wrong) {
    assertThrows(() => describeLibrary(options), RangeError, why);
  }
});
