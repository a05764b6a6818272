/** Jira expressions: evaluated, and analysed without that. */
import { openCursor, sealCursor } from '../../../src/page.ts';
import { type Call, endpoint } from '../../../src/twin.ts';
import { badQuery, refused } from '../errors.ts';
import { EXPRESSION_ISSUES_MAX, EXPRESSIONS_ANALYSED_MAX } from '../limits.ts';
import { analysed } from '../model/expressions/analyse.ts';
import { type Context, contextOf, type Paging } from '../model/expressions/context.ts';
import { runExpression } from '../model/expressions/run.ts';
import type { Thing } from '../model/expressions/things.ts';
import type { Issue, IssueType, Priority, Project, Resolution, Status, UserRef, Version } from '../world.ts';
import { type Address, addressOf, bodyObject, doc, listParameter } from './address.ts';
import { personView } from './peopleView.ts';
import {
  issueTypeView,
  priorityView,
  projectView,
  resolutionView,
  statusView,
  versionView,
} from './schemeViews.ts';

type Json = Record<string, unknown>;

const anonymous = { anonymous: true };

export const expressionEndpoints = [
  endpoint(
    {
      id: 'evaluateJSISJiraExpression',
      route: 'POST /rest/api/3/expression/evaluate',
      tier: 'search',
      traits: anonymous,
      doc: doc('jira-expressions', 'expression-evaluate-post'),
    },
    (call) => evaluated(call, byToken, tokenMeta),
  ),
  endpoint(
    {
      id: 'evaluateJiraExpression',
      route: 'POST /rest/api/3/expression/eval',
      tier: 'search',
      traits: anonymous,
      doc: doc('jira-expressions', 'expression-eval-post'),
    },
    (call) => evaluated(call, byOffset, offsetMeta),
  ),
  endpoint(
    {
      id: 'analyseExpression',
      route: 'POST /rest/api/3/expression/analyse',
      traits: anonymous,
      doc: doc('jira-expressions', 'expression-analyse-post'),
    },
    analysis,
  ),
];

function evaluated(call: Call, paging: Paging, meta: (context: Context, jql: Json) => Json): Json {
  const at = addressOf(call);
  const { expression, context } = bodyObject(call);
  if (typeof expression !== 'string' || expression === '') throw refused('badRequest');
  const read = contextOf(call.world, at.me, context, paging);
  const { value, complexity } = runExpression(call.world, at.me, expression, read.variables, (thing) =>
    beanOf(at, thing),
  );
  const { jql = {} } = ((context as Json | undefined)?.issues ?? {}) as { jql?: Json };
  const shown = {
    ...(listParameter(call.query, 'expand').includes('meta.complexity') ? { complexity } : {}),
    ...(read.issues ? { issues: { jql: meta(read, jql) } } : {}),
  };
  return { value, ...(Object.keys(shown).length > 0 ? { meta: shown } : {}) };
}

const wholeNumber = (value: unknown, fallback: number): number => {
  if (value === undefined) return fallback;
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw refused('badRequest');
  return value as number;
};

const scopeOf = (jql: Json): string => `expression ${String(jql.query)}`;

const byToken: Paging = (jql) => {
  const { nextPageToken } = jql;
  const limit = wholeNumber(jql.maxResults, EXPRESSION_ISSUES_MAX);
  if (nextPageToken === undefined || nextPageToken === null || nextPageToken === '') return { limit };
  const after = typeof nextPageToken === 'string' ? openCursor(nextPageToken, scopeOf(jql)) : undefined;
  if (after === undefined) throw badQuery('The provided next page token is invalid or expired.');
  return { limit, after };
};

const tokenMeta = ({ issues }: Context, jql: Json): Json => ({
  nextPageToken: issues?.next === undefined ? '' : sealCursor(issues.next, scopeOf(jql)),
  isLast: !issues?.more,
});

const byOffset: Paging = (jql) => ({
  limit: wholeNumber(jql.maxResults, EXPRESSION_ISSUES_MAX),
  offset: wholeNumber(jql.startAt, 0),
});

const offsetMeta = ({ issues }: Context, jql: Json): Json => ({
  startAt: wholeNumber(jql.startAt, 0),
  maxResults: wholeNumber(jql.maxResults, EXPRESSION_ISSUES_MAX),
  count: issues?.items.length ?? 0,
  totalCount: issues?.total() ?? 0,
  validationWarnings: [],
});

const CHECKS = ['syntax', 'type', 'complexity'] as const;

function analysis(call: Call): Json {
  const check = CHECKS.find((one) => one === (call.query.get('check') ?? 'syntax'));
  if (!check) throw badQuery(`The check '${call.query.get('check')}' is not supported.`);
  const { expressions, contextVariables = {} } = bodyObject(call);
  if (!Array.isArray(expressions) || expressions.some((one) => typeof one !== 'string'))
    throw refused('badRequest');
  if (expressions.length > EXPRESSIONS_ANALYSED_MAX)
    throw badQuery(`At most ${EXPRESSIONS_ANALYSED_MAX} expressions may be analysed at once.`);
  if (typeof contextVariables !== 'object' || contextVariables === null || Array.isArray(contextVariables))
    throw refused('badRequest');
  if (Object.values(contextVariables).some((type) => typeof type !== 'string')) throw refused('badRequest');
  const types = contextVariables as Record<string, string>;
  return { results: expressions.map((text: string) => analysed(text, check, types)) };
}

/** How answers show the things of a type. */
const BEANS: Readonly<Record<string, (at: Address, row: never) => unknown>> = {
  Issue: (at, { id, key }: Issue) => ({ id: Number(id), key, self: `${at.issues}/issue/${id}` }),
  User: (at, { accountId }: UserRef) => personView(at, { accountId }),
  Project: (at, row: Project) => projectView(at, row),
  IssueType: (at, row: IssueType) => issueTypeView(at, row),
  IssueStatus: (at, row: Status) => statusView(at, row),
  IssuePriority: (at, row: Priority) => priorityView(at, row),
  Resolution: (at, row: Resolution) => resolutionView(at, row),
  Version: (at, row: Version) => versionView(at, row),
};

const beanOf = (at: Address, { type, row, id }: Thing): unknown =>
  BEANS[type]?.(at, row as never) ?? (/^\d+$/.test(id) ? { id: Number(id) } : { id });
