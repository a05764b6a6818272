import { beforeEach, describe, expect, it } from 'vitest';
import { jira } from '../../../twins/jira/twin.ts';
import { openSite, type TestSite } from './site.ts';

const AT = '2026-03-02T09:00:00Z';
const url = 'https://ci.example/1';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const settle = () => site.universe.advance(site.universe.now() + 1_000);
const build = (more: Record<string, unknown> = {}) => ({
  pipelineId: 'p',
  buildNumber: 1,
  updateSequenceNumber: 5,
  displayName: 'p #1',
  url,
  state: 'successful',
  lastUpdated: AT,
  issueKeys: ['ENG-2'],
  ...more,
});
const tell = (...builds: unknown[]) => site.call('POST', '/rest/builds/0.1/bulk', { builds });
const read = () => site.call('GET', '/rest/builds/0.1/pipelines/p/builds/1');

describe('what tools tell', () => {
  it('is there in a while', async () => {
    expect((await tell(build())).status).toBe(202);
    expect((await read()).status).toBe(404);
    await settle();
    expect((await read()).get('state')).toBe('successful');
  });

  it('is replaced by what is newer, and not by what comes late', async () => {
    await tell(build());
    await tell(build({ updateSequenceNumber: 4, state: 'failed' }));
    await settle();
    expect((await read()).get('state')).toBe('successful');
    await tell(build({ updateSequenceNumber: 6, state: 'failed' }));
    await settle();
    expect((await read()).get('state')).toBe('failed');
  });

  it('is taken thing by thing, and rejected where it is out of form or about nothing known', async () => {
    const answer = await tell(
      build(),
      build({ buildNumber: 2, state: 'fine' }),
      build({ buildNumber: 3, issueKeys: ['UTF-8'] }),
    );
    expect(answer.body).toMatchObject({
      acceptedBuilds: [{ pipelineId: 'p', buildNumber: 1 }],
      rejectedBuilds: [{ key: { buildNumber: 2 } }, { key: { buildNumber: 3 } }],
      unknownIssueKeys: ['UTF-8'],
    });
    expect(answer.get('rejectedBuilds.0.errors.0.message')).toContain('/state');
  });

  it('is refused as a whole where the request is out of form', async () => {
    for (const body of [{}, { builds: [] }, { builds: [{ pipelineId: 'p' }] }]) {
      const refused = await site.call('POST', '/rest/builds/0.1/bulk', body);
      expect([refused.status, refused.get('0.message')]).toEqual([400, expect.any(String)]);
    }
    const properties = { _own: 'x' };
    const wrong = await site.call('POST', '/rest/builds/0.1/bulk', { builds: [build()], properties });
    expect(wrong.get('0.message')).toContain("'_own'");
  });

  it('goes by all of the properties that are named', async () => {
    const properties = { account: 'a', team: 't' };
    await site.call('POST', '/rest/builds/0.1/bulk', { builds: [build()], properties });
    await settle();
    await site.call('DELETE', '/rest/builds/0.1/bulkByProperties?account=a&team=other');
    await settle();
    expect((await read()).status).toBe(200);
    await site.call('DELETE', '/rest/builds/0.1/bulkByProperties?account=a&team=t');
    await settle();
    expect((await read()).status).toBe(404);
  });

  it('is shown in the Development field of its issues', async () => {
    const field = async (key: string) =>
      (await site.call('GET', `/rest/api/3/issue/${key}?fields=customfield_10000`)).get(
        'fields.customfield_10000',
      );
    expect(await field('ENG-2')).toBe('{}');
    const pullRequest = {
      id: '1',
      issueKeys: ['ENG-2'],
      updateSequenceId: 1,
      status: 'OPEN',
      title: 'Once',
      author: { email: 'ada@acme.example' },
      commentCount: 0,
      sourceBranch: 'once',
      lastUpdate: AT,
      url,
      displayId: '#1',
    };
    const repository = { id: 'r', name: 'exports', url, updateSequenceId: 1, pullRequests: [pullRequest] };
    await site.call('POST', '/rest/devinfo/0.10/bulk', { repositories: [repository] });
    await tell(build());
    await settle();
    const hits = async (jql: string) =>
      (await site.call('GET', `/rest/api/3/search/jql?fields=key&jql=${encodeURIComponent(jql)}`)).get(
        'issues.*.key',
      );
    expect(await hits('development[pullrequests].open > 0')).toEqual(['ENG-2']);
    expect(await hits('development[builds].failing > 0')).toEqual([]);
    expect(await hits('project = ENG AND development[builds].all = 0 ORDER BY key')).toEqual([
      'ENG-1',
      'ENG-3',
    ]);
    const text = String(await field('ENG-2'));
    expect(text).toMatch(/^\{pullrequest=\{dataType=pullrequest, state=OPEN, stateCount=1\}, build=\{/);
    const json = JSON.parse(/json=(.*)\}$/.exec(text)?.[1] ?? '') as never;
    expect(json).toMatchObject({
      cachedValue: { summary: { pullrequest: { overall: { count: 1, open: true } } } },
    });
    expect(await field('ENG-1')).toBe('{}');
  });

  it('has done what the message of a commit says, once, in the name of its author', async () => {
    const commit = (more: Record<string, unknown>) => ({
      id: 'abc',
      issueKeys: ['ENG-2'],
      updateSequenceId: 1,
      message: 'ENG-2 exports once #time 1h 30m by hand #comment At last #done',
      author: { email: 'ben@acme.example' },
      fileCount: 1,
      url,
      authorTimestamp: AT,
      displayId: 'abc',
      ...more,
    });
    const push = async (more: Record<string, unknown>, how: Record<string, unknown> = {}) => {
      const repository = { id: 'r', name: 'exports', url, updateSequenceId: 1, commits: [commit(more)] };
      await site.call('POST', '/rest/devinfo/0.10/bulk', { repositories: [repository], ...how });
      await settle();
    };
    await push({ id: 'first' }, { preventTransitions: true });
    const fields = 'fields=status,timespent,comment';
    const before = await site.call('GET', `/rest/api/2/issue/ENG-2?${fields}`);
    expect(before.get('fields.timespent')).toBeNull();
    await push({});
    await push({ updateSequenceId: 2 });
    const after = await site.call('GET', `/rest/api/2/issue/ENG-2?${fields}`);
    expect(after.get('fields')).toMatchObject({
      status: { name: 'Done' },
      timespent: 5_400,
      comment: { total: 1, comments: [{ body: 'At last', author: { emailAddress: 'ben@acme.example' } }] },
    });
  });

  it('lets a deployment go on when its issue is done', async () => {
    const deployment = {
      deploymentSequenceNumber: 1,
      updateSequenceNumber: 1,
      displayName: 'Release',
      url,
      description: '',
      lastUpdated: AT,
      state: 'pending',
      pipeline: { id: 'p', displayName: 'P', url },
      environment: { id: 'e', displayName: 'E', type: 'production' },
      issueKeys: ['ENG-2'],
      commands: [{ command: 'initiate_deployment_gating' }],
    };
    await site.call('POST', '/rest/deployments/0.1/bulk', { deployments: [deployment] });
    await settle();
    const path = '/rest/deployments/0.1/pipelines/p/environments/e/deployments/1/gating-status';
    expect((await site.call('GET', path)).get('gatingStatus')).toBe('awaiting');
    const jql = encodeURIComponent('deploymentEnvironmentType = production');
    const found = await site.call('GET', `/rest/api/3/search/jql?fields=key&jql=${jql}`);
    expect(found.get('issues.*.key')).toEqual(['ENG-2']);
    const { body } = await site.call('GET', '/rest/api/3/issue/ENG-2/transitions');
    const { transitions } = body as { transitions: { id: string; to: { name: string } }[] };
    const done = transitions.find((one) => one.to.name === 'Done');
    await site.call('POST', '/rest/api/3/issue/ENG-2/transitions', { transition: { id: done?.id } });
    expect((await site.call('GET', path)).get('gatingStatus')).toBe('allowed');
  });

  it('keeps associations of a vulnerability until they are taken away', async () => {
    const vulnerability = {
      schemaVersion: '1.0',
      id: 'v',
      containerId: 'c',
      displayName: 'Old library',
      description: 'Too old',
      url,
      type: 'sca',
      introducedDate: AT,
      lastUpdated: AT,
      severity: { level: 'high' },
      status: 'open',
    };
    const submit = async (more: Record<string, unknown>) => {
      const vulnerabilities = [{ ...vulnerability, ...more }];
      const answer = await site.call('POST', '/rest/security/1.0/bulk', { vulnerabilities });
      await settle();
      return answer;
    };
    const about = (...values: string[]) => [{ associationType: 'issueIdOrKeys', values }];
    const first = await submit({ updateSequenceNumber: 1, addAssociations: about('ENG-2', 'NO-1') });
    expect(first.get('unknownAssociations.0.values')).toEqual(['NO-1']);
    const issues = async () =>
      (await site.call('GET', '/rest/security/1.0/vulnerability/v')).get('addAssociations.0.values');
    await submit({ updateSequenceNumber: 2, status: 'closed' });
    expect(await issues()).toEqual(['10001']);
    await submit({ updateSequenceNumber: 3, removeAssociations: about('ENG-2') });
    expect(await issues()).toBeUndefined();
  });

  it('is kept apart for each app that tells it', async () => {
    await tell(build());
    await settle();
    const { secret } = site.universe.work('jira', (w) =>
      jira.credentials.mint(w, {
        kind: 'accessToken',
        app: 'Runner',
        scopes: ['read:build-info:jira', 'write:build-info:jira'],
      }),
    );
    const { cloudId } = site.universe.work('jira', (w) => jira.credentials.document(w, '')) as never as {
      cloudId: string;
    };
    const bearer = `Bearer ${String(secret.accessToken)}`;
    const root = `/jira/builds/0.1/cloud/${cloudId}`;
    const path = `${root}/pipelines/p/builds/1`;
    expect((await site.callAs(bearer, 'GET', path)).status).toBe(404);
    expect((await site.callAs(bearer, 'POST', `${root}/bulk`, { builds: [build()] })).status).toBe(202);
    await settle();
    expect((await site.callAs(bearer, 'GET', path)).status).toBe(200);
    expect((await site.callAs(bearer, 'DELETE', path)).status).toBe(401);
    expect((await site.callAs(bearer, 'GET', path.replace(cloudId, 'another'))).status).toBe(404);
  });
});
