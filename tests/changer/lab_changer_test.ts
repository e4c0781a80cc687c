import { assertEquals } from "@std/assert";
import { runInLab } from "../lab/kernel_lab.ts";
import { labTest } from "../lab/lab_case.ts";

labTest("sg and ch changers keep the rules on a real kernel", async () => {
  const root = new URL("../..", import.meta.url).pathname;
  const result = await runInLab({
    slots: 6,
    cartridges: 3,
    faults: true,
    cwd: root,
    command: [
      Deno.execPath(),
      "test",
      "-A",
      "--no-check",
      "--no-lock",
      "--import-map=tools/offline/import_map.json",
      "tests/changer/inside_lab.ts",
    ],
  });
  assertEquals(result.code, 0, `${result.stdout}\n${result.stderr}`);
});
