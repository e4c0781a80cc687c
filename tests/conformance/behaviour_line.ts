/**
 * What a line of the documents says of a function's behaviour.
 *
 * @module
 */

/** A rule that a test has to name; or what no test can name, with the reason. */
export type BehaviourLine = string | {
  /** What the line says, in our words. */
  readonly line: string;
  /** Why no test holds it. */
  readonly why: string;
};

/** Lines by function; the first one of each is number 1. */
export type BehaviourLines = Readonly<Record<string, readonly BehaviourLine[]>>;
