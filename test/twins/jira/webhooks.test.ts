import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jira } from '../../../twins/jira/twin.ts';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { ADA, BEN, openSite, type TestSite, WORLD } from './site.ts';

const HOOK = 'https://ci.example.com/hook';
const MINUTE = 60_000;

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

async function hook(events: string[], more: Record<string, unknown> = {}): Promise<void> {
  const made = await site.call('POST', '/rest/webhooks/1.0/webhook', {
    name: events.join(' '),
    url: HOOK,
    events,
    ...more,
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
}

const jql = (text: string) => ({ filters: { 'issue-related-events-section': text } });

/** The bodies that came since the last time. */
async function heard(at = site): Promise<Record<string, never>[]> {
  await at.universe.advance(at.universe.now());
  return at.received.splice(0).map(({ body }) => JSON.parse(body));
}

const names = (bodies: readonly Record<string, unknown>[]) => bodies.map((body) => body.webhookEvent);

describe('a webhook of the settings', () => {
  it('is sent an issue’s whole life, with who did it and what changed', async () => {
    await hook(['jira:issue_created', 'jira:issue_updated', 'jira:issue_deleted']);
    const key = await site.issue({ summary: 'Fresh' });
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Stale' } });
    await site.call('PUT', `/rest/api/3/issue/${key}/assignee`, { accountId: null });
    await site.call('DELETE', `/rest/api/3/issue/${key}`);
    const [created, updated, deleted, ...rest] = await heard();
    expect(rest).toEqual([]);
    expect(created).toMatchObject({
      timestamp: site.universe.now(),
      webhookEvent: 'jira:issue_created',
      issue_event_type_name: 'issue_created',
      user: { displayName: 'Ada Lovelace' },
      issue: { key, fields: { summary: 'Fresh', status: { name: 'To Do' } } },
    });
    expect(JSON.stringify(created)).not.toContain(ADA);
    expect(updated).toMatchObject({
      webhookEvent: 'jira:issue_updated',
      issue_event_type_name: 'issue_updated',
      issue: { fields: { summary: 'Stale' } },
      changelog: {
        items: [
          { field: 'summary', fieldtype: 'jira', fieldId: 'summary', fromString: 'Fresh', toString: 'Stale' },
        ],
      },
    });
    expect(deleted).toMatchObject({ webhookEvent: 'jira:issue_deleted', issue: { key } });
  });

  it('is sent what people do by hand, and a transition as a generic event', async () => {
    await hook(['jira:issue_updated']);
    const gesture = { twin: 'jira', gesture: 'move', as: BEN, by: 'person' } as const;
    site.universe.gesture({ ...gesture, with: { issue: 'ENG-1', to: 'In Progress' } });
    const [moved] = await heard();
    expect(moved).toMatchObject({
      issue_event_type_name: 'issue_generic',
      user: { displayName: 'Ben Carver' },
      changelog: { items: expect.arrayContaining([expect.objectContaining({ field: 'status' })]) },
    });
  });

  it('carries the words of version 2: text as markup, no comments and no work inside of the issue', async () => {
    await hook(['jira:issue_created']);
    const doc = {
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'so' }] }],
    };
    await site.issue({ description: doc });
    const [{ issue }] = (await heard()) as unknown as [{ issue: { self: string; fields: object } }];
    expect(issue.fields).toMatchObject({ description: 'so' });
    expect(issue.fields).not.toHaveProperty('comment');
    expect(issue.fields).not.toHaveProperty('worklog');
    expect(issue.self).toMatch(/\/jira\/rest\/api\/2\/\d+$/);
  });

  it('is sent comments, work, links, files and properties by events of their own', async () => {
    await hook([
      ...['comment_created', 'comment_updated', 'comment_deleted', 'worklog_created', 'jira:worklog_updated'],
      ...['issuelink_created', 'issuelink_deleted', 'issue_property_set', 'issue_property_deleted'],
    ]);
    const at = '/rest/api/2/issue/ENG-1';
    const comment = (await site.call('POST', `${at}/comment`, { body: 'hello' })).get('id');
    await site.call('PUT', `${at}/comment/${comment}`, { body: 'goodbye' });
    await site.call('DELETE', `${at}/comment/${comment}`);
    const talk = await heard();
    expect(names(talk)).toEqual(['comment_created', 'comment_updated', 'comment_deleted']);
    expect(talk[0]).toMatchObject({
      comment: { id: comment, body: 'hello', author: { displayName: 'Ada Lovelace' } },
      issue: { key: 'ENG-1', fields: { summary: 'Billing without downtime' } },
      eventType: 'primaryAction',
    });
    await site.call('POST', `${at}/worklog`, { timeSpent: '1h' });
    expect(await heard()).toMatchObject([
      { webhookEvent: 'worklog_created', worklog: { timeSpentSeconds: 3600 } },
      { webhookEvent: 'jira:worklog_updated', issue_event_type_name: 'issue_work_logged' },
    ]);
    await site.call('POST', '/rest/api/3/issueLink', {
      type: { name: 'Blocks' },
      inwardIssue: { key: 'ENG-1' },
      outwardIssue: { key: 'ENG-2' },
    });
    const [link] = (await heard()) as unknown as [{ issueLink: { id: number } }];
    expect(link).toMatchObject({
      webhookEvent: 'issuelink_created',
      issueLink: { sourceIssueId: 10_000, destinationIssueId: 10_001, issueLinkType: { name: 'Blocks' } },
    });
    await site.call('DELETE', `/rest/api/3/issueLink/${link.issueLink.id}`);
    await site.call('PUT', `${at}/properties/k`, { v: 1 });
    await site.call('DELETE', `${at}/properties/k`);
    const last = await heard();
    expect(names(last)).toEqual(['issuelink_deleted', 'issue_property_set', 'issue_property_deleted']);
    expect(last[1]).toMatchObject({ property: { key: 'k', value: { v: 1 } }, issue: { key: 'ENG-1' } });
  });

  it('hears of the end of what hung on an issue as something secondary', async () => {
    await site.call('POST', '/rest/api/2/issue/ENG-1/comment', { body: 'hello' });
    await hook(['jira:issue_deleted', 'comment_deleted']);
    await site.call('DELETE', '/rest/api/3/issue/ENG-1');
    await site.universe.advance(site.universe.now());
    expect(site.received.map(({ headers }) => headers['x-atlassian-webhook-flow'])).toEqual([
      'Primary',
      'Secondary',
    ]);
  });

  it('is sent nothing that its filter leaves out, by the issue as it is after the change', async () => {
    await hook(['jira:issue_updated'], jql('project = ENG AND labels = urgent'));
    const change = (labels: string[]) => site.call('PUT', '/rest/api/3/issue/ENG-1', { fields: { labels } });
    await change(['calm']);
    expect(await heard()).toEqual([]);
    await change(['urgent']);
    expect(names(await heard())).toEqual(['jira:issue_updated']);
    await change([]);
    expect(await heard()).toEqual([]);
    await site.issue({ labels: ['urgent'] });
    expect(await heard()).toEqual([]);
  });

  it('is sent nothing while it is disabled, no body where it wants none, and fills its address', async () => {
    await hook(['jira:issue_created'], {
      url: `${HOOK}/\${project.key}/\${issue.key}?s=\${sprint.id}`,
      excludeBody: true,
    });
    await site.issue({});
    await site.universe.advance(site.universe.now());
    expect(site.received.splice(0)).toMatchObject([{ url: `${HOOK}/ENG/ENG-4?s=`, body: '' }]);
    await site.call('PUT', '/rest/webhooks/1.0/webhook/1', { enabled: false });
    await site.issue({});
    await site.universe.advance(site.universe.now());
    expect(site.received).toEqual([]);
  });

  it('is refused what is no event, no address or no query, and to who does not administer', async () => {
    const at = '/rest/webhooks/1.0/webhook';
    const good = { name: 'x', url: HOOK, events: ['jira:issue_created'] };
    for (const [wrong, status] of [
      [{ ...good, name: '' }, 400],
      [{ ...good, url: 'ftp://x' }, 400],
      [{ ...good, events: ['issue_burnt'] }, 400],
      [{ ...good, ...jql('project = NOPE') }, 400],
    ] as const)
      expect((await site.call('POST', at, wrong)).status, JSON.stringify(wrong)).toBe(status);
    expect((await site.callAs(site.basicFor(BEN), 'POST', at, good)).status).toBe(403);
    expect((await site.callAs(site.basicFor(BEN), 'GET', at)).status).toBe(403);
    expect((await site.call('GET', at)).body).toEqual([]);
  });

  it('is sent what becomes of projects, versions, sprints, boards and people', async () => {
    await hook([
      ...['project_created', 'project_updated', 'jira:version_created', 'jira:version_released'],
      ...['sprint_created', 'sprint_started', 'board_created', 'user_created', 'user_updated'],
    ]);
    await site.call('POST', '/rest/api/3/project', {
      key: 'NEW',
      name: 'New',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-agility-scrum',
      leadAccountId: (await site.call('GET', '/rest/api/3/myself')).get('accountId'),
    });
    const [project] = await heard();
    expect(project).toMatchObject({
      webhookEvent: 'project_created',
      project: { key: 'NEW', id: expect.any(Number), projectLead: { displayName: 'Ada Lovelace' } },
    });
    const version = await site.call('POST', '/rest/api/3/version', { name: '1.0', project: 'ENG' });
    await site.call('PUT', `/rest/api/3/version/${version.get('id')}`, { released: true });
    const versions = await heard();
    expect(names(versions)).toEqual(
      expect.arrayContaining(['jira:version_created', 'jira:version_released']),
    );
    expect(versions[0]).toMatchObject({ version: { name: '1.0', released: false } });
    const sprint = await site.call('POST', '/rest/agile/1.0/sprint', { name: 'One', originBoardId: 1 });
    const dates = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };
    await site.call('POST', `/rest/agile/1.0/sprint/${sprint.get('id')}`, { state: 'active', ...dates });
    expect(await heard()).toMatchObject([
      { webhookEvent: 'sprint_created', sprint: { name: 'One', state: 'future', originBoardId: 1 } },
      { webhookEvent: 'sprint_started', sprint: { state: 'active' } },
    ]);
    const person = { email: 'new@acme.example', name: 'New Person' } as never;
    site.universe.work('jira', (w) => jira.hears?.(w, { person, standing: 'active' } as never));
    expect(await heard()).toMatchObject([
      { webhookEvent: 'user_created', user: { displayName: 'New Person' } },
    ]);
  });

  it('comes doubled, late or not at all where the universe’s faults say so', async () => {
    await hook(['jira:issue_created']);
    site.universe.addFault({ kind: 'doubleEvents', match: { twin: 'jira' }, count: 1 });
    await site.issue({});
    expect(await heard()).toHaveLength(2);
    site.universe.addFault({ kind: 'dropEvents', match: { twin: 'jira' }, count: 1 });
    await site.issue({});
    expect(await heard()).toEqual([]);
  });
});

