/**
 * Passes bytes on from a Unix socket of its own to another one, so that who
 * listens there sees the user that this process runs as. It imports nothing:
 * that user may have no place for compiled modules. Arguments: the two paths.
 *
 * @module
 */

const [own = "", target = ""] = Deno.args;
const listener = Deno.listen({ transport: "unix", path: own });
Deno.chmodSync(own, 0o666);
await Deno.stdout.write(new TextEncoder().encode("ready\n"));
for await (const near of listener) {
  const far = await Deno.connect({ transport: "unix", path: target })
    .catch(() => null);
  if (far === null) {
    near.close();
    continue;
  }
  const ends = [
    near.readable.pipeTo(far.writable),
    far.readable.pipeTo(near.writable),
  ];
  for (const end of ends) end.catch(() => {});
}
