/**
 * What the documents say of libraries, their queue, ports, cleaning and devices
 * beyond the errors.
 *
 * @module
 */

import type { BehaviourLines } from "./behaviour_line.ts";

/** The lines. */
export const LIBRARY_BEHAVIOUR: BehaviourLines = {
  InventoryNtmsLibrary: [
    "returns when the slots are marked; requests do the work",
    "labels of all sides, or bar codes, or the library's own method; or the end of a running one",
    "not of a library that is not present; a busy one queues it",
    "empties drives where it can; what is in use is looked at later",
    "its end is notified under the library's id",
  ],
  IdentifyNtmsSlot: [
    "returns when it is done",
    "deferred leaves the medium in the drive, at once puts it back",
    "an empty slot is no error and nothing new",
    "its end is notified under the slot's id",
  ],
  UpdateNtmsOmidInfo: [
    "for media just allocated and labelled",
    "the bytes of a tape's label go to the label libraries; the answer is kept with the side",
    "of a file system the type, name and serial number are kept",
    {
      line: "on the service's computer only",
      why: "the service has no callers of other computers yet",
    },
    {
      line: "not in the remote protocol",
      why: "says nothing of what the function does",
    },
  ],
  CancelNtmsLibraryRequest: [
    "a busy library queues it",
    "the request ends cancelled, which is notified under its id",
    "takes CONTROL on the library, or an administrator",
  ],
  GetNtmsRequestOrder: [
    "numbers from 1, the lower first, among requests of one kind",
    "only mounts are sorted by it",
    "kind, number and time give the queue",
  ],
  SetNtmsRequestOrder: [
    "counts among requests of one kind, which are mounts",
    "what has number 0 keeps its place",
  ],
  DeleteNtmsRequests: [
    "removes what is over, leaves what is not",
    "unknown ids are no error",
  ],
  DeleteNtmsLibrary: [
    "all its parts go with it; its media go to the offline library",
    "has to be enabled and not present",
  ],
  DeleteNtmsDrive: [
    "a robot's drive has to be not present",
    "a stand-alone drive goes with its library",
  ],
  EjectNtmsMedia: [
    "returns when queued; the operation's id is the one notified",
    "the port is offered until taken, timed out or stopped",
    "queued media wait for a start, one by one or none",
    "afterwards the cartridge is offline, or deleted by kind and policy",
    "by force also what is busy or open",
    "not from the offline library; without ports it is the door",
  ],
  InjectNtmsMedia: [
    "returns when queued",
    "the port is opened, watched and locked; each cartridge is stored and identified",
    "once, many times, or with the port pulled in",
    "which id stops or retracts what",
    "what does not fit stays, and an operator is asked",
    "known media come back from offline, others go to import or unrecognized",
    "not into the offline library; its end is notified under the operation's id",
  ],
  AccessNtmsLibraryDoor: [
    "queues a request; a busy library is no error",
    "once closed, an inventory by the method given",
    {
      line: "doors without a lock are treated alike",
      why:
        "the door of a virtual library has a lock; tests/manager/door_test.ts has one without",
    },
    "left open too long, an operator is asked",
    "the way in and out where there are no ports",
    "its end is notified under the library's id",
  ],
  CleanNtmsDrive: [
    "queues a cleaning; the drive cannot be had meanwhile",
    "the time is noted with the drive",
    "each one takes a use; at the end an operator is asked",
    "without a cleaner an operator is asked",
    "a stand-alone drive is only marked",
    "does not outlive the service; its end is notified under the drive's id",
  ],
  DismountNtmsDrive: [
    "queues the way back to the slot; refused when empty or open",
    "a stand-alone drive becomes dismountable",
    "for who knows the drive only; its end is notified under the drive's id",
  ],
  ReserveNtmsCleanerSlot: [
    "present and empty, and one in a library",
    "the library names the slot; its end is notified under the library's id",
  ],
  ReleaseNtmsCleanerSlot: [
    "a reserved slot that is present and empty; the library names none afterwards",
    {
      line: "its codes are printed with another method",
      why: "a remark about the page",
    },
  ],
  InjectNtmsCleaner: [
    "returns when queued",
    "by the port into the reserved slot; without one by the door, with a request",
    "one cartridge; stopping is for libraries with ports; notified under the operation's id",
    "the uses given are the library's, which has a cleaner",
  ],
  EjectNtmsCleaner: [
    "returns when queued",
    "by the port, or else the door",
    "the cleaner is forgotten; notified under the operation's id",
    "without a cleaner no uses remain",
    "the slot stays reserved",
  ],
  BeginNtmsDeviceChangeDetection: [
    "watches nothing yet",
    {
      line: "does nothing on newer Windows",
      why: "it is real here, as docs say",
    },
    "ends by its own function or with the session",
  ],
  SetNtmsDeviceChangeDetection: [
    "libraries, or the stand-alone ones for a medium or type",
    "until the handle is closed",
    "what goes in and out shows almost at once, and is notified",
  ],
  EndNtmsDeviceChangeDetection: [
    "watches no more and closes the handle",
  ],
  EjectDiskFromSADrive: [
    "start, stop and queue as in EjectNtmsMedia",
    "by force, at once, or by asking",
    "afterwards the cartridge is offline, or deleted by kind",
    "not for the offline library",
  ],
  GetVolumesFromDrive: [
    "all that fails is a code of the system",
    "one partition, one volume",
    "takes no session",
  ],
};
