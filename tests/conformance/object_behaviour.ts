/**
 * What the documents say of objects, attributes, rights, operator requests,
 * notifications, the database and labels beyond the errors.
 *
 * @module
 */

import type { BehaviourLines } from "./behaviour_line.ts";

/** The lines. */
export const OBJECT_BEHAVIOUR: BehaviourLines = {
  EnumerateNtmsObject: [
    "each type is in its documented containers, and in no other",
    "without a container all of a type; of pools the top level only",
    "without a container every media type that is known, not only present ones",
    "the root pool comes first where that is asked for",
    "nothing found is success with size 0",
    {
      line: "a second try with the size that was told may be too short again",
      why: "it promises nothing",
    },
  ],
  GetNtmsObjectInformation: [
    "size and type have to be right; NTMS_UNKNOWN finds the type",
    "takes USE on library, pool or computer, by the type",
    "what was read can be written back",
    "of the offline library only kind and number of media count",
  ],
  SetNtmsObjectInformation: [
    "stores every member that can be written; the last writer wins",
    "descriptions of all types",
    "names of libraries, pools, cartridges, sides and logical media",
    "computer: policy and times of keeping requests",
    "drive, door and port: their delays",
    "library: recovery, inventory method, cleaner's uses, flags and name, with CONTROL",
    "pool: policies, limit, media type and name",
    "the flag for uncounted cleaner's uses follows the count of all ones, and nothing else",
    "looks at nothing else; not at Enabled either",
  ],
  DisableNtmsObject: [
    "queues a library request",
    "what is inside counts as disabled",
    "the drive's medium is put away; requests for disabled media fail",
    "comes before a drive or changer is taken away",
  ],
  EnableNtmsObject: ["queues a library request"],
  GetNtmsObjectAttribute: [
    {
      line:
        "for programs on the service's computer, as bytes are not converted",
      why: "we keep bytes as they are for every program, near or far",
    },
    "names are compared exactly",
  ],
  SetNtmsObjectAttribute: [
    {
      line: "for programs on the service's computer",
      why: "we take bytes from every program, near or far",
    },
    "size 0 deletes",
    "a wrong type is ignored where the id is right",
  ],
  GetNtmsObjectSecurity: [
    "a descriptor with the three rights as access bits",
    "what is inside goes by its pool, library or computer",
  ],
  SetNtmsObjectSecurity: [
    "the list of rights takes WRITE_DAC or ownership, the list of audits a privilege",
  ],
  GetNtmsUIOptions: [
    "without destinations success and size 0",
    "three kinds: progress, requests about media, requests about faults",
    "without an object it is about the session given",
  ],
  SetNtmsUIOptions: [
    "kept for computer and library, gone with its session for an application",
    "deleting all means no user interface at all",
    "destinations are not looked up",
    "without a destination it is the caller's computer",
  ],
  SubmitNtmsOperatorRequest: [
    "a submitted request with application, user and computer of the session",
    "programs send messages, the service the other kinds",
    {
      line: "the page also tells of an outcome",
      why: "that is WaitForNtmsOperatorRequest; this one returns at once",
    },
  ],
  WaitForNtmsOperatorRequest: [
    "complete succeeds, refused is cancelled, deleted is not found, else time-out",
    "running out of time changes nothing",
  ],
  CancelNtmsOperatorRequest: [
    "the request is refused",
    "all who wait are told",
  ],
  SatisfyNtmsOperatorRequest: [
    "the request is complete; who waits looks again",
    "a program may do so for an operator who forgot",
  ],
  ImportNtmsDatabase: [
    "takes effect at the next start of the service",
    {
      line: "programs look at their media again afterwards",
      why: "advice to programs",
    },
  ],
  ExportNtmsDatabase: [
    "writes to Export in the service's directory, over what is there",
    {
      line: "where Windows keeps the directory",
      why: "there is no registry here; docs/administration.md says where",
    },
    "the service works on meanwhile",
  ],
  OpenNtmsNotification: [
    "a handle, or -1 with the code in the last error",
    "a channel follows one type; there may be several",
    {
      line: "over the wire a bad type is ignored",
      why: "refused here: the function's own page has it so",
    },
  ],
  WaitForNtmsNotification: [
    "one event a call: insert, update, delete; over the wire also the end of what was queued",
    "all changes, to all channels",
  ],
  CloseNtmsNotification: [
    "fails while a wait on the channel is under way",
  ],
  GetNtmsDeviceName: [
    {
      line: "nothing but the name is documented",
      why: "no rule in it; ours is in tests/conformance/managing_test.ts",
    },
  ],
  MaxMediaLabel: [
    "how much of a tape's beginning is read",
    "a format without a limit gives the most that its programs write",
  ],
  ClaimMediaLabel: [
    "type, id and description of a label that is known",
  ],
  ClaimMediaLabelEx: [
    { line: "nothing but the name is documented", why: "no rule in it" },
  ],
};
