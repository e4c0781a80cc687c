import { assertEquals, assertRejects } from "@std/assert";
import {
  ELEMENT_TYPES,
  ErrnoError,
  loadNativeLibrary,
  MediaChanger,
} from "../../ffi/mod.ts";

loadNativeLibrary();

const slot = { type: ELEMENT_TYPES.storage, unit: 0 };
const drive = { type: ELEMENT_TYPES.drive, unit: 0 };

Deno.test("every CHIO call names itself when the node is not a changer", async () => {
  await using changer = await MediaChanger.open("/dev/null");
  const calls: Record<string, () => Promise<unknown>> = {
    CHIOGPARAMS: () => changer.parameters(),
    CHIOGVPARAMS: () => changer.vendorParameters(),
    CHIOGSTATUS: () => changer.status(ELEMENT_TYPES.storage),
    CHIOGELEM: () => changer.element(slot),
    CHIOMOVE: () => changer.move(slot, drive),
    CHIOEXCHANGE: () => changer.exchange(slot, drive, slot),
    CHIOPOSITION: () => changer.position(slot),
    CHIOINITELEM: () => changer.initialize(),
    CHIOSVOLTAG: () =>
      changer.setVolumeTag({ ...slot, which: "primary", tag: undefined }),
  };
  for (const [syscall, call] of Object.entries(calls)) {
    const error = await assertRejects(call, ErrnoError);
    assertEquals(
      [error.syscall, error.code, error.path],
      [syscall, "ENOTTY", "/dev/null"],
    );
  }
});

Deno.test("setVolumeTag() refuses a tag of over 32 bytes", async () => {
  await using changer = await MediaChanger.open("/dev/null");
  await assertRejects(
    () =>
      changer.setVolumeTag({
        ...slot,
        which: "alternate",
        tag: new Uint8Array(33),
      }),
    RangeError,
    "33 bytes",
  );
});
