/** Jira's page styles: `startAt` and `maxResults` everywhere, with envelopes that differ by family. */
import type { Call, Listing, PageSpec, PageStyle } from '../../src/twin.ts';
import { addressOf, numberParameter } from './api/address.ts';

interface Slice {
  startAt: number;
  maxResults: number;
  total: number;
  isLast: boolean;
  values: unknown[];
}

/** The page that a request asks for; numbers that make no sense are taken for the default. */
function slice(call: Call, listing: Listing, spec: PageSpec): Slice {
  const startAt = numberParameter(call.query, 'startAt', 0);
  const maxResults = Math.min(spec.max, numberParameter(call.query, 'maxResults', spec.default));
  const page = listing.range.page({ limit: maxResults, offset: startAt });
  return {
    startAt,
    maxResults,
    total: listing.range.count(),
    isLast: !page.more,
    values: page.items.map(listing.view),
  };
}

/** The address of a page: what was asked (or `extra.self`), with the numbers of this page. */
function self(call: Call, { extra }: Listing, startAt: number, maxResults: number): string {
  const query = new URLSearchParams(call.query);
  query.delete('startAt');
  query.delete('maxResults');
  query.append('maxResults', String(maxResults));
  query.append('startAt', String(startAt));
  const asked = addressOf(call).origin + call.request.path.replace(/^\/ex\/jira\/[^/]+/, '');
  return `${typeof extra.self === 'string' ? extra.self : asked}?${query}`;
}

/** A page with its own address and the next one's. */
function addressed(call: Call, listing: Listing, { values, ...rest }: Slice): Record<string, unknown> {
  const next = rest.startAt + rest.maxResults;
  return {
    self: self(call, listing, rest.startAt, rest.maxResults),
    ...(rest.isLast ? {} : { nextPage: self(call, listing, next, rest.maxResults) }),
    maxResults: rest.maxResults,
    startAt: rest.startAt,
    total: rest.total,
    isLast: rest.isLast,
    values,
  };
}

export const pages: Readonly<Record<string, PageStyle>> = {
  /** `{self, nextPage?, maxResults, startAt, total, isLast, values}` */
  values: (call, listing, spec) => ({ value: addressed(call, listing, slice(call, listing, spec)) }),
  /** The same with the statuses of the workflows on the page. */
  workflows(call, listing, spec) {
    const page = slice(call, listing, spec);
    const { values, ...rest } = addressed(call, listing, page);
    const rows = listing.range.page({ limit: page.maxResults, offset: page.startAt }).items;
    const statuses = (listing.extra.statuses as (rows: readonly object[]) => unknown)(rows);
    return { value: { ...rest, statuses, values } };
  },
  /** The same without addresses. */
  bare(call, listing, spec) {
    const { maxResults, startAt, total, isLast, values } = slice(call, listing, spec);
    return { value: { maxResults, startAt, total, isLast, ...listing.extra, values } };
  },
  /** `{startAt, total, isLast, maxResults, values}`: the order of `/statuses/search`. */
  statuses(call, listing, spec) {
    const { maxResults, startAt, total, isLast, values } = slice(call, listing, spec);
    return { value: { startAt, total, isLast, maxResults, values } };
  },
  /** `{startAt, maxResults, total, <key>}`: comments, worklogs. */
  keyed(call, listing, spec) {
    const { startAt, maxResults, total, values } = slice(call, listing, spec);
    return { value: { ...listing.extra, startAt, maxResults, total, [spec.key ?? 'values']: values } };
  },
  /** `{startAt, maxResults, total, prev?, next?, <key>}`: dashboards. */
  linked(call, listing, spec) {
    const { startAt, maxResults, total, isLast, values } = slice(call, listing, spec);
    const before = Math.max(0, startAt - maxResults);
    return {
      value: {
        startAt,
        maxResults,
        total,
        ...(startAt > 0 ? { prev: self(call, listing, before, maxResults) } : {}),
        ...(isLast ? {} : { next: self(call, listing, startAt + maxResults, maxResults) }),
        [spec.key ?? 'values']: values,
      },
    };
  },
  /** `{cursor, last, nextPageCursor, size, total, values}`: plans. The cursor counts what came before. */
  cursor(call, listing, spec) {
    const offset = numberParameter(call.query, 'cursor', 0);
    const limit = Math.min(spec.max, numberParameter(call.query, 'maxResults', spec.default));
    const { items, more } = listing.range.page({ limit, offset });
    return {
      value: {
        cursor: call.query.get('cursor') ?? '',
        last: !more,
        ...(more ? { nextPageCursor: String(offset + items.length) } : {}),
        size: items.length,
        total: listing.range.count(),
        values: items.map(listing.view),
      },
    };
  },
  /** The things themselves. */
  array(call, listing, spec) {
    return { value: slice(call, listing, spec).values };
  },
};
