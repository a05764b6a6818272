import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found, type Library, required } from '../../library.ts';
import { BEN } from '../site.ts';
import { type ServedSite, serveSite } from './served.ts';

const here = found('jira-client');

describe.skipIf(!here)('the client jira-client', () => {
  let served: ServedSite;
  let jira: Library;
  let ben: string;
  beforeAll(async () => {
    served = await serveSite();
    const { port, pathname } = new URL(served.at);
    const Client = required('jira-client');
    jira = new (Client.default ?? Client)({
      ...{ protocol: 'http', host: '127.0.0.1', port, base: pathname, apiVersion: '3', strictSSL: true },
      ...{ username: served.email, password: served.apiToken },
    });
    [{ accountId: ben }] = await jira.searchUsers({ query: BEN });
  });
  afterAll(() => served.close());

  const filed = async (fields: object = {}) =>
    jira.addNewIssue({
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'By jira-client', ...fields },
    });

  it('files an issue, changes it, gives it to somebody and moves it to its end', async () => {
    const { key } = await filed({ labels: ['client'] });
    await jira.updateIssue(key, { fields: { summary: 'Changed' } });
    await jira.updateAssigneeWithId(key, ben);
    const { transitions } = await jira.listTransitions(key);
    await jira.transitionIssue(key, { transition: { id: transitions.at(-1).id } });
    const { fields } = await jira.findIssue(key);
    expect(fields).toMatchObject({
      summary: 'Changed',
      labels: ['client'],
      assignee: { accountId: ben },
      status: { statusCategory: { key: 'done' } },
    });
    const { values } = await jira.getIssueChangelog(key);
    expect(values.flatMap((one: Library) => one.items.map(({ field }: Library) => field))).toEqual(
      expect.arrayContaining(['summary', 'assignee', 'status', 'resolution']),
    );
    await jira.deleteIssue(key);
    await expect(jira.findIssue(key)).rejects.toThrow(/Issue does not exist/);
  });

  it('talks on an issue, logs work and links it', async () => {
    const [a, b] = [await filed(), await filed()];
    const body = doc('Seen');
    const { id } = await jira.addCommentAdvanced(a.key, { body });
    await jira.updateComment(a.key, id, doc('Seen twice'));
    expect((await jira.getComments(a.key)).total).toBe(1);
    await jira.deleteComment(a.key, id);
    const worklog = await jira.addWorklog(a.key, {
      timeSpentSeconds: 7_200,
      started: '2026-03-02T08:00:00.000+0000',
    });
    expect(worklog.timeSpent).toBe('2h');
    expect((await jira.getIssueWorklogs(a.key)).worklogs).toHaveLength(1);
    await jira.deleteWorklog(a.key, worklog.id);
    await jira.issueLink({
      type: { name: 'Blocks' },
      inwardIssue: { key: a.key },
      outwardIssue: { key: b.key },
    });
    const { fields } = await jira.findIssue(a.key);
    expect(fields.issuelinks).toMatchObject([{ outwardIssue: { key: b.key } }]);
    await jira.createRemoteLink(a.key, { object: { url: 'https://x.example', title: 'X' } });
    expect(await jira.getRemoteLinks(a.key)).toHaveLength(1);
    await jira.addWatcher(a.key, ben);
    expect((await jira.getIssueWatchers(a.key)).watchCount).toBe(2);
  });

  it('attaches a file and reads it back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'orrery-'));
    writeFileSync(join(folder, 'note.txt'), 'what it holds');
    const { key } = await filed();
    const [file] = await jira.addAttachmentOnIssue(key, createReadStream(join(folder, 'note.txt')));
    expect(file).toMatchObject({ filename: 'note.txt', size: 13 });
    expect(String(await jira.downloadAttachment(file))).toBe('what it holds');
    await jira.deleteAttachment(file.id);
    rmSync(folder, { recursive: true });
  });

  it('keeps versions and components of a project', async () => {
    const { id: projectId } = await jira.getProject('ENG');
    const version = await jira.createVersion({ name: '1.0', projectId });
    const next = await jira.createVersion({ name: '2.0', projectId });
    await jira.updateVersion({ id: version.id, released: true, projectId });
    await jira.moveVersion(next.id, { position: 'First' });
    const names = async () => (await jira.getVersions('ENG')).map(({ name }: Library) => name);
    expect(await names()).toEqual(['2.0', '1.0']);
    await filed({ fixVersions: [{ id: version.id }] });
    expect(await jira.getUnresolvedIssueCount(version.id)).toBe(1);
    await jira.deleteVersion(version.id, next.id, next.id);
    expect(await names()).toEqual(['2.0']);
    const component = await jira.addNewComponent({ name: 'API', project: 'ENG' });
    await filed({ components: [{ id: component.id }] });
    expect((await jira.relatedIssueCounts(component.id)).issueCount).toBe(1);
    await jira.deleteComponent(component.id, '');
  });

  it('makes a field and offers its options', async () => {
    const field = await jira.createCustomField({
      name: 'Team mood',
      type: 'com.atlassian.jira.plugin.system.customfieldtypes:select',
    });
    expect((await jira.listFields()).map(({ id }: Library) => id)).toContain(field.id);
  });

  it('plans on boards, sprints and epics', async () => {
    const { values: boards } = await jira.getAllBoards(0, 50);
    const board = boards.find(({ type }: Library) => type === 'scrum').id;
    expect(await jira.getConfiguration(board)).toMatchObject({ id: board, type: 'scrum' });
    const { key } = await filed();
    expect((await jira.getIssuesForBacklog(board)).issues.map((one: Library) => one.key)).toContain(key);
    await jira.estimateIssueForBoard(key, board, { value: '8' });
    const { value } = await jira.getIssueEstimationForBoard(key, board);
    expect(Number(value)).toBe(8);
    await jira.moveIssuesToEpic('ENG-1', [key]);
    expect((await jira.getIssuesForEpic('ENG-1')).issues.map((one: Library) => one.key)).toContain(key);
    expect((await jira.findRapidView('ENG board')).id).toBe(board);
    await jira.setBoardProperty(board, 'mood', { fine: true });
    expect((await jira.getBoardProperty(board, 'mood')).value).toEqual({ fine: true });
  });

  it('searches as the site has it today: the old search is gone', async () => {
    await expect(jira.searchJira('project = ENG')).rejects.toThrow(/requested API has been removed/);
    const found = await jira.genericGet('search/jql?jql=project=ENG&fields=summary');
    expect(found.issues.length).toBeGreaterThan(2);
  });

  it('makes a group of people and a project', async () => {
    const { values } = await jira.getMembersOfGroup('jira-administrators');
    expect(values).toMatchObject([{ emailAddress: served.email }]);
    const made = await jira.createProject({
      ...{ key: 'NEW', name: 'New', projectTypeKey: 'software', leadAccountId: ben },
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
    });
    expect((await jira.getProject('NEW')).id).toBe(String(made.id));
  });

  it('has itself called when something happens', async () => {
    const { self } = await jira.registerWebhook({
      ...{ name: 'hook', url: 'https://hook.example/jira', events: ['jira:issue_created'] },
      filters: { 'issue-related-events-section': 'project = ENG' },
    });
    expect(await jira.listWebhooks()).toHaveLength(1);
    const { key } = await filed();
    const { universe } = served.site;
    await universe.advance(universe.clock.now() + 60_000);
    const heard = served.site.received.map(({ body }) => JSON.parse(body));
    expect(heard).toMatchObject([{ webhookEvent: 'jira:issue_created', issue: { key } }]);
    await jira.deleteWebhook(self.split('/').at(-1));
    expect(await jira.listWebhooks()).toEqual([]);
  });
});

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
