/** A service in a process of its own: tells its port, and on each line of input how many sessions are open; ends with its input. */
import { systemClock } from "../../src/model/system.ts";
import { openRealManager } from "../../src/service/open_manager.ts";
import { findIdentityObstacle } from "../../src/service/peers.ts";
import { startServiceWith } from "../../src/service/service.ts";

const { directory, library, limits } = JSON.parse(Deno.args[0] ?? "{}");
const service = await startServiceWith(
  {
    libraries: [library],
    state: `${directory}/state`,
    socket: `${directory}/rsm.sock`,
    listen: "127.0.0.1:0",
    trustBarCodes: true,
    log: {
      info() {},
      warn() {},
      error: (message, data) => Deno.stderr.writeSync(line([message, data])),
    },
  },
  openRealManager,
  findIdentityObstacle,
  limits,
);
await service.ready;
Deno.stdout.writeSync(line({ port: service.listen?.port }));
for await (const _ of Deno.stdin.readable) {
  const { sessions } = service.status();
  Deno.stdout.writeSync(line({ sessions, at: systemClock.now() }));
}
await service.close();

function line(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
