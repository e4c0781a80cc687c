import { assert, assertEquals, assertRejects } from "@std/assert";
import { installRsm, runShell, shell, startShell } from "./child_process.ts";
import { runService } from "./running_service.ts";

Deno.test("rsm serve tells in JSON that it is ready, logs JSON lines, and leaves nothing when it is stopped", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm-serve-" });
  try {
    await installRsm(directory);
    const socket = `${directory}/rsm.sock`;
    const service = await startShell(
      `rsm serve --json --library virtual:one --library virtual:two ` +
        `--state ${directory}/state --socket ${socket} --listen 127.0.0.1:0 ` +
        `--trust-barcodes`,
      directory,
    );
    const ready = JSON.parse(service.firstLine);
    assertEquals(ready.ready, true);
    assertEquals(ready.socket, socket);
    assertEquals(ready.listen.hostname, "127.0.0.1");
    assert(ready.listen.port > 0);
    const status = await runShell(
      `rsm status --json --socket ${socket}`,
      directory,
    );
    assertEquals(JSON.parse(status.out).libraries.length, 2, status.err);
    const { code, out, err } = await service.stop();
    assertEquals([code, out], [0, `${service.firstLine}\n`]);
    for (const line of err.trimEnd().split("\n")) {
      const entry = JSON.parse(line);
      assert(["info", "warn", "error"].includes(entry.level), line);
      assert(!Number.isNaN(Date.parse(entry.time)) && entry.message !== "");
    }
    await assertRejects(() => Deno.lstat(socket), Deno.errors.NotFound);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("rsm serve tells what is wrong with its options and ends", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm-serve-" });
  try {
    await installRsm(directory);
    const { code, out, err } = await runShell(
      `rsm serve --library virtual:x --listen nonsense ` +
        `--state ${directory}/state --socket ${directory}/rsm.sock`,
      directory,
    );
    assertEquals([code, out], [2, ""], err);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("Ctrl-C at a shell ends a waiting rsm with exit status 130", async () => {
  await using service = await runService("slots=2&drives=1&cartridges=1");
  await installRsm(service.directory);
  await service.rsm("allocate --pool backup --create");
  const child = shell("exec rsm allocate --pool backup", service.directory, {
    RSM_SOCKET: service.socket,
  }).spawn();
  const output = child.output();
  for (;;) {
    const { objects } = await service.json("view operator-request");
    if (objects.length > 0) break;
  }
  child.kill("SIGINT");
  const { code, stdout, stderr } = await output;
  const decoder = new TextDecoder();
  assertEquals(
    [code, decoder.decode(stdout), decoder.decode(stderr)],
    [130, "", "rsm: Interrupted\n"],
  );
});

Deno.test("rsm is quiet when what it pipes to has read enough", async () => {
  await using service = await runService("slots=2000&drives=1&cartridges=9");
  await installRsm(service.directory);
  const { code, out, err } = await runShell(
    "{ rsm view slot --json; echo $? >&2; } | head -c 1",
    service.directory,
    { RSM_SOCKET: service.socket },
  );
  assertEquals([code, out, err], [0, "{", "0\n"]);
});

Deno.test("an archive written to what rsm mount prints is there when it is mounted again", async () => {
  await using service = await runService();
  const { directory, socket } = service;
  await installRsm(directory);
  await Deno.writeTextFile(`${directory}/letter`, "Dear reader");
  const { code, out, err } = await runShell(
    `set -e; cd '${directory}'
     medium=$(rsm allocate --pool letters --create)
     tar cf "$(rsm mount $medium --write)" letter
     rsm dismount $medium --wait
     rm letter
     tar xf "$(rsm mount $medium --read)"
     rsm dismount $medium --wait
     cat letter`,
    directory,
    { RSM_SOCKET: socket },
  );
  assertEquals([code, out], [0, "Dear reader"], err);
});
