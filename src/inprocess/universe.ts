/** A universe in this process as programs and tests hold it: its fetch, time, faults, people and journal in plain terms. */
import {
  type ClockDocument,
  clockDocument,
  type UniverseDocument,
  universeDocument,
  universeEnv,
} from '../control/document.ts';
import { type FaultDocument, faultDocument } from '../control/faults.ts';
import { durationMs } from '../duration.ts';
import type { ShownEntry } from '../entry.ts';
import { ApiError } from '../error.ts';
import type { FaultInput } from '../fault.ts';
import { type FaultText, faultsFrom } from '../preset.ts';
import type { CreateOptions, ForkOptions, Registry } from '../registry.ts';
import type { CredentialInfo, CredentialRequest, Twin } from '../twin.ts';
import type { Universe } from '../universe.ts';
import { universeFetch } from './fetch.ts';

/** A clock as tests set it; `now` is ISO 8601 or milliseconds. */
export interface ClockOptions {
  mode?: 'realtime' | 'frozen' | 'scaled';
  now?: string | number;
  rate?: number;
}

interface Beginning {
  clock?: ClockOptions;
  /** By kind, or the name of a preset, as `slack/ratelimited`. */
  faults?: readonly (string | FaultText)[];
}

/** How a universe begins; everything may be left out. */
export type OpenOptions = Omit<CreateOptions, 'clock' | 'faults' | 'tenant' | 'ttlMs'> & Beginning;

/** In what a fork differs from its parent. */
export type ForkText = Omit<ForkOptions, 'clock' | 'faults' | 'tenant' | 'ttlMs'> & Beginning;

/** A credential to be made; `expiresIn` is a duration. */
export type MintText = Omit<CredentialRequest, 'expiresInMs'> & { twin: string; expiresIn?: string | number };

/** Which entries of a journal; the last ones where there are more than `limit`. */
export interface JournalFilter {
  after?: number;
  kind?: 'exchange' | 'delivery' | 'fault' | 'gesture' | 'clock' | 'state' | 'note';
  twin?: string;
  limit?: number;
}

export class InProcessUniverse {
  /** What it is made of, for what has no plain term here. */
  readonly kernel: Universe;
  /** As the global `fetch`, but every request ends in this universe. */
  readonly fetch: typeof fetch;
  readonly #registry: Registry;

  constructor(registry: Registry, kernel: Universe) {
    this.kernel = kernel;
    this.fetch = universeFetch(kernel) as typeof fetch;
    this.#registry = registry;
  }

  get id(): string {
    return this.kernel.id;
  }

  /** All that the control API says of a universe. */
  get document(): UniverseDocument {
    return universeDocument(this.kernel);
  }

  /** Environment for a program, as `SLACK_BOT_TOKEN`. */
  get env(): Record<string, string> {
    return universeEnv(this.kernel);
  }

  /** How to sign in, by twin: `credentials.slack.botToken`. */
  get credentials(): Record<string, Record<string, unknown>> {
    const { twins } = this.document;
    return Object.fromEntries(Object.entries(twins).map(([twin, { credentials }]) => [twin, credentials]));
  }

  /**
   * Makes a credential for any person or app, returned with its secret; throws an Error where the vendor has no such
   * kind or nobody of that name.
   */
  mint({ twin, expiresIn, ...request }: MintText): CredentialInfo & { secret: Record<string, unknown> } {
    const credentials = this.kernel.setting.twins.get(twin)?.twin.credentials;
    if (!credentials) throw new TypeError(`there is no twin ${twin}`);
    const expiring = expiresIn === undefined ? {} : { expiresInMs: durationMs(expiresIn) };
    return this.kernel.work(twin, (world) => credentials.mint(world, { ...request, ...expiring }));
  }

  get clock(): ClockDocument {
    return clockDocument(this.kernel);
  }

  setClock(clock: ClockOptions): void {
    this.kernel.setClock(clockSetting(clock));
  }

