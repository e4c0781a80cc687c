import { assertEquals } from "@std/assert";
import { baculaLibrary, sideLabel } from "../../src/labels/mod.ts";
import { recordedLabel } from "../recorded/labels/recorded_labels.ts";
import { claimOf } from "./ask.ts";

Deno.test("a side keeps type, id in hexadecimal digits and description of its label", async () => {
  const medium = recordedLabel("bacula_tape");
  const { label } = await claimOf(medium, baculaLibrary);
  assertEquals(sideLabel(label), {
    type: "Bacula",
    id: "544150453031",
    info: "Bacula volume TAPE01, pool Default",
  });
  const none = { ...label, LabelID: new Uint8Array([0, 15, 255]) };
  assertEquals(sideLabel(none).id, "000fff");
});
