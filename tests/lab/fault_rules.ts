/**
 * Rules by which the kernel lab's fault proxy spoils SCSI commands.
 *
 * A rule is a line: an opcode (two hex digits) or `any`, then words.
 *
 * | word | |
 * | --- | --- |
 * | `lun=N` | only commands to this logical unit (1 is the changer) |
 * | `skip=N`, `count=N` | let N commands pass first; spoil N (1; 0: for ever) |
 * | `sense=K/AA/QQ` | not done, this sense (hex) |
 * | `status=SS` | not done, this status (hex), such as 08 for BUSY |
 * | `after-sense=K/AA/QQ` | done, but this sense (commands without data) |
 * | `delay=S` | done at once, told S seconds late |
 * | `hold=S` | done S seconds late |
 * | `lose` | done, but the answer is lost |
 * | `cut=before`, `cut=after` | the connection is lost before or after it |
 * | `element=A` with `flags=FF`, `asc=AA/QQ`, `tag=TEXT` | in READ ELEMENT STATUS: other flags, a sense code (with EXCEPT), another label |
 *
 * The first rule that is due takes a command, and later rules do not count it.
 *
 * @module
 */

/** One rule; what is undefined is not asked for. */
export interface FaultRule {
  /** The line it was read from. */
  readonly text: string;
  /** Opcode of the commands it is for. */
  readonly opcode: number | "any";
  /** Logical unit of the commands it is for. */
  readonly lun?: number;
  /** Commands to let pass first. */
  readonly skip: number;
  /** Commands to spoil then; 0 for all. */
  readonly count: number;
  /** Sense key, code and qualifier instead of doing it. */
  readonly sense?: readonly number[];
  /** The same, after doing it. */
  readonly afterSense?: readonly number[];
  /** SCSI status instead of doing it. */
  readonly status?: number;
  /** How long the answer waits. */
  readonly delayMs?: number;
  /** How long the command waits. */
  readonly holdMs?: number;
  /** Whether the answer is lost. */
  readonly lose?: boolean;
  /** When the connection is lost. */
  readonly cut?: "before" | "after";
  /** Address of an element to misreport. */
  readonly element?: number;
  /** Its flags byte. */
  readonly flags?: number;
  /** Its sense code and qualifier. */
  readonly asc?: readonly number[];
  /** Its label. */
  readonly tag?: string;
}

type Words = { -readonly [K in keyof FaultRule]: FaultRule[K] };

const WORDS: Record<string, (rule: Words, value: string) => void> = {
  lun: (rule, value) => rule.lun = decimal(value),
  skip: (rule, value) => rule.skip = decimal(value),
  count: (rule, value) => rule.count = decimal(value),
  sense: (rule, value) => rule.sense = hexBytes(value, 3),
  "after-sense": (rule, value) => rule.afterSense = hexBytes(value, 3),
  status: (rule, value) => rule.status = hexByte(value),
  delay: (rule, value) => rule.delayMs = decimal(value) * 1000,
  hold: (rule, value) => rule.holdMs = decimal(value) * 1000,
  lose: (rule) => rule.lose = true,
  cut: (rule, value) => rule.cut = beforeOrAfter(value),
  element: (rule, value) => rule.element = decimal(value),
  flags: (rule, value) => rule.flags = hexByte(value),
  asc: (rule, value) => rule.asc = hexBytes(value, 2),
  tag: (rule, value) => rule.tag = value,
};

/** Reads rules, one a line; empty lines and lines that begin with # are none. */
export function parseFaultRules(text: string): FaultRule[] {
  return text.split("\n")
    .filter((line) => /^\s*[^#\s]/.test(line))
    .map(parseFaultRule);
}

function parseFaultRule(line: string): FaultRule {
  const [what = "", ...words] = line.trim().split(/\s+/);
  try {
    const opcode = what === "any" ? what : hexByte(what);
    const rule: Words = { text: line.trim(), opcode, skip: 0, count: 1 };
    for (const word of words) {
      const [name = "", value = ""] = word.split("=", 2);
      const set = WORDS[name];
      if (set === undefined) throw new RangeError(`no word "${name}"`);
      set(rule, value);
    }
    return rule;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(`Cannot read the fault rule "${line}": ${why}`, {
      cause,
    });
  }
}

function decimal(text: string): number {
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new RangeError(`"${text}" is no number`);
  }
  return Number(text);
}

function hexBytes(text: string, count: number): number[] {
  const parts = text.split("/");
  if (
    parts.length !== count ||
    !parts.every((part) => /^[0-9a-fA-F]{1,2}$/.test(part))
  ) {
    throw new RangeError(`"${text}" is not ${count} hex byte(s)`);
  }
  return parts.map((part) => parseInt(part, 16));
}

function hexByte(text: string): number {
  return hexBytes(text, 1)[0] ?? 0;
}

function beforeOrAfter(text: string): "before" | "after" {
  if (text === "before" || text === "after") return text;
  throw new RangeError(`"${text}" is neither before nor after`);
}

/** The rules in force, and how often each was met. */
export class FaultPlan {
  #text = "";
  #version = 0;
  #rules: FaultRule[] = [];
  #met: number[] = [];

  /**
   * Takes over what the rules' file holds now. Lines added at its end leave
   * the counts of the others; any other change starts all of them anew.
   *
   * @param version Differs whenever the file was written: its time of change.
   */
  update(text: string, version: number): void {
    if (text === this.#text && version === this.#version) return;
    const rules = parseFaultRules(text);
    const added = text.length > this.#text.length &&
      text.startsWith(this.#text);
    if (!added) this.#met = [];
    this.#text = text;
    this.#version = version;
    this.#rules = rules;
  }

  /** The rule that is due for this command, which counts as met by asking. */
  take(opcode: number, lun: number): FaultRule | undefined {
    for (const [i, rule] of this.#rules.entries()) {
      if (rule.opcode !== "any" && rule.opcode !== opcode) continue;
      if (rule.lun !== undefined && rule.lun !== lun) continue;
      const met = this.#met[i] ?? 0;
      if (rule.count > 0 && met >= rule.skip + rule.count) continue;
      this.#met[i] = met + 1;
      if (met >= rule.skip) return rule;
    }
    return undefined;
  }
}

/**
 * Puts rules in force, inside the lab; without rules, ends all faults.
 *
 * @throws {RangeError} If a rule cannot be read.
 */
export async function setFaults(...rules: string[]): Promise<void> {
  const text = rules.map((rule) => `${rule}\n`).join("");
  parseFaultRules(text);
  const path = Deno.env.get("LAB_FAULTS");
  if (path === undefined) {
    throw new Error("Faults can be set inside the kernel lab only");
  }
  await Deno.writeTextFile(path, text);
}
