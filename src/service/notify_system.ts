/**
 * Tells systemd how the service is doing (sd_notify).
 *
 * @module
 */

import { notifyServiceManager } from "../../ffi/mod.ts";
import type { Log } from "../model/mod.ts";

/** Tells it, where there is a service manager that listens. */
export function notifySystem(text: string, log: Log): void {
  const path = Deno.env.get("NOTIFY_SOCKET");
  if (!path) return;
  try {
    notifyServiceManager(path, text);
  } catch (error) {
    log.warn("The service manager could not be notified", { error });
  }
}
