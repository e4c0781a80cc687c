/**
 * The process of a {@link ./shell_process.ts | shell}: takes orders from its
 * standard input, one after the other, and answers each.
 *
 * @module
 */
import { run, TestIo } from "../cli/test_io.ts";
import { linesOf, sendLine } from "./lines.ts";
import type { ShellAnswer, ShellOrder } from "./shell_process.ts";
import { readTape, writeTape } from "./tape.ts";

const variables = { RSM_SOCKET: Deno.args[0] ?? "" };

async function obey(order: ShellOrder): Promise<string> {
  if ("write" in order) {
    await writeTape(order.device, order.write);
    return "";
  }
  if ("device" in order) return await readTape(order.device);
  const { status, out, err } = await run(order.rsm, new TestIo(variables));
  if (status === 0) return out.trimEnd();
  throw new Error(`rsm ${order.rsm.join(" ")}: ${status}: ${err}`);
}

for await (const line of linesOf(Deno.stdin.readable)) {
  const answer: ShellAnswer = await obey(JSON.parse(line)).then(
    (data) => ({ data }),
    (error) => ({ error: String(error) }),
  );
  sendLine(answer);
}
