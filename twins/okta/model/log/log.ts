/** The System Log: one event per change, kept in the order in which they were published. */
import { HEX, uuid } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { LOG_KEPT_MS, LOG_KEYWORD_CHARS_MAX, LOG_KEYWORDS_MAX, LOG_WINDOW_DEFAULT_MS } from '../../limits.ts';
import { stampMs } from '../../time.ts';
import { logs } from '../../world.ts';
import { type Address, addressFacts } from '../guard/address.ts';
import { behaviorsText, rememberSignIn } from '../guard/signInTrace.ts';
import { notifyHooks } from '../hooks/eventHook.ts';
import { tellOfEvent } from '../people/news.ts';
import { matcher } from '../search/match.ts';
import { parseFilter } from '../search/parse.ts';
import { transmit } from '../ssf/securityEvent.ts';
import { streamEvent } from './logStream.ts';

/** Who or what an event is about. https://developer.okta.com/docs/reference/api/system-log/#actor-object */
export interface LogParty {
  id: string;
  type: string;
  alternateId: string;
  displayName: string;
  detailEntry: Record<string, unknown> | null;
}

/** Who does something, with what the System Log tells of the request. */
export interface Who {
  id: string;
  type: 'User' | 'PublicClientApp' | 'SystemPrincipal';
  alternateId: string;
  displayName: string;
  client?: { ipAddress: string; userAgent: string };
  requestId?: string;
  requestUri?: string;
}

/** The vendor itself, where nobody asked: rules that run, timers. */
export const SYSTEM: Who = {
  id: 'SYSTEM',
  type: 'SystemPrincipal',
  alternateId: 'system@okta.com',
  displayName: 'Okta System',
};

/** A row of the System Log, in the vendor's shape but for `sequence`, its place among all events. */
export interface LogEvent {
  sequence: number;
  uuid: string;
  published: string;
  eventType: string;
  version: '0';
  severity: 'INFO' | 'WARN' | 'ERROR' | 'DEBUG';
  displayMessage: string;
  actor: LogParty;
  client: Record<string, unknown>;
  outcome: {
    result: 'SUCCESS' | 'FAILURE' | 'SKIPPED' | 'ALLOW' | 'DENY' | 'CHALLENGE';
    reason: string | null;
  };
  target: LogParty[];
  transaction: { type: string; id: string; detail: Record<string, unknown> };
  debugContext: { debugData: Record<string, unknown> };
  legacyEventType: string | null;
  authenticationContext: Record<string, unknown>;
  securityContext: Record<string, unknown>;
  request: { ipChain: Record<string, unknown>[] };
}

/** What the recorder of an event says; the rest follows from who did it and when. */
export interface LogInput {
  eventType: string;
  displayMessage: string;
  target: readonly LogParty[];
  outcome?: LogEvent['outcome'];
  severity?: LogEvent['severity'];
  debugData?: Record<string, unknown>;
}

/** Writes an event down and returns it. */
export function record(world: World, who: Who, input: LogInput): LogEvent {
  const sequence = world.next('okta.log');
  const ip = who.client?.ipAddress ?? null;
  const transaction = who.requestId ?? world.drawFor('okta.transaction', sequence).chars(HEX, 32);
  const event = world.insert(logs, {
    sequence,
    actor: {
      id: who.id,
      type: who.type,
      alternateId: who.alternateId,
      displayName: who.displayName,
      detailEntry: null,
    },
    client: clientOf(world, who),
    authenticationContext: authenticationOf(transaction),
    displayMessage: input.displayMessage,
    eventType: input.eventType,
    outcome: input.outcome ?? { result: 'SUCCESS', reason: null },
    published: stampMs(world.now()),
    securityContext: securityOf(world, ip),
    severity: input.severity ?? 'INFO',
    debugContext: {
      debugData: {
        requestId: transaction,
        requestUri: who.requestUri ?? null,
        url: who.requestUri ?? null,
        ...behaviorsOf(world, who, input),
        ...input.debugData,
      },
    },
    legacyEventType: null,
    transaction: { type: 'WEB', id: transaction, detail: {} },
    uuid: uuid(world.drawFor('okta.log.uuid', sequence)),
    version: '0',
    request: {
      ipChain:
        ip === null
          ? []
          : [
              {
                ip,
                geographicalContext: placeOf(world, ip),
                version: ip.includes(':') ? 'V6' : 'V4',
                source: null,
              },
            ],
    },
    target: input.target.map((party) => ({ ...party })),
  });
  if (isSignIn(who, input) && who.client) rememberSignIn(world, who.id, who.client);
  notifyHooks(world, event);
  streamEvent(world, event);
  transmit(world, event);
  tellOfEvent(world, event);
  return event;
}

const authenticationOf = (transaction: string): LogEvent['authenticationContext'] => ({
  authenticationProvider: null,
  credentialProvider: null,
  credentialType: null,
  issuer: null,
  interface: null,
  authenticationStep: 0,
  rootSessionId: `trs${transaction.slice(0, 22)}`,
  externalSessionId: `trs${transaction.slice(0, 22)}`,
});

