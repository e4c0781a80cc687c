/**
 * What the service shows over HTTP beside its operations: health checks and
 * the OpenAPI document.
 *
 * @module
 */

import { Hono } from "hono";
import { NtmsError } from "../model/mod.ts";
import {
  encodeProblem,
  OPERATION_PATH,
  PROBLEM_TYPE,
} from "../protocol/mod.ts";
import { makeOpenApi } from "../protocol/openapi.ts";

/** Whether the service is ready, and what it is doing. */
export type StatusOf = () => {
  readonly ready: boolean;
  readonly activity: string;
};

/** Makes the pages. */
export function makeApp(status: StatusOf): Hono {
  const app = new Hono();
  app.get("/health/live", (c) => c.json({ live: true }));
  app.get("/health/ready", (c) => {
    const { ready, activity } = status();
    return c.json({ ready, activity }, ready ? 200 : 503);
  });
  app.get("/openapi.json", (c) => c.json(makeOpenApi()));
  app.notFound((c) => {
    const error = new NtmsError(
      "ERROR_CALL_NOT_IMPLEMENTED",
      `Nothing is at ${
        c.req.path.slice(0, 128)
      }; operations are below ${OPERATION_PATH}`,
    );
    return c.json(encodeProblem(error, 404), 404, {
      "content-type": PROBLEM_TYPE,
    });
  });
  return app;
}
