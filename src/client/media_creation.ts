/**
 * What a session has to say of a cartridge that it registers; the rest has
 * usual values.
 *
 * @module
 */

import type { CreateMediumInput, MediaPoolId, NewSide } from "../model/mod.ts";

/** A side of a cartridge to register. */
export interface NewMediumSide extends Partial<NewSide> {
  /** On-medium label: type, id as hexadecimal bytes, further text. */
  readonly label: NewSide["label"];
}

/** A cartridge to register. */
export interface NewMedium extends Partial<Omit<CreateMediumInput, "sides">> {
  /** An import or application pool; its media type is that of the cartridge. */
  readonly pool: MediaPoolId;
  /** Its sides, as many as the media type has. A state that is left out is "import". */
  readonly sides: readonly NewMediumSide[];
}

/** The same with all that was left out. */
export function createMediumInput(medium: NewMedium): CreateMediumInput {
  return {
    id: null,
    name: "",
    description: "",
    enabled: true,
    library: null,
    barCode: "",
    mediumTypeCode: 0,
    densityCode: 0,
    ...medium,
    sides: medium.sides.map((side) => ({
      id: null,
      name: "",
      description: "",
      enabled: true,
      logicalMedium: null,
      state: "import",
      mountCount: 0,
      allocateCount: 0,
      capacityBytes: 0,
      ...side,
    })),
  };
}
