/** What tests of operator requests have in common. */
import { assertEquals, assertRejects } from "@std/assert";
import {
  NtmsError,
  type OperatorRequestRecord,
  type SubmitOperatorInput,
} from "../../src/model/mod.ts";
import type { Fixture } from "./fixture.ts";

/** A library of four slots, two of them full. */
export const SMALL =
  "virtual:small?files=no&slots=4&drives=1&cartridges=2&barcodes=LAB%03dL6";

/** Expects a call to fail with a documented code. */
export async function rejectsWith(code: string, call: () => Promise<unknown>) {
  const error = await assertRejects(call, NtmsError);
  assertEquals(error.code, code, error.message);
  return error;
}

/** The least that can be submitted. */
export const MESSAGE: SubmitOperatorInput = {
  command: "message",
  message: "Change the air filter",
  argument1: null,
  argument2: null,
};

/** Submits an operator request. */
export function submit(
  { caller, manager }: Fixture,
  input: Partial<SubmitOperatorInput> = {},
): Promise<string> {
  return manager.operators.submit(caller(), { ...MESSAGE, ...input });
}

/** State of an operator request; "gone" when it is there no more. */
export async function stateOf(fixture: Fixture, id: string): Promise<string> {
  const requests = await fixture.all("operatorRequest");
  return requests.find((one) => one.id === id)?.state ?? "gone";
}

/** The first operator request that is as wanted; looks at each change of the catalogue. */
export async function eventually(
  fixture: Fixture,
  wanted: (request: OperatorRequestRecord) => boolean,
): Promise<OperatorRequestRecord> {
  for (let n = 0; n < 2_000; n++) {
    const found = (await fixture.all("operatorRequest")).find(wanted);
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error("it did not happen");
}

/** Whether an operator request is not settled. */
export const isOpen = ({ state }: OperatorRequestRecord) =>
  state === "submitted" || state === "active" || state === "inProgress";
