import { assertEquals } from "@std/assert";
import { runInLab } from "../lab/kernel_lab.ts";
import { labTest } from "../lab/lab_case.ts";

labTest(
  "a session, a real changer and a cartridge in a real drive, by sg and by ch",
  async () => {
    const result = await runInLab({
      slots: 6,
      cartridges: 4,
      drives: 2,
      ports: 1,
      cwd: new URL("../..", import.meta.url).pathname,
      command: [
        Deno.execPath(),
        "test",
        "-A",
        "--no-check",
        "--no-lock",
        "--import-map=tools/offline/import_map.json",
        "tests/story/inside_lab.ts",
      ],
    });
    assertEquals(result.code, 0, `${result.stdout}\n${result.stderr}`);
  },
);
