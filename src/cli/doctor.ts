/**
 * `rsm doctor`.
 *
 * @module
 */

import type { Session } from "../client/mod.ts";
import { ERROR_CODES, NtmsError } from "../model/errors.ts";
import type { LibraryRecord } from "../model/objects.ts";
import type { Arguments } from "./arguments.ts";
import type { Command, Context } from "./command.ts";
import { CLIENT_OPTIONS, withSession } from "./connect.ts";
import {
  diagnose,
  drawDiagnosis,
  type ServiceFinding,
} from "./doctor_report.ts";
import { EXIT } from "./exit_codes.ts";
import { healthOf } from "./map_tables.ts";
import { withProgress } from "./progress.ts";

async function findService(
  context: Context,
  args: Arguments,
): Promise<ServiceFinding> {
  try {
    return await withSession(context, args, async (session) => {
      const libraries = (await session.objects("library"))
        .filter(({ kind }) => kind !== "offline");
      const ready = libraries.filter(isReady).map(({ name }) => name);
      return {
        running: true,
        message: ready.length === 0
          ? "runs, and has no library that can be used"
          : `runs, and has ${ready.join(", ")}`,
        obstacles: [
          ...await obstaclesOf(
            session,
            libraries.filter((library) => !isReady(library)),
          ),
          ...await undelivered(session),
        ],
      };
    });
  } catch (error) {
    if (!(error instanceof NtmsError)) throw error;
    return { running: false, message: error.message, obstacles: [] };
  }
}

function isReady({ enabled, operationalState }: LibraryRecord): boolean {
  return enabled && operationalState === "ready";
}

/** What keeps libraries of the service from use. */
async function obstaclesOf(
  session: Session,
  libraries: readonly LibraryRecord[],
): Promise<string[]> {
  const obstacles: string[] = [];
  for (const { id } of libraries) {
    for (const { library, obstacle } of await session.map(id)) {
      obstacles.push(
        `Library ${library.name} is ${healthOf(library)}${
          obstacle === null ? "" : `: ${obstacle}`
        }`,
      );
    }
  }
  return obstacles;
}

/** Where messages go that do not arrive. */
async function undelivered(session: Session): Promise<string[]> {
  const reasons = new Map<string, string>();
  for (const each of await session.ui.list()) {
    const { destination, failure, waiting } = each;
    if (failure === null) continue;
    reasons.set(
      destination,
      `Messages do not arrive at ${destination}, for which ${waiting} wait: ${failure.reason}`,
    );
  }
  return [...reasons.values()];
}

/** Looks at this computer and tells what it finds. */
export const doctor: Command = {
  name: "doctor",
  summary: "Tell what changers and drives there are, and what is in the way",
  details: [
    `It changes nothing. It ends with exit status 0 when the service runs or a media changer can be used, else with ${ERROR_CODES.ERROR_DEVICE_NOT_AVAILABLE.exit}.`,
  ],
  operands: [],
  options: CLIENT_OPTIONS,
  examples: [
    {
      line: "rsm doctor",
      what: "Look for media changers, drives, permissions, and the service",
    },
    {
      line: "rsm doctor --json",
      what: "The same for programs",
    },
  ],
  async run(context: Context, args: Arguments): Promise<number> {
    const { output } = context;
    // Loaded here: no other command should pay for the service's libraries.
    const { examineHost } = await import("../service/mod.ts");
    const looking = Promise.all([findService(context, args), examineHost()]);
    const diagnosis = diagnose(
      ...await withProgress(context, "Looking", looking),
    );
    if (output.json) output.value(diagnosis);
    else {
      output.data(drawDiagnosis(diagnosis, {
        style: output.style,
        columns: output.columns,
        nowMs: context.io.clock.now(),
        ...output.tableWidth,
      }));
    }
    return diagnosis.usable
      ? EXIT.ok
      : ERROR_CODES.ERROR_DEVICE_NOT_AVAILABLE.exit;
  },
};
