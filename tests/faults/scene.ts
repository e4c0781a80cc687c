/**
 * A service with the kernel lab's library, things that go wrong with it, and
 * what must hold after each of them.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import {
  type LibraryMap,
  type LogicalMediumId,
  type MapSlot,
  type MediaPoolId,
  NtmsError,
  type NtmsErrorCode,
} from "../../src/model/mod.ts";
import { type Service, startService } from "../../src/service/mod.ts";
import { contentsByMtx, contentsOfMap } from "../lab/agreement.ts";
import { setFaults } from "../lab/fault_rules.ts";
import { startOver } from "./hands.ts";
import { until } from "./waiting.ts";

/** The changer's devices. */
export const SG = Deno.env.get("LAB_CHANGER_SG") ?? "";
export const CH = Deno.env.get("LAB_CHANGER_CH") ?? "";

const APPLICATION = "faults";

/** A service, and a session that allocates media and mounts them. */
export class Scene implements AsyncDisposable {
  /** What the service logged. */
  readonly log: string[] = [];
  /** Its commands reach the library even where the service uses `ch`. */
  sg = SG;
  #device: string;
  readonly #directory: string;
  readonly #allocated: LogicalMediumId[] = [];
  #service: Service | null = null;
  #session: Session | null = null;

  private constructor(device: string, directory: string) {
    this.#device = device;
    this.#directory = directory;
  }

  static async open(device: string): Promise<Scene> {
    const scene = new Scene(
      device,
      await Deno.makeTempDir({ prefix: "rsm_faults_" }),
    );
    await scene.start();
    return scene;
  }

