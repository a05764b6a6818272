/**
 * Things that go wrong on purpose: which faults a universe has, when one is due, and what the due ones do to a
 * request or to a delivery. Twins carry no fault code; each kind is one file in `faults/`.
 */
import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { type Draw, draw } from './prng.ts';
import type { Call } from './twin.ts';

/** A fault as people write it (contract §9). Durations in milliseconds, or text as `10m`. */
export interface FaultInput {
  id?: string;
  kind: string;
  match?: { twin?: string; operation?: string; actor?: string; when?: string };
  /** Of each candidate request, 0 to 1. */
  probability?: number;
  /** Matches to let by before the first one hits. */
  skip?: number;
  /** How many hits at most. */
  count?: number;
  window?: { from?: number; for?: number };
  params?: Record<string, unknown>;
  seed?: number;
}

export interface ActiveFault extends FaultInput {
  id: string;
  /** Universe time at which it was put in; windows count from here. */
  since: number;
  seen: number;
  hits: number;
}

/** What the due faults do to one request. */
export interface Effect {
  /** Waits before the handler runs. */
  delayMs: number;
  /** Answers so in the place of the handler. */
  refuse?:
    | { error: 'named'; name: string; params: Record<string, unknown> }
    | { error: 'rateLimited'; params: Record<string, unknown> }
    | { error: 'outage' };
  /** Nothing is answered; the connection is cut or held. `commit`: the handler has run. */
  cut?: { how: 'reset' | 'timeout'; commit: boolean; holdMs: number };
  /** After the handler has run and its changes are kept, this is answered instead. */
  afterCommit?: { error: 'named'; name: string; params: Record<string, unknown> } | { error: 'outage' };
  /** A read answers as it was so long ago, in universe milliseconds. */
  staleMs?: number;
  /** The faults that acted, for the journal. */
  by: string[];
}

/** What the due faults do to one delivery. */
export interface DeliveryEffect {
  drop: boolean;
  copies: number;
  delayMs: number;
  by: string[];
}

/** What the due faults do to a connection when a program says something over it. */
export interface MessageEffect {
  cut: boolean;
  by: string[];
}

/** One kind: a name, the shape of its params, and what it does. `draw` is this hit's own randomness. */
export interface FaultKind {
  kind: string;
  says: string;
  params: Record<string, unknown>;
  /** It asks for how rows were before. */
  looksBack?: boolean;
  request?(effect: Effect, params: Record<string, unknown>, draw: Draw): void;
  delivery?(effect: DeliveryEffect, params: Record<string, unknown>, draw: Draw): void;
  message?(effect: MessageEffect, params: Record<string, unknown>, draw: Draw): void;
}

/** Faults a universe may hold. */
export const FAULTS_MAX = 200;

interface Subject {
  twin: string;
  operation: string;
  actor: string;
  /** Read only where a fault has a `when`. */
  request(): Record<string, unknown>;
}

/** What a `when` may speak of: requests have `request`, deliveries `event`. A misspelt name is refused. */
const cel = new Environment({ unlistedVariablesAreDyn: false })
  .registerVariable('request', 'dyn')
  .registerVariable('event', 'dyn')
  .registerVariable('operation', 'string')
  .registerVariable('actor', 'string');

/** Faults and how often each has been met, for who keeps them. */
export interface FaultMemory {
  faults: readonly ActiveFault[];
  nth: readonly (readonly [string, number])[];
  ids: number;
}

export class Faults {
  readonly #kinds: ReadonlyMap<string, FaultKind>;
  readonly #seed: number;
  #faults: ActiveFault[] = [];
  #expressions = new Map<string, ParseResult>();
  #nth = new Map<string, number>();
  #ids = 0;

  constructor(kinds: ReadonlyMap<string, FaultKind>, seed: number) {
    this.#kinds = kinds;
    this.#seed = seed;
  }

  get active(): readonly ActiveFault[] {
    return this.#faults;
  }

  /** Whether one of them asks for how rows were before. */
  get lookBack(): boolean {
    return this.#faults.some(({ kind }) => this.#kinds.get(kind)?.looksBack === true);
  }

  /** The kind of an active fault; `lifted` of one that is gone. */
  kindOf(id: string): string {
    return this.#faults.find((one) => one.id === id)?.kind ?? 'lifted';
  }

