/** Jira's tables as a reader names them: statuses, types and people by name, documents as text. */
import { at, emailOf, type Lens, type LensWorld, plainText, type Row, text } from './lens.ts';

const ISSUE_TABLES = ['issues', 'statuses', 'users', 'projects', 'issueTypes', 'comments'].map(
  (t) => `jira.${t}`,
);

export const jiraLens: Lens = {
  twin: 'jira',
  helpers: {
    issues: {
      signatures: ['issues(dyn): list<dyn>', 'issues(dyn, dyn): list<dyn>'],
      tables: ISSUE_TABLES,
      call: (world, project, where) => issuesOf(world, String(project), where),
    },
    issue: {
      signatures: ['issue(dyn): dyn'],
      tables: ISSUE_TABLES,
      call: (world, key) => allIssues(world).find((issue) => issue.key === key) ?? null,
    },
  },
  // Who makes an issue or comments on it watches it from then on, and has been to its project.
  bookkeeping: [
    ...['apiTokens', 'authorizationCodes', 'refreshTokens', 'tokens'],
    ...['auditRecords', 'counters', 'failedWebhooks', 'histories', 'projectVisits', 'tasks', 'watchers'],
  ],
  // What the project's notification scheme sends follows from what happened; other mails are somebody's will.
  isBookkeeping: (table, row) => table === 'mails' && text(row, 'event') !== '',
  follows: {
    issues: [
      'updated',
      'fields.updated',
      'fields.statuscategorychangedate',
      'fields.lastViewed',
      'fields.comment',
    ],
    projects: ['counter', 'issueCounter', 'lastIssueNumber', 'insight', 'nextIssueNumber'],
  },
  nouns: {
    issues: { noun: 'issue', insert: 'created', update: 'updated', remove: 'deleted' },
    comments: { noun: 'comment', insert: 'added', update: 'updated', remove: 'deleted' },
  },
  row(world, table, row) {
    if (table === 'issues') return { ...row, ...issueView(world, row) };
    if (table === 'comments') return { ...row, ...commentView(world, row), issue: issueKey(world, row) };
    return row;
  },
};

/** Issues of a project (by key) whose fields have the given values, in order of id. */
export function issuesOf(world: LensWorld, project: string, where: unknown = {}): Row[] {
  const wanted = where instanceof Map ? [...where] : Object.entries(where as object);
  return allIssues(world).filter(
    (issue) =>
      at(issue, 'fields', 'project', 'key') === project &&
      wanted.every(([field, value]) => sameValue(at(issue, 'fields', String(field)), value)),
  );
}

/** Names, e-mails and keys compare as a reader means them; a list has the value if it holds it. */
function sameValue(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(actual)) return actual.some((item) => sameValue(item, wanted));
  if (typeof actual === 'object' && actual !== null) {
    return [at(actual, 'name'), at(actual, 'key'), at(actual, 'value'), at(actual, 'id')].includes(wanted);
  }
  if (typeof wanted === 'object' && wanted !== null) return actual === emailOf(wanted);
  return actual === wanted || String(actual ?? '').toLowerCase() === String(wanted ?? '').toLowerCase();
}

function allIssues(world: LensWorld): Row[] {
  return world.cached('jira.issues', ISSUE_TABLES, () => {
    const comments = new Map<string, Row[]>();
    for (const row of world.rows('jira', 'comments')) {
      const issueId = text(row, 'issueId');
      comments.set(issueId, [...(comments.get(issueId) ?? []), commentView(world, row)]);
    }
    return world
      .rows('jira', 'issues')
      .map((row): Row => ({ ...issueView(world, row), comments: comments.get(text(row, 'id')) ?? [] }));
  });
}

function issueView(world: LensWorld, row: Row): Row {
  const fields = (at(row, 'fields') ?? {}) as Row;
  return {
    id: text(row, 'id'),
    key: text(row, 'key'),
    fields: {
      ...fields,
      project: {
        ...(at(fields, 'project') as Row),
        ...world.get('jira', 'projects', text(fields, 'project', 'id')),
      },
      status: {
        ...(at(fields, 'status') as Row),
        ...world.get('jira', 'statuses', text(fields, 'status', 'id')),
      },
      issuetype: {
        ...(at(fields, 'issuetype') as Row),
        ...world.get('jira', 'issueTypes', text(fields, 'issuetype', 'id')),
      },
      summary: text(fields, 'summary'),
      description: plainText(at(fields, 'description')),
      reporter: personOf(world, at(fields, 'reporter')),
      assignee: personOf(world, at(fields, 'assignee')),
    },
  };
}

function commentView(world: LensWorld, row: Row): Row {
  const author = personOf(world, at(row, 'author'));
  return { id: text(row, 'id'), author, text: plainText(at(row, 'body')), body: plainText(at(row, 'body')) };
}

function issueKey(world: LensWorld, comment: Row): string {
  return text(world.get('jira', 'issues', text(comment, 'issueId')), 'key');
}

function personOf(world: LensWorld, reference: unknown): string | null {
  const accountId = text(reference, 'accountId');
  if (accountId === '') return null;
  return text(world.get('jira', 'users', accountId), 'emailAddress').toLowerCase() || accountId;
}
