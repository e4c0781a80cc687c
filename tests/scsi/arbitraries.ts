/**
 * What property tests of src/scsi draw from.
 *
 * @module
 */
import fc from "fast-check";
import {
  codeSetOf,
  designatorText,
  type DeviceIdentifier,
  type ElementStatus,
} from "../../src/scsi/mod.ts";

/** A record with Object's own prototype, as decoders make them. */
export function record<T>(
  model: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<T> {
  return fc.record<T>(model, { noNullPrototype: true });
}

/** An unsigned number of 8 bits. */
export const uint8 = fc.nat(0xff);

/** An unsigned number of 16 bits. */
export const uint16 = fc.nat(0xffff);

/** Printable ASCII without blanks at its ends. */
export function text(maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.integer({ min: 0x20, max: 0x7e }), { maxLength }).map((
    codes,
  ) => String.fromCharCode(...codes).trim());
}

/** Bytes of any length up to a limit. */
export function bytes(maxLength: number): fc.Arbitrary<Uint8Array> {
  return fc.array(uint8, { maxLength }).map((values) =>
    Uint8Array.from(values)
  );
}

const volumeTag = fc.option(text(32)).map((tag) => tag === "" ? null : tag);

/** A device identifier with at least one byte. */
export const deviceIdentifier: fc.Arbitrary<DeviceIdentifier> = fc.oneof(
  record({
    codeSet: fc.constant(2),
    type: fc.constantFrom(0, 1),
    text: text(60).filter((value) => value !== ""),
  }),
  record({
    codeSet: fc.constantFrom(1, 3, 0),
    type: fc.nat(15),
    text: fc.nat(0xffffff).map((value) => value.toString(16).padStart(8, "0")),
  }),
).filter(({ codeSet, text }) =>
  codeSetOf(codeSet) !== "utf8" ||
  designatorText(3, new TextEncoder().encode(text)) === text
);

const common = {
  except: fc.boolean(),
  asc: uint8,
  ascq: uint8,
  disabled: fc.boolean(),
  mediumType: fc.nat(7),
  sourceElementAddress: fc.option(uint16),
  inverted: fc.boolean(),
};

const base = record({
  ...common,
  full: fc.boolean(),
  volumeTag,
  alternateVolumeTag: volumeTag,
}).map((fields) => ({
  ...fields,
  // What decoders leave out because it would mean nothing.
  inverted: fields.inverted && fields.sourceElementAddress !== null,
  volumeTag: fields.full ? fields.volumeTag : null,
  alternateVolumeTag: fields.full ? fields.alternateVolumeTag : null,
}));

type Kind<T extends ElementStatus["type"]> = Extract<
  ElementStatus,
  { type: T }
>;

type Own<T extends ElementStatus["type"]> = Omit<
  Kind<T>,
  keyof typeof common | "full" | "volumeTag" | "alternateVolumeTag"
>;

const transport: fc.Arbitrary<Own<"transport">> = record({
  type: fc.constant("transport"),
  elementAddress: uint16,
});

const storage: fc.Arbitrary<Own<"storage">> = record({
  type: fc.constant("storage"),
  elementAddress: uint16,
  accessible: fc.boolean(),
});

const importExport: fc.Arbitrary<Own<"importExport">> = record({
  type: fc.constant("importExport"),
  elementAddress: uint16,
  accessible: fc.boolean(),
  placedByOperator: fc.boolean(),
  exportEnabled: fc.boolean(),
  importEnabled: fc.boolean(),
  operatorRequired: fc.boolean(),
  carrier: fc.boolean(),
});

const dataTransfer: fc.Arbitrary<Own<"dataTransfer">> = record({
  type: fc.constant("dataTransfer"),
  elementAddress: uint16,
  accessible: fc.boolean(),
  notOnBus: fc.boolean(),
  busAddress: fc.option(uint8),
  logicalUnit: fc.option(fc.nat(7)),
  deviceIdentifier: fc.option(deviceIdentifier),
});

const element: fc.Arbitrary<ElementStatus> = fc.oneof(
  fc.tuple(base, transport).map(([shared, own]) => ({ ...shared, ...own })),
  fc.tuple(base, storage).map(([shared, own]) => ({ ...shared, ...own })),
  fc.tuple(base, importExport).map(([shared, own]) => ({ ...shared, ...own })),
  fc.tuple(base, dataTransfer).map(([shared, own]) => ({ ...shared, ...own })),
);

/** Elements of all types, each address once. */
export const elements: fc.Arbitrary<ElementStatus[]> = fc.uniqueArray(element, {
  selector: ({ elementAddress }) => elementAddress,
  maxLength: 24,
});
