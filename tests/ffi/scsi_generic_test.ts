import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  CALLS_IN_FLIGHT,
  ErrnoError,
  loadNativeLibrary,
  ScsiGeneric,
} from "../../ffi/mod.ts";
import { SCSI_COMMAND } from "../../ffi/layout.ts";
import { nativeLibrary } from "../../ffi/library.ts";
import { CommandBuffer, type ScsiCommand } from "../../ffi/scsi_command.ts";
import { compileLibrary, compiler, runDeno, TestDirectory } from "./_build.ts";

loadNativeLibrary();

const TEST_UNIT_READY = { cdb: new Uint8Array(6), timeoutMs: 1000 };

async function codeOf(call: () => Promise<unknown>): Promise<string> {
  return (await assertRejects(call, ErrnoError)).code;
}

Deno.test("ScsiGeneric.open() names what stands in the way", async () => {
  const paths = ["/nonexistent/sg0", "/etc", "/proc/self/status", ""];
  assertEquals(
    await Promise.all(
      paths.map((path) => codeOf(() => ScsiGeneric.open(path))),
    ),
    ["ENOENT", "ENOTTY", "ENOTTY", "ENOENT"],
  );
  await assertRejects(() => ScsiGeneric.open("/dev/null\0x"), TypeError, "NUL");
});

Deno.test("execute() on what is no SCSI device is ENOTTY, after close EBADF", async () => {
  const device = await ScsiGeneric.open("/dev/null");
  const error = await assertRejects(
    () => device.execute(TEST_UNIT_READY),
    ErrnoError,
  );
  assertEquals(
    [error.code, error.errno, error.syscall, error.path],
    ["ENOTTY", 25, "SG_IO", "/dev/null"],
  );
  await device.close();
  await device.close();
  assertEquals(await codeOf(() => device.execute(TEST_UNIT_READY)), "EBADF");
});

Deno.test("execute() refuses lengths and times that no command has", async () => {
  await using device = await ScsiGeneric.open("/dev/null");
  const wrong: [Partial<ScsiCommand>, string][] = [
    [{ cdb: new Uint8Array(5) }, "CDB length must be 6 to 32, is 5"],
    [{ cdb: new Uint8Array(33) }, "CDB length must be 6 to 32, is 33"],
    [{ timeoutMs: 0 }, "timeoutMs"],
    [{ timeoutMs: 1.5 }, "timeoutMs"],
    [{ timeoutMs: 2 ** 32 }, "timeoutMs"],
    [{ dataIn: -1 }, "dataIn"],
    [{ dataIn: NaN }, "dataIn"],
    [{ dataIn: 2 ** 24 + 1 }, "dataIn"],
    [{ dataOut: new Uint8Array(2 ** 24 + 1) }, "dataOut"],
    [{ dataIn: 1, dataOut: new Uint8Array(1) }, "not both"],
  ];
  for (const [part, message] of wrong) {
    await assertRejects(
      () => device.execute({ ...TEST_UNIT_READY, ...part }),
      RangeError,
      message,
    );
  }
  const signal = AbortSignal.abort(new RangeError("given up"));
  await assertRejects(
    () => device.execute({ ...TEST_UNIT_READY, signal }),
    RangeError,
    "given up",
  );
});

Deno.test("the library itself refuses a buffer of the wrong size", async () => {
  const EINVAL = 22;
  const { rsm_scsi_execute } = nativeLibrary();
  const none = new Uint8Array(0);
  const { bytes } = new CommandBuffer();
  assertEquals(await rsm_scsi_execute(0, bytes, 307, none, 0), -EINVAL);
  assertEquals(await rsm_scsi_execute(0, bytes, 308, none, 0), -EINVAL);
});

Deno.test("CommandBuffer reads back any answer, within its bounds", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 600 }),
    fc.nat({ max: 600 }),
    fc.uint8Array({ maxLength: 252 }),
    fc.nat({ max: 255 }),
    fc.nat({ max: 0xffff }),
    fc.nat({ max: 0xffff }),
    (dataIn, moved, sense, status, hostStatus, driverStatus) => {
      const buffer = new CommandBuffer();
      buffer.write({ ...TEST_UNIT_READY, dataIn });
      const residual = Math.max(dataIn - moved, 0);
      const view = new DataView(buffer.bytes.buffer);
      view.setUint32(SCSI_COMMAND.residual, residual, true);
      view.setUint32(SCSI_COMMAND.duration_ms, 77, true);
      view.setUint16(SCSI_COMMAND.host_status, hostStatus, true);
      view.setUint16(SCSI_COMMAND.driver_status, driverStatus, true);
      view.setUint8(SCSI_COMMAND.status, status);
      view.setUint8(SCSI_COMMAND.sense_length, sense.length);
      buffer.bytes.set(sense, SCSI_COMMAND.sense);
      assertEquals(buffer.read(), {
        status,
        hostStatus,
        driverStatus,
        sense: new Uint8Array(sense),
        data: new Uint8Array(dataIn - residual),
        residual,
        durationMs: 77,
      });
    },
  ));
});

Deno.test({
  name: "commands go out and come back by way of the real library",
  ignore: compiler === undefined,
  async fn() {
    using directory = new TestDirectory();
    const fake = `${directory.path}/fake_sg.so`;
    const source = new URL("./fake_sg.c", import.meta.url);
    compileLibrary(await Deno.readTextFile(source), fake);
    const answer = JSON.parse(
      await runDeno("./_scsi_child.ts", [], {
        LD_PRELOAD: fake,
        FAKE_SG_DELAY_MS: "20",
      }),
    );
    const good = {
      status: 0,
      hostStatus: 0,
      driverStatus: 0,
      sense: [],
      data: [],
      residual: 0,
    };
    assertEquals(answer, {
      good,
      read: { ...good, data: [0, 1, 2, 3, 4, 5], residual: 4 },
      sense: {
        ...good,
        status: 2,
        driverStatus: 8,
        sense: new Array(18).fill(0x70),
      },
      after: good,
      gone: "ENODEV",
      written: 8,
      closed: { openAtClose: 0, mostAtOnce: CALLS_IN_FLIGHT },
      late: "EBADF",
    });
  },
});
