import { beforeAll, describe, expect, it } from 'vitest';
import { parseRoute } from '../../../src/router.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { mutations } from '../mutations.ts';
import { BEN, openSite, type TestSite } from './site.ts';

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const properties = [{ key: 'a', value: { b: 1 } }];
const fields = {
  project: { key: 'ENG' },
  issuetype: { name: 'Task' },
  summary: 'Something',
  description: doc('x'),
  labels: ['a'],
  priority: { name: 'High' },
  duedate: '2026-04-01',
  components: [],
  timetracking: { originalEstimate: '1d' },
  parent: { key: 'ENG-1' },
};
const update = {
  comment: [{ add: { body: doc('y') } }],
  labels: [{ add: 'b' }],
  worklog: [{ add: { timeSpent: '1h', started: '2026-03-01T09:00:00.000+0000' } }],
  issuelinks: [{ add: { type: { name: 'Blocks' }, outwardIssue: { key: 'ENG-3' } } }],
};
const { project: _, issuetype: __, ...editable } = fields;
const worklog = {
  timeSpentSeconds: 3_600,
  started: '2026-03-01T09:00:00.000+0000',
  comment: doc('w'),
  visibility: { type: 'role', value: 'Administrators' },
  properties,
};
const comment = { body: doc('c'), visibility: { type: 'role', value: 'Administrators' }, properties };
const search = {
  jql: 'project = ENG',
  fields: ['summary'],
  expand: 'names',
  properties: ['a'],
  maxResults: 5,
  fieldsByKeys: false,
  reconcileIssues: [1],
};
const remote = {
  globalId: 'g',
  application: { type: 't', name: 'n' },
  relationship: 'r',
  object: {
    url: 'https://x.example',
    title: 't',
    summary: 's',
    icon: { url16x16: 'u', title: 'i' },
    status: { resolved: true, icon: { url16x16: 'u', title: 'i', link: 'l' } },
  },
};
const rank = { issues: ['ENG-2'], rankAfterIssue: 'ENG-3', rankBeforeIssue: 'ENG-3', rankCustomFieldId: 1 };
const sprint = {
  name: 's',
  originBoardId: 1,
  goal: 'g',
  state: 'future',
  startDate: '2026-03-01T09:00:00.000Z',
  endDate: '2026-03-08T09:00:00.000Z',
};
const version = {
  name: '1.0',
  projectId: 10_000,
  project: 'ENG',
  description: 'd',
  released: true,
  archived: false,
  releaseDate: '2026-03-01',
  startDate: '2026-02-01',
};

/** A body with every part for each operation that takes one. */
const BODIES: Readonly<Record<string, unknown>> = {
  createIssue: { fields, update, properties },
  createIssues: { issueUpdates: [{ fields, update, properties }] },
  bulkFetchIssues: { issueIdsOrKeys: ['ENG-2'], fields: ['summary'], expand: ['names'], properties: ['a'] },
  editIssue: { fields: editable, update, properties, historyMetadata: { type: 'x' } },
  assignIssue: { accountId: 'x' },
  doTransition: { transition: { id: '21' }, fields: { resolution: { name: 'Done' } }, update, properties },
  getChangeLogsByIds: { changelogIds: [1] },
  addComment: comment,
  updateComment: comment,
  getCommentsByIds: { ids: [1] },
  addWatcher: 'x',
  addVote: {},
  linkIssues: {
    type: { name: 'Blocks' },
    inwardIssue: { key: 'ENG-1' },
    outwardIssue: { key: 'ENG-3' },
    comment,
  },
  createOrUpdateRemoteIssueLink: remote,
  updateRemoteIssueLink: remote,
  createVersion: version,
  updateVersion: version,
  createComponent: {
    name: 'c',
    project: 'ENG',
    description: 'd',
    leadAccountId: 'x',
    assigneeType: 'PROJECT_LEAD',
  },
  setIssueProperty: { a: 1 },
  setCommentProperty: { a: 1 },
  setProjectProperty: { a: 1 },
  searchAndReconsileIssuesUsingJqlPost: search,
  searchForIssuesUsingJqlPost: { ...search, expand: ['names'], startAt: 0, validateQuery: 'strict' },
  countIssues: { jql: 'project = ENG' },
  matchIssues: { jqls: ['project = ENG'], issueIds: [10_000] },
  parseJqlQueries: { queries: ['project = ENG'] },
  addWorklog: worklog,
  updateWorklog: worklog,
  getWorklogsForIds: { ids: [1] },
  createSprint: sprint,
  partiallyUpdateSprint: sprint,
  updateSprint: sprint,
  moveIssuesToSprintAndRank: rank,
  moveIssuesToBacklog: rank,
  removeIssuesFromEpic: rank,
  moveIssuesToEpic: rank,
  rankIssues: rank,
};