describe('a world file', () => {
  const world = {
    ...WORLD,
    jira: {
      ...WORLD.jira,
      apps: [{ name: 'Planner', callbackUrls: ['https://app.example.com/callback'] }],
      webhooks: [{ name: 'Builds', url: '${CI}/hook', events: ['jira:issue_created'], jql: 'project = ENG' }],
    },
  };

  it('has webhooks that send each universe’s events to its own program, and none of its beginning', async () => {
    site = await openSite(world, { bind: { CI: 'http://127.0.0.1:9' } });
    await site.universe.advance(site.universe.now());
    expect(site.received).toEqual([]);
    await site.issue({});
    await site.universe.advance(site.universe.now());
    expect(site.received.map(({ url }) => url)).toEqual(['http://127.0.0.1:9/hook']);
  });

  it('has apps whose id and secret are in the universe’s document and environment', async () => {
    site = await openSite(world);
    const { credentials } = site.universe.work('jira', (w) => jira.credentials.document(w, ''));
    expect(credentials).toMatchObject({ clientId: expect.any(String), clientSecret: expect.any(String) });
    expect(site.universe.work('jira', (w) => jira.credentials.env(w, ''))).toMatchObject({
      JIRA_CLIENT_ID: credentials.clientId,
      JIRA_CLIENT_SECRET: credentials.clientSecret,
    });
  });
});

