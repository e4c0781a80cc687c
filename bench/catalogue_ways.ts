/**
 * What programs do most with a catalogue, timed through a client over the
 * service's socket, each beside the least that it could take.
 *
 * @module
 */
import { DatabaseSync } from "node:sqlite";
import { openSession, type Session } from "../src/client/mod.ts";
import {
  HttpConnection,
  type HttpRequest,
} from "../src/client/http_connection.ts";
import type { CartridgeRecord, ListPart } from "../src/model/mod.ts";

/** What is measured, by its name. */
export const WAYS = {
  allocate: "allocate, drawn from the free pool",
  look: "look up by bar code",
  page: "a page of 100 of the free pool",
  notify: "from the call to its notification",
} as const;

/** What that is held against, by its name. */
export const REFERENCES = {
  trip: "an empty round trip",
  select: "a bare indexed select",
  commit: "a bare durable commit",
} as const;

/** Something that is timed. */
export type Timed = keyof typeof WAYS | keyof typeof REFERENCES;

/** Milliseconds that each thing took, each time. */
export type Times = Readonly<Record<Timed, readonly number[]>>;

/** Where the service is, and what it has. */
export interface Catalogue {
  /** Its state is in `state`, its socket is `rsm.sock`. */
  readonly directory: string;
  /** Bar codes of all its cartridges, by number. */
  readonly barCodeOf: (number: number) => string;
  readonly cartridges: number;
}

const ROUNDS = 400;
const WARM_UP_ROUNDS = 100;
const PAGE = 100;
const MEDIA_TYPE = "LTO-6";

const EMPTY: HttpRequest = {
  method: "GET",
  path: "/health/live",
  host: "rsm",
  headers: {},
  body: "",
};

/** Always the same numbers below `most`, one after the other. */
function* scattered(most: number): Generator<number, never> {
  for (let at = 1;; at = (at * 48_271) % 0x7fff_ffff) yield at % most;
}

async function took(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The pool that media are drawn from, and one that draws. */
async function makePools(
  session: Session,
): Promise<{ free: string; drawing: string }> {
  const [type] = await session.objects("mediaType", { name: MEDIA_TYPE });
  if (type === undefined) throw new Error(`No media type ${MEDIA_TYPE}`);
  const drawing = await session.createPool({
    name: "bench",
    mediaType: type.id,
    drawFromFree: true,
  });
  const pools = await session.objects("mediaPool", { name: MEDIA_TYPE });
  const free = pools.find(({ kind }) => kind === "free");
  if (free === undefined) throw new Error(`No free pool of ${MEDIA_TYPE}`);
  return { free: free.id, drawing };
}

/** Places all over the list of a pool from which a page can begin. */
async function placesIn(
  session: Session,
  container: string,
): Promise<readonly string[]> {
  const places: string[] = [];
  let after: string | null = null;
  do {
    const part: ListPart<CartridgeRecord> = await session.part("cartridge", {
      container,
      after,
    });
    after = part.next;
    if (after !== null) places.push(after);
  } while (after !== null);
  return places;
}

/** The bare things, beside the same files and the same socket. */
class References {
  readonly #connection: HttpConnection;
  readonly #catalogue: DatabaseSync;
  readonly #own: DatabaseSync;
  readonly select: (barCode: string) => void;
  readonly commit: () => void;

  private constructor(directory: string, connection: HttpConnection) {
    this.#connection = connection;
    this.#catalogue = new DatabaseSync(`${directory}/state/rsm.sqlite`, {
      readOnly: true,
    });
    this.#own = new DatabaseSync(`${directory}/bare.sqlite`);
    this.#own.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" +
        "CREATE TABLE row (id INTEGER PRIMARY KEY, what TEXT)",
    );
    const select = this.#catalogue.prepare(
      "SELECT id FROM cartridge WHERE barCode = ?",
    );
    this.select = (barCode) => {
      if (select.get(barCode) === undefined) throw new Error("Not there");
    };
    const insert = this.#own.prepare("INSERT INTO row (what) VALUES (?)");
    this.commit = () => insert.run("allocated");
  }

  static async open(directory: string): Promise<References> {
    const path = `${directory}/rsm.sock`;
    const stream = await Deno.connect({ transport: "unix", path });
    return new References(directory, new HttpConnection(stream));
  }

  async trip(): Promise<void> {
    const { status } = await this.#connection.exchange(EMPTY);
    if (status !== 200) throw new Error(`Not alive: ${status}`);
  }

  close(): void {
    this.#connection.close();
    this.#catalogue.close();
    this.#own.close();
  }
}

/** Times all, in turns, so that what disturbs one disturbs the others too. */
export async function timeAll(
  { barCodeOf, cartridges, directory }: Catalogue,
): Promise<Times> {
  const socket = `${directory}/rsm.sock`;
  await using session = await openSession({ socket });
  await using listening = await openSession({ socket });
  const { drawing, free } = await makePools(session);
  const places = await placesIn(session, free);
  const bare = await References.open(directory);
  const changes = listening.notifications({ type: "logicalMedium" });
  await changes.opened;
  const times: Record<Timed, number[]> = {
    allocate: [],
    look: [],
    page: [],
    notify: [],
    trip: [],
    select: [],
    commit: [],
  };
  const numbers = scattered(cartridges);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const barCode = barCodeOf(numbers.next().value);
    const place = places[numbers.next().value % places.length] ?? null;
    const seen = took(() => changes.next());
    const timed: Readonly<Record<Timed, number>> = {
      allocate: await took(() =>
        session.allocate({ pool: drawing, errorIfUnavailable: true })
      ),
      notify: await seen,
      look: await took(async () => {
        const found = await session.objects("cartridge", { barCode });
        if (found.length !== 1) throw new Error(`${barCode}: ${found.length}`);
      }),
      page: await took(async () => {
        const input = { container: free, after: place, limit: PAGE };
        const { items } = await session.part("cartridge", input);
        if (items.length === 0) throw new Error("An empty page");
      }),
      trip: await took(() => bare.trip()),
      select: await took(() => bare.select(barCode)),
      commit: await took(() => bare.commit()),
    };
    if (round < WARM_UP_ROUNDS) continue;
    for (const name of timedNames) times[name].push(timed[name]);
  }
  await changes.return();
  bare.close();
  return times;
}

const timedNames: readonly Timed[] = [
  "allocate",
  "look",
  "page",
  "notify",
  "trip",
  "select",
  "commit",
];
