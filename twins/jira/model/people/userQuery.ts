/**
 * The structured query by which people are found: `is assignee of ENG AND [location].office.city is "Sydney"`.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-query-get
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { USER_QUERY_CHARS_MAX, USER_QUERY_DEPTH_MAX } from '../../limits.ts';
import { comments, histories, type Issue, issues, type User, users, votes, watchers } from '../../world.ts';
import { browsing } from '../permissions/may.ts';
import { visibleIssue } from '../permissions/visible.ts';
import { projectNamed } from '../projects/projects.ts';
import { hasProperty } from './userFilter.ts';

/** The people whom a query finds, of issues that `me` may see; 400 where it is none. By account id. */
export function queriedUsers(world: World, me: User, text: string): User[] {
  if (text.length > USER_QUERY_CHARS_MAX) throw wrong(text.slice(0, 100));
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[()[\],]|[^\s()[\],"]+|"/g) ?? [];
  const reader: Reader = { world, me, tokens, at: 0, depth: 0 };
  const test = either(reader);
  if (reader.at < tokens.length) throw wrong(tokens[reader.at]);
  return world.list(users, { where: test }).toArray();
}

interface Reader {
  world: World;
  me: User;
  tokens: readonly string[];
  at: number;
  depth: number;
}

type Test = (user: User) => boolean;

const wrong = (near: string | undefined) =>
  badQuery(`The query is invalid${near === undefined ? ': it ends too early' : ` near '${near}'`}.`);

/** Takes the next token if it is this word, case aside. */
function took(reader: Reader, word: string): boolean {
  const is = reader.tokens[reader.at]?.toLowerCase() === word;
  if (is) reader.at++;
  return is;
}

function need(reader: Reader, word: string): void {
  if (!took(reader, word)) throw wrong(reader.tokens[reader.at]);
}

function next(reader: Reader): string {
  const token = reader.tokens[reader.at++];
  if (token === undefined) throw wrong(undefined);
  return token;
}

function either(reader: Reader): Test {
  const tests = [both(reader)];
  while (took(reader, 'or')) tests.push(both(reader));
  return (user) => tests.some((test) => test(user));
}

function both(reader: Reader): Test {
  const tests = [statement(reader)];
  while (took(reader, 'and')) tests.push(statement(reader));
  return (user) => tests.every((test) => test(user));
}

function statement(reader: Reader): Test {
  if (took(reader, '(')) {
    if (++reader.depth > USER_QUERY_DEPTH_MAX) throw wrong('(');
    const inner = either(reader);
    reader.depth--;
    need(reader, ')');
    return inner;
  }
  if (took(reader, '[')) return ofProperty(reader);
  need(reader, 'is');
  const part = next(reader).toLowerCase();
  const people = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
  if (!people) throw wrong(part);
  need(reader, 'of');
  const found = new Set(issuesMeant(reader).flatMap((issue) => people(reader.world, issue)));
  return ({ accountId }) => found.has(accountId);
}

/** `[key].path.of is "value"` */
function ofProperty(reader: Reader): Test {
  const { world } = reader;
  const key = next(reader);
  need(reader, ']');
  const path = next(reader);
  if (!path.startsWith('.') || path.length < 2) throw wrong(path);
  need(reader, 'is');
  const value = next(reader);
  const text = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  return (user) => hasProperty(world, user, [key, ...path.slice(1).split('.')], text);
}

/** The issues of `ENG` or of `(ENG-1, ENG-2)` that the caller may see; 400 for what is neither. */
function issuesMeant(reader: Reader): Issue[] {
  const { world, me } = reader;
  const names: string[] = [];
  if (took(reader, '(')) {
    do names.push(next(reader));
    while (took(reader, ','));
    need(reader, ')');
  } else names.push(next(reader));
  const seen = browsing(world, me);
  return names.flatMap((name) => {
    const issue = visibleIssue(world, me, name);
    if (issue) return [issue];
    const project = projectNamed(world, name);
    if (!project) throw badQuery(`'${name}' is neither a project nor a work item that you can see.`);
    return world.list(issues, { index: 'project', equals: project.id, where: seen }).toArray();
  });
}

const authors = (rows: readonly { author: { accountId: string } }[]): string[] =>
  rows.map(({ author }) => author.accountId);

/** Who has which part in an issue, by account id. */
const PARTS: Readonly<Record<string, (world: World, issue: Issue) => string[]>> = {
  assignee: (_, { fields }) => (fields.assignee ? [fields.assignee.accountId] : []),
  reporter: (_, { fields }) => (fields.reporter ? [fields.reporter.accountId] : []),
  watcher: (world, { id }) =>
    world
      .list(watchers, { index: 'issue', equals: id })
      .toArray()
      .map(({ accountId }) => accountId),
  voter: (world, { id }) =>
    world
      .list(votes, { index: 'issue', equals: id })
      .toArray()
      .map(({ accountId }) => accountId),
  commenter: (world, { id }) => authors(world.list(comments, { index: 'issue', equals: id }).toArray()),
  transitioner: (world, { id }) =>
    authors(
      world
        .list(histories, { index: 'issue', equals: id })
        .toArray()
        .filter(({ items }) => items.some(({ field }) => field === 'status')),
    ),
};