describe('a delivery', () => {
  let program: Receiver;
  beforeEach(async () => {
    program = await openReceiver();
    site = await openSite(undefined, { outbound: program.outbound });
  });
  afterEach(() => program.close());

  it('is signed with the webhook’s secret and has an identifier of its own', async () => {
    await hook(['jira:issue_created'], { url: `${program.url}/in`, secret: 'It’s a secret' });
    await site.issue({});
    await site.universe.advance(site.universe.now());
    const [{ headers, body, path, method }] = program.calls as [(typeof program.calls)[number]];
    expect([method, path]).toEqual(['POST', '/in']);
    expect(headers['x-hub-signature']).toBe(
      `sha256=${createHmac('sha256', 'It’s a secret').update(body).digest('hex')}`,
    );
    expect(headers).toMatchObject({
      'user-agent': 'Atlassian Webhook HTTP Client',
      'content-type': 'application/json; charset=UTF-8',
      'x-atlassian-webhook-identifier': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-atlassian-webhook-flow': 'Primary',
    });
    expect(headers).not.toHaveProperty('x-atlassian-webhook-retry');
  });

  it('is tried five times more where the program is busy, always under one identifier', async () => {
    await hook(['jira:issue_created'], { url: program.url });
    program.says(() => ({ status: 503 }));
    await site.issue({});
    await site.universe.advance(site.universe.now() + 45 * MINUTE);
    const retries = program.calls.map(({ headers }) => headers['x-atlassian-webhook-retry']);
    expect(retries).toEqual([undefined, '1', '2', '3', '4', '5']);
    expect(new Set(program.calls.map(({ headers }) => headers['x-atlassian-webhook-identifier'])).size).toBe(
      1,
    );
  });

  it.each([400, 401, 404, 410])('is not tried again where the program says %i', async (status) => {
    await hook(['jira:issue_created'], { url: program.url });
    program.says(() => ({ status }));
    await site.issue({});
    await site.universe.advance(site.universe.now() + 45 * MINUTE);
    expect(program.calls).toHaveLength(1);
  });
});

