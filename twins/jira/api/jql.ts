/** Queries themselves: read, matched against issues, cleaned of what their reader may not see. */
import { ApiError } from '../../../src/error.ts';
import { type Call, endpoint } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { badQuery, refused } from '../errors.ts';
import { MATCHED_ISSUES_MAX, MATCHED_QUERIES_MAX, PARSED_QUERIES_MAX } from '../limits.ts';
import { withAccountIds } from '../model/jql/accountIds.ts';
import { checkedJql, compileJql } from '../model/jql/compile.ts';
import { parseJql } from '../model/jql/parse.ts';
import { sanitized } from '../model/jql/sanitize.ts';
import { finds } from '../model/jql/search.ts';
import { personOf } from '../model/people/people.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { issues, type User } from '../world.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { queryView } from './jqlView.ts';

const anonymous = { anonymous: true };

export const jqlEndpoints = [
  endpoint(
    {
      id: 'parseJqlQueries',
      route: 'POST /rest/api/3/jql/parse',
      traits: anonymous,
      doc: doc('jql', 'jql-parse-post'),
    },
    (call) => {
      const mode = validationOf(call);
      const queries = listed(bodyObject(call).queries, 'queries', PARSED_QUERIES_MAX);
      return { queries: queries.map((query) => parsed(call.world, addressOf(call).me, query, mode)) };
    },
  ),
  endpoint(
    {
      id: 'matchIssues',
      route: 'POST /rest/api/3/jql/match',
      tier: 'search',
      traits: anonymous,
      doc: doc('issue-search', 'jql-match-post'),
    },
    (call) => {
      const body = bodyObject(call);
      const jqls = listed(body.jqls, 'jqls', MATCHED_QUERIES_MAX);
      const ids = idsOf(body.issueIds);
      return { matches: jqls.map((jql) => matched(call.world, addressOf(call).me, jql, ids)) };
    },
  ),
  endpoint(
    {
      id: 'sanitiseJqlQueries',
      route: 'POST /rest/api/3/jql/sanitize',
      doc: doc('jql', 'jql-sanitize-post'),
    },
    (call) => {
      requireAdmin(
        call.world,
        caller(call),
        'You are not authorized to perform this action. Administrator privileges are required.',
      );
      const { queries } = bodyObject(call);
      if (!Array.isArray(queries) || queries.length === 0) throw badQuery('The queries has to be provided.');
      return { queries: queries.map((one) => sanitizedView(call.world, one)) };
    },
  ),
  endpoint(
    { id: 'migrateQueries', route: 'POST /rest/api/3/jql/pdcleaner', doc: doc('jql', 'jql-pdcleaner-post') },
    (call) => {
      caller(call);
      const queries = listed(bodyObject(call).queryStrings, 'queryStrings', PARSED_QUERIES_MAX);
      const cleaned = queries.map((query) => ({ query, ...withAccountIds(call.world, query) }));
      return {
        queryStrings: cleaned.filter((one) => one.known).map((one) => one.converted),
        queriesWithUnknownUsers: cleaned
          .filter((one) => !one.known)
          .map((one) => ({ originalQuery: one.query, convertedQuery: one.converted })),
      };
    },
  ),
];

type Validation = 'strict' | 'warn' | 'none';

function validationOf(call: Call): Validation {
  const mode = call.query.get('validation') ?? 'strict';
  if (mode !== 'strict' && mode !== 'warn' && mode !== 'none')
    throw badQuery(`The validation mode '${mode}' is not supported. Supported modes: strict, warn, none.`);
  return mode;
}

/** Queries that were sent; 400 for none, for too many, and for what is none. */
function listed(value: unknown, name: string, max: number): string[] {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) throw refused('badRequest');
  if (value.length === 0) throw badQuery(`The ${name} has to be provided.`);
  if (value.length > max) throw badQuery(`The number of ${name} exceeds the maximum of ${max}.`);
  return value as string[];
}

function idsOf(value: unknown): string[] {
  if (!Array.isArray(value) || value.some((one) => !Number.isSafeInteger(one))) throw refused('badRequest');
  if (value.length > MATCHED_ISSUES_MAX)
    throw badQuery(`The number of issueIds exceeds the maximum of ${MATCHED_ISSUES_MAX}.`);
  return [...new Set(value.map(String))];
}

/** A query's errors and warnings, and what it is made of. */
function parsed(world: World, me: User | undefined, query: string, mode: Validation) {
  try {
    const structure = queryView(parseJql(query));
    if (mode === 'none') return { query, structure };
    const { problems } = checkedJql(world, me, query);
    const said = (...kinds: string[]) => [
      ...new Set(problems.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text)),
    ];
    const [errors, warnings] = [said('error'), said('value', 'warning')];
    const valid = errors.length === 0 && warnings.length === 0;
    return {
      query,
      ...(errors.length > 0 ? { errors } : {}),
      ...(warnings.length > 0 ? { warnings } : {}),
      ...(valid || mode === 'warn' ? { structure } : {}),
    };
  } catch (error) {
    return { query, errors: messagesOf(error) };
  }
}

/** Which of the issues a query finds; its errors are told beside. */
function matched(world: World, me: User | undefined, jql: string, ids: readonly string[]) {
  try {
    const found = finds(world, me, compileJql(world, me, jql));
    const all = ids.flatMap((id) => world.get(issues, id) ?? []);
    return { matchedIssues: all.filter(found).map((issue) => Number(issue.id)), errors: [] };
  } catch (error) {
    return { matchedIssues: [], errors: messagesOf(error) };
  }
}

function sanitizedView(world: World, sent: unknown) {
  const { query, accountId = null } = (sent ?? {}) as { query?: unknown; accountId?: unknown };
  if (typeof query !== 'string' || (accountId !== null && typeof accountId !== 'string'))
    throw refused('badRequest');
  const person = accountId === null ? undefined : personOf(world, { accountId });
  const shown = { initialQuery: query, ...(accountId === null ? {} : { accountId }) };
  try {
    return { ...shown, sanitizedQuery: sanitized(world, person, query) };
  } catch (error) {
    return { ...shown, errors: { errorMessages: messagesOf(error), errors: {} } };
  }
}

/** What a refusal says; anything else goes on. */
function messagesOf(error: unknown): unknown {
  if (!(error instanceof ApiError)) throw error;
  return error.data.errorMessages ?? [error.message];
}
