/**
 * What the documents say of sessions, media and pools beyond the errors.
 *
 * @module
 */

import type { BehaviourLines } from "./behaviour_line.ts";

/** The lines. */
export const MEDIA_BEHAVIOUR: BehaviourLines = {
  OpenNtmsSession: [
    "a handle, or -1 with the code in the last error",
    "without an application's name it is RSM",
    "its application, user and computer are copied into the requests it causes",
    "good in all threads of the process, in no other process",
    "sessions of one application are apart",
    "a service that starts says so to it and to every other call",
    "takes USE on the computer",
  ],
  CloseNtmsSession: [
    "gives back all of the session; its handle is good for nothing",
    "calls that wait end cancelled",
    "ends the session's change detection",
    "removes the session's user interface destinations",
    {
      line: "the service's object lives until the last call in flight is gone",
      why: "a matter of the service's memory; nothing shows it to a program",
    },
    "dismounts nothing and deallocates nothing",
  ],
  MountNtmsMedia: [
    "waits for all media; running out of time cancels the whole request",
    "one library request for each side",
    "takes ids of sides too",
    "media of one call are in one library, and wait for one another to be online",
    "asks an operator for what is offline, or refuses at once where told to",
    "waits for what is busy, or refuses at once where told to",
    "complete sides are mounted for reading, not for writing",
    "the highest priority gets the drive; then the order number",
    "order numbers count among requests of one priority",
    "the label is read in the drive; another than the known one leads to a full inventory",
    "empty and dismountable drives serve",
    "a dismountable drive is used with the medium it holds, or emptied first",
    "states of medium and drive end loaded, counts go up, the drive names the side",
    "no other session has the medium until it is dismounted",
    {
      line: "tape settings such as the block mode are the application's to set",
      why: "it promises nothing",
    },
    "type and density codes and capacity of an imported medium are known after its first mount",
    "with NTMS_MOUNT_NOWAIT it returns at once",
  ],
  DismountNtmsMedia: [
    "returns when the requests are queued; the medium is idle at the end",
    "at once: to its slot; deferred: it stays, the drive is dismountable, the next mount has it",
    "a deferred medium stays for the drive's delay at least",
    "one dismount for each mount; until the last one nobody else has medium and drive",
    "goes before mounts",
  ],
  AllocateNtmsMedia: [
    "takes from application pools that hold media, and from no others",
    "first the pool, then the free pool where the policy says so, then an operator",
    "the side is allocated and counted, and has a logical medium in the pool",
    "as new it reserves the other sides of the cartridge",
    "the next side of the cartridge, until there is none",
    "a side in import comes into the pool and is allocated, in one step; its other side stays",
    "asks the operator for new media and waits; time-out withdraws, satisfied looks again, refused cancels",
    "mounts nothing",
    "takes USE on the free pool and CONTROL on the target; CONTROL on both otherwise",
    "the limit of allocations does not count here, but at deallocation",
  ],
  DeallocateNtmsMedia: [
    "the side is available, or decommissioned when the pool's limit is reached",
    "the logical medium is gone, its id good for nothing",
    "goes to the free pool where the policy says so, else stays for anyone in the pool",
    "a decommissioned side is never allocated again",
    "takes USE on the free pool and CONTROL on the source; CONTROL on both otherwise",
  ],
  SwapNtmsMedia: [
    "both in one pool, both sides allocated, neither in use",
    "each logical medium is on the other side afterwards",
  ],
  AddNtmsMediaType: [
    "relates library and type; twice is no error",
    "makes the free, import and unrecognized pools of the type where they are missing",
    "takes a library that is enabled and online",
  ],
  DeleteNtmsMediaType: [
    "refused while the library holds cartridges of the type",
    "with the last library and cartridge of the type its system pools go too",
  ],
  ChangeNtmsMediaType: [
    "the rules of a move, but for the equal type",
    "the cartridge has the type of the target pool afterwards",
  ],
  DecommissionNtmsMedia: [
    "from available only",
    "the side stays known and is never allocated again",
  ],
  SetNtmsMediaComplete: [
    "from allocated only, and not while mounted",
    "read and not written from then on; its logical medium stays",
    "bars the free pool and the deletion of the cartridge",
  ],
  DeleteNtmsMedia: [
    "only from the offline library, with no side allocated, complete or reserved",
    "cartridge, sides and all that refers to them are gone",
    "an allocated side is ERROR_INVALID_STATE",
  ],
  CreateNtmsMediaPool: [
    "makes application pools and no others",
    "one level a call, upper ones first",
    "only the last level has media type and policies",
    "opens what exists, unless it is to be new",
    "inherits its rights from its parent, but not from the root; creator and system have all",
    "takes CONTROL on root and parent",
    "policies and limit are set later; first it draws and returns nothing",
  ],
  GetNtmsMediaPoolName: [
    "all levels, joined with backslashes, within 512 characters",
    "the length counts the null at the end",
  ],
  MoveToNtmsMediaPool: [
    "all sides of a cartridge go together",
    "what is unrecognized or in import goes to the free pool only",
    "not into a free pool with a side allocated, complete or reserved; the label is written, the sides end available",
    "while the label waits to be written the sides are unprepared, and a request does it",
    "into an import pool only what is import on every side",
    "its end is notified under the pool's id",
    "takes USE on the free pool and CONTROL on the other; CONTROL on both otherwise",
  ],
  DeleteNtmsMediaPool: [
    "an application's pool without media and pools",
  ],
  CreateNtmsMedia: [
    "a cartridge in the offline library with a side for each entry, in an import or application pool",
    "takes the fields that a program gives",
    "fills the fields that are the service's",
    "takes the fields of each side",
    "fills the fields of each side that are the service's",
    "names what has no name by bar code, label or number",
    {
      line: "a label library of the service has to know the label",
      why:
        "the medium is not there to be read; what its label says is compared at the first mount",
    },
    "codes and capacity are told again by the first mount",
  ],
};
