/**
 * A Worker that uses the handle of each job it is sent, or closes it.
 *
 * @module
 */

import { CloseNtmsSession } from "../../src/ntms/ntmsapi.ts";
import { type Job, useHandle } from "./handle_work.ts";

addEventListener("message", async (event: MessageEvent<Job>) => {
  const { data: job } = event;
  postMessage(
    job.close ? await CloseNtmsSession(job.hSession) : await useHandle(job),
  );
});
