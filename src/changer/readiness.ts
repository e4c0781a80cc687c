/**
 * Waiting until a changer or a drive is ready, and doing what it asks for.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import {
  COMMAND_TIMEOUT_MS,
  SENSE_KEY,
  senseAction,
  testUnitReady,
} from "../scsi/mod.ts";
import type { Reply } from "./reply.ts";
import { ChangerError } from "./changer.ts";
import { failureOf } from "./failures.ts";
import { PATIENCE } from "./patience.ts";
import { Pauses } from "./pauses.ts";
import type { ScsiCommand } from "./scsi_device.ts";

/** A wait for readiness. */
export interface Wait {
  /** Completes "Cannot ..." in errors. */
  readonly act: string;
  readonly unit: "changer" | "drive";
  /** Sends a command once. */
  readonly once: (command: ScsiCommand) => Promise<Reply>;
  /** Does what the unit asks for: initialize the changer, load the drive. */
  readonly start: () => Promise<void>;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

const TEST_UNIT_READY: ScsiCommand = {
  cdb: testUnitReady(),
  timeoutMs: COMMAND_TIMEOUT_MS.testUnitReady,
};

/**
 * Asks until the unit is ready.
 *
 * @throws {ChangerError} With what the unit said last, when it does not become
 * ready in time or says that it will not.
 */
export async function untilReady(wait: Wait): Promise<void> {
  const { act, clock, once, signal, start, timeoutMs, unit } = wait;
  const pauses = new Pauses(clock, timeoutMs);
  const noticing = new Pauses(clock, PATIENCE.mediumNoticedMs);
  const asking = new Pauses(clock, PATIENCE.loadAskedMs);
  let attentions = 0;
  let started = false;
  while (true) {
    signal?.throwIfAborted();
    const reply = await once(TEST_UNIT_READY);
    if (reply.kind === "good") return;
    let goesOn = false;
    switch (stepFor(reply, unit)) {
      case "again":
        goesOn = attentions++ < PATIENCE.attentions;
        break;
      case "start":
        // A unit that asks for it once more was not helped by it.
        goesOn = !started;
        started = true;
        if (goesOn) await start();
        break;
      case "notice":
        if (!started && asking.leftMs === 0) {
          started = true;
          await start().catch(passRefusal);
        }
        goesOn = noticing.leftMs > 0 && await pauses.pause(signal);
        break;
      case "wait":
        goesOn = await pauses.pause(signal);
        break;
      case "fail":
        break;
    }
    if (!goesOn) throw failureOf(act, reply, "reads");
  }
}

/** A drive that has no medium refuses to load one. */
function passRefusal(error: unknown): void {
  const refused = error instanceof ChangerError && error.outcome === "failed";
  if (!refused) throw error;
}

type Step = "again" | "start" | "notice" | "wait" | "fail";

/**
 * What to do about a unit that is not ready. What an operator can put right on
 * a changer, such as a door, may be put right within the time given.
 */
function stepFor(
  reply: Exclude<Reply, { kind: "good" }>,
  unit: Wait["unit"],
): Step {
  if (reply.kind === "busy") return "wait";
  if (reply.kind === "lost") return "fail";
  const { asc, ascq, key } = reply.sense;
  if (key === SENSE_KEY.unitAttention) return "again";
  if (key !== SENSE_KEY.notReady) return "fail";
  if (asc === 0x04 && ascq === 0x02) return "start";
  if (asc === 0x3a && unit === "drive") {
    // Present but not loaded; or not noticed yet.
    return ascq === 0x03 ? "start" : "notice";
  }
  const { class: advice } = senseAction(reply.sense);
  const passes = advice === "wait" ||
    (advice === "operator" && unit === "changer");
  return passes ? "wait" : "fail";
}
