/**
 * The time after the trouble: no more faults, the operator does what is asked,
 * programs give their media back. Everything must come to its end, or wait for
 * the operator with good reason.
 *
 * @module
 */

import type { Simulation } from "./simulation.ts";

/** How many times the operator looks in, and how long in between. */
const ROUNDS = 60;
const ROUND_MS = 300_000;
/** How long a service may take to become ready or to stop. */
const START_MS = 7_200_000;

/** For these a person comes to the door, where there are no ports. */
const AT_DOOR = ["doorAccess", "injectCleaner", "ejectCleaner"];

/** Heals a world, and checks that it is whole. */
export async function heal(simulation: Simulation): Promise<void> {
  const { faults, library, operator, service, wires, world } = simulation;
  world.note("--- the world heals ---");
  faults.active = false;
  wires.goneUntilMs = 0;
  operator.closeAll();
  for (const bay of [...library.model.emptyBays]) library.plugDrive(bay);
  await startAgain(simulation);
  for (let round = 0; round < ROUNDS && world.violation === null; round++) {
    simulation.programs.dismountAll();
    simulation.consoles.enableAll();
    simulation.consoles.satisfyAll();
    simulation.ports.startBatches();
    simulation.listeners.drain();
    await simulation.pass(ROUND_MS);
    operator.answer(seeToPorts(simulation));
    operator.freeGripper();
    // Nobody asks a library at rest: who put something in takes stock.
    if (simulation.invariants.isStale) simulation.programs.takeStock();
    if (isQuiet(simulation)) break;
  }
  if (world.violation !== null) return;
  await takeStock(simulation);
  checkQuiet(simulation);
  await checkListeners(simulation);
  if (world.violation !== null) return;
  service.close();
  await simulation.pass(START_MS);
  if (service.state !== "down") world.fail("the service does not stop");
  if (world.clock.pending > 0) {
    world.fail(`${world.clock.pending} timers outlive the service`);
  }
}

/** Starts the service unless it runs with its library. */
async function startAgain(simulation: Simulation): Promise<void> {
  const { operator, service, world } = simulation;
  for (let attempt = 0; attempt < 5; attempt++) {
    if (service.state === "starting" || service.state === "closing") {
      await simulation.pass(START_MS);
    }
    if (service.state === "up" && service.attached) return;
    if (service.state === "up") {
      service.close();
      await simulation.pass(START_MS);
    }
    // A start may fail because no slot is free for what the gripper holds.
    operator.freeGripper();
    service.start();
    await simulation.pass(START_MS);
    if (world.violation !== null) return;
  }
  if (service.state !== "up" || !service.attached) {
    world.fail(`the service does not come up again: it is ${service.state}`);
  }
}

/**
 * Takes what is offered, and uses the door where somebody was let at it;
 * whether ejections are under way, which want the ports.
 */
function seeToPorts({ catalogue, operator }: Simulation): boolean {
  const wanted = catalogue.unfinished().map(({ operation }) => operation);
  const areEjecting = wanted.includes("eject");
  if (areEjecting) operator.emptyPorts();
  if (AT_DOOR.some((one) => wanted.includes(one))) operator.visitDoor();
  return areEjecting;
}

/** Who followed the changes knows what there is. */
async function checkListeners(simulation: Simulation): Promise<void> {
  const { listeners } = simulation;
  // Answers get lost, and some ask for one change at a time.
  for (let round = 0; round < ROUNDS && listeners.areBehind; round++) {
    listeners.drain();
    await simulation.pass(0);
  }
  listeners.checkCopies();
}

function isQuiet(simulation: Simulation): boolean {
  return simulation.catalogue.mounts().length === 0 &&
    undone(simulation).length === 0;
}

async function takeStock(simulation: Simulation): Promise<void> {
  const { invariants, programs, service, world } = simulation;
  if (service.state !== "up") {
    world.fail(`the service is ${service.state} although nothing goes wrong`);
    return;
  }
  let done = false;
  programs.takeStock(() => done = true);
  await simulation.pass(START_MS);
  if (!done) world.fail("the last inventory does not end well");
  for (const difference of invariants.differences()) world.fail(difference);
}

/** Calls and requests that have not ended, and hold no operator request. */
function undone({ catalogue, service }: Simulation): string[] {
  const asked = catalogue.operatorCalls();
  const requests = catalogue.unfinished();
  // Of media that are mounted together each waits for the one that is missing.
  const forOperator = requests.filter(({ cartridge, operation, text }) =>
    asked.some(({ about, command }) =>
      operation === "cleanDrive" && command === "cleaner" ||
      command === "moveMedia" &&
        (about === cartridge ||
          text.includes(`operator to bring ${catalogue.barCodeOf(about)}`))
    )
  );
  const calls = [...service.calls].filter(({ what }) => {
    if (what.startsWith("mount")) return forOperator.length === 0;
    if (what.startsWith("listen")) return false;
    return !what.startsWith("allocate") ||
      !asked.some(({ command }) => command === "newMedia");
  });
  return [
    ...calls.map(({ what }) => `the call "${what}"`),
    ...requests.filter((request) => !forOperator.includes(request))
      .map(({ text }) => `the request "${text}"`),
  ];
}

/** Nothing is left undone without an operator request that says why. */
function checkQuiet(simulation: Simulation): void {
  const { catalogue, world } = simulation;
  for (const what of undone(simulation)) world.fail(`${what} has no end`);
  for (const { id, state } of catalogue.openIntents()) {
    world.fail(`intent ${id} is still ${state} after the last inventory`);
  }
  for (const mount of catalogue.mounts()) {
    world.fail(`side ${mount.side} is still mounted`);
  }
}
