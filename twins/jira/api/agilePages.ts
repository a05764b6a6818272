/** Pages of issues as the agile API gives them: by number, and (under `/rest/software/1.0`) by token. */
import { ApiError } from '../../../src/error.ts';
import { openCursor, sealCursor } from '../../../src/page.ts';
import { Range } from '../../../src/range.ts';
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { SEARCH_PAGE_DEFAULT, SEARCH_PAGE_MAX } from '../limits.ts';
import { narrowed } from '../model/software/boardIssues.ts';
import type { Issue } from '../world.ts';
import { type Address, addressOf, agileDoc, listParameter, numberParameter, softwareDoc } from './address.ts';
import { expandedIssue } from './issues.ts';
import { issueView, wantedFields } from './issueView.ts';

/** A list of issues that both forms give. */
export interface IssueList {
  id: string;
  /** Behind `/rest/agile/1.0`. */
  path: string;
  group: 'board' | 'epic' | 'sprint';
  rows(call: Call): Range<Issue>;
}

/** The two endpoints of a list. */
export function issueListEndpoints({ id, path, group, rows }: IssueList): Endpoint[] {
  const anchor = `${path
    .replace(/[/{}]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()}-get`;
  return [
    endpoint(
      {
        id,
        route: `GET /rest/agile/1.0/${path}`,
        page: { style: 'keyed', key: 'issues', default: SEARCH_PAGE_DEFAULT, max: 100 },
        doc: agileDoc(group, anchor),
      },
      (call: Call) => list(asked(call, rows), shower(call), { expand: 'schema,names' }),
    ),
    endpoint(
      {
        id: `${id}JSIS`,
        route: `GET /rest/software/1.0/${path}`,
        doc: softwareDoc(group, `software-1-0-${anchor}`),
      },
      (call: Call) => tokenPage(call, asked(call, rows)),
    ),
  ];
}

/** How many issues a list has. */
export const countOf = (call: Call, rows: IssueList['rows']): { count: number } => ({
  count: asked(call, rows).count(),
});

/** The rows that `jql` leaves; with `validateQuery=false` a wrong query finds nothing. */
function asked(call: Call, rows: IssueList['rows']): Range<Issue> {
  const all = rows(call);
  try {
    return narrowed(call.world, addressOf(call).me, all, call.query.get('jql'));
  } catch (error) {
    if (!(error instanceof ApiError) || call.query.get('validateQuery') !== 'false') throw error;
    return new Range<Issue>({ scan: () => [] });
  }
}

/** `{expand, issues, nextPageToken?, isLast}` */
function tokenPage(call: Call, rows: Range<Issue>): Record<string, unknown> {
  const scope = `${call.request.path} ${call.query.get('jql') ?? ''}`;
  const token = call.query.get('nextPageToken');
  const after = token ? openCursor(token, scope) : undefined;
  if (token && after === undefined) throw badQuery('The provided next page token is invalid or expired.');
  const limit = Math.min(numberParameter(call.query, 'maxResults', SEARCH_PAGE_DEFAULT), SEARCH_PAGE_MAX);
  const page = rows.page({ limit, ...(after === undefined ? {} : { after }) });
  return {
    expand: 'schema,names',
    issues: page.items.map(shower(call)),
    ...(page.next === undefined ? {} : { nextPageToken: sealCursor(page.next, scope) }),
    isLast: !page.more,
  };
}

/** Makes the view of an issue that a request asks for. */
function shower(call: Call): (issue: Issue) => unknown {
  const at = addressOf(call);
  return (issue) => agileIssue(at, issue, call.query);
}

const EXPAND = 'operations,versionedRepresentations,editmeta,changelog,renderedFields';

/** An issue with the agile fields, as `fields` and `expand` ask for it. */
export function agileIssue(at: Address, issue: Issue, query: URLSearchParams): Record<string, unknown> {
  const wanted = wantedFields(listParameter(query, 'fields'), '*all');
  const expand = listParameter(query, 'expand');
  if (expand.length === 0) return issueView(at, issue, wanted, EXPAND);
  return { ...expandedIssue(at, issue, wanted, expand), expand: EXPAND };
}