/** A thing that a change was made to: `type` is what the System Log calls its kind. */
export interface Changed {
  id: string;
  type: string;
  name: string;
  alternateId?: string;
}

/** Writes down that one thing was made, changed or removed. */
export const recordChange = (
  world: World,
  who: Who,
  eventType: string,
  displayMessage: string,
  { id, type, name, alternateId = 'unknown' }: Changed,
): LogEvent =>
  record(world, who, {
    eventType,
    displayMessage,
    target: [{ id, type, alternateId, displayName: name, detailEntry: null }],
  });

/** What `GET /api/v1/logs` was asked for; texts as they were sent. */
export interface LogQuery {
  since: string | null;
  until: string | null;
  filter: string | null;
  q: string | null;
  descending: boolean;
}

/**
 * Events between two moments that match. Throws E0000001 for a date, filter or keyword list that cannot be read.
 * https://developer.okta.com/docs/reference/system-log-query/
 */
export function findEvents(world: World, query: LogQuery): Range<LogEvent> {
  const until = query.until === null ? undefined : moment(query.until, 'until');
  const asked =
    query.since === null ? (until ?? world.now()) - LOG_WINDOW_DEFAULT_MS : moment(query.since, 'since');
  const since = Math.max(asked, world.now() - LOG_KEPT_MS);
  const filter = query.filter === null ? undefined : matcher(parseFilter(query.filter, badFilter));
  const keywords = query.q === null ? [] : keywordsOf(query.q);
  return world.list(logs, {
    index: 'published',
    from: sortable(Math.max(0, since)),
    ...(until === undefined ? {} : { to: sortable(Math.max(0, until)) }),
    reverse: query.descending,
    where: (event) => (!filter || filter(event)) && (keywords.length === 0 || mentions(event, keywords)),
  });
}

const badFilter = (): Error => refuse('E0000053');

function moment(text: string, field: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw refuse('E0000001', {
      args: [field],
      causes: [
        `${field}: The date format in your query is not recognized. Please enter dates using ISO8601 string format.`,
      ],
    });
  return ms;
}

function keywordsOf(q: string): string[] {
  const keywords = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (keywords.length > LOG_KEYWORDS_MAX)
    throw refuse('E0000001', {
      args: ['q'],
      causes: [`q: At most ${LOG_KEYWORDS_MAX} keywords are allowed`],
    });
  if (keywords.some((one) => one.length > LOG_KEYWORD_CHARS_MAX))
    throw refuse('E0000001', {
      args: ['q'],
      causes: [`q: A keyword may not be longer than ${LOG_KEYWORD_CHARS_MAX} characters`],
    });
  return keywords;
}

/** Every keyword is somewhere in what the event says (its own numbering aside). */
function mentions(event: LogEvent, keywords: readonly string[]): boolean {
  const { sequence: _, ...said } = event;
  const text = JSON.stringify(said).toLowerCase();
  return keywords.every((one) => text.includes(one));
}

/** Somebody got in: what sign-ins after this one are compared with. */
const isSignIn = ({ type }: Who, { eventType, outcome }: LogInput): boolean =>
  eventType === 'user.session.start' && type === 'User' && (outcome?.result ?? 'SUCCESS') === 'SUCCESS';

const behaviorsOf = (world: World, who: Who, input: LogInput): Record<string, string> =>
  isSignIn(who, input) && who.client ? { behaviors: behaviorsText(world, who.id, who.client) } : {};

/** Where an address is, as far as anybody has said. */
function placeOf(world: World, ip: string): Record<string, unknown> | null {
  const { country, region, city, latitude, longitude } = addressFacts(world, ip);
  if (country === undefined) return null;
  return {
    city: city ?? null,
    state: region ?? null,
    country,
    postalCode: null,
    geolocation: latitude === undefined || longitude === undefined ? null : { lat: latitude, lon: longitude },
  };
}

function securityOf(world: World, ip: string | null): LogEvent['securityContext'] {
  const { asn, proxyType } = ip === null ? ({} as Address) : addressFacts(world, ip);
  const isKnown = asn !== undefined || proxyType !== undefined;
  return {
    asNumber: asn === undefined ? null : Number(asn),
    asOrg: null,
    isp: null,
    domain: null,
    isProxy: isKnown ? proxyType !== undefined : null,
  };
}

function clientOf(world: World, who: Who): Record<string, unknown> {
  if (!who.client)
    return {
      userAgent: null,
      zone: null,
      device: null,
      id: null,
      ipAddress: null,
      geographicalContext: null,
    };
  return {
    userAgent: { rawUserAgent: who.client.userAgent, os: 'Unknown', browser: 'UNKNOWN' },
    // The service writes the text "null" here, not JSON's null.
    zone: 'null',
    device: 'Unknown',
    id: null,
    ipAddress: who.client.ipAddress,
    geographicalContext: placeOf(world, who.client.ipAddress),
  };
}
