import { assert, assertEquals } from "@std/assert";
import { openSession, type Session } from "../../src/client/mod.ts";
import type { CrashPoint } from "../../src/manager/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import { ltoPool } from "./lto_pool.ts";
import { ServiceProcess } from "./service_process.ts";

/** The commits of what is done here. */
type Commit = "pool" | "allocation" | "deallocation" | "mount" | "dismount";

/** Something that is to be done once. */
interface Case {
  readonly commit: Commit;
  /** What has to be there before it. */
  prepare(session: Session): Promise<string>;
  /** Does it to what was prepared. */
  act(
    session: Session,
    given: string,
    idempotencyKey: string,
  ): Promise<unknown>;
  /** How often it is done, as far as the catalogue tells. */
  count(session: Session, given: string): Promise<number>;
}

function makePool(session: Session): Promise<string> {
  return ltoPool(session, { name: "backup", drawFromFree: true });
}

async function allocate(session: Session): Promise<string> {
  const pool = await makePool(session);
  return (await session.allocate({ pool })).logicalMedium;
}

async function mount(session: Session): Promise<string> {
  const medium = await allocate(session);
  await session.mount(medium);
  return medium;
}

/** How many dismounts it takes until a medium is mounted no longer. */
async function countMounts(session: Session, medium: string): Promise<number> {
  for (let count = 0;; count++) {
    try {
      await session.dismount(medium, { wait: true });
    } catch (error) {
      const over = error instanceof NtmsError &&
        error.code === "ERROR_INVALID_STATE";
      if (over) return count;
      throw error;
    }
  }
}

const CASES: Readonly<Record<string, Case>> = {
  CreateNtmsMediaPool: {
    commit: "pool",
    prepare: () => Promise.resolve("Daily"),
    act: (session, name, idempotencyKey) =>
      session.createPool({ name, mode: "new", idempotencyKey }),
    count: async (session, given) =>
      (await session.objects("mediaPool")).filter(({ name }) => name === given)
        .length,
  },
  AllocateNtmsMedia: {
    commit: "allocation",
    prepare: makePool,
    act: (session, pool, idempotencyKey) =>
      session.allocate({ pool, idempotencyKey }),
    count: async (session, pool) =>
      (await session.enumerate("logicalMedium", { container: pool })).length,
  },
  DeallocateNtmsMedia: {
    commit: "deallocation",
    prepare: allocate,
    act: (session, medium, idempotencyKey) =>
      session.deallocate(medium, { idempotencyKey }),
    count: async (session) =>
      1 - (await session.enumerate("logicalMedium")).length,
  },
  MountNtmsMedia: {
    commit: "mount",
    prepare: allocate,
    act: (session, medium, idempotencyKey) =>
      session.mount(medium, { idempotencyKey }),
    count: countMounts,
  },
  DismountNtmsMedia: {
    commit: "dismount",
    prepare: async (session) => {
      const medium = await mount(session);
      await session.mount(medium);
      return medium;
    },
    act: (session, medium, idempotencyKey) =>
      session.dismount(medium, { idempotencyKey }),
    // It was mounted twice, and one dismount leaves one.
    count: countMounts,
  },
};

for (const [name, { act, commit, count, prepare }] of Object.entries(CASES)) {
  for (const moment of ["before", "after"] as const) {
    Deno.test(`${name}, repeated by its key when the service was killed ${moment} its commit, is done once`, async () => {
      const directory = await Deno.makeTempDir({ prefix: "rsm-once-" });
      const library =
        `virtual:once?slots=8&drives=2&cartridges=4&barcodes=LAB%03dL6&dir=${directory}/library`;
      const point: CrashPoint = `commit.${commit}.${moment}`;
      try {
        const first = await ServiceProcess.start(directory, [library]);
        const { socket } = first;
        const before = await openSession({ socket, application: "once" });
        const given = await prepare(before);
        await before.close();
        assertEquals(await first.stop(), 0);

        const doomed = await ServiceProcess.start(directory, [library], {
          env: { RSM_CRASH_AT: point },
        });
        const session = await openSession({ socket, application: "once" });
        const key = crypto.randomUUID();
        const lost = await act(session, given, key).catch((error) => error);
        assert(lost instanceof NtmsError, point);
        assertEquals(lost.code, "ERROR_CONNECTION_UNAVAIL");
        assertEquals(lost.data.idempotencyKey, key);
        assertEquals((await doomed.ended).code, 137);
        session.detach();

        const again = await ServiceProcess.start(directory, [library]);
        await using other = await openSession({ socket, application: "once" });
        const answer = await act(other, given, key);
        assertEquals(await act(other, given, key), answer);
        assertEquals(await count(other, given), 1);
        await other.close();
        assertEquals(await again.stop(), 0);
      } finally {
        await Deno.remove(directory, { recursive: true });
      }
    });
  }
}
