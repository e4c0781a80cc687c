import { openChanger } from "../../src/changer/mod.ts";
import { SkippingClock } from "./skipping_clock.ts";
import { conformance } from "./conformance.ts";

const barCodes = ["LAB001L6", "LAB002L6", "LAB003L6"];

conformance({
  name: "the virtual changer",
  open: () =>
    openChanger("virtual:conformance?slots=6&cartridges=3", {
      clock: new SkippingClock(),
    }),
  barCodes,
  refusedMove: "failed",
  canLockDoor: true,
});

conformance({
  name: "the virtual changer in real time, without files",
  open: () =>
    openChanger(
      "virtual:conformance?slots=6&cartridges=3&files=no&speed=real",
      { clock: new SkippingClock() },
    ),
  barCodes,
  refusedMove: "failed",
  canLockDoor: true,
});
