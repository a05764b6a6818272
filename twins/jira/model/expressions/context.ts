/** The variables of an expression: those that every expression has, and those that a request asks for. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, issueNotFound, missing, refused } from '../../errors.ts';
import { EXPRESSION_ISSUES_MAX } from '../../limits.ts';
import { type Issue, type User, users } from '../../world.ts';
import { searchBounded } from '../jql/search.ts';
import { maySee } from '../permissions/may.ts';
import { visibleIssue } from '../permissions/visible.ts';
import { projectNamed } from '../projects/projects.ts';
import { boardWith, issueThing, projectThing, sprintWith, userThing } from './types.ts';

type Json = Record<string, unknown>;

/** The issues of a query, as a page of them. */
export interface IssuesOfQuery {
  items: readonly Issue[];
  more: boolean;
  next: string | undefined;
  total(): number;
}

export interface Context {
  variables: Map<string, unknown>;
  issues: IssuesOfQuery | undefined;
}

/** How a request pages through its query. */
export type Paging = (jql: Json) => { limit: number; after?: string | undefined; offset?: number };

/** Reads `context`; 400 for what is none, 404 for what is not there or may not be seen. */
export function contextOf(world: World, me: User | undefined, sent: unknown, paging: Paging): Context {
  const context = object(sent ?? {});
  const variables = new Map<string, unknown>([['user', userThing(me)]]);
  const found = context.issues === undefined ? undefined : issuesOf(world, me, context.issues, paging);
  if (found) variables.set('issues', found.items.map(issueThing));
  if (context.issue !== undefined) variables.set('issue', issueThing(issueOf(world, me, context.issue)));
  if (context.project !== undefined) variables.set('project', projectOf(world, me, context.project));
  if (context.sprint !== undefined)
    variables.set('sprint', there(sprintWith(world, id(context.sprint)), 'Sprint does not exist.'));
  if (context.board !== undefined)
    variables.set('board', there(boardWith(world, id(context.board)), 'Board does not exist.'));
  if (context.serviceDesk !== undefined) throw missing('The service desk was not found.');
  if (context.customerRequest !== undefined) throw missing('The customer request was not found.');
  for (const [name, value] of Object.entries(object(context.custom ?? {})))
    variables.set(name, customOf(world, me, value));
  return { variables, issues: found };
}

function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('badRequest');
  return value as Json;
}

function id(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw refused('badRequest');
  return value as number;
}

function there<T>(found: T | null, message: string): T {
  if (found === null) throw missing(message);
  return found;
}

/** An id or a key, one of them. */
function idOrKey(value: unknown): string {
  const { id: number, key } = object(value);
  if (number !== undefined && key !== undefined) throw badQuery('Only one of id and key can be provided.');
  if (typeof key === 'string') return key;
  return String(id(number));
}

function issueOf(world: World, me: User | undefined, value: unknown): Issue {
  const found = visibleIssue(world, me, idOrKey(value));
  if (!found) throw issueNotFound();
  return found;
}

function projectOf(world: World, me: User | undefined, value: unknown) {
  const named = idOrKey(value);
  const found = projectNamed(world, named);
  if (!found || !maySee(world, me, found)) throw missing(`No project could be found with key '${named}'.`);
  return projectThing(found);
}

function issuesOf(world: World, me: User | undefined, value: unknown, paging: Paging): IssuesOfQuery {
  const jql = object(object(value).jql ?? {});
  if (typeof jql.query !== 'string') throw refused('badRequest');
  const range = searchBounded(world, me, jql.query);
  const { limit, after, offset } = paging(jql);
  const page = range.page({
    limit: Math.min(limit, EXPRESSION_ISSUES_MAX),
    ...(after === undefined ? {} : { after }),
    ...(offset === undefined ? {} : { offset }),
  });
  return { items: page.items, more: page.more, next: page.next, total: () => range.count() };
}

/** A variable of the request's own: a person, an issue, a value, or several of them. */
function customOf(world: World, me: User | undefined, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => customOf(world, me, one));
  const { type, accountId, value: json, ...rest } = object(value);
  if (type === 'json') return json ?? null;
  if (type === 'issue') return issueThing(issueOf(world, me, rest));
  if (type === 'user')
    return there(
      userThing(world.get(users, String(accountId))),
      'User does not exist or you do not have permission to see it.',
    );
  throw badQuery(`Unsupported type of custom context variable: ${String(type)}`);
}
