/** Searching issues with the query language. */
import { ApiError } from '../../../src/error.ts';
import { openCursor, sealCursor } from '../../../src/page.ts';
import { type Call, endpoint } from '../../../src/twin.ts';
import { badQuery, refused } from '../errors.ts';
import {
  PROPERTIES_PER_SEARCH_MAX,
  RECONCILED_ISSUES_MAX,
  SEARCH_PAGE_DEFAULT,
  SEARCH_PAGE_FIELDS_MAX,
  SEARCH_PAGE_MAX,
} from '../limits.ts';
import { fieldsOf } from '../model/fields/fields.ts';
import { searchBounded } from '../model/jql/search.ts';
import { propertiesOf } from '../model/properties.ts';
import type { Issue } from '../world.ts';
import { type Address, addressOf, bodyObject, doc, listParameter } from './address.ts';
import { expandedIssue } from './issues.ts';
import { fieldNames, ISSUE_EXPAND, issueView, wantedFields } from './issueView.ts';

interface SearchInput {
  jql: string;
  nextPageToken: string | undefined;
  maxResults: number;
  fields: readonly string[];
  fieldsByKeys: boolean;
  properties: readonly string[];
  expand: readonly string[];
}

type Json = Record<string, unknown>;

/** One page: `{issues, isLast, nextPageToken?}`, with neither totals nor offsets. */
function search(call: Call, input: SearchInput): Json {
  const at = addressOf(call);
  const scope = `search ${input.jql}`;
  const after = input.nextPageToken === undefined ? undefined : openCursor(input.nextPageToken, scope);
  if (input.nextPageToken !== undefined && after === undefined)
    throw badQuery('The provided next page token is invalid or expired.');
  const light =
    input.fields.every((name) => name === 'id' || name === 'key') && input.properties.length === 0;
  const page = searchBounded(call.world, at.me, input.jql).page({
    limit: Math.min(input.maxResults, light ? SEARCH_PAGE_MAX : SEARCH_PAGE_FIELDS_MAX),
    ...(after === undefined ? {} : { after }),
  });
  const issues = page.items.map((issue) => issueFound(at, issue, input));
  return {
    issues,
    ...dictionary(at, issues, input.expand),
    ...(page.next === undefined ? {} : { nextPageToken: sealCursor(page.next, scope) }),
    isLast: !page.more,
  };
}

/** A hit with what was asked for of it; its id alone where nothing was. */
function issueFound(at: Address, issue: Issue, input: SearchInput): Json {
  const { properties, expand } = input;
  const fields = input.fieldsByKeys ? idsOfKeys(at, input.fields) : input.fields;
  const bare = fields.length === 0 || (fields.length === 1 && fields[0] === 'id');
  const wanted = wantedFields(fields, '*navigable');
  const inside = expand.filter((one) => one !== 'names' && one !== 'schema');
  const shown =
    bare && properties.length === 0 && inside.length === 0
      ? { id: issue.id }
      : inside.length > 0
        ? expandedIssue(at, issue, wanted, inside)
        : issueView(at, issue, wanted, ISSUE_EXPAND);
  if (properties.length === 0) return shown;
  const kept = propertiesOf(at.world, 'issue', issue.id).filter((row) => properties.includes(row.key));
  return { ...shown, properties: Object.fromEntries(kept.map((row) => [row.key, row.value])) };
}

/** A system field's key is its id; a custom field's is its kind and number. */
const idsOfKeys = ({ world }: Address, keys: readonly string[]): string[] =>
  keys.map((key) => fieldsOf(world).find((field) => field.id === key || field.name === key)?.id ?? key);

/** What the fields of a page are called and hold, told once for all of its issues. */
function dictionary(at: Address, issues: readonly Json[], expand: readonly string[]): Json {
  if (!expand.includes('names') && !expand.includes('schema')) return {};
  const all = Object.assign({}, ...issues.map((issue) => issue.fields ?? {})) as Json;
  const { names, schema } = fieldNames(at, all);
  return { ...(expand.includes('names') ? { names } : {}), ...(expand.includes('schema') ? { schema } : {}) };
}

function numberOf(value: unknown): number {
  if (value === null || value === undefined || value === '') return SEARCH_PAGE_DEFAULT;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || typeof value === 'object')
    throw badQuery('The maxResults parameter must be a positive integer.');
  return number;
}

/** A list of texts, of which one may be a comma-separated text; 400 for anything else. */
function texts(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const all = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(all) || all.some((one) => typeof one !== 'string')) throw refused('badRequest');
  return (all as string[]).map((one) => one.trim()).filter((one) => one !== '');
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw refused('badRequest');
  return value;
}

/** At most five properties come along. */
function propertyKeys(keys: readonly string[]): readonly string[] {
  if (keys.length > PROPERTIES_PER_SEARCH_MAX)
    throw badQuery(`The number of properties requested exceeds the maximum of ${PROPERTIES_PER_SEARCH_MAX}.`);
  return keys;
}

/** Issues that must be found as they are now: here every search sees everything at once. */
function checkReconciled(ids: readonly unknown[]): void {
  if (ids.length > RECONCILED_ISSUES_MAX)
    throw badQuery(`The number of issue ids to reconcile exceeds the maximum of ${RECONCILED_ISSUES_MAX}.`);
  if (ids.some((id) => !/^\d+$/.test(String(id)))) throw refused('badRequest');
}

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
    (call) => {
      const { query } = call;
      checkReconciled(listParameter(query, 'reconcileIssues'));
      return search(call, {
        jql: query.get('jql') ?? '',
        nextPageToken: query.get('nextPageToken') || undefined,
        maxResults: numberOf(query.get('maxResults')),
        fields: listParameter(query, 'fields'),
        fieldsByKeys: query.get('fieldsByKeys') === 'true',
        properties: propertyKeys(listParameter(query, 'properties')),
        expand: listParameter(query, 'expand'),
      });
    },
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
      const body = bodyObject(call);
      if (body.reconcileIssues !== undefined && !Array.isArray(body.reconcileIssues))
        throw refused('badRequest');
      checkReconciled(body.reconcileIssues ?? []);
      return search(call, {
        jql: text(body.jql),
        nextPageToken: text(body.nextPageToken) || undefined,
        maxResults: numberOf(body.maxResults),
        fields: texts(body.fields),
        fieldsByKeys: body.fieldsByKeys === true,
        properties: propertyKeys(texts(body.properties)),
        expand: texts(body.expand),
      });
    },
  ),
  endpoint(
    {
      id: 'countIssues',
      route: 'POST /rest/api/3/search/approximate-count',
      tier: 'search',
      traits: anonymous,
      doc: doc('issue-search', 'search-approximate-count-post'),
    },
    (call) => ({
      count: searchBounded(call.world, addressOf(call).me, text(bodyObject(call).jql)).count(),
    }),
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
];
