/** A virtual library that is becoming ready for as long as a test wants. */
import { SENSE, VirtualLibrary } from "../../src/changer/mod.ts";
import { Database } from "../../src/database/mod.ts";
import { openManager } from "../../src/manager/mod.ts";
import type { CreateManager } from "../../src/service/start.ts";
import { LIBRARY } from "./test_service.ts";

const TEST_UNIT_READY = 0x00;
const READ_ELEMENT_STATUS = 0xb8;

/** A managing half over a library that answers "becoming ready" until it is let go. */
export class SlowLibrary {
  #isReady = false;
  readonly #asked = Promise.withResolvers<void>();

  /** Resolves when the service has asked the library, and was told to wait. */
  readonly asked: Promise<void> = this.#asked.promise;

  /** Lets the library become ready. */
  becomeReady(): void {
    this.#isReady = true;
  }

  /** Makes the managing half. */
  readonly createManager: CreateManager = async (options) => {
    const { clock, log, random, state, trustBarCodes } = options;
    const open = async () => {
      const library = await VirtualLibrary.open(LIBRARY, {
        clock,
        faults: ({ cdb, unit }) => {
          const waits = unit === "changer" &&
            (cdb[0] === TEST_UNIT_READY || cdb[0] === READ_ELEMENT_STATUS);
          if (this.#isReady || !waits) return "none";
          this.#asked.resolve();
          return { sense: SENSE.becomingReady };
        },
      });
      return await library.openChanger({ closesLibrary: true });
    };
    return openManager({
      database: await Database.open(`${state}/rsm.sqlite`),
      libraries: [{ device: LIBRARY, open }],
      clock,
      random,
      log,
      computer: "test",
      trustBarCodes,
    });
  };
}
