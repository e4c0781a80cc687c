/**
 * `rsm serve`.
 *
 * @module
 */

import { resolve } from "node:path";
import type { Service, ServiceOptions } from "../service/mod.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { withProgress } from "./progress.ts";
import { serviceLog } from "./service_log.ts";

function optionsOf(context: Context, args: Arguments): ServiceOptions {
  const state = args.text("state");
  const socket = args.text("socket");
  const listen = args.text("listen");
  return {
    libraries: args.list("library"),
    trustBarCodes: args.flag("trust-bar-codes"),
    mediaLabelLibraries: args.list("media-label-library")
      .map((path) => resolve(path)),
    log: serviceLog(context.io),
    ...state === undefined ? {} : { state },
    ...socket === undefined ? {} : { socket },
    ...listen === undefined ? {} : { listen },
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}

/** Tells on one line that the service is ready, and where. */
function announce(service: Service, { output }: Context): void {
  const { socket, listen } = service;
  if (output.json) {
    output.data(JSON.stringify({ ready: true, socket, listen }));
    return;
  }
  const host = listen?.hostname.includes(":")
    ? `[${listen.hostname}]`
    : listen?.hostname;
  const places = [
    ...socket === null ? [] : [socket],
    ...listen === null ? [] : [`${host}:${listen.port}`],
  ];
  output.data(`rsm: ready on ${places.join(" and ")}`);
}

/** The same, where the service must go on when nobody reads the line. */
function tryToAnnounce(service: Service, context: Context): void {
  try {
    announce(service, context);
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** Runs the service until it is told to stop. */
export const serve: Command = {
  name: "serve",
  summary: "Run the service that manages this computer's libraries",
  details: [
    "Without --library it manages every media changer that this computer has. One line on the standard output tells when it is ready and where it listens. The log goes to the standard error: JSON lines, or readable ones on a terminal. SIGTERM or Ctrl-C stops it cleanly; a second one at once.",
  ],
  operands: [],
  options: [
    {
      name: "library",
      short: "l",
      value: "DEVICE",
      repeatable: true,
      summary:
        "Path of a media changer, or URL of a virtual one (default: all that are found)",
    },
    {
      name: "state",
      value: "DIR",
      summary:
        "Directory of the catalogue (default: /var/lib/rsm for root, else ~/.local/state/rsm)",
    },
    {
      name: "socket",
      value: "PATH",
      summary:
        "Unix socket to listen on (default: /run/rsm/rsm.sock for root, else $XDG_RUNTIME_DIR/rsm/rsm.sock)",
    },
    {
      name: "listen",
      value: "HOST:PORT",
      summary: "TCP address to listen on too; loopback only",
    },
    {
      name: "trust-bar-codes",
      aliases: ["trust-barcodes"],
      summary: "Take new cartridges with a bar code for free media, unread",
    },
    {
      name: "media-label-library",
      value: "FILE",
      repeatable: true,
      summary:
        "Module that recognizes labels of the site; asked before the built-in ones",
    },
  ],
  examples: [
    {
      line:
        "rsm serve --library 'virtual:demo?slots=24&drives=2' --trust-bar-codes",
      what: "Manage a virtual library, to try things out",
    },
    {
      line: "rsm serve --library /dev/sch0 --state /var/lib/rsm",
      what: "Manage one media changer",
    },
  ],
  async run(context: Context, args: Arguments): Promise<void> {
    const { signal } = context;
    // Loaded here: no other command should pay for the service's libraries.
    const { startService } = await import("../service/mod.ts");
    await using service = await startService(optionsOf(context, args));
    const stop = aborted(signal);
    await withProgress(
      context,
      "Starting: first inventory",
      Promise.race([service.ready, stop]),
    );
    if (signal.aborted) return;
    (await import("./give_back.ts")).giveMemoryBack();
    tryToAnnounce(service, context);
    await stop;
  },
};
