/** The Worker's half of `inWorkers()` of _build.ts. */

// `postMessage` of a Worker, which the types of a window do not have so.
declare function postMessage(message: unknown): void;

/** Answers each message; a null only asks whether the Worker is up. */
export function answerMessages<T>(answer: (message: T) => unknown): void {
  addEventListener("message", (event: MessageEvent<T | null>) => {
    const { data } = event;
    postMessage(data === null ? null : answer(data));
  });
}
