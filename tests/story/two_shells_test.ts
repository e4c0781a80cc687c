import { runService } from "../cli/running_service.ts";
import { readTape, writeTape } from "./tape.ts";
import { tellTwoShells, until } from "./two_shells.ts";

Deno.test("two applications share a library; when their pools run dry a person brings a cartridge", async () => {
  await using service = await runService(
    "slots=6&drives=2&ports=2&cartridges=4",
  );
  const io = service.io();
  const watching = service.try("watch", io);
  await until(
    "rsm watch has begun",
    () => io.errText.includes("Watching") || undefined,
  );
  await tellTwoShells({
    rsm: (line, application) =>
      service.rsm(
        application === undefined
          ? line
          : `${line} --application ${application}`,
      ),
    write: (_, device, text) => writeTape(device, text),
    read: (_, device) => readTape(device),
    bring: async (barCode) => {
      await service.rsm(`virtual insert ${barCode}`);
    },
    told: () => io.outText,
  });
  io.stop("SIGINT");
  await watching;
});
