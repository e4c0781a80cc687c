/** Sends commands to the device of fake_sg.c and prints what came back. */
import { ErrnoError, ScsiGeneric, type ScsiResult } from "../../ffi/mod.ts";

const device = await ScsiGeneric.open("/dev/null");
const timeoutMs = 5000;

function command(opcode: number): Uint8Array {
  return new Uint8Array([opcode, 0, 0, 0, 0, 0]);
}

function plain(result: ScsiResult): unknown {
  return {
    ...result,
    sense: [...result.sense],
    data: [...result.data],
    durationMs: undefined,
  };
}

async function errorOf(opcode: number): Promise<string> {
  try {
    await device.execute({ cdb: command(opcode), timeoutMs });
    return "none";
  } catch (error) {
    return error instanceof ErrnoError ? error.code : String(error);
  }
}

/** Changes what it sends while the command is under way. */
async function writeAndScribble(): Promise<number> {
  const dataOut = new Uint8Array([8, 1]);
  const sent = device.execute({ cdb: command(0x3b), dataOut, timeoutMs });
  dataOut.fill(3);
  return (await sent).hostStatus;
}

/** Closes with commands under way: all of them must end well. */
async function closeWhileBusy(): Promise<unknown> {
  const busy = Array.from(
    { length: 60 },
    () => device.execute({ cdb: command(0x04), timeoutMs }),
  );
  let open = 60;
  const done = Promise.all(busy.map(async (one) => {
    const { durationMs } = await one;
    open--;
    return durationMs;
  }));
  await device.close();
  return { openAtClose: open, mostAtOnce: Math.max(...await done) };
}

const answer = {
  good: plain(await device.execute({ cdb: command(0x00), timeoutMs })),
  read: plain(
    await device.execute({ cdb: command(0x12), dataIn: 10, timeoutMs }),
  ),
  sense: plain(await device.execute({ cdb: command(0x03), timeoutMs })),
  // After one with sense, so that an old buffer's sense would show.
  after: plain(await device.execute({ cdb: command(0x00), timeoutMs })),
  gone: await errorOf(0x01),
  written: await writeAndScribble(),
  closed: await closeWhileBusy(),
  late: await errorOf(0x00),
};
await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(answer)));
