import { assertEquals } from "@std/assert";
import { Lease } from "../../src/client/lease.ts";
import { NtmsError } from "../../src/model/mod.ts";

/** Long enough for a slow computer to renew in time, short enough to wait for. */
const LEASE_SECONDS = 0.06;

/** A lease that counts its renewals, each of which ends as `outcome` says. */
function countedLease(outcome: (count: number) => Promise<void>) {
  let count = 0;
  let tell = (_count: number) => {};
  const lease = new Lease(LEASE_SECONDS, async () => {
    count++;
    tell(count);
    await outcome(count);
  });
  const reached = (wanted: number) =>
    new Promise<void>((resolve) => {
      // A lease alone does not keep a process alive.
      const alive = setInterval(() => {}, 60_000);
      tell = (now) => {
        if (now < wanted) return;
        clearInterval(alive);
        resolve();
      };
    });
  return { lease, reached, renewals: () => count };
}

Deno.test("a lease is renewed again and again, until it ends", async () => {
  const { lease, reached } = countedLease(() => Promise.resolve());
  await reached(5);
  lease.end();
});

Deno.test("a renewal that fails for a while is tried again", async () => {
  const { lease, reached } = countedLease(() =>
    Promise.reject(new NtmsError("ERROR_CONNECTION_UNAVAIL", "away"))
  );
  await reached(3);
  lease.end();
});

Deno.test("a session that has ended is not renewed", async () => {
  const { lease, reached, renewals } = countedLease(() =>
    Promise.reject(new NtmsError("ERROR_INVALID_HANDLE", "ended"))
  );
  await reached(1);
  const { lease: other, reached: otherReached } = countedLease(() =>
    Promise.resolve()
  );
  await otherReached(4);
  assertEquals(renewals(), 1);
  lease.end();
  other.end();
});

Deno.test("calls take the place of renewals", async () => {
  const { lease, renewals } = countedLease(() => Promise.resolve());
  const { lease: other, reached } = countedLease(() => Promise.resolve());
  const calls = setInterval(() => lease.touch(), 2);
  await reached(4);
  clearInterval(calls);
  // A computer that stood still meanwhile may have renewed once.
  assertEquals(renewals() <= 1, true);
  lease.end();
  other.end();
});

Deno.test("a lease that ends during its renewal is not renewed again", async () => {
  const gate = Promise.withResolvers<void>();
  const { lease, reached, renewals } = countedLease(() => gate.promise);
  await reached(1);
  lease.end();
  gate.resolve();
  const { lease: other, reached: otherReached } = countedLease(() =>
    Promise.resolve()
  );
  await otherReached(3);
  other.end();
  assertEquals(renewals(), 1);
});
