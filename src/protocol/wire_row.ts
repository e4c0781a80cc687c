/**
 * What is written down of an operation for those who call it.
 *
 * @module
 */

/** An object without members. */
export type Nothing = Readonly<Record<string, never>>;

/** The kind of each member that an answer must have. */
export type Shape<Output> = {
  readonly [Key in keyof Output]-?:
    | "text"
    | "optionalText"
    | "number"
    | "flag"
    | "list"
    | "any";
};

/**
 * What becomes of an operation that is sent again: doing it twice is as good
 * as once; the service does it once by its key; or what it ends has ended by
 * the first one.
 */
export type Repetition = "harmless" | "keyed" | "ended";

/** What a client has to know of each of some operations beside its types. */
export type WireRows<Operations> = {
  readonly [Name in keyof Operations]: {
    /** What becomes of it when it is sent again, because no answer came. */
    readonly repetition: Repetition;
    /** The members an answer must have to be taken for one. */
    readonly output: Operations[Name] extends { output: infer Output }
      ? Shape<Output>
      : never;
  };
};
