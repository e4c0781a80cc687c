import {
  assert,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { LIMITS, NtmsError, NULL_GUID } from "../../src/model/mod.ts";
import { makeOpenApi } from "../../src/protocol/openapi.ts";
import {
  encodeBase64,
  isObject,
  isOperationName,
  WIRE,
} from "../../src/protocol/mod.ts";
import { OPERATIONS } from "../../src/protocol/operations.ts";
import { checkInput } from "../../src/protocol/validate.ts";

const ID = "0123abcd-0000-4000-8000-000000000001";
const NAMES = Object.keys(WIRE).filter(isOperationName);

/** What each operation takes, with all optional members left out. */
const LEAST: Record<(typeof NAMES)[number], Record<string, unknown>> = {
  OpenNtmsSession: {},
  RenewNtmsSession: {},
  CloseNtmsSession: {},
  EnumerateNtmsObject: { type: "drive", container: null },
  ListNtmsObject: { type: "drive", container: null },
  GetNtmsObjectInformation: { id: ID },
  CreateNtmsMediaPool: {
    name: "P",
    mediaType: null,
    parent: null,
    mode: "new",
  },
  DeleteNtmsMediaPool: { pool: ID },
  GetNtmsMediaPoolName: { pool: ID },
  MoveToNtmsMediaPool: { cartridge: ID, pool: ID },
  AddNtmsMediaType: { mediaType: ID, library: ID },
  DeleteNtmsMediaType: { mediaType: ID, library: ID },
  ChangeNtmsMediaType: { cartridge: ID, pool: ID },
  ListNtmsMediaTypes: {},
  SetNtmsMediaComplete: { logicalMedium: ID },
  DecommissionNtmsMedia: { side: ID },
  DeleteNtmsMedia: { cartridge: ID },
  SwapNtmsMedia: { first: ID, second: ID },
  SetNtmsObjectInformation: { id: ID, change: { name: "N" } },
  GetNtmsObjectAttribute: { id: ID, name: "a" },
  SetNtmsObjectAttribute: { id: ID, name: "a", data: "" },
  EnableNtmsObject: { id: ID, type: null },
  DisableNtmsObject: { id: ID, type: null },
  IdentifyNtmsSlot: { slot: ID },
  PrepareNtmsMedia: { cartridge: ID },
  UpdateNtmsOmidInfo: { logicalMedium: ID, labelType: "raw", raw: "AAAA" },
  EjectNtmsMedia: { cartridge: null, action: "start", operation: null },
  InjectNtmsMedia: { library: ID, action: "start", operation: null },
  DismountNtmsDrive: { drive: ID },
  EjectDiskFromSADrive: { drive: ID },
  DeleteNtmsLibrary: { library: ID },
  DeleteNtmsDrive: { drive: ID },
  BeginNtmsDeviceChangeDetection: {},
  SetNtmsDeviceChangeDetection: {
    detection: null,
    type: "library",
    objects: [ID],
  },
  EndNtmsDeviceChangeDetection: { detection: ID },
  PlugInVirtualLibrary: { device: "virtual:second" },
  GetVolumesFromDrive: { drive: ID },
  ReserveNtmsCleanerSlot: { library: ID, slot: ID },
  ReleaseNtmsCleanerSlot: { library: ID },
  InjectNtmsCleaner: { library: ID, action: "start", operation: null, uses: 5 },
  EjectNtmsCleaner: { library: ID, action: "start", operation: null },
  CleanNtmsDrive: { drive: ID },
  AccessNtmsLibraryDoor: { library: ID, inventory: "none" },
  WaitForNtmsLibraryRequest: { requests: [ID], timeoutMs: 0 },
  UseHandsOnLibrary: { library: ID, action: "openDoor" },
  ExportNtmsDatabase: {},
  ImportNtmsDatabase: { copy: null },
  GetNtmsObjectSecurity: { id: ID, type: null },
  SetNtmsObjectSecurity: { id: ID, type: null, change: { entries: [] } },
  ReadNtmsAudit: {},
  CreateNtmsToken: { name: "T", user: null, hash: "0".repeat(64) },
  ListNtmsTokens: {},
  RevokeNtmsToken: { name: "T" },
  GetNtmsUIOptions: { object: null, type: "info" },
  SetNtmsUIOptions: {
    object: null,
    type: "info",
    operation: "add",
    destination: "here",
  },
  ListNtmsUIOptions: {},
  CancelNtmsLibraryRequest: { request: ID },
  GetNtmsRequestOrder: { request: ID },
  SetNtmsRequestOrder: { request: ID, order: 1 },
  DeleteNtmsRequests: { type: "libraryRequest", requests: [ID] },
  CreateNtmsMedia: {
    id: null,
    name: "",
    description: "",
    enabled: true,
    library: null,
    pool: ID,
    barCode: "",
    mediumTypeCode: 0,
    densityCode: 0,
    sides: [{
      id: null,
      name: "",
      description: "",
      enabled: true,
      logicalMedium: null,
      state: "import",
      label: { type: "T", id: "00", info: "" },
      mountCount: 0,
      allocateCount: 0,
      capacityBytes: 0,
    }],
  },
  TestNtmsUIOptions: { destination: "a@b" },
  AllocateNtmsMedia: { pool: ID, side: null, timeoutMs: 0 },
  DeallocateNtmsMedia: { logicalMedium: ID },
  MountNtmsMedia: { media: [ID], priority: 0, timeoutMs: 0 },
  DismountNtmsMedia: { media: [ID] },
  InventoryNtmsLibrary: { library: ID, method: "default" },
  MapNtmsLibrary: { library: null },
  SubmitNtmsOperatorRequest: {
    command: "message",
    message: null,
    argument1: null,
    argument2: null,
  },
  WaitForNtmsOperatorRequest: { request: ID, timeoutMs: 0 },
  CancelNtmsOperatorRequest: { request: ID },
  SatisfyNtmsOperatorRequest: { request: ID },
  NoteNtmsOperatorRequest: { requests: [ID], note: "show" },
  OpenNtmsNotification: { type: null },
  WaitForNtmsNotification: { channel: ID, take: ID, most: 1, timeoutMs: 0 },
  CloseNtmsNotification: { channel: ID, force: false },
};

function refusal(name: (typeof NAMES)[number], input: unknown): NtmsError {
  const error = assertThrows(() => checkInput(name, input), NtmsError);
  assertEquals(error.code, "ERROR_INVALID_PARAMETER");
  return error;
}

Deno.test("the table has every operation of the wire, and no other", () => {
  assertEquals(Object.keys(OPERATIONS), NAMES);
});

Deno.test("checkInput() takes the least input of each operation as it is", () => {
  for (const name of NAMES) {
    const read: unknown = checkInput(name, LEAST[name]);
    assertEquals(read, LEAST[name], name);
  }
});

Deno.test("checkInput() names a member that nobody knows", () => {
  for (const name of NAMES) {
    const error = refusal(name, { ...LEAST[name], surprise: 1 });
    assertStringIncludes(error.message, "surprise", name);
  }
});

Deno.test("checkInput() names each member that is missing or of another type", () => {
  for (const name of NAMES) {
    for (const key of Object.keys(LEAST[name])) {
      const { [key]: _left, ...rest } = LEAST[name];
      assertStringIncludes(refusal(name, rest).message, key, name);
      assertStringIncludes(
        refusal(name, { ...rest, [key]: {} }).message,
        key,
        name,
      );
    }
  }
});

Deno.test("checkInput() names the place of a mistake in a list", () => {
  const error = refusal("MountNtmsMedia", {
    ...LEAST.MountNtmsMedia,
    media: [ID, "no id"],
  });
  assertStringIncludes(error.message, "media[1] (is not a GUID)");
  assertEquals(error.data, {
    mistakes: [{ path: "media[1]", reason: "is not a GUID" }],
  });
});

Deno.test("checkInput() makes ids one spelling, and the null GUID none", () => {
  const spelt = `{${ID.toUpperCase()}}`;
  assertEquals(checkInput("GetNtmsObjectInformation", { id: spelt }), {
    id: ID,
  });
  assertEquals(checkInput("MapNtmsLibrary", { library: NULL_GUID }), {
    library: null,
  });
});

Deno.test("checkInput() holds the limits at their edges", () => {
  const name = "x".repeat(LIMITS.nameLength);
  checkInput("OpenNtmsSession", { application: name });
  refusal("OpenNtmsSession", { application: `${name}x` });
  refusal("OpenNtmsSession", { application: "" });
  refusal("OpenNtmsSession", { application: "a\u0007" });
  const mount = LEAST.MountNtmsMedia;
  const ids = (count: number) => Array.from({ length: count }, () => ID);
  checkInput("MountNtmsMedia", { ...mount, media: ids(LIMITS.mediaInOneCall) });
  refusal("MountNtmsMedia", {
    ...mount,
    media: ids(LIMITS.mediaInOneCall + 1),
  });
  refusal("MountNtmsMedia", { ...mount, media: [] });
  refusal("MountNtmsMedia", { ...mount, priority: 16 });
  checkInput("MountNtmsMedia", { ...mount, timeoutMs: 0xffff_ffff });
  refusal("MountNtmsMedia", { ...mount, timeoutMs: 0x1_0000_0000 });
  refusal("MountNtmsMedia", { ...mount, timeoutMs: 0.5 });
  const allocate = LEAST.AllocateNtmsMedia;
  refusal("AllocateNtmsMedia", { ...allocate, name: "a\\b" });
  refusal("AllocateNtmsMedia", { ...allocate, name: `${name}x` });
  const text = "d".repeat(LIMITS.descriptionLength);
  checkInput("AllocateNtmsMedia", { ...allocate, description: text });
  refusal("AllocateNtmsMedia", { ...allocate, description: `${text}d` });
  const submit = LEAST.SubmitNtmsOperatorRequest;
  const message = "m".repeat(LIMITS.messageLength);
  checkInput("SubmitNtmsOperatorRequest", { ...submit, message });
  refusal("SubmitNtmsOperatorRequest", { ...submit, message: `${message}m` });
  const note = LEAST.NoteNtmsOperatorRequest;
  const noted = ids(LIMITS.operatorRequestsInOneCall);
  checkInput("NoteNtmsOperatorRequest", { ...note, requests: noted });
  refusal("NoteNtmsOperatorRequest", { ...note, requests: [...noted, ID] });
  const remove = LEAST.DeleteNtmsRequests;
  const finished = ids(LIMITS.requestsInOneCall);
  checkInput("DeleteNtmsRequests", { ...remove, requests: finished });
  refusal("DeleteNtmsRequests", { ...remove, requests: [...finished, ID] });
  const create = LEAST.CreateNtmsMedia;
  const side = (type: number, info: number) => ({
    id: null,
    name: "",
    description: "",
    enabled: true,
    logicalMedium: null,
    state: "import",
    label: { type: "t".repeat(type), id: "00", info: "i".repeat(info) },
    mountCount: 0,
    allocateCount: 0,
    capacityBytes: 0,
  });
  const longest = side(LIMITS.labelTypeLength, LIMITS.labelInfoLength);
  const room = { length: LIMITS.sidesOfOneCartridge };
  const sides = Array.from(room, () => longest);
  checkInput("CreateNtmsMedia", { ...create, sides });
  refusal("CreateNtmsMedia", { ...create, sides: [...sides, longest] });
  for (const wrong of [side(64, 0), side(1, 256)]) {
    refusal("CreateNtmsMedia", { ...create, sides: [wrong] });
  }
  const label = LEAST.UpdateNtmsOmidInfo;
  const raw = (bytes: number) => encodeBase64(new Uint8Array(bytes));
  checkInput("UpdateNtmsOmidInfo", { ...label, raw: raw(LIMITS.labelBytes) });
  refusal("UpdateNtmsOmidInfo", { ...label, raw: raw(LIMITS.labelBytes + 3) });
  const set = LEAST.SetNtmsUIOptions;
  const destination = "c".repeat(LIMITS.uiDestinationLength);
  checkInput("SetNtmsUIOptions", { ...set, destination });
  refusal("SetNtmsUIOptions", { ...set, destination: `${destination}c` });
  const take = LEAST.WaitForNtmsNotification;
  const most = LIMITS.changesInOneAnswer;
  checkInput("WaitForNtmsNotification", { ...take, most });
  refusal("WaitForNtmsNotification", { ...take, most: most + 1 });
});

Deno.test("checkInput() answers any JSON with a value or ERROR_INVALID_PARAMETER", () => {
  const input = fc.oneof(
    fc.jsonValue(),
    fc.record({ type: fc.jsonValue(), container: fc.jsonValue() }),
    fc.record({ media: fc.array(fc.jsonValue()), priority: fc.jsonValue() }),
  );
  fc.assert(fc.property(fc.constantFrom(...NAMES), input, (name, value) => {
    try {
      checkInput(name, value);
    } catch (error) {
      assert(error instanceof NtmsError);
      assertEquals(error.code, "ERROR_INVALID_PARAMETER");
      assert(error.message.length < 2_000);
    }
  }));
});

Deno.test("the OpenAPI document describes each operation with schemas and errors", () => {
  const { paths } = JSON.parse(JSON.stringify(makeOpenApi()));
  assertEquals(Object.keys(paths), NAMES.map((name) => `/v1/${name}`));
  for (const name of NAMES) {
    const { post } = paths[`/v1/${name}`];
    assertEquals(post.operationId, name);
    assertEquals(
      post.parameters?.[0].name,
      OPERATIONS[name].changes ? "idempotency-key" : undefined,
    );
    const { schema } = post.requestBody.content["application/json"];
    // One object, or one of several.
    const shapes: { type: string }[] = schema.oneOf ?? schema.anyOf ?? [schema];
    assert(shapes.every(({ type }) => type === "object"), name);
    assert(isObject(post.responses["200"].content["application/json"].schema));
    assertStringIncludes(
      post.responses["400"].description,
      "ERROR_INVALID_PARAMETER",
    );
  }
  const list = paths["/v1/ListNtmsObject"].post.responses["200"];
  const text = JSON.stringify(list);
  assertStringIncludes(text, "date-time");
  assertStringIncludes(text, "elementAddress");
});
