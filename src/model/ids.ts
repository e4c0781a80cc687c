/**
 * Object identifiers. Every object RSM knows has one GUID for life; the brand
 * keeps the id of a drive from being passed where a medium is meant.
 *
 * @module
 */

/** A GUID of any object: lower case, with hyphens, without braces. */
export type Guid = string;

/** A GUID of an object of one type; one of another type is not taken for it. */
export type IdOf<Kind extends string> = string & {
  /** Never there; it only keeps the types apart. */
  readonly objectKind?: Kind;
};

/** Id of a library: robotic, stand-alone or the offline library. */
export type LibraryId = IdOf<"library">;
/** Id of a drive. */
export type DriveId = IdOf<"drive">;
/** Id of a storage slot. */
export type SlotId = IdOf<"slot">;
/** Id of an import/export port. */
export type PortId = IdOf<"port">;
/** Id of a cartridge (physical medium). */
export type CartridgeId = IdOf<"cartridge">;
/** Id of a side of a cartridge. */
export type SideId = IdOf<"side">;
/** Id of a logical medium: an allocated side, as its application knows it. */
export type LogicalMediumId = IdOf<"logicalMedium">;
/** Id of a media pool. */
export type MediaPoolId = IdOf<"mediaPool">;
/** Id of a media type. */
export type MediaTypeId = IdOf<"mediaType">;
/** Id of a library request. */
export type LibraryRequestId = IdOf<"libraryRequest">;

/** The all-zero GUID, which means the same as no GUID. */
export const NULL_GUID = "00000000-0000-0000-0000-000000000000";

const FORM =
  /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/**
 * Reads a GUID in any usual spelling: either case, with or without braces.
 *
 * @returns The GUID in the one spelling used inside, or `null` where the text
 * is no GUID.
 */
export function parseGuid(text: string): Guid | null {
  const match = FORM.exec(text);
  return match?.[1]?.toLowerCase() ?? null;
}
