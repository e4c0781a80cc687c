import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CALLS_IN_FLIGHT } from "../../ffi/mod.ts";
import { readableBarCode } from "../../src/changer/elements.ts";
import { LIMITS, type Limits } from "../../src/model/mod.ts";

const TOP = new URL("../../", import.meta.url);
const OPERATIONS = "tests/protocol/operations_test.ts";
const SESSIONS = "tests/service/sessions_test.ts";
const HOSTILE = "tests/service/hostile_test.ts";
const INPUT = "tests/service/hostile_input_test.ts";
const CONNECTIONS = "tests/service/hostile_connections_test.ts";
const MANAGER = "tests/manager/limits_test.ts";
const ATTRIBUTES = "tests/manager/attributes_test.ts";
const NOTIFICATIONS = "tests/manager/notifications_test.ts";
const COPIES = "tests/manager/database_calls_test.ts";
const UI = "tests/manager/ui_test.ts";
const LABELS = "tests/manager/labels_at_mount_test.ts";
const SECURITY = "tests/service/security_test.ts";
const AUDIT = "tests/manager/audit_test.ts";
const KEYS = "tests/manager/idempotency_test.ts";
const EDGES = "checkInput() holds the limits at their edges";
const SLOW = "heads and bodies that come slowly are not waited for";

