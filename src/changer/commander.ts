/**
 * Sends commands to one changer or drive and judges the answers. Read-only
 * commands are repeated where the device did not take them; commands that
 * move something are not, but where it plainly never began.
 *
 * @module
 */
import type { Clock } from "../model/mod.ts";
import {
  decodeSense,
  describeCompletion,
  HOST_STATUS,
  isGood,
  isSuccess,
  NO_SENSE,
  SCSI_STATUS,
  type Sense,
  SENSE_KEY,
} from "../scsi/mod.ts";
import { ChangerError } from "./changer.ts";
import { attentionChangesContent, failureOf } from "./failures.ts";
import { PATIENCE } from "./patience.ts";
import { Pauses } from "./pauses.ts";
import type { Reply } from "./reply.ts";
import type { ScsiCommand, ScsiDevice, ScsiResult } from "./scsi_device.ts";

/** Sends commands to one device. */
export class Commander {
  readonly #device: ScsiDevice;
  readonly #clock: Clock;
  readonly #stop = new AbortController();
  #attentions = 0;

  /** A commander of one device. */
  constructor(device: ScsiDevice, clock: Clock) {
    this.#device = device;
    this.#clock = clock;
  }

  /** Unit attentions that told of a change of content. */
  get attentions(): number {
    return this.#attentions;
  }

  /** Ends all waiting for the device: what waits fails. */
  stop(): void {
    this.#stop.abort(
      new ChangerError("The device is being closed", {
        outcome: "failed",
        advice: "wait",
      }),
    );
  }

  /** Sends a command once and sorts the answer; counts unit attentions. */
  async once(command: ScsiCommand): Promise<Reply> {
    const reply = sort(await this.#device.execute(command));
    if (
      reply.kind === "sense" && reply.sense.key === SENSE_KEY.unitAttention &&
      attentionChangesContent(reply.sense)
    ) {
      this.#attentions++;
    }
    return reply;
  }

  /**
   * Sends a command that changes nothing, as often as it takes: past unit
   * attentions, and for a while while the device is busy or becoming ready.
   *
   * @param act Completes "Cannot ..." in errors.
   */
  async read(act: string, command: ScsiCommand): Promise<Uint8Array> {
    const pauses = new Pauses(this.#clock, PATIENCE.busyMs);
    let attentions = 0;
    while (true) {
      const reply = await this.once(command);
      if (reply.kind === "good") return reply.data;
      const attention = reply.kind === "sense" &&
        reply.sense.key === SENSE_KEY.unitAttention;
      const again = attention
        ? attentions++ < PATIENCE.attentions
        : isPassing(reply) && await pauses.pause(this.#stop.signal);
      if (!again) throw failureOf(act, reply, "reads");
    }
  }

  /**
   * Sends a command that moves something, once. Only a device that did not
   * take it (BUSY, TASK SET FULL) is asked again.
   *
   * @param act Completes "Cannot ..." in errors.
   */
  async act(act: string, command: ScsiCommand): Promise<void> {
    const pauses = new Pauses(this.#clock, PATIENCE.busyMs);
    while (true) {
      const reply = await this.once(command);
      if (reply.kind === "good") return;
      if (reply.kind !== "busy" || !await pauses.pause(this.#stop.signal)) {
        throw failureOf(act, reply, "moves");
      }
    }
  }
}

/** Whether the device says that it will do as asked after a while. */
function isPassing(reply: Reply): boolean {
  if (reply.kind === "busy") return true;
  return reply.kind === "sense" && reply.sense.key === SENSE_KEY.notReady &&
    reply.sense.asc === 0x04 && reply.sense.ascq === 0x01;
}

function sort(result: ScsiResult): Reply {
  if (isGood(result)) return { kind: "good", data: result.data };
  if (result.hostStatus === HOST_STATUS.ok) {
    switch (result.status) {
      case SCSI_STATUS.busy:
      case SCSI_STATUS.taskSetFull:
        return { kind: "busy" };
      case SCSI_STATUS.checkCondition:
        return sortSense(result);
      case SCSI_STATUS.reservationConflict:
        return {
          kind: "lost",
          reason: "another host has reserved the device",
          conflict: true,
        };
    }
  }
  return lost(`no usable answer (${describeCompletion(result)})`);
}

/** A recovered error is a success with a remark. */
function sortSense(result: ScsiResult): Reply {
  let sense: Sense;
  try {
    sense = result.sense.length === 0 ? NO_SENSE : decodeSense(result.sense);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return lost(error.message);
  }
  return isSuccess(sense) && !sense.deferred
    ? { kind: "good", data: result.data }
    : { kind: "sense", sense, data: result.data };
}

function lost(reason: string): Reply {
  return { kind: "lost", reason, conflict: false };
}