  /** Puts a fault in; throws a RangeError where there is no room, a TypeError for an expression that cannot be read. */
  add(input: FaultInput, now: number): ActiveFault {
    if (this.#faults.length >= FAULTS_MAX)
      throw new RangeError(`a universe holds at most ${FAULTS_MAX} faults`);
    const kind = this.#kinds.get(input.kind);
    if (!kind) throw new TypeError(`no fault kind ${input.kind}`);
    if (input.match?.when) this.#expression(input.match.when);
    const id = input.id ?? this.#freeId();
    if (this.#faults.some((one) => one.id === id)) throw new TypeError(`there is a fault ${id} already`);
    const fault: ActiveFault = { ...input, id, since: now, seen: 0, hits: 0 };
    this.#faults = [...this.#faults, fault];
    return fault;
  }

  #freeId(): string {
    const id = `f${++this.#ids}`;
    return this.#faults.some((one) => one.id === id) ? this.#freeId() : id;
  }

  remove(id: string): ActiveFault | undefined {
    const fault = this.#faults.find((one) => one.id === id);
    this.#faults = this.#faults.filter((one) => one.id !== id);
    return fault;
  }

  clear(): void {
    this.#faults = [];
    this.#nth.clear();
    this.#ids = 0;
  }

  get memory(): FaultMemory {
    return { faults: this.#faults, nth: [...this.#nth], ids: this.#ids };
  }

  /** Goes on where another process was. */
  recall({ faults, nth, ids }: FaultMemory): void {
    this.#faults = faults.filter((fault) => this.#kinds.has(fault.kind));
    this.#nth = new Map(nth);
    this.#ids = ids;
  }

  /** What happens to a request; undefined where nothing does. */
  request(subject: Subject, now: number): Effect | undefined {
    if (this.#faults.length === 0) return undefined;
    const effect: Effect = { delayMs: 0, by: [] };
    this.#each(subject, now, 'request', (fault, kind, drawn) => {
      kind.request?.(effect, fault.params ?? {}, drawn);
      effect.by.push(fault.id);
    });
    return effect.by.length > 0 ? effect : undefined;
  }

  /** What happens to a delivery; undefined where nothing does. */
  delivery(subject: Subject, now: number): DeliveryEffect | undefined {
    if (this.#faults.length === 0) return undefined;
    const effect: DeliveryEffect = { drop: false, copies: 1, delayMs: 0, by: [] };
    this.#each(subject, now, 'delivery', (fault, kind, drawn) => {
      kind.delivery?.(effect, fault.params ?? {}, drawn);
      effect.by.push(fault.id);
    });
    return effect.by.length > 0 ? effect : undefined;
  }

  /** What happens when a program says something over a WebSocket; undefined where nothing does. */
  message(subject: Subject, now: number): MessageEffect | undefined {
    if (this.#faults.length === 0) return undefined;
    const effect: MessageEffect = { cut: false, by: [] };
    this.#each(subject, now, 'message', (fault, kind, drawn) => {
      kind.message?.(effect, fault.params ?? {}, drawn);
      effect.by.push(fault.id);
    });
    return effect.by.length > 0 ? effect : undefined;
  }

  #each(
    subject: Subject,
    now: number,
    on: 'request' | 'delivery' | 'message',
    hit: (f: ActiveFault, k: FaultKind, d: Draw) => void,
  ) {
    for (const fault of this.#faults) {
      const kind = this.#kinds.get(fault.kind) as FaultKind;
      if (!kind[on] || !this.#matches(fault, subject, now)) continue;
      if (fault.count !== undefined && fault.hits >= fault.count) continue;
      if (fault.seen++ < (fault.skip ?? 0)) continue;
      const counter = `${fault.id}\u0000${subject.operation}`;
      const nth = (this.#nth.get(counter) ?? 0) + 1;
      this.#nth.set(counter, nth);
      const drawn = draw(fault.seed ?? this.#seed, 'fault', fault.id, subject.operation, nth);
      if (fault.probability !== undefined && drawn.float() >= fault.probability) continue;
      fault.hits++;
      hit(fault, kind, drawn);
    }
  }

  #matches(fault: ActiveFault, subject: Subject, now: number): boolean {
    const { match, window } = fault;
    const from = fault.since + (window?.from ?? 0);
    if (now < from || (window?.for !== undefined && now >= from + window.for)) return false;
    if (!match) return true;
    if (match.twin !== undefined && match.twin !== subject.twin) return false;
    if (match.operation !== undefined && !globMatches(match.operation, subject.operation)) return false;
    if (match.actor !== undefined && !globMatches(match.actor, subject.actor)) return false;
    return match.when === undefined || holds(this.#expression(match.when), subject.request());
  }

  #expression(text: string): ParseResult {
    let parsed = this.#expressions.get(text);
    if (!parsed) {
      try {
        parsed = cel.parse(text);
        const checked = parsed.check();
        if (!checked.valid) throw checked.error;
      } catch (error) {
        throw new TypeError(`when: ${(error as Error).message}`);
      }
      this.#expressions.set(text, parsed);
    }
    return parsed;
  }
}

/** An expression over what a request lacks (a key that is not there) does not hold. */
function holds(expression: ParseResult, variables: Record<string, unknown>): boolean {
  try {
    return expression(variables) === true;
  } catch {
    return false;
  }
}

/** `*` stands for any run of characters; all else for itself. */
export function globMatches(glob: string, text: string): boolean {
  if (!glob.includes('*')) return glob === text;
  const pattern = glob
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(text);
}

/** The request as a `when` expression sees it. */
export function whenVariables(call: Call, operation: string): Record<string, unknown> {
  return {
    request: {
      method: call.request.method,
      path: call.request.path,
      query: Object.fromEntries(call.query),
      headers: { ...call.request.headers },
      body: call.body.value ?? null,
      params: { ...call.params },
    },
    operation,
    actor: call.actor?.label ?? '',
  };
}
