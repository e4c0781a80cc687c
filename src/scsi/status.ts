/**
 * How a command ended below sense data: SCSI status of the device, host status
 * of the adapter, driver status of the kernel.
 *
 * @module
 */
import { hex } from "./bytes.ts";

/** SCSI status codes (SAM-5 5.3.1). */
export const SCSI_STATUS = {
  good: 0x00,
  checkCondition: 0x02,
  conditionMet: 0x04,
  busy: 0x08,
  reservationConflict: 0x18,
  taskSetFull: 0x28,
  acaActive: 0x30,
  taskAborted: 0x40,
} as const;

const SCSI_STATUS_NAMES: ReadonlyMap<number, string> = new Map([
  [SCSI_STATUS.good, "GOOD"],
  [SCSI_STATUS.checkCondition, "CHECK CONDITION"],
  [SCSI_STATUS.conditionMet, "CONDITION MET"],
  [SCSI_STATUS.busy, "BUSY"],
  [SCSI_STATUS.reservationConflict, "RESERVATION CONFLICT"],
  [SCSI_STATUS.taskSetFull, "TASK SET FULL"],
  [SCSI_STATUS.acaActive, "ACA ACTIVE"],
  [SCSI_STATUS.taskAborted, "TASK ABORTED"],
]);

/** Host status codes: Linux's DID_ constants. */
export const HOST_STATUS = {
  ok: 0x00,
  noConnect: 0x01,
  busBusy: 0x02,
  timeOut: 0x03,
  badTarget: 0x04,
  abort: 0x05,
  parity: 0x06,
  error: 0x07,
  reset: 0x08,
  transportDisrupted: 0x0e,
  transportFailfast: 0x0f,
  nexusFailure: 0x11,
} as const;

/** Names by host status code. */
const HOST_STATUS_NAMES: readonly string[] = [
  "DID_OK",
  "DID_NO_CONNECT",
  "DID_BUS_BUSY",
  "DID_TIME_OUT",
  "DID_BAD_TARGET",
  "DID_ABORT",
  "DID_PARITY",
  "DID_ERROR",
  "DID_RESET",
  "DID_BAD_INTR",
  "DID_PASSTHROUGH",
  "DID_SOFT_ERROR",
  "DID_IMM_RETRY",
  "DID_REQUEUE",
  "DID_TRANSPORT_DISRUPTED",
  "DID_TRANSPORT_FAILFAST",
  "DID_TARGET_FAILURE",
  "DID_NEXUS_FAILURE",
  "DID_ALLOC_FAILURE",
  "DID_MEDIUM_ERROR",
  "DID_TRANSPORT_MARGINAL",
];

/** The name of a SCSI status, such as "CHECK CONDITION". */
export function scsiStatusName(status: number): string {
  return SCSI_STATUS_NAMES.get(status) ?? `SCSI status ${hex(status)}h`;
}

/** The name of a host status, such as "DID_TIME_OUT". */
export function hostStatusName(hostStatus: number): string {
  return HOST_STATUS_NAMES[hostStatus] ?? `host status ${hex(hostStatus)}h`;
}

/** How a command ended, as SG_IO tells it. */
export interface Completion {
  /** SCSI status, see {@linkcode SCSI_STATUS}. */
  readonly status: number;
  /** Host status, see {@linkcode HOST_STATUS}. */
  readonly hostStatus: number;
  /** Driver status; its high bits are an old kernel's suggestions. */
  readonly driverStatus: number;
}

const DRIVER_OK = 0x00;
/** Not a fault: it says that there is sense data. */
const DRIVER_SENSE = 0x08;

function driverCode({ driverStatus }: Completion): number {
  return driverStatus & 0x0f;
}

/** Whether the command was done and there is nothing to say. */
export function isGood(completion: Completion): boolean {
  const { hostStatus, status } = completion;
  return (status === SCSI_STATUS.good ||
    status === SCSI_STATUS.conditionMet) &&
    hostStatus === HOST_STATUS.ok && driverCode(completion) === DRIVER_OK;
}

const STATUSES_NOT_ACCEPTED: readonly number[] = [
  SCSI_STATUS.busy,
  SCSI_STATUS.reservationConflict,
  SCSI_STATUS.taskSetFull,
  SCSI_STATUS.acaActive,
];

const HOST_STATUSES_NOT_SENT: readonly number[] = [
  HOST_STATUS.noConnect,
  HOST_STATUS.transportFailfast,
];

/**
 * Whether the device refused the command or never got it, so that even a move
 * may be sent again.
 */
export function isNotAccepted(completion: Completion): boolean {
  const { hostStatus, status } = completion;
  if (HOST_STATUSES_NOT_SENT.includes(hostStatus)) return true;
  return STATUSES_NOT_ACCEPTED.includes(status) &&
    (hostStatus === HOST_STATUS.ok || hostStatus === HOST_STATUS.nexusFailure);
}

/**
 * Whether nobody can say if the command was done: it was aborted, it timed
 * out, the connection broke, or the kernel reports something that is neither
 * success, nor refusal, nor the device's own word in sense data. Before a move
 * is repeated the elements are read. Sense data may say the same of a command
 * that ended with CHECK CONDITION; see {@linkcode senseLeavesOutcomeUnknown}.
 */
export function isOutcomeUnknown(completion: Completion): boolean {
  if (isGood(completion) || isNotAccepted(completion)) return false;
  const code = driverCode(completion);
  const toldByDevice = completion.status === SCSI_STATUS.checkCondition &&
    completion.hostStatus === HOST_STATUS.ok &&
    (code === DRIVER_OK || code === DRIVER_SENSE);
  return !toldByDevice;
}

/** How a command ended, in words such as "BUSY" or "DID_TIME_OUT". */
export function describeCompletion(completion: Completion): string {
  const { driverStatus, hostStatus, status } = completion;
  const parts: string[] = [];
  if (hostStatus !== HOST_STATUS.ok) parts.push(hostStatusName(hostStatus));
  if (status !== SCSI_STATUS.good || parts.length === 0) {
    parts.push(scsiStatusName(status));
  }
  const code = driverCode(completion);
  if (code !== DRIVER_OK && code !== DRIVER_SENSE) {
    parts.push(`driver status ${hex(driverStatus)}h`);
  }
  return parts.join(", ");
}
