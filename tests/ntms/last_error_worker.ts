/**
 * Tells the last error that a new Worker begins with, and sets another.
 *
 * @module
 */

import { GetLastError, SetLastError } from "../../src/ntms/ntmsapi.ts";

postMessage(GetLastError());
SetLastError(87);
