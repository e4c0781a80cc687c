import { print } from "../../tools/command.ts";
import { assertEquals } from "@std/assert";
import { describeAccount, killUnderLoad } from "./kills.ts";

Deno.test("a service killed under load loses nothing that it acknowledged, and no cartridge", async () => {
  const account = await killUnderLoad({ seed: 1, kills: 5 });
  print(describeAccount(account));
  assertEquals(account.wrong, []);
  assertEquals(account.kills, 5, "kills under enough load");
});
