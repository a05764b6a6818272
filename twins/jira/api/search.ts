/** Searching with the query language. */

import { ApiError } from '../../../src/error.ts';
import { openCursor, sealCursor } from '../../../src/page.ts';
import { type Call, endpoint } from '../../../src/twin.ts';
import { badQuery, refused } from '../errors.ts';
import { SEARCH_PAGE_DEFAULT, SEARCH_PAGE_MAX } from '../limits.ts';
import { fieldsOf } from '../model/fields/fields.ts';
import { FUNCTION_NAMES } from '../model/jql/functions.ts';
import { parseJql } from '../model/jql/parse.ts';
import { searchBounded, searchIssues } from '../model/jql/search.ts';
import { addressOf, bodyObject, doc, listParameter } from './address.ts';
import { expandedIssue } from './issues.ts';
import { ISSUE_EXPAND, issueView, wantedFields } from './issueView.ts';
import { queryView } from './jqlView.ts';

interface SearchInput {
  jql: string;
  nextPageToken: string | undefined;
  maxResults: number;
  fields: readonly string[];
  expand: readonly string[];
}

/** One page: `{issues, isLast, nextPageToken?}`, with neither totals nor offsets. */
function search(call: Call, input: SearchInput) {
  const at = addressOf(call);
  const scope = `search ${input.jql}`;
  const after = input.nextPageToken === undefined ? undefined : openCursor(input.nextPageToken, scope);
  if (input.nextPageToken !== undefined && after === undefined)
    throw badQuery('The provided next page token is invalid or expired.');
  const page = searchBounded(call.world, at.me, input.jql).page({
    limit: input.maxResults,
    ...(after === undefined ? {} : { after }),
  });
  const wanted = wantedFields(input.fields, '*navigable');
  const bare = input.fields.length === 0 || (input.fields.length === 1 && input.fields[0] === 'id');
  const issues = page.items.map((issue) =>
    bare
      ? { id: issue.id }
      : input.expand.length > 0
        ? expandedIssue(at, issue, wanted, input.expand)
        : issueView(at, issue, wanted, ISSUE_EXPAND),
  );
  return {
    issues,
    ...(page.next === undefined ? {} : { nextPageToken: sealCursor(page.next, scope) }),
    isLast: !page.more,
  };
}

function numberOf(value: unknown): number {
  if (value === null || value === undefined || value === '') return SEARCH_PAGE_DEFAULT;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0)
    throw badQuery('The maxResults parameter must be a positive integer.');
  return Math.min(number, SEARCH_PAGE_MAX);
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];

/** What the withdrawn search answers since it was withdrawn (CHANGE-2046). */
function withdrawn(): never {
  const message =
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046';
  throw new ApiError({ name: 'gone', status: 410, message, data: { errorMessages: [message], errors: {} } });
}

const anonymous = { anonymous: true };

export const searchEndpoints = [
  endpoint(
    {
      id: 'searchAndReconsileIssuesUsingJql',
      route: 'GET /rest/api/3/search/jql',
      tier: 'search',
      traits: anonymous,
      doc: doc('issue-search', 'search-jql-get'),
    },
    (call) =>
      search(call, {
        jql: call.query.get('jql') ?? '',
        nextPageToken: call.query.get('nextPageToken') || undefined,
        maxResults: numberOf(call.query.get('maxResults')),
        fields: listParameter(call.query, 'fields'),
        expand: listParameter(call.query, 'expand'),
      }),
  ),
  endpoint(
    {
      id: 'searchAndReconsileIssuesUsingJqlPost',
      route: 'POST /rest/api/3/search/jql',
      tier: 'search',
      traits: anonymous,
      doc: doc('issue-search', 'search-jql-post'),
    },
    (call) => {
      const { jql = '', nextPageToken, maxResults, fields, expand } = bodyObject(call);
      if (typeof jql !== 'string') throw refused('badRequest');
      const token = typeof nextPageToken === 'string' && nextPageToken !== '' ? nextPageToken : undefined;
      return search(call, {
        jql,
        nextPageToken: token,
        maxResults: numberOf(maxResults),
        fields: texts(fields),
        expand: texts(expand),
      });
    },
  ),
  endpoint(
    {
      id: 'countIssues',
      route: 'POST /rest/api/3/search/approximate-count',
      tier: 'search',
      doc: doc('issue-search', 'search-approximate-count-post'),
    },
    (call) => {
      const { jql } = bodyObject(call);
      if (typeof jql !== 'string') throw refused('badRequest');
      return { count: searchBounded(call.world, addressOf(call).me, jql).count() };
    },
  ),
  endpoint(
    {
      id: 'searchForIssuesUsingJql',
      route: 'GET /rest/api/3/search',
      traits: anonymous,
      doc: doc('issue-search', 'search-get'),
    },
    withdrawn,
  ),
  endpoint(
    {
      id: 'searchForIssuesUsingJqlPost',
      route: 'POST /rest/api/3/search',
      traits: anonymous,
      doc: doc('issue-search', 'search-post'),
    },
    withdrawn,
  ),
  endpoint(
    {
      id: 'matchIssues',
      route: 'POST /rest/api/3/jql/match',
      tier: 'search',
      doc: doc('issue-search', 'jql-match-post'),
    },
    (call) => {
      const { jqls, issueIds } = bodyObject(call);
      if (!Array.isArray(jqls) || !Array.isArray(issueIds)) throw refused('badRequest');
      return { matches: jqls.map((jql) => matched(call, String(jql), new Set(issueIds.map(String)))) };
    },
  ),
  endpoint(
    { id: 'parseJqlQueries', route: 'POST /rest/api/3/jql/parse', doc: doc('jql', 'jql-parse-post') },
    (call) => {
      const { queries } = bodyObject(call);
      if (!Array.isArray(queries)) throw refused('badRequest');
      return { queries: queries.map((query) => parsed(call, String(query))) };
    },
  ),
  endpoint(
    {
      id: 'getAutoComplete',
      route: 'GET /rest/api/3/jql/autocompletedata',
      doc: doc('jql', 'jql-autocompletedata-get'),
    },
    ({ world }) => ({
      visibleFieldNames: fieldsOf(world)
        .filter((field) => field.searchable && field.clauseNames.length > 0)
        .map((field) => ({
          value: field.clauseNames[0],
          displayName: `${field.name} - ${field.clauseNames[0]}`,
          orderable: String(field.orderable),
          searchable: String(field.searchable),
          ...(field.schema?.customId ? { cfid: `cf[${field.schema.customId}]` } : {}),
        })),
      visibleFunctionNames: FUNCTION_NAMES.map((name) => ({ value: `${name}()`, displayName: `${name}()` })),
      jqlReservedWords: ['and', 'changed', 'empty', 'in', 'is', 'not', 'null', 'or', 'order', 'was'],
    }),
  ),
];

/** Which of the issues a query finds; its errors are told beside. */
function matched(call: Call, jql: string, wanted: ReadonlySet<string>) {
  try {
    const found = searchIssues(call.world, addressOf(call).me, jql).toArray();
    return {
      matchedIssues: found.filter((issue) => wanted.has(issue.id)).map((issue) => Number(issue.id)),
      errors: [],
    };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { matchedIssues: [], errors: error.data.errorMessages ?? [] };
  }
}

/** A query's errors, or what it is made of. */
function parsed(call: Call, query: string) {
  try {
    searchIssues(call.world, addressOf(call).me, query);
    return { query, structure: queryView(parseJql(query)) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { query, errors: error.data.errorMessages ?? [] };
  }
}
