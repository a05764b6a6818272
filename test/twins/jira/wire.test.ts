import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../../src/twin.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { ADA, BEN, openSite, type TestSite } from './site.ts';

describe('Jira’s wire', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  it('sends its headers with every answer', async () => {
    const read = await site.call('GET', '/rest/api/3/issue/ENG-1');
    expect(read.headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(read.headers.get('x-arequestid')).toMatch(/^[0-9a-f]{32}$/);
    expect(read.headers.get('atl-traceid')).toMatch(/^[0-9a-f]{32}$/);
    expect(read.headers.get('cache-control')).toBe('no-cache, no-store, no-transform');
    expect(read.headers.get('x-ratelimit-limit')).toBe('350');
  });

  const lacking = jira.operations.find(
    ({ id, method, path }) =>
      path.startsWith('/rest/api/3/') &&
      !jira.endpoints.some((one) => one.route === `${method} ${path}` && one.id === id),
  );
  it.skipIf(!lacking)('answers an operation that it lacks as a gap, by name, in either version', async () => {
    const { id, method, path } = lacking as Operation;
    for (const version of [2, 3]) {
      const asked = path.replace('/3/', `/${version}/`).replace(/\{[^}]+\}/g, '1');
      const gap = await site.call(method, asked, method === 'GET' ? undefined : {});
      expect([gap.status, gap.headers.get('x-orrery-gap')]).toEqual([501, id]);
      expect(gap.get('errors')).toEqual({});
    }
  });

  it('knows no path of its own making, and says which methods a path has', async () => {
    expect((await site.call('GET', '/rest/api/3/nothing')).status).toBe(404);
    const wrong = await site.call('PATCH', '/rest/api/3/myself');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it.each([
    ['{"fields":', 400],
    ['[]', 400],
    ['"text"', 400],
    ['{"fields":{"__proto__":{"x":1},"constructor":1}}', 400],
    [`${'{"fields":'.repeat(300)}1${'}'.repeat(300)}`, 400],
  ])('refuses the body %.40s as the vendor does', async (body, status) => {
    const answer = await site.fetch('/jira/rest/api/3/issue', {
      method: 'POST',
      headers: { authorization: site.basic, 'content-type': 'application/json' },
      body,
    });
    expect(answer.status).toBe(status);
    expect(Object.keys((await answer.json()) as object)).toEqual(['errorMessages', 'errors']);
  });

  it('refuses bodies that are not JSON', async () => {
    const answer = await site.fetch('/jira/rest/api/3/issue', {
      method: 'POST',
      headers: { authorization: site.basic, 'content-type': 'text/plain' },
      body: 'x',
    });
    expect(answer.status).toBe(415);
  });

  it('limits requests with how long to wait', async () => {
    site.universe.addFault({
      kind: 'rateLimited',
      match: { twin: 'jira' },
      count: 1,
      params: { retryAfter: 7 },
    });
    const limited = await site.call('GET', '/rest/api/3/issue/ENG-1');
    expect([
      limited.status,
      limited.headers.get('retry-after'),
      limited.headers.get('x-ratelimit-remaining'),
    ]).toEqual([429, '7', '0']);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-1')).status).toBe(200);
  });

  it('fails by the vendor’s names for errors, and may do so after the work is done', async () => {
    site.universe.addFault({
      kind: 'error',
      match: { twin: 'jira', operation: 'getIssue' },
      count: 1,
      params: { name: 'serviceUnavailable' },
    });
    expect((await site.call('GET', '/rest/api/3/issue/ENG-1')).status).toBe(503);
    site.universe.addFault({
      kind: 'commitThenFail',
      match: { twin: 'jira', operation: 'createIssue' },
      count: 1,
      params: { name: 'internalError' },
    });
    const made = await site.call('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'Twice?' },
    });
    expect(made.status).toBe(500);
    expect((await site.call('GET', '/rest/api/3/issue/ENG-4')).get('fields.summary')).toBe('Twice?');
  });

  it('limits each caller by the vendor’s own tiers when told to', async () => {
    site = await openSite(undefined, { rateLimits: { read: 2 } });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await site.call('GET', '/rest/api/3/myself')).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await site.callAs(site.basicFor(BEN), 'GET', '/rest/api/3/myself')).status).toBe(200);
  });

  it('answers byte for byte the same to the same requests in an equal universe', async () => {
    const run = async () => {
      const fresh = await openSite();
      const answers = [];
      for (const [method, path, body] of [
        [
          'POST',
          '/rest/api/3/issue',
          { fields: { project: { key: 'ENG' }, issuetype: { name: 'Bug' }, summary: 'Same' } },
        ],
        ['GET', '/rest/api/3/issue/ENG-4?expand=changelog', undefined],
        ['POST', '/rest/api/2/issue/ENG-4/comment', { body: 'hello' }],
        ['GET', '/rest/api/3/search/jql?jql=project=ENG&fields=*all&maxResults=2', undefined],
      ] as const) {
        const answer = await fresh.call(method, path, body);
        answers.push([answer.status, [...answer.headers], answer.body]);
      }
      return JSON.stringify(answers);
    };
    expect(await run()).toBe(await run());
  });

  it('gives another seed other credentials and accounts', async () => {
    const other = await openSite(undefined, { id: 'other', seed: 2 });
    expect((await site.callAs(other.basic, 'GET', '/rest/api/3/myself')).status).toBe(401);
    const mine = (await site.call('GET', '/rest/api/3/myself')).get('accountId');
    expect((await other.call('GET', '/rest/api/3/myself')).get('accountId')).not.toBe(mine);
  });
});

describe('what people do in Jira’s screens', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });
  const act = (gesture: string, as: string, input: unknown) =>
    site.universe.gesture({ twin: 'jira', gesture, as, with: input, by: 'person' });

  it('shows to programs as any other change, by the person who made it', async () => {
    act('create', BEN, { project: 'ENG', type: 'Task', summary: 'By hand', description: 'Some *text*' });
    act('move', BEN, { issue: 'ENG-4', to: 'in progress' });
    act('comment', BEN, { issue: 'ENG-4', text: 'On it' });
    act('assign', BEN, { issue: 'ENG-4', to: ADA });
    act('edit', BEN, { issue: 'ENG-4', fields: { summary: 'By a steady hand' } });
    const read = await site.call('GET', '/rest/api/2/issue/ENG-4?expand=changelog');
    expect(read.get('fields.summary')).toBe('By a steady hand');
    expect(read.get('fields.status.name')).toBe('In Progress');
    expect(read.get('fields.assignee.emailAddress')).toBe(ADA);
    expect(read.get('fields.comment.comments.*.body')).toEqual(['On it']);
    expect(new Set(read.get('changelog.histories.*.author.emailAddress') as string[])).toEqual(
      new Set([BEN]),
    );
  });

  it('cannot drag a card where the workflow does not lead', async () => {
    const key = await site.issue({ project: { key: 'REV' } });
    expect(() => act('move', BEN, { issue: key, to: 'Closed' })).toThrow('No transition leads from here');
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.status.name')).toBe('Open');
  });
});
