/** Moves a cartridge to and fro until it is killed; prints where it has come to. */
import { openChanger } from "../../src/changer/mod.ts";
import { systemClock } from "../../src/model/system.ts";

const changer = await openChanger(Deno.args[0] ?? "", { clock: systemClock });
const [drive] = await changer.drives();
const slot = changer.layout.storage.first;
if (drive === undefined) throw new Error("there is no drive");

async function acknowledge(elementAddress: number): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${elementAddress}\n`));
}

while (true) {
  await changer.move({ source: slot, target: drive.elementAddress });
  await acknowledge(drive.elementAddress);
  await drive.unload(1_000);
  await changer.move({ source: drive.elementAddress, target: slot });
  await acknowledge(slot);
}
