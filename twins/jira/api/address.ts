/**
 * Who asks, by what address, and in which version of the API: what every view depends on. One set of endpoints
 * serves `/rest/api/3`, `/rest/api/2` and the gateway `/ex/jira/{cloudId}`; only this differs.
 */
import type { Call } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { refused } from '../errors.ts';
import { siteBase } from '../hosts.ts';
import { TIME_ZONE } from '../model/defaults.ts';
import { personOf } from '../model/people/people.ts';
import type { TextForm } from '../model/text/richText.ts';
import { shown } from '../model/time.ts';
import type { User } from '../world.ts';

/** The caller's view of the site. */
export interface Address {
  world: World;
  /** Where pictures are: the site itself, no slash at the end. */
  site: string;
  /** The site, or the gateway to it. */
  origin: string;
  /** Under which links are made: `{origin}/rest/api/3`. */
  rest: string;
  /** Under which issues link to themselves; `latest` and the agile API have their own. */
  issues: string;
  /** Documents (v3) or wiki text (v2). */
  form: TextForm;
  /** The person who asks; undefined without a credential. */
  me: User | undefined;
  agile: boolean;
  /** A stored moment as the caller sees it. */
  date(stored: string): string;
  dateOrNull(stored: string | null): string | null;
}

const VERSION = /^(\/ex\/jira\/[^/]+)?\/+rest\/(api|agile|software)\/([^/]+)/;

/** Reads a call's address. */
export function addressOf(call: Pick<Call, 'world' | 'request' | 'actor'>): Address {
  const { world } = call;
  const [, gateway = '', family = 'api', version = '3'] = VERSION.exec(call.request.path) ?? [];
  const base = world.base();
  const origin = base + gateway;
  const agile = family !== 'api';
  const accountId = (call.actor as { accountId?: string } | undefined)?.accountId;
  const me = accountId === undefined ? undefined : personOf(world, { accountId });
  const zone = me?.timeZone ?? TIME_ZONE;
  return {
    world,
    site: siteBase(world),
    origin,
    rest: `${origin}/rest/api/${!agile && version === '3' ? 3 : 2}`,
    issues: agile ? `${origin}/rest/agile/1.0` : `${origin}/rest/api/${version}`,
    form: !agile && version === '3' ? 'adf' : 'wiki',
    me,
    agile,
    date: (stored) => shown(stored, zone),
    dateOrNull: (stored) => (stored === null ? null : shown(stored, zone)),
  };
}

/** The person who asks; 401 without one. */
export function caller(call: Pick<Call, 'world' | 'actor'>): User {
  const accountId = (call.actor as { accountId?: string } | undefined)?.accountId;
  const me = accountId === undefined ? undefined : personOf(call.world, { accountId });
  if (!me) throw refused('unauthorized');
  return me;
}

/** The JSON object that was sent; 400 where it is none. */
export function bodyObject(call: Pick<Call, 'input'>): Record<string, unknown> {
  const { input } = call;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw refused('badRequest');
  return input as Record<string, unknown>;
}

/** The JSON object that was sent, less what is `null` in it: what fits `endpoint.input`, as its model takes it. */
export const given = <T = Record<string, unknown>>(call: Pick<Call, 'input'>): T =>
  withoutNulls(bodyObject(call)) as T;

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** A list of texts in a body, which may be left out; 400 where it is something else. */
export function texts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw refused('badRequest');
  return value as string[];
}

/** A comma-separated parameter, also when it is repeated. */
export const listParameter = (query: URLSearchParams, name: string): string[] =>
  query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** A parameter that is a whole number; `fallback` where it is none. */
export function numberParameter(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : fallback;
}

/** The page that describes an operation. */
export const doc = (group: string, anchor: string): string =>
  `https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-${group}/#api-rest-api-3-${anchor}`;

/** The same for the agile API. */
export const agileDoc = (group: string, anchor: string): string =>
  `https://developer.atlassian.com/cloud/jira/software/rest/api-group-${group}/#api-rest-agile-1-0-${anchor}`;

/** The same for whatever else Jira Software has, by the whole of the anchor behind `api-rest-`. */
export const softwareDoc = (group: string, anchor: string): string =>
  `https://developer.atlassian.com/cloud/jira/software/rest/api-group-${group}/#api-rest-${anchor}`;