const writing = jira.endpoints.filter(
  ({ id, route }) => /^(POST|PUT)/.test(route) && Object.hasOwn(BODIES, id),
);

describe('bodies with something of a wrong type in them', () => {
  let site: TestSite;
  let ids: Record<string, string>;
  beforeAll(async () => {
    site = await openSite();
    const at = '/rest/api/3/issue/ENG-2';
    const made = async (path: string, body: unknown) =>
      String((await site.call('POST', path, body)).get('id') ?? '');
    ids = {
      comment: await made(`${at}/comment`, { body: doc('c') }),
      worklog: await made(`${at}/worklog`, { timeSpent: '1h' }),
      remotelink: await made(`${at}/remotelink`, remote),
      version: await made('/rest/api/3/version', { name: '0.1', project: 'ENG' }),
      sprint: await made('/rest/agile/1.0/sprint', { name: 's', originBoardId: 1 }),
    };
    await site.call('GET', `/rest/api/3/user/search?query=${BEN}`);
  });

  /** The path of a route with things that are there. */
  const pathOf = (path: string): string =>
    path
      .replace('{issueIdOrKey}', 'ENG-2')
      .replace('{epicIdOrKey}', 'ENG-1')
      .replace('{projectIdOrKey}', 'ENG')
      .replace('{propertyKey}', 'key')
      .replace('{sprintId}', ids.sprint ?? '')
      .replace('{linkId}', ids.remotelink ?? '')
      .replace('{commentId}', ids.comment ?? '')
      .replace(/(comment|worklog|version)\/\{id\}/, (_whole, kind: string) => `${kind}/${ids[kind]}`);

  it.each(writing.map((one) => [one.id, one] as const))(
    'are no mistake of the site’s, and change nothing where they are refused: %s',
    async (id, { route }) => {
      const body = BODIES[id];
      expect(body, `a body for ${id}`).toBeDefined();
      const [[method = ''], pattern] = parseRoute(route);
      const path = pathOf(pattern);
      const changed = new Set<string>();
      site.universe.journal.watch((_entry, changes) => {
        for (const { table } of changes) changed.add(table.name);
      });
      const before = site.universe.snapshot('before', 'before');
      const wrongs: string[] = [];
      for (const mutation of mutations(body)) {
        changed.clear();
        const { status } = await site.call(method, path, mutation.body);
        if (status >= 500) wrongs.push(`${mutation.says} answered ${status}`);
        if (status >= 400 && changed.size > 0) wrongs.push(`${mutation.says} changed ${[...changed].join()}`);
        if (changed.size > 0 && status < 400) {
          for (const read of READS) {
            const shown = await site.call('GET', read);
            if (shown.status >= 500) wrongs.push(`${mutation.says} made GET ${read} fail`);
          }
          site.universe.restore(before);
        }
      }
      expect(wrongs).toEqual([]);
    },
  );
});

/** What shows everything that a wrong body may have left. */
const READS = [
  '/rest/api/3/issue/ENG-2?expand=renderedFields,changelog',
  '/rest/api/2/issue/ENG-2?expand=renderedFields',
  '/rest/api/3/issue/ENG-2/comment?expand=renderedBody',
  '/rest/api/3/issue/ENG-2/worklog',
  '/rest/api/3/issue/ENG-2/remotelink',
  '/rest/api/3/project/ENG/versions',
  '/rest/api/3/project/ENG/components',
  '/rest/agile/1.0/board/1/sprint',
  '/rest/api/3/search/jql?jql=project%20=%20ENG%20order%20by%20rank&fields=*all',
];
