/**
 * Which right on which object each operation needs: the "access" of the
 * documented functions, and the same thought for operations of our own. An id
 * that names nothing needs no right: the operation says that there is none.
 *
 * @module
 */

import type {
  AccessChange,
  AccessRight,
  AllocateInput,
  CreatePoolInput,
  DismountInput,
  EjectInput,
  EnumerateInput,
  Guid,
  MountInput,
  MoveToPoolInput,
  SubmitOperatorInput,
  SwapMediaInput,
  UiListInput,
} from "../model/mod.ts";
import {
  administratorsOnly,
  type Look,
  type Need,
  needs,
  nothingNeeded,
  onComputer,
  onLibrary,
  onObject,
  onObjectOrComputer,
  onPool,
  onPoolAndComputer,
  type PoolView,
  type Rule,
} from "./access_needs.ts";

/** What a pool asks for when media leave it or come to it: of a free pool it is enough to use it. */
function passing(pool: PoolView | null): Need[] {
  return needs(pool?.kind === "free" ? "use" : "control", pool);
}

/** From one pool to another. */
async function moving(
  { cartridge, pool }: MoveToPoolInput,
  look: Look,
): Promise<readonly Need[]> {
  return [
    ...passing(await look.poolOf(cartridge)),
    ...passing(await look.poolOf(pool)),
  ];
}

/** From one pool to another, of another media type. */
async function retyping(
  { cartridge, pool }: MoveToPoolInput,
  look: Look,
): Promise<readonly Need[]> {
  const from = await look.poolOf(cartridge);
  return needs("modify", look.computer, from, await look.poolOf(pool));
}

function creatingPool(
  { mode, name, parent }: CreatePoolInput,
  look: Look,
): Promise<readonly Need[]> {
  return Promise.resolve(needsOfNewPool({ mode, name, parent }, look));
}

function needsOfNewPool(
  { mode, name, parent }: Pick<CreatePoolInput, "mode" | "name" | "parent">,
  look: Look,
): readonly Need[] {
  const levels = name.replace(/^\\/, "").split("\\");
  const exists = look.poolAt(parent, levels) !== null;
  // To open one that exists needs nothing, as documented.
  if (exists && mode !== "new" || mode === "existing") return [];
  const above = look.poolAt(parent, levels.slice(0, -1)) ?? look.rootPool;
  return above.id === look.rootPool.id
    ? needs("control", above)
    : needs("control", look.rootPool, above);
}

async function allocating(
  { nextOf, pool, side }: AllocateInput,
  look: Look,
): Promise<readonly Need[]> {
  const target = await look.poolOf(pool);
  const given = side ?? nextOf ?? null;
  const source = given !== null
    ? await look.poolOf(given)
    : target?.drawFromFree
    ? look.freePool(target.mediaTypeId)
    : null;
  const other = source === null || source.id === target?.id
    ? []
    : passing(source);
  return [...needs("control", target), ...other];
}

async function deallocating(
  { logicalMedium }: { readonly logicalMedium: Guid },
  look: Look,
): Promise<readonly Need[]> {
  const pool = await look.poolOf(logicalMedium);
  const back = pool?.returnToFree ? look.freePool(pool.mediaTypeId) : null;
  return [...needs("control", pool), ...needs("use", back)];
}

async function mounting(
  input: MountInput | DismountInput,
  look: Look,
): Promise<readonly Need[]> {
  const all: Need[] = [];
  for (const id of input.media) {
    all.push(
      ...needs("use", await look.poolOf(id), await look.libraryOf(id)),
    );
  }
  const drives = "drives" in input ? input.drives ?? [] : [];
  for (const id of drives) {
    all.push(...needs("use", await look.libraryOf(id)));
  }
  return all;
}

/** Settings of an object: MODIFY; of a library itself CONTROL. */
async function setting(
  { id }: { readonly id: Guid },
  look: Look,
): Promise<readonly Need[]> {
  const on = await look.governorOf(id);
  const isLibrary = on?.type === "library" && on.id === id;
  return needs(isLibrary ? "control" : "modify", on);
}