/** Where a test reaches each limit, and its name. */
const REACHED: Readonly<Record<keyof Limits, readonly [string, string]>> = {
  nameLength: [OPERATIONS, EDGES],
  descriptionLength: [OPERATIONS, EDGES],
  attributeNameLength: [ATTRIBUTES, "an attribute is refused"],
  attributeBytes: [ATTRIBUTES, "an attribute is refused"],
  attributesOfOneObject: [ATTRIBUTES, "an object has no more attributes"],
  objectsInOneAnswer: [
    "tests/manager/paging_test.ts",
    "no answer has more objects than the limit says",
  ],
  mediaInOneCall: [OPERATIONS, EDGES],
  messageLength: [OPERATIONS, EDGES],
  operatorRequestsInOneCall: [OPERATIONS, EDGES],
  requestsInOneCall: [OPERATIONS, EDGES],
  requestsPurgedEveryMs: [
    "tests/manager/queue_calls_test.ts",
    "finished library requests are deleted when their time is over",
  ],
  sidesOfOneCartridge: [OPERATIONS, EDGES],
  labelTypeLength: [OPERATIONS, EDGES],
  labelInfoLength: [OPERATIONS, EDGES],
  uiDestinationLength: [OPERATIONS, EDGES],
  uiDestinations: [
    "tests/manager/ui_lists_test.ts",
    "a list has no more destinations than the limit says",
  ],
  uiMessagesWaiting: [UI, "no more messages wait for a destination than"],
  uiMessageKeptMs: [UI, "a message that is not taken for as long as"],
  uiMessageTakenWithinMs: [UI, "a try lasts no longer than the limit says"],
  changesInOneAnswer: [OPERATIONS, EDGES],
  channels: [NOTIFICATIONS, "no more channels are opened than the limit says"],
  channelsInOneSession: [
    NOTIFICATIONS,
    "no more channels are opened than the limit says",
  ],
  changesBuffered: [
    NOTIFICATIONS,
    "a channel that is more changes behind than the limit says is lost",
  ],
  accessEntries: [SECURITY, "entries are told by names, and set by names"],
  tokens: [SECURITY, "there are no more tokens than the limit says"],
  auditRecordsInOneAnswer: [
    SECURITY,
    "no answer has more records of the audit than the limit says",
  ],
  auditTextLength: [AUDIT, "what is long is cut off in a record"],
  auditRecords: [AUDIT, "the audit keeps no more records than the limit says"],
  auditKeptMs: [AUDIT, "the audit keeps no record longer than the limit says"],
  longestWaitMs: [OPERATIONS, EDGES],
  poolPathLength: [
    MANAGER,
    "the path of a pool has no more characters than the limit says",
  ],
  barCodeLength: [
    "tests/model/limits_test.ts",
    "a bar code that is longer than the limit is cut off",
  ],
  sessions: [
    SESSIONS,
    "no more sessions are opened than the limit says, nor for one user",
  ],
  sessionsOfOneUser: [
    SESSIONS,
    "no more sessions are opened than the limit says, nor for one user",
  ],
  callsInOneSession: [
    SESSIONS,
    "a session has no more calls under way than the limit says",
  ],
  handles: [
    "tests/client/handles_test.ts",
    "one process has no more handles than the limit says",
  ],
  requestOvertakenMs: [
    "tests/manager/scheduling/properties_test.ts",
    "no request is overtaken for longer than the limit says",
  ],
  queuedRequests: [MANAGER, "a library takes no more requests"],
  waitingAllocations: [MANAGER, "no more calls wait for a medium"],
  answersKeptMs: [KEYS, "answers are kept for a time"],
  answersKept: [KEYS, "answers are kept for a time"],
  requestBodyBytes: [
    "tests/service/endpoint_test.ts",
    "a body over the limit is refused",
  ],
  requestHeadBytes: [INPUT, "what is too large, malformed or said twice"],
  requestHeadWithinMs: [HOSTILE, SLOW],
  requestWithinMs: [HOSTILE, SLOW],
  answerTakenWithinMs: [CONNECTIONS, "a client that does not read its answers"],
  connectionIdleMs: [
    CONNECTIONS,
    "idle connections are closed when their time is up",
  ],
  callsOnOneConnection: [HOSTILE, "a flood is not"],
  answerBytesWaiting: [
    CONNECTIONS,
    "who asks for more while too much waits to be taken",
  ],
  connections: [CONNECTIONS, "where calls are under way on all connections"],
  hardwareCallsInFlight: [
    "tests/ffi/gate_test.ts",
    "throughGate() lets 24 calls out and the others in order",
  ],
  elementsHeld: [
    "tests/manager/element_room_test.ts",
    "inventories wait while there is no room for their elements",
  ],
  elementsInOneRead: [
    "tests/changer/smc_changer_reading_test.ts",
    "at most 1,000 elements are asked for at a time",
  ],
  exportEveryMs: [COPIES, "the service copies its catalogue each day"],
  exportAfterStartMs: [COPIES, "the service copies its catalogue each day"],
  exportsKept: [COPIES, "the service copies its catalogue each day"],
  replacedKept: [
    COPIES,
    "no more replaced catalogues are kept than the limit says",
  ],
  detectionsInOneSession: [
    "tests/manager/change_detection_test.ts",
    "a session has no more change detections than the limit says",
  ],
  watchedLibraryAskedMs: [
    "tests/manager/change_detection_test.ts",
    "a watched library is asked at each interval",
  ],
  restingLibraryAskedMs: [
    "tests/manager/watch_test.ts",
    "a library at rest is asked at each interval",
  ],
  labelBytes: [OPERATIONS, EDGES],
  labelLibraryAnswersWithinMs: [
    LABELS,
    "a media label library is left out when it does not answer in the time",
  ],
  labelReadWithinMs: [
    LABELS,
    "a label that is not read in the time that the limit says ends the mount",
  ],
  failuresInARow: [
    "tests/manager/failing_drives_test.ts",
    "three failures in a row take a drive out of service until the operator has seen to it, also across a restart",
  ],
  portAskedMs: [
    "tests/manager/ports_test.ts",
    "a port that a person is at is looked at as often as the limit says",
  ],
};

for (const [name, [path, test]] of Object.entries(REACHED)) {
  Deno.test(`the limit ${name} is reached by a test`, async () => {
    const text = await Deno.readTextFile(new URL(path, TOP));
    const names = [...text.matchAll(/Deno\.test\(\s*[`"](.*)[`"],/g)];
    assert(names.some(([, found = ""]) => found.includes(test)), test);
  });
}

Deno.test("a bar code that is longer than the limit is cut off", () => {
  const most = "B".repeat(LIMITS.barCodeLength);
  assertEquals(readableBarCode(most), most);
  assertEquals(readableBarCode(`${most}B`), most);
});

Deno.test("the numbers that are written down twice are the same", async () => {
  assertEquals(LIMITS.hardwareCallsInFlight, CALLS_IN_FLIGHT);
  assertStringIncludes(
    await Deno.readTextFile(new URL("native/rsm.h", TOP)),
    `RSM_MAX_HANDLES = ${LIMITS.handles},`,
  );
});
