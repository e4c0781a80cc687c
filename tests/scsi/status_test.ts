import { assertEquals } from "@std/assert";
import {
  describeCompletion,
  isGood,
  isNotAccepted,
  isOutcomeUnknown,
} from "../../src/scsi/mod.ts";

type Verdict = "good" | "not accepted" | "unknown" | "told by sense";

/** SCSI status, host status, driver status, what follows, and how it is shown. */
const CASES: readonly (readonly [number, number, number, Verdict, string])[] = [
  [0x00, 0x00, 0x00, "good", "GOOD"],
  [0x04, 0x00, 0x00, "good", "CONDITION MET"],
  [0x00, 0x00, 0x10, "good", "GOOD"],
  [0x02, 0x00, 0x08, "told by sense", "CHECK CONDITION"],
  [0x02, 0x00, 0x00, "told by sense", "CHECK CONDITION"],
  [0x08, 0x00, 0x00, "not accepted", "BUSY"],
  [0x28, 0x00, 0x00, "not accepted", "TASK SET FULL"],
  [0x30, 0x00, 0x00, "not accepted", "ACA ACTIVE"],
  [0x18, 0x00, 0x00, "not accepted", "RESERVATION CONFLICT"],
  [
    0x18,
    0x11,
    0x00,
    "not accepted",
    "DID_NEXUS_FAILURE, RESERVATION CONFLICT",
  ],
  [0x00, 0x01, 0x00, "not accepted", "DID_NO_CONNECT"],
  [0x00, 0x0f, 0x00, "not accepted", "DID_TRANSPORT_FAILFAST"],
  [0x40, 0x00, 0x00, "unknown", "TASK ABORTED"],
  [0x22, 0x00, 0x00, "unknown", "SCSI status 22h"],
  [0x00, 0x03, 0x00, "unknown", "DID_TIME_OUT"],
  [0x00, 0x05, 0x00, "unknown", "DID_ABORT"],
  [0x00, 0x07, 0x00, "unknown", "DID_ERROR"],
  [0x00, 0x08, 0x00, "unknown", "DID_RESET"],
  [0x00, 0x0e, 0x00, "unknown", "DID_TRANSPORT_DISRUPTED"],
  [0x00, 0x7f, 0x00, "unknown", "host status 7Fh"],
  [0x02, 0x07, 0x08, "unknown", "DID_ERROR, CHECK CONDITION"],
  [0x00, 0x00, 0x06, "unknown", "GOOD, driver status 06h"],
];

for (const [status, hostStatus, driverStatus, verdict, text] of CASES) {
  const completion = { status, hostStatus, driverStatus };
  Deno.test(`${text} (driver ${driverStatus}) is ${verdict}`, () => {
    assertEquals(describeCompletion(completion), text);
    assertEquals(
      [
        isGood(completion),
        isNotAccepted(completion),
        isOutcomeUnknown(completion),
      ],
      [
        verdict === "good",
        verdict === "not accepted",
        verdict === "unknown",
      ],
    );
  });
}