async function asking(
  { argument1, argument2, command }: SubmitOperatorInput,
  look: Look,
): Promise<readonly Need[]> {
  switch (command) {
    case "cleaner":
    case "deviceService":
      return argument1 === null
        ? []
        : needs("control", await look.libraryOf(argument1));
    case "newMedia":
    case "moveMedia": {
      const ids = [argument1, argument2].filter((id) => id !== null);
      const pools = await Promise.all(ids.map((id) => look.poolOf(id)));
      return needs("control", ...pools);
    }
    case "message":
    case "unknown":
      return needs("use", look.computer);
  }
}

/** What has no list of its own is refused by the operation itself. */
async function securing(
  right: AccessRight,
  id: Guid,
  look: Look,
): Promise<readonly Need[]> {
  const on = await look.governorOf(id);
  return on?.id === id ? needs(right, on) : [];
}

async function changingAccess(
  { change, id }: { readonly id: Guid; readonly change: AccessChange },
  look: Look,
): Promise<readonly Need[]> {
  const owner = change.owner !== undefined || change.group !== undefined;
  return [
    ...change.entries !== undefined || !owner
      ? await securing("writeDac", id, look)
      : [],
    ...owner ? await securing("writeOwner", id, look) : [],
  ];
}

type OfUi = Pick<UiListInput, "object">;

/** Where messages go: USE and MODIFY; the destinations of an application are its own. */
async function settingUi(
  { object }: OfUi,
  look: Look,
): Promise<readonly Need[]> {
  if (object === null) return needs("use", look.computer);
  const on = await look.governorOf(object);
  return [...needs("use", on), ...needs("modify", on)];
}

interface OfId {
  readonly id: Guid;
}

interface OfPool {
  readonly pool: Guid;
}

interface OfDrive {
  readonly drive: Guid;
}

interface OfDrive {
  readonly drive: Guid;
}

interface OfLibrary {
  readonly library: Guid;
}

/** Of the library that a cartridge is in, or that an operation is of; what a caller has gathered was asked about before. */
const onPortWork: Rule<EjectInput> = ({ cartridge, operation }, look) => {
  const id = cartridge ?? operation;
  return id === null
    ? Promise.resolve([])
    : onLibrary<Guid>("control", (one) => one)(id, look);
};

