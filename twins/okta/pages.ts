/** Page styles: lists with `Link` headers, and the System Log, which can always be asked for more. */

import { openCursor, sealCursor } from '../../src/page.ts';
import type { Call, Listing, PageStyle } from '../../src/twin.ts';
import { visibleTo } from './access.ts';
import type { OktaActor } from './actor.ts';
import { refuse } from './errors.ts';
import type { LogEvent } from './model/log/log.ts';

/** What an endpoint says of its lists, in `traits`. */
export interface ListTraits {
  /** Query parameters that the links repeat. */
  keeps?: readonly string[];
  /** `user`: the id in a cursor is dressed up (`00u…` as `200u…`). `base64`: a cursor is a name, encoded. */
  cursor?: 'user' | 'base64';
  /** What a cursor that cannot be read is refused with; E0000029 unless said. */
  badCursor?: string;
  /** The list comes whole where no limit is asked for: its links name none. */
  whole?: boolean;
  /** No `Link` header at all. */
  linkless?: boolean;
  /** Only the next page is linked. */
  nextOnly?: boolean;
}

/** What a handler says of one list, in the third argument of `list`. */
export interface ListExtra {
  /** All positions begin so; cursors leave it out. */
  within?: string;
  /** The order is not that of ids: cursors are sealed. */
  sealed?: boolean;
  /** The limit where none is asked for, if it is not the endpoint's. */
  otherwise?: number;
  /** The links of a list that is a body of its own (`bodyPage`). */
  links?: Readonly<Record<string, unknown>>;
}

/** A plain array, with links to itself and to the next page as headers of their own. */
export const linkPage: PageStyle = (call, listing, spec) => {
  const traits = (call.endpoint.traits ?? {}) as ListTraits;
  const extra = listing.extra as ListExtra;
  const limit = isWhole(call, traits)
    ? Number.POSITIVE_INFINITY
    : limitOf(call, extra.otherwise ?? spec.default, spec.max);
  const after = call.query.get('after');
  const codec = codecOf(call, traits, extra);
  const page = narrowed(call, listing.range).page({ limit, after: after ? codec.open(after) : undefined });
  const link = (rel: string, cursor: string | null): [string, string] => [
    'link',
    `<${call.world.base()}${call.request.path}${queryOf(call, traits, limit, cursor)}>; rel="${rel}"`,
  ];
  const headers: [string, string][] = [];
  if (!traits.linkless && !traits.nextOnly) headers.push(link('self', after || null));
  if (page.next !== undefined && !traits.linkless) headers.push(link('next', codec.seal(page.next)));
  const items = page.items.map(listing.view);
  return { value: spec.key ? { [spec.key]: items } : items, headers };
};

/** The rows that the caller's roles let them see. */
function narrowed(call: Call, range: Listing['range']): Listing['range'] {
  const test = visibleTo(call as Call<OktaActor>);
  return test ? range.filter(test) : range;
}

/** `{<key>: […], _links}`, where `_links.next` goes on; `extra.links` are the other ones. */
export const bodyPage: PageStyle = (call, listing, spec) => {
  const { within = '', links } = listing.extra as ListExtra;
  const limit = limitOf(call, spec.default, spec.max);
  const after = call.query.get('after');
  const page = listing.range.page({ limit, after: after ? within + after : undefined });
  const path = `${call.world.base()}${call.request.path}`;
  const next = page.next === undefined ? undefined : page.next.slice(within.length);
  const size = call.query.get('limit') ? `&limit=${limit}` : '';
  const _links = { ...links, ...(next ? { next: { href: `${path}?after=${next}${size}` } } : {}) };
  return {
    value: { [spec.key ?? 'value']: page.items.map(listing.view), ...(links || next ? { _links } : {}) },
    headers: links?.self ? [['link', `<${path}>; rel="self"`]] : [],
  };
};

/** Like `linkPage`, but there is always a next page: whoever polls goes on where the last answer ended. */
export const logPage: PageStyle = (call, listing, spec) => {
  const limit = Math.min(limitOf(call, spec.default, spec.max, 0), spec.max);
  const sent = call.query.get('after');
  const after = sent ? openLogCursor(sent) : undefined;
  const page = listing.range.page({ limit, after });
  const last = page.items.at(-1) as LogEvent | undefined;
  const cursor = last ? logCursor(last) : (sent ?? `${call.world.now()}_1`);
  const keeps: ListTraits = { keeps: ['since', 'until', 'filter', 'q', 'sortOrder'] };
  const link = (rel: string, at: string | null): [string, string] => [
    'link',
    `<${call.world.base()}${call.request.path}${queryOf(call, keeps, limit, at)}>; rel="${rel}"`,
  ];
  return { value: page.items.map(listing.view), headers: [link('self', sent), link('next', cursor)] };
};

/** The position in the order of publication that a cursor `<epoch ms>_<n>` names. */
function openLogCursor(text: string): string {
  const match = /^(\d{1,15})_(\d{1,15})$/.exec(text);
  if (!match) throw refuse('E0000029', { causes: ['Invalid cursor.'] });
  const [, ms = '', n = ''] = match;
  return `${ms.padStart(15, '0')}\u0001${n.padStart(15, '0')}`;
}

const logCursor = (event: LogEvent): string => `${Date.parse(event.published)}_${event.sequence}`;

function limitOf(call: Call, otherwise: number, max: number, least = 1): number {
  const text = call.query.get('limit');
  if (text === null || text === '') return otherwise;
  if (!/^-?\d{1,9}$/.test(text)) throw refuse('E0000037', { args: [`Invalid value for limit: ${text}`] });
  const wanted = Number(text);
  return wanted < least ? otherwise : Math.min(wanted, max);
}

function codecOf(call: Call, traits: ListTraits, extra: ListExtra) {
  const { within = '' } = extra;
  const scope = `${call.endpoint.id} ${queryOf(call, traits, 0, null)}`;
  const bad = () => refuse(traits.badCursor ?? 'E0000029', { causes: ['Invalid cursor.'] });
  if (extra.sealed)
    return {
      seal: (position: string) => sealCursor(position, scope),
      open: (cursor: string) => {
        const position = openCursor(cursor, scope);
        if (position === undefined) throw bad();
        return position;
      },
    };
  if (traits.cursor === 'base64')
    return {
      seal: (position: string) => Buffer.from(position).toString('base64'),
      open: (cursor: string) => Buffer.from(cursor, 'base64').toString('utf8'),
    };
  return {
    seal: (position: string) => {
      const id = position.slice(within.length);
      return traits.cursor === 'user' ? `200u${id.slice(3)}` : id;
    },
    open: (cursor: string) => {
      const id = traits.cursor === 'user' ? cursor.replace(/^200u/, '00u') : cursor;
      if (!/^[0-9A-Za-z]{20}$/.test(id)) throw bad();
      return within + id;
    },
  };
}

/** A list that comes whole does so until somebody asks for pages. */
const isWhole = (call: Call, { whole }: ListTraits): boolean => whole === true && !call.query.get('limit');

/** The query of a link: only what matters for paging, in alphabetical order. */
function queryOf(call: Call, traits: ListTraits, limit: number, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const name of traits.keeps ?? []) {
    const value = call.query.get(name);
    if (value !== null && value !== '') query.set(name, value);
  }
  if (!query.has('sortBy') && call.endpoint.id !== 'listLogEvents') query.delete('sortOrder');
  if (!isWhole(call, traits)) query.set('limit', String(limit));
  if (cursor !== null) query.set('after', cursor);
  query.sort();
  return query.size > 0 ? `?${query}` : '';
}