  /** Starts the service, on what the one before left. */
  async start(): Promise<void> {
    const note = (text: string, data: unknown) => {
      this.log.push(`${text} ${JSON.stringify(data)}`);
    };
    this.#service = await startService({
      libraries: [this.#device],
      state: `${this.#directory}/state`,
      socket: this.#socket,
      trustBarCodes: true,
      log: { info: note, warn: note, error: note },
    });
    await this.#service.ready;
    this.#session = await openSession({
      socket: this.#socket,
      application: APPLICATION,
    });
  }

  /** Starts the service again, now that its device has another name. */
  async restart(device: string): Promise<void> {
    await this.stop();
    this.#device = this.sg = device;
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#session?.close();
    await this.#service?.close();
    this.#service = null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await Deno.remove(this.#directory, { recursive: true });
  }

  get session(): Session {
    assert(this.#session !== null);
    return this.#session;
  }

  get directory(): string {
    return this.#directory;
  }

  get #socket(): string {
    return `${this.#directory}/rsm.sock`;
  }

  async allocate(): Promise<LogicalMediumId> {
    const types = await this.session.objects("mediaType");
    const pool: MediaPoolId = await this.session.createPool({
      name: "faults",
      mediaType: types.find(({ name }) => name === "LTO-6")?.id ?? null,
      drawFromFree: true,
    });
    const { logicalMedium } = await this.session.allocate({ pool });
    this.#allocated.push(logicalMedium);
    return logicalMedium;
  }

  async map(): Promise<LibraryMap> {
    const [map] = await this.session.map();
    assert(map !== undefined);
    return map;
  }

  /** The cartridge of a medium: bar code, slot (null and 0 in a drive), owner. */
  async whereIs(medium: LogicalMediumId) {
    const { cartridges, slots } = await this.map();
    const cartridge = cartridges.find(({ sides }) =>
      sides.some(({ logicalMedium }) => logicalMedium === medium)
    );
    assert(cartridge !== undefined, `${medium} is not in the library`);
    const slot = slots.find(({ id }) => id === cartridge.location);
    return {
      barCode: cartridge.barCode,
      slot: slot?.number ?? null,
      elementAddress: slot?.elementAddress ?? 0,
      mountedBy: cartridge.mountedBy,
    };
  }

  /** A slot that the catalogue has as empty. */
  async emptySlot(): Promise<MapSlot> {
    const slot = (await this.map()).slots.find(({ state }) =>
      state === "empty"
    );
    assert(slot !== undefined);
    return slot;
  }

  /** Mounts a medium and expects it to work. */
  async mount(medium: LogicalMediumId): Promise<void> {
    const { mounts } = await this.session.mount(medium, { timeoutMs: 60_000 });
    assertEquals(mounts.length, 1);
  }

  /** Takes a medium out of its drive and expects it to work, in spite of faults. */
  async dismount(medium: LogicalMediumId, ...faults: string[]): Promise<void> {
    await setFaults(...faults);
    await this.session.dismount(medium, { wait: true, timeoutMs: 60_000 })
      .finally(() => setFaults());
  }

  async inventory() {
    const { library } = await this.map();
    const { report } = await this.session.inventory(library.id, { wait: true });
    assert(report !== null);
    return report;
  }

  /** What must hold after anything: nothing is lost, and work goes on. */
  async assertSound(): Promise<void> {
    await this.#settled();
    await this.#assertAgreement();
    for (const medium of this.#allocated) {
      const [side] = await this.session.objects("side", { container: medium });
      assertEquals(side?.state, "allocated", "an allocation never vanishes");
      if ((await this.whereIs(medium)).mountedBy === "") {
        await this.mount(medium);
      }
      await this.#assertAgreement();
      await this.dismount(medium);
    }
    await this.#settled();
    await this.#assertAgreement();
    const open = this.steps().filter(({ state }) =>
      ["planned", "sent", "unknown"].includes(state)
    );
    assertEquals(open, [], "every robot step is settled");
  }

  /** Waits for the requests of the service's own. */
  async #settled(): Promise<void> {
    await until("the queue is empty", async () => {
      const { requests } = await this.map();
      return requests.length === 0;
    });
  }

  async #assertAgreement(): Promise<void> {
    assertEquals(contentsOfMap(await this.map()), await contentsByMtx(this.sg));
  }

  /** The robot's steps, as its journal has them. */
  steps(): { step: string; state: string; note: string }[] {
    using database = new DatabaseSync(`${this.#directory}/state/rsm.sqlite`, {
      readOnly: true,
    });
    const rows = database.prepare("SELECT * FROM moveIntent ORDER BY id").all();
    return rows.map(({ sourceAddress, targetAddress, state, note }) => ({
      step: `${sourceAddress} to ${targetAddress}`,
      state: String(state),
      note: String(note),
    }));
  }

  /** Expects a step that was not done, and after it the same step once more. */
  assertSecondStep(): void {
    const [first, second, ...more] = this.steps();
    assertEquals([first?.state, second?.state], ["failed", "confirmed"]);
    assertEquals([second?.step, more], [first?.step, []]);
  }

  /** Expects one step and no more to have been taken, known to be done. */
  assertOneStep(): void {
    assertEquals(this.steps().map(({ state }) => state), ["confirmed"]);
  }
}

/** Declares a test of a service on a changer, sound after what went wrong. */
export function faultTest(
  name: string,
  device: string,
  body: (scene: Scene) => Promise<void>,
): void {
  Deno.test(`${name} (${device})`, async () => {
    await using scene = await Scene.open(device);
    try {
      await body(scene).finally(() => setFaults());
      await scene.assertSound();
    } catch (error) {
      await startOver(scene.sg);
      const told = error instanceof Error ? error.message : String(error);
      const account = [
        ...scene.log,
        ...scene.steps().map((step) => JSON.stringify(step)),
      ];
      throw new Error(`${told}\nThe service:\n${account.join("\n")}`, {
        cause: error,
      });
    }
  });
}

/** Expects a call to fail with a documented code. */
export async function assertFails(
  call: Promise<unknown>,
  code: NtmsErrorCode,
): Promise<NtmsError> {
  const error = await assertRejects(() => call, NtmsError);
  assertEquals(error.code, code, error.message);
  return error;
}
