import { compiler } from "./ffi/_build.ts";

const NATIVE = new URL("../native", import.meta.url).pathname;

if (compiler === undefined) {
  Deno.stdout.writeSync(new TextEncoder().encode(
    "native_test: skipped, there is no C compiler ($CC, cc, gcc, clang)\n",
  ));
}

Deno.test({
  name: "make -C native test: sanitizers, threads, valgrind, fuzzing",
  ignore: compiler === undefined,
  async fn() {
    const { success, code } = await new Deno.Command("make", {
      args: ["--no-print-directory", "-C", NATIVE, "test", `CC=${compiler}`],
      stdout: "inherit",
      stderr: "inherit",
    }).spawn().status;
    if (!success) throw new Error(`make -C native test ended with ${code}`);
  },
});