describe('a webhook of an app', () => {
  let api: string;
  beforeEach(async () => {
    ({ api } = appOf(site, ADA));
  });

  const register = (webhooks: unknown[], url = 'https://app.example.com/in') =>
    site.call('POST', `${api}/webhook`, { url, webhooks });

  it('is sent what its filters let through, with its id', async () => {
    await register([
      { events: ['jira:issue_updated'], jqlFilter: 'project = ENG', fieldIdsFilter: ['labels'] },
      { events: ['issue_property_set'], jqlFilter: 'project = ENG', issuePropertyKeysFilter: ['mine'] },
    ]);
    site.actAs(site.basic);
    await site.call('PUT', '/rest/api/3/issue/ENG-1', { fields: { summary: 'Not told' } });
    await site.call('PUT', '/rest/api/3/issue/ENG-1/properties/theirs', 1);
    expect(await heard()).toEqual([]);
    await site.call('PUT', '/rest/api/3/issue/ENG-1', { fields: { labels: ['told'] } });
    await site.call('PUT', '/rest/api/3/issue/ENG-1/properties/mine', 1);
    expect(await heard()).toMatchObject([
      { webhookEvent: 'jira:issue_updated', matchedWebhookIds: [1] },
      { webhookEvent: 'issue_property_set', matchedWebhookIds: [2] },
    ]);
  });

  it('is signed with the app’s client secret', async () => {
    await register([{ events: ['jira:issue_created'], jqlFilter: 'project = ENG' }]);
    site.actAs(site.basic);
    await site.issue({});
    await site.universe.advance(site.universe.now());
    const [, token = ''] = /^Bearer (.+)$/.exec(site.received[0]?.headers.authorization ?? '') ?? [];
    const [head, claims, signature] = token.split('.');
    const { clientSecret } = site.oauth(ADA).client as { clientSecret: string };
    expect(createHmac('sha256', clientSecret).update(`${head}.${claims}`).digest('base64url')).toBe(
      signature,
    );
    expect(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString())).toMatchObject({ iss: 'jira' });
  });

  it('ends after thirty days unless it is kept alive', async () => {
    await register([{ events: ['jira:issue_created'], jqlFilter: 'project = ENG' }]);
    const day = 86_400_000;
    await site.universe.advance(site.universe.now() + 29 * day);
    await site.call('PUT', `${api}/webhook/refresh`, { webhookIds: [1] });
    await site.universe.advance(site.universe.now() + 29 * day);
    const { api: again } = appOf(site, ADA);
    expect((await site.call('GET', `${again}/webhook`)).get('total')).toBe(1);
    await site.universe.advance(site.universe.now() + day);
    site.actAs(site.basic);
    await site.issue({});
    expect(await heard()).toEqual([]);
    site.actAs(appOf(site, ADA).bearer);
    expect((await site.call('GET', `${again}/webhook`)).get('total')).toBe(0);
  });

  it('says what it does not understand in a filter, and takes five of one person', async () => {
    const of = (jqlFilter: string) => ({ events: ['jira:issue_created'], jqlFilter });
    const answer = await register([
      of('project is not EMPTY'),
      of('text ~ x'),
      of('project = NOPE'),
      ...Array.from({ length: 6 }, () => of('project = ENG AND (status = "To Do" OR assignee != null)')),
    ]);
    const results = answer.get('webhookRegistrationResult') as { errors?: string[] }[];
    expect(results.slice(0, 3).map(({ errors }) => errors?.[0])).toEqual([
      'Operator is not is unsupported',
      'The clause text is unsupported',
      "The value 'NOPE' does not exist for the field 'project'.",
    ]);
    expect(results.filter(({ errors }) => !errors)).toHaveLength(5);
  });

  it('has one address for all of an app, and none for people’s own programs', async () => {
    const one = [{ events: ['jira:issue_created'], jqlFilter: 'project = ENG' }];
    await register(one);
    const other = await register(one, 'https://other.example.com/in');
    expect([other.status, other.get('errorMessages')]).toEqual([
      400,
      [
        'Only a single URL per app is allowed to be registered via REST API. Currently used URL: https://app.example.com/in',
      ],
    ]);
    site.actAs(site.basic);
    expect((await site.call('GET', '/rest/api/3/webhook')).status).toBe(403);
    expect((await register(one)).status).toBe(403);
  });

  it('is sent for the app’s owner only, where the app is not shared', async () => {
    const apps = [{ name: 'Planner', private: true }];
    site = await openSite({ ...WORLD, jira: { ...WORLD.jira, apps } });
    const one = [{ events: ['jira:issue_created'], jqlFilter: 'project = ENG' }];
    for (const person of [BEN, ADA]) {
      ({ api } = appOf(site, person));
      await register(one);
    }
    site.actAs(site.basic);
    await site.issue({});
    expect(await heard()).toMatchObject([{ matchedWebhookIds: [2] }]);
  });

  it('shows a Connect app its failures for three days', async () => {
    const one = [{ events: ['jira:issue_created'], jqlFilter: 'project = ENG' }];
    const planner = site.connect('planner');
    site.actAs(planner);
    const connect = { url: 'https://app.invalid/in', webhooks: one };
    expect((await site.call('POST', '/rest/api/3/webhook', connect)).status).toBe(200);
    const elsewhere = await site.call('POST', '/rest/api/3/webhook', {
      ...connect,
      url: 'https://other.invalid',
    });
    expect(elsewhere.get('errorMessages')).toEqual([
      'The URL must use the same base URL as the Connect app.',
    ]);
    site.answer(() => ({ status: 500 }));
    site.actAs(site.basic);
    await site.issue({});
    await site.universe.advance(site.universe.now() + 45 * MINUTE);
    site.actAs(planner);
    const failures = async () => (await site.call('GET', '/rest/api/3/webhook/failed')).get('values');
    const [failed] = (await failures()) as { body: string; id: string }[];
    expect(failed).toMatchObject({ url: 'https://app.invalid/in' });
    expect(failed?.id).toBe(site.received[0]?.headers['x-atlassian-webhook-identifier']);
    expect(JSON.parse(failed?.body ?? '')).toMatchObject({ webhookEvent: 'jira:issue_created' });
    await site.universe.advance(site.universe.now() + 73 * 60 * MINUTE);
    expect(await failures()).toEqual([]);
  });
});

/** An OAuth app with a person's leave: `call` asks for it from now on, and `api` is where. */
function appOf(at: TestSite, as: string): { api: string; bearer: string } {
  const { bearer, gateway } = at.oauth(as);
  at.actAs(bearer);
  return { api: `${gateway}/rest/api/3`, bearer };
}
