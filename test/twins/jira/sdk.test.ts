import { Version2Client, Version3Client } from 'jira.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, serve } from '../../../src/server.ts';
import { BEN, openSite, type TestSite } from './site.ts';

describe('the client jira.js', () => {
  let site: TestSite;
  let server: RunningServer;
  let v3: Version3Client;
  let v2: Version2Client;

  beforeAll(async () => {
    site = await openSite();
    const app = { fetch: () => new Response(null, { status: 404 }) };
    server = await serve({ registry: site.registry, app, host: '127.0.0.1', port: 0 });
    const [email = '', apiToken = ''] = Buffer.from(site.basic.slice(6), 'base64').toString().split(/:(.*)/s);
    const config = { host: `${server.url}/u/test/jira`, authentication: { basic: { email, apiToken } } };
    v3 = new Version3Client(config);
    v2 = new Version2Client(config);
  });
  afterAll(() => server.close(100));

  it('files a ticket, moves it, comments on it and finds it again', async () => {
    const [ben] = await v3.userSearch.findUsers({ query: BEN });
    const made = await v3.issues.createIssue({
      fields: {
        project: { key: 'ENG' },
        issuetype: { name: 'Task' },
        summary: 'Access for Ben',
        description: 'He asks for it',
        labels: ['desk-1'],
        reporter: { id: ben?.accountId },
      } as never,
    });
    const { transitions } = await v3.issues.getTransitions({ issueIdOrKey: made.key });
    const closing = transitions?.find((one) => one.to?.statusCategory?.key === 'done');
    await v3.issues.doTransition({ issueIdOrKey: made.key, transition: { id: closing?.id } });
    await v3.issueComments.addComment({ issueIdOrKey: made.key, comment: 'Granted' });
    const { issues } = await v3.issueSearch.searchForIssuesUsingJqlEnhancedSearch({
      jql: 'project = ENG AND labels = "desk-1"',
      fields: ['summary', 'status'],
    });
    expect(issues?.map((one) => [one.key, one.fields.status.name])).toEqual([[made.key, 'Done']]);
    const { comments } = await v3.issueComments.getComments({ issueIdOrKey: made.key });
    expect(JSON.stringify(comments?.[0]?.body)).toContain('Granted');
  });

  it('reads in version 2 as text what version 3 wrote as a document', async () => {
    const made = await v3.issues.createIssue({
      fields: {
        project: { key: 'ENG' },
        issuetype: { name: 'Bug' },
        summary: 'x',
        description: 'In words',
      } as never,
    });
    const read = await v2.issues.getIssue({ issueIdOrKey: made.key });
    expect(read.fields.description).toBe('In words');
    await v2.issues.editIssue({ issueIdOrKey: made.key, fields: { description: 'h1. Title' } });
    const again = await v3.issues.getIssue({ issueIdOrKey: made.key });
    expect(again.fields.description?.content?.[0]?.type).toBe('heading');
  });

  it('gets the vendor’s refusals as exceptions', async () => {
    await expect(v3.issues.getIssue({ issueIdOrKey: 'ENG-999' })).rejects.toMatchObject({ status: 404 });
    const wrong = new Version3Client({
      host: `${server.url}/u/test/jira`,
      authentication: { basic: { email: BEN, apiToken: 'no' } },
    });
    await expect(wrong.myself.getCurrentUser()).rejects.toMatchObject({ status: 401 });
  });
});
