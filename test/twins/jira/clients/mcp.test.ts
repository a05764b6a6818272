import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorldFile } from '../../../../src/world/file.ts';
import { found, imported, type Library } from '../../library.ts';
import { BEN, WORLD } from '../site.ts';
import { type ServedSite, serveSite } from './served.ts';

const here = found('mcp-jira-cloud') && found('@modelcontextprotocol/sdk/client/index.js');

describe.skipIf(!here)('the MCP server mcp-jira-cloud', () => {
  let served: ServedSite;
  let client: Library;
  let folder: string;
  beforeAll(async () => {
    served = await serveSite(WORLD as WorldFile);
    folder = mkdtempSync(join(tmpdir(), 'orrery-'));
    const { Client } = await imported('@modelcontextprotocol/sdk/client/index.js');
    const { StdioClientTransport } = await imported('@modelcontextprotocol/sdk/client/stdio.js');
    client = new Client({ name: 'test', version: '1.0.0' });
    const env = { JIRA_BASE_URL: served.at, JIRA_EMAIL: served.email, JIRA_API_TOKEN: served.apiToken };
    await client.connect(
      new StdioClientTransport({
        ...{
          command: process.execPath,
          args: [String(found('mcp-jira-cloud'))],
          cwd: folder,
          stderr: 'ignore',
        },
        env: { ...env, HOME: folder, PATH: process.env.PATH ?? '' },
      }),
    );
  });
  afterAll(async () => {
    await client.close();
    await served.close();
    rmSync(folder, { recursive: true });
  });

  /** What a tool answers; its words where it fails. */
  async function tool(name: string, args: object = {}): Promise<Library> {
    const { content, isError } = await client.callTool({ name: `jira_${name}`, arguments: args });
    const text = content[0]?.text ?? '';
    const value = /^[[{]/.test(text) ? JSON.parse(text) : text;
    if (isError || value.error) throw new Error(`${name}: ${text}`);
    return value;
  }

  const filed = async (summary: string): Promise<string> =>
    (await tool('create_issue', { projectKey: 'ENG', issueType: 'Task', summary })).key;

  it('knows who it is, and what the site has', async () => {
    expect(JSON.stringify(await tool('whoami'))).toContain(served.email);
    for (const [name, args, says] of [
      ['list_projects', {}, 'Engineering'],
      ['get_project', { projectIdOrKey: 'ENG' }, 'ENG'],
      ['get_issue_types', { projectKey: 'ENG' }, 'Story'],
      ['get_priorities', {}, 'Highest'],
      ['get_statuses', {}, 'In Progress'],
      ['get_fields', {}, 'customfield_10020'],
      ['get_link_types', {}, 'is blocked by'],
      ['search_users', { query: BEN }, 'Ben Carver'],
      ['get_create_metadata', { projectIdOrKey: 'ENG' }, 'Bug'],
      ['get_boards', {}, 'ENG board'],
      ['get_all_labels', {}, 'billing'],
    ] as const)
      expect(JSON.stringify(await tool(name, args)), name).toContain(says);
  });

  it('files an issue and takes it through its life', async () => {
    const key = await filed('By an agent');
    await tool('update_issue', { issueIdOrKey: key, summary: 'By an agent, changed', priority: 'High' });
    await tool('add_labels', { issueIdOrKey: key, labels: ['agent'] });
    await tool('add_comment', { issueIdOrKey: key, body: 'Seen **it**' });
    await tool('add_worklog', { issueIdOrKey: key, timeSpent: '1h 30m' });
    const { transitions = [] } = await tool('get_transitions', { issueIdOrKey: key });
    await tool('transition_issue', { issueIdOrKey: key, transitionId: transitions.at(-1).id });
    const shown = await served.site.call('GET', `/rest/api/3/issue/${key}`);
    expect(shown.get('fields')).toMatchObject({
      summary: 'By an agent, changed',
      priority: { name: 'High' },
      labels: ['agent'],
      status: { name: 'Done' },
      timespent: 5_400,
      comment: { total: 1 },
    });
    for (const [name, says] of [
      ['get_changelog', 'summary'],
      ['get_issue_comments', 'Seen'],
      ['get_issue_worklogs', '1h 30m'],
      ['get_edit_metadata', 'summary'],
      ['get_issue_summary', 'By an agent'],
    ] as const)
      expect(JSON.stringify(await tool(name, { issueIdOrKey: key })), name).toContain(says);
  });

  it('searches, and keeps a search', async () => {
    const jql = 'project = ENG AND text ~ exports';
    expect(JSON.stringify(await tool('search_issues', { jql }))).toContain('ENG-2');
    const { id } = await tool('create_filter', { name: 'Exports', jql });
    await tool('update_filter', { filterId: id, description: 'What exports' });
    expect(await tool('get_filter', { filterId: id })).toMatchObject({ jql, description: 'What exports' });
    expect(JSON.stringify(await tool('get_my_filters'))).toContain('Exports');
    expect(JSON.stringify(await tool('get_filters', { filterName: 'Exp' }))).toContain('Exports');
    const checked = JSON.stringify(await tool('validate_jql', { queries: [jql, 'nosuch = 1'] }));
    expect(checked).toContain("Field 'nosuch' does not exist or you do not have permission to view it.");
    expect(
      JSON.stringify(await tool('autocomplete_jql', { fieldName: 'status', fieldValue: 'In' })),
    ).toContain('In Progress');
  });

  it('plans a sprint', async () => {
    const [one, other] = [await filed('Plan one'), await filed('Plan other')];
    const boards = await tool('get_boards', { type: 'scrum' });
    const boardId = (boards.values ?? boards.boards ?? boards)[0].id;
    const dates = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };
    const { id: sprintId } = await tool('create_sprint', { boardId, name: 'Sprint 1', ...dates });
    await tool('move_issues_to_sprint', { sprintId, issueKeys: [one, other] });
    await tool('start_sprint', { sprintId, ...dates });
    expect(JSON.stringify(await tool('get_sprint_issues', { sprintId }))).toContain(one);
    await tool('rank_issues', { issueKeys: [other], rankBeforeIssue: one });
    await tool('move_issues_to_backlog', { issueKeys: [other] });
    expect(JSON.stringify(await tool('get_backlog_issues', { boardId }))).toContain(other);
    await tool('move_issues_to_epic', { epicIdOrKey: 'ENG-1', issueKeys: [one] });
    expect(JSON.stringify(await tool('get_epic_issues', { epicIdOrKey: 'ENG-1' }))).toContain(one);
    await tool('remove_issues_from_epic', { issueKeys: [one] });
    await tool('complete_sprint', { sprintId });
    expect((await served.site.call('GET', `/rest/agile/1.0/sprint/${sprintId}`)).get('state')).toBe('closed');
  });

  it('links, watches, votes, attaches', async () => {
    const [one, other] = [await filed('A'), await filed('B')];
    await tool('create_issue_link', { inwardIssue: one, outwardIssue: other, linkType: 'Blocks' });
    expect(JSON.stringify(await tool('get_issue_links', { issueIdOrKey: one }))).toContain(other);
    const [ben] = (await served.site.call('GET', `/rest/api/3/user/search?query=${BEN}`)).body as Library;
    await tool('add_watcher', { issueIdOrKey: one, accountId: ben.accountId });
    expect(JSON.stringify(await tool('get_watchers', { issueIdOrKey: one }))).toContain('Ben Carver');
    await tool('remove_watcher', { issueIdOrKey: one, accountId: ben.accountId });
    writeFileSync(join(folder, 'note.txt'), 'what it holds');
    await tool('upload_attachment', { issueIdOrKey: one, filePath: join(folder, 'note.txt') });
    const files = await tool('get_attachments', { issueIdOrKey: one });
    const [file] = files.attachments ?? files;
    expect(JSON.stringify(await tool('get_attachment_metadata', { id: String(file.id) }))).toContain(
      'note.txt',
    );
    expect(JSON.stringify(await tool('get_attachment_content', { id: String(file.id) }))).toContain(
      'name=note.txt',
    );
  });

  it('looks at dashboards and puts gadgets on them', async () => {
    const body = { name: 'Wall', sharePermissions: [], editPermissions: [] };
    const dashboardId = String((await served.site.call('POST', '/rest/api/3/dashboard', body)).get('id'));
    const uri =
      'rest/gadgets/1.0/g/com.atlassian.streams.streams-jira-plugin:activitystream-gadget/gadgets/activitystream-gadget.xml';
    await tool('add_dashboard_gadget', { dashboardId, uri, title: 'What happens' });
    expect(JSON.stringify(await tool('get_dashboard_gadgets', { dashboardId }))).toContain('What happens');
    expect(JSON.stringify(await tool('search_dashboards', { dashboardName: 'Wa' }))).toContain('Wall');
    expect(JSON.stringify(await tool('get_dashboards'))).toContain('Default dashboard');
  });
});
