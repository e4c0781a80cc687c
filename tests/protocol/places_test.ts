import { assertEquals } from "@std/assert";
import {
  defaultSocketPath,
  defaultStateDirectory,
  socketPaths,
} from "../../src/protocol/mod.ts";

function variables(values: Record<string, string>) {
  return (name: string): string | undefined => values[name];
}

Deno.test("a service of root keeps to the system's places", () => {
  const root = {
    root: true,
    env: variables({ HOME: "/root", XDG_RUNTIME_DIR: "/run/user/0" }),
  };
  assertEquals(defaultStateDirectory(root), "/var/lib/rsm");
  assertEquals(defaultSocketPath(root), "/run/rsm/rsm.sock");
});

Deno.test("a service of a user keeps to the user's places", () => {
  const home = { root: false, env: variables({ HOME: "/home/a" }) };
  assertEquals(defaultStateDirectory(home), "/home/a/.local/state/rsm");
  assertEquals(defaultSocketPath(home), "/home/a/.local/state/rsm/rsm.sock");
  const env = variables({
    HOME: "/home/a",
    XDG_STATE_HOME: "/s",
    XDG_RUNTIME_DIR: "/run/user/1000",
  });
  assertEquals(defaultStateDirectory({ root: false, env }), "/s/rsm");
  assertEquals(
    defaultSocketPath({ root: false, env }),
    "/run/user/1000/rsm/rsm.sock",
  );
});

Deno.test("a client looks for the user's own service before the system's", () => {
  assertEquals(socketPaths(variables({ HOME: "/home/a" })), [
    "/home/a/.local/state/rsm/rsm.sock",
    "/run/rsm/rsm.sock",
  ]);
  assertEquals(socketPaths(variables({})), ["/run/rsm/rsm.sock"]);
});
