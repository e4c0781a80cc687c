import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertThrows,
} from "@std/assert";
import {
  attachSession,
  openSession,
  type Session,
} from "../../src/client/mod.ts";
import { NtmsError } from "../../src/model/mod.ts";
import {
  managerWith,
  startTestService,
  waitForMedium,
} from "../service/test_service.ts";

async function codeOf(failing: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => failing, NtmsError)).code;
}

/** A pool of the library's media type that draws from the free pool. */
async function makePool(session: Session, name: string) {
  const [cartridge] = await session.objects("cartridge");
  assert(cartridge !== undefined);
  return await session.createPool({
    name,
    mediaType: cartridge.mediaType,
    drawFromFree: true,
  });
}

Deno.test("a session does all that the service offers", async () => {
  await using test = await startTestService();
  await using session = await test.session({ application: "Backup" });
  const [library] = await session.map();
  assert(library !== undefined);
  assertEquals(library.cartridges.length, 4);
  assertInstanceOf(library.library.created, Date);
  const drives = await session.objects("drive", {
    container: library.library.id,
  });
  assertEquals(drives.map((it) => it.id), await session.enumerate("drive"));
  const drive = await session.object(drives[0]?.id ?? "");
  assertEquals(drive.type, "drive");
  const pool = await makePool(session, "Daily");
  assertEquals(await makePool(session, "Daily"), pool);
  const { logicalMedium, side } = await session.allocate({
    pool,
    name: "Monday",
  });
  const { mounts, requests } = await session.mount(logicalMedium, {
    read: true,
  });
  assertEquals([mounts[0]?.side, mounts[0]?.drive, requests.length], [
    side,
    drive.id,
    1,
  ]);
  assertEquals(
    (await session.dismount([logicalMedium], { wait: true })).requests.length,
    1,
  );
  await session.deallocate(logicalMedium);
  const { report } = await session.inventory(library.library.id, {
    wait: true,
  });
  assertEquals([report?.cartridges, report?.missing], [4, []]);
});

Deno.test("errors arrive with their documented code, message and details", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const id = "0123abcd-0000-4000-8000-000000000001";
  const error = await assertRejects(() => session.object(id), NtmsError, id);
  assertEquals([error.code, error.win32], ["ERROR_OBJECT_NOT_FOUND", 4312]);
  const invalid = await assertRejects(
    () => session.mount([]),
    NtmsError,
    "media",
  );
  assertEquals(invalid.code, "ERROR_INVALID_PARAMETER");
  assert("mistakes" in invalid.data);
});

Deno.test("calls overlap, each with an answer of its own", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  const slots = await session.enumerate("slot");
  const rounds = Array.from(
    { length: 100 },
    (_, index) => slots[index % slots.length] ?? "",
  );
  const objects = await Promise.all(rounds.map((id) => session.object(id)));
  assertEquals(objects.map(({ id }) => id), rounds);
});

Deno.test("a closed session answers ERROR_INVALID_HANDLE, and can be disposed of", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  await session.close();
  assertEquals(
    await codeOf(session.enumerate("drive")),
    "ERROR_INVALID_HANDLE",
  );
  assertEquals(await codeOf(session.close()), "ERROR_INVALID_HANDLE");
  assertEquals(
    assertThrows(() => session.token(), NtmsError).code,
    "ERROR_INVALID_HANDLE",
  );
  assertEquals(test.service.status().sessions, 0);
});

Deno.test("closing a session ends its calls that wait with ERROR_CANCELLED, and no others", async () => {
  await using test = await startTestService();
  await using other = await test.session();
  const session = await test.session();
  const abort = new AbortController();
  const others = await waitForMedium(other, abort.signal);
  const own = await waitForMedium(session);
  await session.close();
  const error = await own.outcome;
  assertEquals(error instanceof NtmsError && error.code, "ERROR_CANCELLED");
  assertEquals(
    await Promise.race([
      others.outcome,
      other.enumerate("drive").then(() => "waits"),
    ]),
    "waits",
  );
  abort.abort();
  await others.outcome;
});

