/**
 * Opens a session with another computer; tells the code.
 *
 * @module
 */

import { GetLastError, OpenNtmsSession } from "../../mod.ts";
import { tell } from "./tell.ts";

await OpenNtmsSession("192.0.2.1", "Conformance", 0);
await tell(String(GetLastError()));
