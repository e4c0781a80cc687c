/**
 * What a program asks of a person in the scripted day, and the person does.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { World } from "./world.ts";

const MESSAGE = "Change the filter";

/** Asks for something that is seen, taken on and done; after a crash the rest of it. */
export async function askAndDo({ session }: World): Promise<void> {
  const { operators } = session;
  const asked = async () =>
    (await session.objects("operatorRequest")).filter(({ message }) =>
      message === MESSAGE
    );
  if ((await asked()).length === 0) {
    await operators.submit({ message: MESSAGE });
  }
  const [request] = await asked();
  if (request === undefined) throw new Error("The request is not there");
  if (request.state !== "complete") {
    await operators.show([request.id]);
    await operators.acknowledge(request.id);
    await operators.satisfy(request.id);
  }
  await operators.wait(request.id, { timeoutMs: 0 });
  assertEquals((await asked()).length, 1, "it was asked twice");
}
