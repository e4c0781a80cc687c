/**
 * Imports the library with no permission at all, and tells that it did.
 *
 * @module
 */

import * as library from "../../mod.ts";
import * as ntmsapi from "../../src/ntms/ntmsapi.ts";
import { tell } from "./tell.ts";

await tell(
  `${Object.keys(library).length > Object.keys(ntmsapi).length}`,
);