  /** Moves time on by a duration (`10m`, `PT1H`, milliseconds); what falls due happens before this resolves. */
  async advance(by: string | number): Promise<void> {
    const ms = durationMs(by);
    if (!(ms >= 0)) throw new RangeError(`${by} lies in the past: time only moves on`);
    await this.kernel.advance(this.kernel.now() + ms);
  }

  /** Active faults, with how often each has hit. */
  get faults(): FaultDocument[] {
    return this.kernel.faults.active.map(faultDocument);
  }

  /**
   * Puts a fault in: the name of a preset (`okta/rate-limited`) or a fault by kind. Returns what was put in; throws an
   * Error that says what is wrong with it.
   */
  fault(fault: string | FaultText): FaultDocument[] {
    return faultInputs([fault], this.kernel.twins).map((one) => faultDocument(this.kernel.addFault(one)));
  }

  clearFaults(): void {
    for (const { id } of this.kernel.faults.active) this.kernel.removeFault(id);
  }

  /** Does what a person does in a vendor's own screens; throws an Error with the vendor's refusal. */
  gesture(gesture: { twin: string; gesture: string; as: string; with?: Record<string, unknown> }): unknown {
    return this.kernel.gesture({ with: {}, ...gesture, by: 'person' });
  }

  /** What has happened, oldest first, credentials masked. */
  journal({ limit = Number.MAX_SAFE_INTEGER, ...filter }: JournalFilter = {}): ShownEntry[] {
    const { entries } = this.kernel.journal.page({ ...filter, limit: Number.MAX_SAFE_INTEGER });
    return entries.slice(-Math.min(limit, entries.length));
  }

  /** One with the same contents, which goes its own way from here. */
  fork({ clock, faults = [], ...more }: ForkText = {}): InProcessUniverse {
    const fork = this.#registry.fork(this.kernel, {
      ...more,
      ...(clock ? { clock: clockSetting(clock) } : {}),
      faults: faultInputs(faults, this.kernel.twins),
    });
    return new InProcessUniverse(this.#registry, fork);
  }

  /** Whether a universe of this id is open beside this one. */
  holds(id: string): boolean {
    return this.#registry.get(id) !== undefined;
  }

  /** Back to how it began: rows, ids, credentials, faults; the journal is emptied. */
  reset(): void {
    this.kernel.reset();
  }

  /** Ends it. */
  close(): void {
    this.#registry.drop(this.id);
  }
}

/** Makes a universe in `registry`; rejects with an Error that says what is wrong with the options. */
export async function openIn(
  registry: Registry,
  { clock, faults = [], ...more }: OpenOptions,
): Promise<InProcessUniverse> {
  const twins = [...registry.twins.values()].map(({ twin }) => twin);
  const kernel = await registry.create({
    ...more,
    ...(clock ? { clock: clockSetting(clock) } : {}),
    faults: faultInputs(faults, twins),
  });
  return new InProcessUniverse(registry, kernel);
}

function clockSetting({ now, ...clock }: ClockOptions) {
  if (now === undefined) return clock;
  const at = typeof now === 'number' ? now : Date.parse(now);
  if (Number.isNaN(at)) throw new TypeError(`${now} is no moment: write it as 2026-03-02T09:00:00Z`);
  return { ...clock, now: at };
}

function faultInputs(faults: readonly (string | FaultText)[], twins: readonly Twin[]): FaultInput[] {
  return faults.flatMap((fault) => {
    try {
      return faultsFrom(typeof fault === 'string' ? { preset: fault } : fault, twins);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const wrongs = (error.data as { errors?: { pointer: string; detail: string }[] } | undefined)?.errors;
      const said = wrongs?.map(({ pointer, detail }) => `${pointer} ${detail}`.trim()).join('; ');
      throw new TypeError(`${error.message}: ${said}`, { cause: error });
    }
  });
}
