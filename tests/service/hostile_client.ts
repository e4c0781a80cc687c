/** Requests written by hand, as no client of this project writes them. */
import { assertEquals } from "@std/assert";
import {
  type DoorKind,
  type HostileTarget,
  readAll,
  write,
} from "./hostile_target.ts";
import { outcomeOf, post } from "./test_service.ts";

/** Path of the operation that needs no session. */
export const OPEN = "/v1/OpenNtmsSession";

/** Times short enough for a test. */
export const HASTY = {
  requestHeadWithinMs: 400,
  requestWithinMs: 800,
  answerTakenWithinMs: 800,
};

/** How long it may take at most until such a connection is closed, ms. */
export const CLOSED_WITHIN_MS = 5_000;

/** One request over a connection of its own. */
export async function ask(
  target: HostileTarget,
  door: DoorKind,
  request: string,
): Promise<string> {
  const connection = await target.connect(door);
  const timer = setTimeout(() => connection.close(), CLOSED_WITHIN_MS);
  const enough = request.startsWith("HEAD") ? hasHead : isWhole;
  const writing = write(connection, request).catch(() => false);
  const answer = await readAll(connection, enough);
  clearTimeout(timer);
  try {
    connection.close();
  } catch {
    // By the timer: then the answer is not whole, and the test says so.
  }
  await writing;
  return answer;
}

function hasHead(answer: string): boolean {
  return answer.includes("\r\n\r\n");
}

function isWhole(answer: string): boolean {
  const [head = "", body] = answer.split("\r\n\r\n", 2);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
  return body !== undefined && new TextEncoder().encode(body).length >= length;
}

/** Opens a session by hand; gives the header that names it. */
export async function openByHand(
  target: HostileTarget,
  door: DoorKind = "unix",
): Promise<Record<string, string>> {
  const authorization = `Bearer ${target.token}`;
  const answer = await ask(
    target,
    door,
    post(OPEN, "{}", { authorization }),
  );
  const { secret, session } = JSON.parse(answer.split("\r\n\r\n")[1] ?? "");
  return { "rsm-session": `${session}.${secret}` };
}

/** Closes such a session. */
export async function closeByHand(
  target: HostileTarget,
  session: Record<string, string>,
  door: DoorKind = "unix",
): Promise<void> {
  const answer = await ask(
    target,
    door,
    post("/v1/CloseNtmsSession", "{}", session),
  );
  assertEquals(outcomeOf(answer).status, 200, answer);
}

/** Sends a bit at a time for as long as it is taken; how long that was, and what was answered. */
export async function dribble(
  target: HostileTarget,
  door: DoorKind,
  first: string,
  bit: string,
): Promise<{ spentMs: number; answer: string }> {
  using connection = await target.connect(door);
  const start = performance.now();
  let open = true;
  const reading = readAll(connection).then((text) => {
    open = false;
    return text;
  });
  let taken = await write(connection, first);
  while (taken && open && performance.now() - start < CLOSED_WITHIN_MS * 2) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    taken = await write(connection, bit);
  }
  const answer = await reading;
  return { spentMs: performance.now() - start, answer };
}

/** Its status; NaN for none. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}
