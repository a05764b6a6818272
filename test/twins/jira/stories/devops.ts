/** What tools of development and operations tell a site, read again and taken away. */
import { expect } from 'vitest';
import type { Story, Teller } from './teller.ts';

const AT = '2026-03-02T09:00:00Z';
const link = 'https://tools.example/1';

/** Until what was told is there. */
const settle = (t: Teller) => t.site.universe.advance(t.site.universe.now() + 1_000);

/** Tells of things, sees one of them, and deletes it by id and by a property. */
async function family(
  t: Teller,
  root: string,
  list: string,
  data: Record<string, unknown>,
  one: string,
): Promise<unknown> {
  const answer = await t.send('POST', `/rest/${root}/bulk`, { [list]: [data], properties: { account: 'a' } });
  await t.refused(404, 'GET', `/rest/${root}/${one}`);
  await settle(t);
  expect(await t.get(`/rest/${root}/${one}`)).toMatchObject(data);
  await t.send('DELETE', `/rest/${root}/${one}`);
  await settle(t);
  await t.refused(404, 'GET', `/rest/${root}/${one}`);
  await t.site.call('POST', `/rest/${root}/bulk`, { [list]: [data], properties: { account: 'a' } });
  await settle(t);
  await t.send('DELETE', `/rest/${root}/bulkByProperties?account=a`);
  await t.refused(400, 'DELETE', `/rest/${root}/bulkByProperties`);
  await settle(t);
  await t.refused(404, 'GET', `/rest/${root}/${one}`);
  return answer;
}

const build = {
  pipelineId: 'p',
  buildNumber: 1,
  updateSequenceNumber: 1,
  displayName: 'p #1',
  url: link,
  state: 'successful',
  lastUpdated: AT,
  issueKeys: ['ENG-1', 'UTF-8'],
};
const deployment = {
  deploymentSequenceNumber: 1,
  updateSequenceNumber: 1,
  displayName: 'Release',
  url: link,
  description: 'The whole',
  lastUpdated: AT,
  state: 'pending',
  pipeline: { id: 'p', displayName: 'P', url: link },
  environment: { id: 'e', displayName: 'E', type: 'production' },
  associations: [{ associationType: 'issueIdOrKeys', values: ['ENG-1', 'NO-1'] }],
  commands: [{ command: 'initiate_deployment_gating' }],
};
const PATH = 'pipelines/p/environments/e/deployments/1';