/** The rules, by the names of the operations. */
export const ACCESS_RULES = {
  OpenNtmsSession: onComputer("use"),
  RenewNtmsSession: nothingNeeded,
  CloseNtmsSession: nothingNeeded,
  EnumerateNtmsObject: onObjectOrComputer(
    "use",
    ({ container }: EnumerateInput) => container,
  ),
  ListNtmsObject: onObjectOrComputer(
    "use",
    ({ container }: EnumerateInput) => container,
  ),
  GetNtmsObjectInformation: onObject("use", ({ id }: OfId) => id),
  SetNtmsObjectInformation: setting,
  GetNtmsObjectAttribute: onObject("use", ({ id }: OfId) => id),
  SetNtmsObjectAttribute: onObject("modify", ({ id }: OfId) => id),
  EnableNtmsObject: onLibrary("modify", ({ id }: OfId) => id),
  DisableNtmsObject: onLibrary("modify", ({ id }: OfId) => id),
  GetNtmsObjectSecurity: ({ id }: OfId, look: Look) =>
    securing("readControl", id, look),
  SetNtmsObjectSecurity: changingAccess,
  CreateNtmsMediaPool: creatingPool,
  DeleteNtmsMediaPool: onPool("modify", ({ pool }: OfPool) => pool),
  GetNtmsMediaPoolName: onPool("use", ({ pool }: OfPool) => pool),
  MoveToNtmsMediaPool: moving,
  AddNtmsMediaType: onLibrary("modify", ({ library }: OfLibrary) => library),
  DeleteNtmsMediaType: onLibrary("modify", ({ library }: OfLibrary) => library),
  ChangeNtmsMediaType: retyping,
  ListNtmsMediaTypes: onComputer("use"),
  AllocateNtmsMedia: allocating,
  DeallocateNtmsMedia: deallocating,
  SetNtmsMediaComplete: onPool(
    "control",
    ({ logicalMedium }: { readonly logicalMedium: Guid }) => logicalMedium,
  ),
  DecommissionNtmsMedia: onPool(
    "control",
    ({ side }: { readonly side: Guid }) => side,
  ),
  CreateNtmsMedia: onPoolAndComputer("modify", ({ pool }: OfPool) => pool),
  DeleteNtmsMedia: onPoolAndComputer(
    "modify",
    ({ cartridge }: { readonly cartridge: Guid }) => cartridge,
  ),
  SwapNtmsMedia: async ({ first, second }: SwapMediaInput, look: Look) =>
    needs("modify", await look.poolOf(first), await look.poolOf(second)),
  MountNtmsMedia: mounting,
  DismountNtmsMedia: mounting,
  DismountNtmsDrive: onLibrary("modify", ({ drive }: OfDrive) => drive),
  EjectDiskFromSADrive: onLibrary("control", ({ drive }: OfDrive) => drive),
  GetVolumesFromDrive: onLibrary("use", ({ drive }: OfDrive) => drive),
  InventoryNtmsLibrary: onLibrary(
    "control",
    ({ library }: OfLibrary) => library,
  ),
  IdentifyNtmsSlot: onLibrary("control", ({ slot }: { slot: Guid }) => slot),
  PrepareNtmsMedia: onPool(
    "control",
    ({ cartridge }: { cartridge: Guid }) => cartridge,
  ),
  UpdateNtmsOmidInfo: onLibrary(
    "control",
    ({ logicalMedium }: { readonly logicalMedium: Guid }) => logicalMedium,
  ),
  EjectNtmsMedia: onPortWork,
  InjectNtmsMedia: onLibrary("control", ({ library }: OfLibrary) => library),
  AccessNtmsLibraryDoor: onLibrary(
    "control",
    ({ library }: OfLibrary) => library,
  ),
  WaitForNtmsLibraryRequest: onComputer("use"),
  UseHandsOnLibrary: onLibrary("control", ({ library }: OfLibrary) => library),
  DeleteNtmsLibrary: onLibrary("modify", ({ library }: OfLibrary) => library),
  DeleteNtmsDrive: onLibrary("modify", ({ drive }: OfDrive) => drive),
  BeginNtmsDeviceChangeDetection: onComputer("use"),
  SetNtmsDeviceChangeDetection: onComputer("use"),
  EndNtmsDeviceChangeDetection: nothingNeeded,
  // It may name a directory, which is written to as the service.
  PlugInVirtualLibrary: administratorsOnly,
  ReserveNtmsCleanerSlot: onLibrary(
    "control",
    ({ library }: OfLibrary) => library,
  ),
  ReleaseNtmsCleanerSlot: onLibrary(
    "control",
    ({ library }: OfLibrary) => library,
  ),
  InjectNtmsCleaner: onLibrary("control", ({ library }: OfLibrary) => library),
  EjectNtmsCleaner: onLibrary("control", ({ library }: OfLibrary) => library),
  CleanNtmsDrive: onLibrary("control", ({ drive }: OfDrive) => drive),
  CancelNtmsLibraryRequest: onLibrary(
    "control",
    ({ request }: { readonly request: Guid }) => request,
  ),
  GetNtmsRequestOrder: onComputer("control"),
  SetNtmsRequestOrder: onComputer("control"),
  DeleteNtmsRequests: onComputer("modify"),
  MapNtmsLibrary: onObjectOrComputer(
    "use",
    ({ library }: { readonly library: Guid | null }) => library,
  ),
  SubmitNtmsOperatorRequest: asking,
  WaitForNtmsOperatorRequest: onComputer("use"),
  CancelNtmsOperatorRequest: onComputer("control"),
  SatisfyNtmsOperatorRequest: onComputer("control"),
  NoteNtmsOperatorRequest: onComputer("control"),
  OpenNtmsNotification: onComputer("use"),
  WaitForNtmsNotification: nothingNeeded,
  CloseNtmsNotification: nothingNeeded,
  GetNtmsUIOptions: onObjectOrComputer("use", ({ object }: OfUi) => object),
  SetNtmsUIOptions: settingUi,
  ListNtmsUIOptions: onComputer("use"),
  TestNtmsUIOptions: onComputer("control"),
  ExportNtmsDatabase: onComputer("control"),
  ImportNtmsDatabase: onComputer("control"),
  ReadNtmsAudit: onComputer("control"),
  CreateNtmsToken: administratorsOnly,
  ListNtmsTokens: administratorsOnly,
  RevokeNtmsToken: administratorsOnly,
} satisfies Readonly<Record<string, Rule<never>>>;
