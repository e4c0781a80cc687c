import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  compressionPage,
  decodeModeSelect6,
  decodeModeSense6,
  encodeModeSelect6,
  encodeModeSense6,
  encodeTapeBlocks,
  isCompressing,
  isWriteProtected,
  tapeBlocksIn,
} from "../../src/scsi/mod.ts";
import { record, uint8 } from "./arbitraries.ts";

const uint24 = fc.nat(0xff_ffff);
const blocks = record({
  densityCode: uint8,
  blockCount: uint24,
  blockLength: uint24,
});

Deno.test("tapeBlocksIn() gives back what encodeTapeBlocks() was given", () => {
  fc.assert(fc.property(blocks, (given) => {
    const blockDescriptors = encodeTapeBlocks(given);
    assertEquals(tapeBlocksIn({ blockDescriptors }), given);
  }));
});

Deno.test("mode data without a block descriptor tells of no density", () => {
  assertEquals(tapeBlocksIn({ blockDescriptors: new Uint8Array(0) }), null);
  assertEquals(tapeBlocksIn({ blockDescriptors: new Uint8Array(7) }), null);
});

Deno.test("decodeModeSelect6() gives back what encodeModeSelect6() was given, but for what cannot be set", () => {
  fc.assert(
    fc.property(
      blocks,
      uint8,
      uint8,
      fc.boolean(),
      (given, mediumType, deviceSpecific, compresses) => {
        const parameters = {
          mediumType,
          deviceSpecific,
          blockDescriptors: encodeTapeBlocks(given),
          pages: [compressionPage(compresses)],
        };
        assertEquals(decodeModeSelect6(encodeModeSelect6(parameters)), {
          ...parameters,
          deviceSpecific: deviceSpecific & 0x7f,
          truncated: false,
        });
      },
    ),
  );
});

Deno.test("compression and write protection are read from what a drive tells", () => {
  for (const flag of [true, false]) {
    const answer = decodeModeSense6(encodeModeSense6({
      mediumType: 0,
      deviceSpecific: flag ? 0x90 : 0x10,
      blockDescriptors: encodeTapeBlocks({
        densityCode: 0x5c,
        blockCount: 0,
        blockLength: 0,
      }),
      pages: [compressionPage(flag)],
    }));
    assertEquals(isWriteProtected(answer), flag);
    const [page = compressionPage(!flag)] = answer.pages;
    assertEquals(isCompressing(page), flag);
  }
});

Deno.test("a compression page that is too short is refused", () => {
  assertThrows(
    () => isCompressing({ data: new Uint8Array(13) }),
    RangeError,
    "14 bytes",
  );
});
