/** What lab_story_test.ts runs in the kernel lab: applications in processes of their own. */
import { startService } from "../../src/service/mod.ts";
import { run, TestIo } from "../cli/test_io.ts";
import { contentsByMtx } from "../lab/agreement.ts";
import { putIn, takeOut } from "../lab/hands.ts";
import { FIRST_ADDRESS } from "../lab/library.ts";
import { ShellProcess, WatchProcess } from "./shell_process.ts";
import { tellTwoShells } from "./two_shells.ts";

const sg = Deno.env.get("LAB_CHANGER_SG") ?? "";

/** Takes away what the story has brought, for the next one. */
async function takeAway(barCode: string): Promise<void> {
  const places = Object.entries(await contentsByMtx(sg));
  const [place = ""] = places.find(([, held]) => held === barCode) ?? [];
  await takeOut(FIRST_ADDRESS.slot + Number(place.split(" ")[1]) - 1);
}

Deno.test("two applications and a person", async () => {
  const directory = await Deno.makeTempDir();
  const socket = `${directory}/rsm.sock`;
  {
    await using service = await startService({
      libraries: [sg],
      state: `${directory}/state`,
      socket,
      trustBarCodes: true,
    });
    await service.ready;
    await using alpha = new ShellProcess(socket);
    await using beta = new ShellProcess(socket);
    await using watch = await WatchProcess.start(socket);
    const shells = { alpha, beta };
    await tellTwoShells({
      async rsm(line, application) {
        if (application !== undefined) {
          const words = `${line} --application ${application}`;
          return await shells[application].rsm(words);
        }
        const io = new TestIo({ RSM_SOCKET: socket });
        const { status, out, err } = await run(line.split(" "), io);
        if (status !== 0) throw new Error(`rsm ${line}: ${status}: ${err}`);
        return out;
      },
      write: (application, device, text) =>
        shells[application].write(device, text),
      read: (application, device) => shells[application].read(device),
      bring: (barCode) => putIn(FIRST_ADDRESS.port, barCode),
      told: () => watch.told,
    });
  }
  await takeAway("NEW001L6");
  await Deno.remove(directory, { recursive: true });
});
