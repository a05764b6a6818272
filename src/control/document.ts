/** The universe document of the control API: what a universe is, where its twins are, and how to sign in to them. */
import type { ClockSetting } from '../clock.ts';
import type { Twin } from '../twin.ts';
import type { Universe } from '../universe.ts';

/** A clock as the API shows it. */
export interface ClockDocument {
  mode: ClockSetting['mode'];
  /** ISO 8601, universe time. */
  now: string;
  rate: number;
}

/** A universe as lists show it. */
export interface UniverseSummary {
  id: string;
  name: string;
  tenant: string;
  seed: number;
  createdAt: string;
  /** `null`: it stays until it is dropped. */
  expiresAt: string | null;
  clock: ClockDocument;
}

/** Where a twin of a universe is, and how to sign in. */
export interface TwinDocument {
  url: string;
  /** `http://127.0.0.1:PORT`, where the universe was made with `origins`. */
  origin?: string;
  credentials: Record<string, unknown>;
  [more: string]: unknown;
}

/** A universe in full. */
export interface UniverseDocument extends UniverseSummary {
  twins: Record<string, TwinDocument>;
  env: Record<string, string>;
}

/** All of it, credentials and environment included. */
export function universeDocument(universe: Universe): UniverseDocument {
  const twins: Record<string, TwinDocument> = {};
  for (const twin of universe.twins) {
    const url = universe.publicBase(twin.name);
    const origin = universe.origins?.get(twin.name);
    const base = programBase(universe, twin);
    twins[twin.name] = {
      url,
      ...(origin === undefined ? {} : { origin }),
      ...twin.credentials.document(universe.view(twin.name, base), base),
    };
  }
  return { ...universeSummary(universe), twins, env: universeEnv(universe) };
}

/** What lists show: no credentials. */
export function universeSummary(universe: Universe): UniverseSummary {
  const { expiresAt } = universe;
  return {
    id: universe.id,
    name: universe.name,
    tenant: universe.tenant,
    seed: universe.seed,
    createdAt: new Date(universe.createdAt).toISOString(),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    clock: clockDocument(universe),
  };
}

/** Environment for a program that is to use this universe. */
export function universeEnv(universe: Universe): Record<string, string> {
  const env: Record<string, string> = { ORRERY_UNIVERSE: universe.id };
  for (const twin of universe.twins) {
    const base = programBase(universe, twin);
    Object.assign(env, twin.credentials.env(universe.view(twin.name, base), base));
  }
  return { ...env, ...universe.setting.proxyEnv?.(universe) };
}

/** What a program is told: who asks for origins has a client that takes nothing else. */
const programBase = (universe: Universe, { name }: Twin): string =>
  universe.origins?.get(name) ?? universe.publicBase(name);

/** A universe's clock as the API shows it. */
export function clockDocument(universe: Universe): ClockDocument {
  const { mode, now, rate } = universe.clock.setting();
  return { mode, now: new Date(now).toISOString(), rate };
}
