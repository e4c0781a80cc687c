/**
 * Two applications, a library, and a person: the same story wherever the
 * library is.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";

/** Where the story takes place. */
export interface Stage {
  /** Runs a command line of `rsm` as an application, or as nobody; gives the data. */
  rsm(line: string, application?: Application): Promise<string>;
  /** Has an application write to the device of what it has mounted. */
  write(
    application: Application,
    device: string,
    text: string,
  ): Promise<unknown>;
  /** Has it read what is there. */
  read(application: Application, device: string): Promise<string>;
  /** A person puts a cartridge into a port. */
  bring(barCode: string): Promise<void>;
  /** What `rsm watch` has told. */
  told(): string;
}

/** One of the two. */
export type Application = "alpha" | "beta";

/** Far longer than anything takes, on a busy machine. */
const PATIENCE_SECONDS = 60;

/** Asks until there is an answer. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = performance.now() + PATIENCE_SECONDS * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Mounts, uses and dismounts a medium. */
async function useMedium(
  stage: Stage,
  application: Application,
  medium: string,
  use: (device: string) => Promise<unknown>,
): Promise<void> {
  await use(await stage.rsm(`mount ${medium}`, application));
  await stage.rsm(`dismount ${medium} --wait`, application);
}

/** Both make pools, and have written what they read; one has completed a medium. */
async function work(stage: Stage, application: Application): Promise<void> {
  const one = `${application}1`;
  const text = `what ${application} wrote`;
  await stage.rsm(`pool create ${application} --draw --return`, application);
  for (const name of [one, `${application}2`]) {
    await stage.rsm(
      `allocate --pool ${application} --name ${name}`,
      application,
    );
  }
  await useMedium(
    stage,
    application,
    one,
    (device) => stage.write(application, device, text),
  );
  await stage.rsm(`media complete ${one}`, application);
  await useMedium(
    stage,
    application,
    one,
    async (device) => assertEquals(await stage.read(application, device), text),
  );
}

async function operatorRequests(stage: Stage) {
  const { operatorRequests } = JSON.parse(
    await stage.rsm("operator list --json"),
  );
  return operatorRequests;
}

/** Tells it, in a library of four free cartridges, a slot for a fifth and a port. */
export async function tellTwoShells(stage: Stage): Promise<void> {
  await Promise.all([work(stage, "alpha"), work(stage, "beta")]);

  // The pools are dry, and so is the free pool.
  const waiting = stage.rsm(
    `allocate --pool beta --name beta3 --wait ${PATIENCE_SECONDS}`,
    "beta",
  );
  const [asked] = await until("the operator is asked", async () => {
    const open = await operatorRequests(stage);
    return open.length > 0 ? open : undefined;
  });
  assertEquals(asked.command, "newMedia");
  const injecting = stage.rsm("inject");
  await stage.bring("NEW001L6");
  await injecting;
  await waiting;
  assertEquals(await operatorRequests(stage), []);
  const { media } = JSON.parse(await stage.rsm("media list beta --json"));
  const barCodes = media.map((one: { cartridge: { barCode: string } }) =>
    one.cartridge.barCode
  );
  assertEquals(barCodes.length, 3);
  assert(barCodes.includes("NEW001L6"), barCodes.join());

  for (const application of ["alpha", "beta"] as const) {
    await stage.rsm(`deallocate ${application}2`, application);
  }
  await until(
    "the end of the injection is told",
    () => stage.told().includes("Inject: passed") || undefined,
  );
  for (const change of ["\\alpha", "\\beta", "NEW001L6", "Dismount"]) {
    assertStringIncludes(stage.told(), change);
  }
}
