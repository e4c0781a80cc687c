/**
 * Media label libraries of a site, in a running service.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { NtmsError, openSession } from "../../mod.ts";
import { startService } from "../../service.ts";
import { BUILT_IN_LIBRARIES, labelReadPlan } from "../../src/labels/mod.ts";
import { holds } from "./record.ts";

const ACME = new URL("../../docs/examples/acme_labels.js", import.meta.url)
  .pathname;

Deno.test(
  "a media label library of the site says how much it wants to see of a tape, and claims its own labels",
  holds(["MaxMediaLabel.1", "ClaimMediaLabel.1"], async () => {
    const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
    try {
      await Deno.mkdir(`${directory}/library/media`, { recursive: true });
      const media = `${directory}/library/media`;
      await Deno.writeTextFile(
        `${media}/LAB001L6`,
        "ACME-TAPE 0000123 and data that no label library wants to see",
      );
      await Deno.writeTextFile(`${media}/LAB002L6`, "ACME-TAPE 123");
      const socket = `${directory}/rsm.sock`;
      await using service = await startService({
        libraries: [
          `virtual:acme?slots=4&drives=1&cartridges=2&barcodes=LAB%03dL6&speed=none&dir=${directory}/library`,
        ],
        state: `${directory}/state`,
        socket,
        mediaLabelLibraries: [ACME],
      });
      await service.ready;
      await using session = await openSession({ socket });
      const libraries = await session.objects("library");
      const library = libraries.find(({ kind }) => kind === "online");
      await session.inventory(library?.id ?? "", {
        method: "omid",
        wait: true,
      });
      const sides = await session.objects("side");
      assertEquals(sides.map(({ label, state }) => ({ ...label, state })), [
        {
          type: "ACME",
          id: "30303030313233",
          info: "ACME tape 123",
          state: "import",
        },
        { type: "", id: "", info: "", state: "foreign" },
      ]);
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  }),
);

Deno.test(
  "a label library of a format without a limit asks for the most that its programs write",
  holds(["MaxMediaLabel.2"], () => {
    const asked = new Map(
      BUILT_IN_LIBRARIES.map((one) => [one.name, one.maxMediaLabel()]),
    );
    // Bacula's blocks have the length that the site has set.
    assertEquals(asked.get("Bacula"), 1 << 20);
    assertEquals(labelReadPlan(BUILT_IN_LIBRARIES).recordBytes, 1 << 20);
    assert([...asked.values()].every((bytes) => bytes <= 1 << 20));
  }),
);

Deno.test("a service does not start with a media label library that is none", async () => {
  const directory = await Deno.makeTempDir({ prefix: "rsm_conformance_" });
  const path = `${directory}/broken.js`;
  await Deno.writeTextFile(path, "export default { name: 'broken' };");
  await using service = await startService({
    libraries: ["virtual:none?slots=1&drives=1&files=no"],
    state: `${directory}/state`,
    socket: null,
    mediaLabelLibraries: [path],
  });
  const error = await assertRejects(() => service.ready, NtmsError, "broken");
  assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  await service.close();
  await Deno.remove(directory, { recursive: true });
});
