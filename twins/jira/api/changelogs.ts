/** The changelogs of many issues at once. */
import { openCursor, sealCursor } from '../../../src/page.ts';
import { endpoint } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { CHANGELOG_PAGE_DEFAULT, CHANGELOG_PAGE_MAX } from '../limits.ts';
import { historiesOf } from '../model/issues/history.ts';
import { issueNamed } from '../model/issues/issueNamed.ts';
import { browsing } from '../model/permissions/may.ts';
import { parseStamp } from '../model/time.ts';
import type { History } from '../world.ts';
import { addressOf, bodyObject, doc, texts } from './address.ts';
import { rangeOf } from './meta.ts';
import { historyView } from './talkViews.ts';

const list = { type: 'array', items: { type: 'string' } };

export const changelogEndpoints = [
  endpoint(
    {
      id: 'getBulkChangelogs',
      route: 'POST /rest/api/3/changelog/bulkfetch',
      input: {
        type: 'object',
        properties: {
          issueIdsOrKeys: { ...list, minItems: 1, maxItems: 1_000 },
          fieldIds: { ...list, maxItems: 10, uniqueItems: true },
          maxResults: { type: 'integer', minimum: 1, maximum: CHANGELOG_PAGE_MAX },
          nextPageToken: { type: ['string', 'null'] },
        },
        required: ['issueIdsOrKeys'],
      },
      doc: doc('issues', 'changelog-bulkfetch-post'),
    },
    (call) => {
      const { world } = call;
      const { issueIdsOrKeys, fieldIds, maxResults, nextPageToken } = bodyObject(call);
      const at = addressOf(call);
      const sees = browsing(world, at.me);
      const issues = texts(issueIdsOrKeys).flatMap((one) => issueNamed(world, one) ?? []);
      const ids = [...new Set(issues.filter(sees).map((issue) => issue.id))];
      const fields = texts(fieldIds);
      const scope = `changelogs ${ids} ${fields}`;
      const from = typeof nextPageToken === 'string' ? openCursor(nextPageToken, scope) : '0';
      if (from === undefined) throw badQuery('The provided next page token is invalid or expired.');
      const limit = typeof maxResults === 'number' ? maxResults : CHANGELOG_PAGE_DEFAULT;
      const { items, more } = rangeOf(historiesOf(world, ids, fields)).page({ limit, offset: Number(from) });
      const view = (row: History) => ({ ...historyView(at, row), created: parseStamp(row.created) });
      const of = [...new Set(items.map((row) => row.issueId))];
      return {
        issueChangeLogs: of.map((issueId) => ({
          issueId,
          changeHistories: items.filter((row) => row.issueId === issueId).map(view),
        })),
        ...(more ? { nextPageToken: sealCursor(String(Number(from) + limit), scope) } : {}),
      };
    },
  ),
];