Deno.test("an aborted signal ends the call here and in the service", async () => {
  const left = Promise.withResolvers<string>();
  await using test = await startTestService(
    {},
    managerWith({
      allocate: (_caller: unknown, _input: unknown, signal: AbortSignal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => {
            left.resolve(signal.reason.code);
            reject(signal.reason);
          });
        }),
    }),
  );
  await using session = await test.session();
  const abort = new AbortController();
  const { signal } = abort;
  const waiting = session.allocate({ pool: session.id, signal });
  // One answer shows that the service has the call before it.
  await session.enumerate("drive");
  abort.abort("no longer needed");
  const error = await assertRejects(() => waiting, NtmsError);
  assertEquals([error.code, error.cause], [
    "ERROR_CANCELLED",
    "no longer needed",
  ]);
  assertEquals(await left.promise, "ERROR_CANCELLED");
  assertEquals(
    await codeOf(session.allocate({ pool: session.id, signal })),
    "ERROR_CANCELLED",
  );
  assertEquals((await session.enumerate("drive")).length, 1);
});

Deno.test("another connection attaches to a session, and detaching leaves it open", async () => {
  await using test = await startTestService();
  await using session = await test.session({ application: "Shared" });
  const attached = attachSession(session.token());
  assertEquals([attached.id, attached.application], [session.id, "Shared"]);
  assertEquals(
    await attached.enumerate("drive"),
    await session.enumerate("drive"),
  );
  attached.detach();
  assertEquals(
    await codeOf(attached.enumerate("drive")),
    "ERROR_INVALID_HANDLE",
  );
  assertEquals((await session.enumerate("drive")).length, 1);
});

Deno.test("closing an attached session closes it for all", async () => {
  await using test = await startTestService();
  const session = await test.session();
  await attachSession(session.token()).close();
  assertEquals(
    await codeOf(session.enumerate("drive")),
    "ERROR_INVALID_HANDLE",
  );
  session.detach();
});

Deno.test("a token with another's secret, or none that there is, attaches to nothing", async () => {
  await using test = await startTestService();
  await using one = await test.session();
  await using two = await test.session();
  const stolen = attachSession({ ...one.token(), secret: two.token().secret });
  assertEquals(await codeOf(stolen.enumerate("drive")), "ERROR_INVALID_HANDLE");
  stolen.detach();
  assertEquals(
    assertThrows(
      () => attachSession({ ...one.token(), address: "nowhere" }),
      NtmsError,
    ).code,
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("what is asked of a service that has gone ends with ERROR_CONNECTION_UNAVAIL", async () => {
  await using test = await startTestService();
  await using session = await test.session();
  await test.service.close();
  const error = await assertRejects(
    () => session.enumerate("drive"),
    NtmsError,
  );
  assertEquals([error.code, error.win32], ["ERROR_CONNECTION_UNAVAIL", 1201]);
  assertEquals(await codeOf(session.close()), "ERROR_CONNECTION_UNAVAIL");
});

Deno.test("a session does not outlive its service: after a restart its handle is invalid", async () => {
  await using first = await startTestService();
  await using session = await first.session();
  await first.service.close();
  await using second = await startTestService({ socket: first.socket });
  await second.service.ready;
  // The connection is gone: what comes again over a new one is not done.
  assertEquals(
    await codeOf(session.deallocate(session.id)),
    "ERROR_INVALID_HANDLE",
  );
  assertEquals(
    await codeOf(session.enumerate("drive")),
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("a call that may be repeated is, when its kept connection is gone", async () => {
  await using first = await startTestService();
  await using session = await first.session();
  await first.service.close();
  await using second = await startTestService({ socket: first.socket });
  await second.service.ready;
  assertEquals(
    await codeOf(session.enumerate("drive")),
    "ERROR_INVALID_HANDLE",
  );
});

Deno.test("a session of the service of this process gives others its socket", async () => {
  await using test = await startTestService();
  await using inside = await openSession({ wait: 30_000 });
  assertEquals(inside.token().address, `unix:${test.socket}`);
  const outside = attachSession(inside.token());
  assertEquals((await outside.enumerate("slot")).length, 8);
  outside.detach();
});

Deno.test("many sessions open and close at once", async () => {
  await using test = await startTestService();
  await test.service.ready;
  await Promise.all(Array.from({ length: 200 }, async () => {
    await using session = await test.session();
    assertEquals((await session.enumerate("drive")).length, 1);
  }));
  assertEquals(test.service.status().sessions, 0);
});
