import { print } from "../../tools/command.ts";
import { assert, assertEquals } from "@std/assert";
import { soak } from "./soak.ts";
import { describeSoak, sumOf } from "./soak_account.ts";

Deno.test("a service under load, faults, hands and kills loses no cartridge and nothing that it acknowledged", async () => {
  const { account } = await soak({
    seed: 1,
    seconds: 15,
    programs: 8,
    slots: 40,
    killEverySeconds: 3,
    paceMs: 20,
  });
  print(describeSoak(account));
  assertEquals(account.wrong, []);
  assert(account.kills.underLoad > 0, "no kill was under load enough");
  const { cartridges, faults } = account;
  assertEquals(sumOf(cartridges.device), cartridges.in);
  assert(sumOf(faults) > 0, "there were no faults");
});
