/**
 * An iSCSI proxy inside the kernel lab, between the kernel's initiator and the
 * emulated library, that spoils chosen commands. fault_rules.ts has the rules.
 *
 *     deno run -A fault_proxy.ts LISTEN_PORT TARGET_PORT RULES_FILE
 *
 * @module
 */
import { FaultPlan, type FaultRule } from "./fault_rules.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Basic header segment (RFC 7143, 11.2.1), the same size in every PDU. */
const HEADER_BYTES = 48;
const SCSI_COMMAND = 0x01;
const SCSI_RESPONSE = 0x21;
const DATA_IN = 0x25;
const CHECK_CONDITION = 0x02;

/** One connection of the initiator with the one to the target behind it. */
class Link {
  readonly #plan: () => Promise<FaultPlan>;
  readonly #ends: Deno.TcpConn[];
  readonly #host: WritableStreamDefaultWriter<Bytes>;
  readonly #target: WritableStreamDefaultWriter<Bytes>;
  /** Rules of commands under way, by initiator task tag. */
  readonly #due = new Map<number, FaultRule>();
  #closed = false;

  constructor(
    host: Deno.TcpConn,
    target: Deno.TcpConn,
    plan: () => Promise<FaultPlan>,
  ) {
    this.#plan = plan;
    this.#ends = [host, target];
    this.#host = host.writable.getWriter();
    this.#target = target.writable.getWriter();
    for (const end of this.#ends) end.setNoDelay(true);
  }

  async run(): Promise<void> {
    const [host, target] = this.#ends;
    if (host === undefined || target === undefined) return;
    try {
      await Promise.race([
        each(host, (pdu) => this.#fromHost(pdu)),
        each(target, (pdu) => this.#fromTarget(pdu)),
      ]);
    } catch (error) {
      log(`connection ended: ${error}`);
    }
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const end of this.#ends) closeIfOpen(end);
  }

  #put(to: WritableStreamDefaultWriter<Bytes>, pdu: Bytes, waitMs = 0): void {
    if (waitMs > 0) {
      setTimeout(() => this.#put(to, pdu), waitMs);
    } else if (!this.#closed) {
      to.write(pdu).catch(() => this.#close());
    }
  }

  async #fromHost(pdu: Bytes): Promise<void> {
    const view = new DataView(pdu.buffer);
    if (operationOf(pdu) !== SCSI_COMMAND) return this.#put(this.#target, pdu);
    const opcode = view.getUint8(32);
    const lun = view.getUint16(8) & 0x3fff;
    const rule = (await this.#plan()).take(opcode, lun);
    if (rule === undefined) return this.#put(this.#target, pdu);
    log(
      `lun ${lun}, opcode ${
        opcode.toString(16).padStart(2, "0")
      }: ${rule.text}`,
    );
    if (rule.cut === "before") return this.#close();
    const refused = rule.sense !== undefined || rule.status !== undefined;
    this.#due.set(view.getUint32(16), rule);
    this.#put(this.#target, refused ? harmless(pdu) : pdu, rule.holdMs);
  }

  #fromTarget(pdu: Bytes): void {
    const operation = operationOf(pdu);
    const tag = new DataView(pdu.buffer).getUint32(16);
    const answers = operation === SCSI_RESPONSE || operation === DATA_IN;
    const rule = answers ? this.#due.get(tag) : undefined;
    if (rule === undefined) return this.#put(this.#host, pdu);
    if (operation === DATA_IN) misreport(pdu, rule);
    // The status comes with the last data (S bit) or in a response of its own.
    if (operation === DATA_IN && ((pdu[1] ?? 0) & 1) === 0) {
      return this.#put(this.#host, pdu);
    }
    this.#due.delete(tag);
    if (rule.cut === "after") return this.#close();
    if (rule.lose) return;
    const answer = operation === SCSI_RESPONSE ? spoil(pdu, rule) : pdu;
    this.#put(this.#host, answer, rule.delayMs);
  }
}

/**
 * In place of a command that must not be done: TEST UNIT READY, whose CDB is
 * zeros, so that all sequence numbers stay right. It has no data, or the
 * target would answer with an empty DATA IN, which has no room for sense.
 */
export function harmless(command: Bytes): Bytes {
  const pdu = command.slice(0, HEADER_BYTES);
  const READ_AND_WRITE = 0x60;
  pdu[1] = (pdu[1] ?? 0) & ~READ_AND_WRITE;
  // Lengths of additional headers and data, expected data, CDB.
  pdu.fill(0, 4, 8).fill(0, 20, 24).fill(0, 32, 48);
  return pdu;
}

/** A connection whose stream was read to its end has closed itself. */
function closeIfOpen(end: Deno.TcpConn): void {
  try {
    end.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}

function operationOf(pdu: Bytes): number {
  return (pdu[0] ?? 0) & 0x3f;
}

/** Hands on each whole PDU that arrives, until the connection ends. */
async function each(
  from: Deno.TcpConn,
  take: (pdu: Bytes) => void | Promise<void>,
): Promise<void> {
  let rest: Bytes = new Uint8Array();
  for await (const chunk of from.readable) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    let at = 0;
    for (;;) {
      const size = pduBytes(bytes.subarray(at));
      if (size === undefined || at + size > bytes.length) break;
      await take(bytes.slice(at, at + size));
      at += size;
    }
    rest = bytes.slice(at);
  }
}

/** The size of the PDU that begins here, if its header is complete. */
function pduBytes(bytes: Bytes): number | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const lengths = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
  const data = lengths & 0xffffff;
  return HEADER_BYTES + (lengths >>> 24) * 4 + data + (-data & 3);
}

/** A response with the rule's status, or with its sense in fixed format. */
function spoil(pdu: Bytes, rule: FaultRule): Bytes {
  const [key, asc, ascq] = rule.sense ?? rule.afterSense ?? [];
  if (key === undefined && rule.status === undefined) return pdu;
  const sense = key === undefined ? [] : [
    [0, 18, 0x70, 0, key, 0, 0, 0, 0, 10],
    [0, 0, 0, 0, asc ?? 0, ascq ?? 0, 0, 0, 0, 0],
  ].flat();
  const answer = new Uint8Array(HEADER_BYTES + sense.length);
  answer.set(pdu.subarray(0, HEADER_BYTES));
  answer[3] = rule.status ?? CHECK_CONDITION;
  new DataView(answer.buffer).setUint32(4, sense.length);
  answer.set(sense, HEADER_BYTES);
  return answer;
}

/** Changes one element's descriptor, if it is in a command's first data. */
function misreport(pdu: Bytes, rule: FaultRule): void {
  const view = new DataView(pdu.buffer);
  const end = HEADER_BYTES + (view.getUint32(4) & 0xffffff);
  if (rule.element === undefined || view.getUint32(40) !== 0) return;
  // Element status header and page header are 8 bytes each (SMC-3 6.14).
  for (let page = HEADER_BYTES + 8; page + 8 <= end;) {
    const size = view.getUint16(page + 2);
    const pageEnd = Math.min(
      page + 8 + (view.getUint32(page + 4) & 0xffffff),
      end,
    );
    if (size < 12) return;
    const hasTag = (view.getUint8(page + 1) & 0x80) !== 0;
    for (let at = page + 8; at + size <= pageEnd; at += size) {
      if (view.getUint16(at) === rule.element) change(pdu, at, rule, hasTag);
    }
    page = pageEnd;
  }
}

function change(
  pdu: Bytes,
  at: number,
  rule: FaultRule,
  hasTag: boolean,
): void {
  const EXCEPT = 0x04;
  if (rule.asc !== undefined) {
    pdu[at + 2] = (pdu[at + 2] ?? 0) | EXCEPT;
    pdu.set(rule.asc, at + 4);
  }
  if (rule.flags !== undefined) pdu[at + 2] = rule.flags;
  if (rule.tag !== undefined && hasTag) {
    pdu.set(
      new TextEncoder().encode(rule.tag.padEnd(32).slice(0, 32)),
      at + 12,
    );
  }
}

function log(text: string): void {
  const line = `${new Date().toISOString()} ${text}\n`;
  Deno.stdout.writeSync(new TextEncoder().encode(line));
}

async function serve(
  listenPort: number,
  targetPort: number,
  rulesFile: string,
): Promise<void> {
  const plan = new FaultPlan();
  // Read again at every command: what a test writes holds from the next one on.
  const current = async () => {
    try {
      const { mtime } = await Deno.stat(rulesFile);
      plan.update(await Deno.readTextFile(rulesFile), mtime?.getTime() ?? 0);
    } catch (error) {
      log(String(error));
    }
    return plan;
  };
  for await (
    const host of Deno.listen({ hostname: "127.0.0.1", port: listenPort })
  ) {
    try {
      const target = await Deno.connect({
        hostname: "127.0.0.1",
        port: targetPort,
      });
      new Link(host, target, current).run();
    } catch (error) {
      log(`the library does not listen: ${error}`);
      host.close();
    }
  }
}

if (import.meta.main) {
  const [listenPort, targetPort, rulesFile] = Deno.args;
  await serve(Number(listenPort), Number(targetPort), rulesFile ?? "");
}