export const devopsStories: readonly Story[] = [
  {
    says: 'builds are told of',
    async tell(t) {
      expect(await family(t, 'builds/0.1', 'builds', build, 'pipelines/p/builds/1')).toEqual({
        acceptedBuilds: [{ pipelineId: 'p', buildNumber: 1 }],
        rejectedBuilds: [],
        unknownIssueKeys: ['UTF-8'],
        unknownAssociations: [],
      });
    },
  },
  {
    says: 'deployments are told of, and wait for an issue',
    async tell(t) {
      expect(await family(t, 'deployments/0.1', 'deployments', deployment, PATH)).toMatchObject({
        acceptedDeployments: [{ pipelineId: 'p', environmentId: 'e', deploymentSequenceNumber: 1 }],
        unknownAssociations: [{ associationType: 'issueIdOrKeys', values: ['NO-1'] }],
      });
      await t.site.call('POST', '/rest/deployments/0.1/bulk', { deployments: [deployment] });
      await settle(t);
      expect(await t.get(`/rest/deployments/0.1/${PATH}/gating-status`)).toMatchObject({
        pipelineId: 'p',
        gatingStatus: 'awaiting',
        details: [{ type: 'issue', issueKey: 'ENG-1' }],
      });
    },
  },
  {
    says: 'feature flags are told of',
    async tell(t) {
      const status = { enabled: true };
      const flag = {
        id: 'f',
        key: 'dark-mode',
        updateSequenceId: 1,
        issueKeys: ['ENG-1'],
        summary: { status, lastUpdated: AT },
        details: [{ url: link, lastUpdated: AT, environment: { name: 'prod' }, status }],
      };
      expect(await family(t, 'featureflags/0.1', 'flags', flag, 'flag/f')).toMatchObject({
        acceptedFeatureFlags: ['f'],
        failedFeatureFlags: {},
      });
    },
  },
  {
    says: 'remote links are told of',
    async tell(t) {
      const remote = {
        id: 'r',
        updateSequenceNumber: 1,
        displayName: 'Alert',
        url: link,
        type: 'alert',
        lastUpdated: AT,
        associations: [{ associationType: 'issueKeys', values: ['ENG-1'] }],
      };
      expect(await family(t, 'remotelinks/1.0', 'remoteLinks', remote, 'remotelink/r')).toEqual({
        acceptedRemoteLinks: ['r'],
        rejectedRemoteLinks: {},
        unknownAssociations: [],
      });
    },
  },
  {
    says: 'vulnerabilities are told of, with the workspaces of their scanner',
    async tell(t) {
      const vulnerability = {
        schemaVersion: '1.0',
        id: 'v',
        updateSequenceNumber: 1,
        containerId: 'c',
        displayName: 'Old library',
        description: 'Too old',
        url: link,
        type: 'sca',
        introducedDate: AT,
        lastUpdated: AT,
        severity: { level: 'high' },
        status: 'open',
      };
      expect(
        await family(t, 'security/1.0', 'vulnerabilities', vulnerability, 'vulnerability/v'),
      ).toMatchObject({ acceptedVulnerabilities: ['v'] });
      const linked = '/rest/security/1.0/linkedWorkspaces';
      await t.send('POST', `${linked}/bulk`, { workspaceIds: ['w-1', 'w-2'] });
      await settle(t);
      expect(await t.get(linked)).toEqual({ workspaceIds: ['w-1', 'w-2'] });
      await t.send('DELETE', `${linked}/bulk?workspaceIds=w-1`);
      await settle(t);
      expect(await t.get(`${linked}/w-2`)).toMatchObject({ workspaceId: 'w-2' });
      await t.refused(404, 'GET', `${linked}/w-1`);
    },
  },
  {
    says: 'incidents and reviews are told of, with the workspaces of their tool',
    async tell(t) {
      const told = {
        schemaVersion: '1.0',
        id: 'i',
        updateSequenceNumber: 1,
        summary: 'Down',
        description: 'All of it',
        url: link,
        createdDate: AT,
        lastUpdated: AT,
      };
      const incident = { ...told, affectedComponents: ['c'], status: 'open' };
      expect(await family(t, 'operations/1.0', 'incidents', incident, 'incidents/i')).toMatchObject({
        acceptedIncidents: ['i'],
      });
      const review = { ...told, reviews: ['i'], status: 'completed' };
      await family(t, 'operations/1.0', 'reviews', review, 'post-incident-reviews/i');
      const linked = '/rest/operations/1.0/linkedWorkspaces';
      expect(await t.send('POST', `${linked}/bulk`, { workspaceIds: ['w'] })).toEqual({
        acceptedWorkspaceIds: ['w'],
      });
      await settle(t);
      expect(await t.get(linked)).toEqual({ workspaceIds: ['w'] });
      await t.send('DELETE', `${linked}/bulk?workspaceIds=w`);
    },
  },
  {
    says: 'components are told of',
    async tell(t) {
      const component = {
        schemaVersion: '1.0',
        id: 'c',
        updateSequenceNumber: 1,
        name: 'Exports',
        description: 'Runs them',
        url: link,
        avatarUrl: link,
        tier: 'Tier 1',
        componentType: 'Service',
        lastUpdated: AT,
      };
      expect(
        await family(t, 'devopscomponents/1.0', 'devopsComponents', component, 'devopscomponents/c'),
      ).toMatchObject({ acceptedComponents: ['c'], failedComponents: {} });
    },
  },
  {
    says: 'repositories are told of with what is in them',
    async tell(t) {
      const commit = {
        id: 'abc',
        issueKeys: ['ENG-2'],
        updateSequenceId: 1,
        message: 'ENG-2 once',
        author: { email: 'ada@acme.example' },
        fileCount: 1,
        url: link,
        authorTimestamp: AT,
        displayId: 'abc',
      };
      const repository = { id: 'r', name: 'exports', url: link, updateSequenceId: 1 };
      const root = '/rest/devinfo/0.10';
      const told = { repositories: [{ ...repository, commits: [commit] }], properties: { account: 'a' } };
      expect(await t.send('POST', `${root}/bulk`, told)).toMatchObject({
        acceptedDevinfoEntities: { r: { commits: ['abc'], branches: [], pullRequests: [] } },
        failedDevinfoEntities: {},
        unknownIssueKeys: [],
      });
      await settle(t);
      expect(await t.get(`${root}/repository/r`)).toMatchObject({ ...repository, commits: [{ id: 'abc' }] });
      const asked = `${root}/existsByProperties?account=a`;
      expect(await t.get(asked)).toEqual({ hasDataMatchingProperties: true });
      expect(await t.get(`${asked}&_updateSequenceId=0`)).toEqual({ hasDataMatchingProperties: false });
      await t.refused(400, 'DELETE', `${root}/repository/r/file/abc`);
      await t.send('DELETE', `${root}/repository/r/commit/abc`);
      await settle(t);
      expect((await t.get(`${root}/repository/r`)).commits).toEqual([]);
      await t.send('DELETE', `${root}/repository/r?_updateSequenceId=0`);
      await settle(t);
      await t.get(`${root}/repository/r`);
      await t.send('DELETE', `${root}/repository/r`);
      await t.send('DELETE', `${root}/bulkByProperties?account=a`);
      await settle(t);
      await t.refused(404, 'GET', `${root}/repository/r`);
    },
  },
];
