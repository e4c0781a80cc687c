/**
 * A service of this process that notes what it is asked and answers as told,
 * for tests of what documented functions ask for.
 *
 * @module
 */

import { NtmsError, type NtmsErrorCode } from "../../src/model/errors.ts";
import {
  type Door,
  type InProcessService,
  type OperationName,
  type OutputOf,
  registerService,
  unregisterService,
} from "../../src/protocol/mod.ts";
import type { HANDLE } from "../../src/ntms/ntmsapi.ts";
import { CloseNtmsSession, OpenNtmsSession } from "../../src/ntms/ntmsapi.ts";
import { guid, RECORDS } from "./records.ts";

const COPY = {
  name: "rsm.sqlite",
  path: "/var/lib/rsm/Export/rsm.sqlite",
  written: 1,
  sizeBytes: 4096,
} as const;

/** What the service answers where nothing else is told. */
const ANSWERS: { readonly [Name in OperationName]: OutputOf<Name> } = {
  OpenNtmsSession: {
    session: "one",
    secret: "secret",
    interfaceVersion: 1,
    leaseSeconds: 3600,
    application: "Test",
  },
  RenewNtmsSession: { leaseSeconds: 3600 },
  CloseNtmsSession: {},
  EnumerateNtmsObject: { ids: [guid(1), guid(2), guid(3)], next: null },
  ListNtmsObject: {
    objects: [{ ...RECORDS.mediaPool, name: "App" }],
    next: null,
  },
  GetNtmsObjectInformation: { object: RECORDS.drive },
  CreateNtmsMediaPool: { pool: guid(30), created: true },
  DeleteNtmsMediaPool: {},
  GetNtmsMediaPoolName: { path: "\\App\\Daily" },
  MoveToNtmsMediaPool: {},
  AddNtmsMediaType: {},
  DeleteNtmsMediaType: {},
  ChangeNtmsMediaType: {},
  ListNtmsMediaTypes: { types: [] },
  SetNtmsMediaComplete: {},
  DecommissionNtmsMedia: {},
  DeleteNtmsMedia: {},
  SwapNtmsMedia: {},
  SetNtmsObjectInformation: {},
  GetNtmsObjectAttribute: { data: "AAEC/w==" },
  SetNtmsObjectAttribute: {},
  EnableNtmsObject: { request: guid(64) },
  DisableNtmsObject: { request: guid(65) },
  IdentifyNtmsSlot: { request: guid(69) },
  PrepareNtmsMedia: { request: guid(70) },
  UpdateNtmsOmidInfo: {},
  GetNtmsObjectSecurity: {
    access: {
      owner: "user:root",
      ownerSid: "S-1-22-1-0",
      group: "group:root",
      groupSid: "S-1-22-2-0",
      entries: [],
      isDefault: true,
    },
  },
  SetNtmsObjectSecurity: {},
  ReadNtmsAudit: { records: [] },
  CreateNtmsToken: { number: 1 },
  ListNtmsTokens: { tokens: [] },
  RevokeNtmsToken: {},
  EjectNtmsMedia: { operation: guid(66), requests: [guid(66)] },
  InjectNtmsMedia: { operation: guid(67), requests: [guid(67)] },
  AccessNtmsLibraryDoor: { operation: guid(68), requests: [guid(68)] },
  ReserveNtmsCleanerSlot: { request: guid(81) },
  ReleaseNtmsCleanerSlot: { request: guid(82) },
  InjectNtmsCleaner: { operation: guid(83), requests: [guid(83)] },
  EjectNtmsCleaner: { operation: guid(84), requests: [guid(84)] },
  CleanNtmsDrive: { request: guid(85) },
  DeleteNtmsLibrary: {},
  DeleteNtmsDrive: {},
  BeginNtmsDeviceChangeDetection: { detection: "detection" },
  SetNtmsDeviceChangeDetection: {},
  EndNtmsDeviceChangeDetection: {},
  PlugInVirtualLibrary: { library: guid(72) },
  DismountNtmsDrive: { request: guid(71) },
  EjectDiskFromSADrive: { request: guid(72) },
  GetVolumesFromDrive: {
    drive: guid(73),
    volume: "/dev/nst0",
    mountPoint: null,
  },
  WaitForNtmsLibraryRequest: {},
  UseHandsOnLibrary: { barCode: "LAB001L6", place: "port 1" },
  ExportNtmsDatabase: COPY,
  ImportNtmsDatabase: COPY,
  GetNtmsUIOptions: { destinations: ["desk", "Büro"] },
  SetNtmsUIOptions: {},
  ListNtmsUIOptions: { destinations: [] },
  TestNtmsUIOptions: { delivered: true, reason: null },
  CreateNtmsMedia: { cartridge: RECORDS.cartridge, sides: [RECORDS.side] },
  CancelNtmsLibraryRequest: {},
  GetNtmsRequestOrder: { order: 2 },
  SetNtmsRequestOrder: {},
  DeleteNtmsRequests: {},
  AllocateNtmsMedia: {
    logicalMedium: guid(31),
    side: guid(32),
    allocatedFrom: guid(33),
  },
  DeallocateNtmsMedia: {},
  MountNtmsMedia: {
    mounts: [41, 42].map((drive) => ({
      medium: guid(drive + 10),
      side: guid(drive + 20),
      drive: guid(drive),
      device: "/dev/nst0",
      barCode: "",
    })),
    requests: [guid(60), guid(61)],
  },
  DismountNtmsMedia: { requests: [guid(62)] },
  InventoryNtmsLibrary: { request: guid(63), report: null },
  MapNtmsLibrary: { libraries: [] },
  SubmitNtmsOperatorRequest: { request: guid(66) },
  WaitForNtmsOperatorRequest: {},
  CancelNtmsOperatorRequest: {},
  SatisfyNtmsOperatorRequest: {},
  NoteNtmsOperatorRequest: {},
  OpenNtmsNotification: { channel: guid(67) },
  WaitForNtmsNotification: {
    changes: [{ number: 1, operation: "insert", type: "drive", id: guid(68) }],
  },
  CloseNtmsNotification: {},
};

/** A call that the service was asked. */
export interface Asked {
  readonly name: OperationName;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
}

/** The service, and a session with it. */
export class FakeService implements AsyncDisposable {
  /** The calls so far, but for the opening of the session. */
  readonly asked: Asked[] = [];
  /** Fails the next call with this code. */
  failWith: NtmsErrorCode | null = null;
  /** Handle of the session. */
  hSession: HANDLE = 0n;
  readonly #service: InProcessService;

  /** Makes the service known to the clients of this process. */
  constructor() {
    this.#service = {
      key: crypto.randomUUID(),
      address: null,
      open: () => this.#door(),
    };
    registerService(this.#service);
  }

  /** Starts the service and opens a session. */
  static async open(): Promise<FakeService> {
    const service = new FakeService();
    service.hSession = await OpenNtmsSession(null, "Test", 0);
    service.asked.length = 0;
    return service;
  }

  /** What the last call had as its input. */
  get lastInput(): unknown {
    return this.asked.at(-1)?.input;
  }

  /** Closes the session and ends the service. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.failWith = null;
    await CloseNtmsSession(this.hSession);
    unregisterService(this.#service);
  }

  #door(): Door {
    return {
      call: (name, input, options) => {
        this.asked.push({ name, input, signal: options?.signal });
        const code = this.failWith;
        this.failWith = null;
        return code === null
          ? Promise.resolve(ANSWERS[name])
          : Promise.reject(new NtmsError(code, "Told to fail"));
      },
      close: () => {},
    };
  }
}
