/**
 * What the main thread and Workers do with one handle, all the same.
 *
 * @module
 */

import {
  EnumerateNtmsObject,
  GetNtmsObjectInformation,
  type HANDLE,
  NTMS_DRIVE,
  type NTMS_OBJECTINFORMATION,
  type Ref,
  SIZEOF_NTMS_OBJECTINFORMATION,
} from "../../src/ntms/ntmsapi.ts";

/** Calls of one user that are in flight at one time. */
const AT_ONCE = 8;

/** How many calls ended with each code, and how many results were wrong. */
export interface Tally {
  readonly codes: Record<number, number>;
  wrong: number;
}

/** A job for a Worker. */
export interface Job {
  readonly hSession: HANDLE;
  /** The drives, as the main thread saw them. */
  readonly drives: readonly string[];
  /** How many calls to make; without, call until the handle is no good. */
  readonly calls?: number;
  /** Close the handle instead. */
  readonly close?: boolean;
}

/** Makes calls, several at a time, and checks what they give. */
export async function useHandle(job: Job): Promise<Tally> {
  const tally: Tally = { codes: {}, wrong: 0 };
  const most = job.calls ?? Infinity;
  let turn = 0;
  let good = true;
  const user = async () => {
    while (turn < most && good) {
      turn++;
      const code = turn % 2 === 0
        ? await listDrives(job, tally)
        : await lookAtDrive(job, tally, turn);
      tally.codes[code] = (tally.codes[code] ?? 0) + 1;
      good = code === 0;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, user));
  return tally;
}

async function listDrives(job: Job, tally: Tally): Promise<number> {
  const list: string[] = [];
  const size = { value: 99 };
  const { hSession } = job;
  const code = await EnumerateNtmsObject(
    hSession,
    null,
    list,
    size,
    NTMS_DRIVE,
    0,
  );
  if (code === 0 && list.join() !== job.drives.join()) tally.wrong++;
  return code;
}

async function lookAtDrive(
  job: Job,
  tally: Tally,
  turn: number,
): Promise<number> {
  const id = job.drives[turn % job.drives.length] ?? "";
  const info: Ref<NTMS_OBJECTINFORMATION> = {
    value: { dwSize: SIZEOF_NTMS_OBJECTINFORMATION, dwType: NTMS_DRIVE },
  };
  const code = await GetNtmsObjectInformation(job.hSession, id, info);
  if (code !== 0) return code;
  const { value } = info;
  if (value.Info === undefined || value.ObjectGuid !== id) tally.wrong++;
  return code;
}
