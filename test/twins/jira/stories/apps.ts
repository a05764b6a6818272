/** Webhooks, and the apps that have them. */
import { expect } from 'vitest';
import { jira } from '../../../../twins/jira/twin.ts';
import { ADA, type TestSite } from '../site.ts';
import type { Story } from './teller.ts';

/** From now on the story is told by an OAuth app of the administrator's; gives the gateway's address of the API. */
function asOauthApp(site: TestSite): { gateway: string; client: Record<string, unknown> } {
  const { bearer, gateway, client } = site.oauth(ADA);
  site.actAs(bearer);
  return { gateway: `${gateway}/rest/api/3`, client };
}

export const appStories: readonly Story[] = [
  {
    says: 'an administrator keeps webhooks',
    async tell(t) {
      const all = '/rest/webhooks/1.0/webhook';
      const made = await t.send('POST', all, {
        name: 'Builds',
        url: 'https://ci.example.com/hook',
        events: ['jira:issue_created'],
        filters: { 'issue-related-events-section': 'project = ENG' },
        excludeBody: false,
        secret: 's3cret',
      });
      expect(made).toMatchObject({ name: 'Builds', enabled: true, isSigned: true });
      const path = new URL(made.self).pathname.replace(/^.*(?=\/rest\/)/, '');
      expect(await t.get(path)).toEqual(made);
      expect(await t.get(all)).toEqual([made]);
      expect(await t.send('PUT', path, { enabled: false, name: 'Bots' })).toMatchObject({
        name: 'Bots',
        enabled: false,
        events: ['jira:issue_created'],
      });
      await t.refused(409, 'POST', all, {
        name: 'Again',
        url: 'https://ci.example.com/hook',
        events: ['jira:issue_created'],
        filters: { 'issue-related-events-section': 'project = ENG' },
      });
      await t.send('DELETE', path);
      await t.refused(404, 'GET', path);
    },
  },
  {
    says: 'an app registers webhooks, keeps them alive and ends them',
    async tell(t) {
      const { gateway } = asOauthApp(t.site);
      const hooks = `${gateway}/webhook`;
      const { webhookRegistrationResult: results } = await t.send('POST', hooks, {
        url: 'https://app.example.com/in',
        webhooks: [
          { events: ['jira:issue_updated'], jqlFilter: 'project = ENG', fieldIdsFilter: ['summary'] },
          { events: ['jira:issue_created'], jqlFilter: 'watchers = 1' },
          { events: ['issue_property_set'], jqlFilter: 'project = ENG', issuePropertyKeysFilter: ['k'] },
        ],
      });
      expect(results).toEqual([
        { createdWebhookId: 1 },
        { errors: ['The clause watchers is unsupported'] },
        { createdWebhookId: 2 },
      ]);
      const listed = await t.get(hooks);
      expect(listed.values.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
      t.site.universe.clock.set({ now: t.site.universe.now() + 86_400_000 });
      const { expirationDate } = await t.send('PUT', `${hooks}/refresh`, { webhookIds: [1, 99] });
      expect(expirationDate - listed.values[0].expirationDate).toBe(86_400_000);
      await t.refused(403, 'GET', `${hooks}/failed`);
      await t.send('DELETE', hooks, { webhookIds: [1] });
      expect((await t.get(hooks)).total).toBe(1);
    },
  },
  {
    says: 'a site says who is signed in',
    async tell(t) {
      expect(await t.get('/rest/auth/1/session')).toMatchObject({ name: ADA });
    },
  },
  {
    says: 'an app asks about its token',
    async tell(t) {
      const { client } = asOauthApp(t.site);
      expect(await t.get('/oauth/token/accessible-resources')).toMatchObject([{ name: 'acme' }]);
      expect(await t.get('/me')).toMatchObject({ name: 'Ada Lovelace' });
      const issued = await t.send('POST', '/oauth/token', {
        grant_type: 'client_credentials',
        client_id: client.clientId,
        client_secret: client.clientSecret,
      });
      expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
    },
  },
  {
    says: 'a Connect app keeps properties and adds modules',
    async tell(t) {
      t.site.actAs(t.site.connect('com.example.planner'));
      const all = '/rest/atlassian-connect/1/addons/com.example.planner/properties';
      expect(await t.send('PUT', `${all}/plan`, { hours: 2 })).toEqual({
        message: 'Property created.',
        statusCode: 201,
      });
      expect(await t.send('PUT', `${all}/plan`, { hours: 3 })).toMatchObject({ statusCode: 200 });
      expect(await t.get(`${all}/plan`)).toMatchObject({ key: 'plan', value: { hours: 3 } });
      expect((await t.get(all)).keys).toMatchObject([{ key: 'plan' }]);
      await t.refused(400, 'PUT', `${all}/${'k'.repeat(128)}`, 1);
      await t.send('DELETE', `${all}/plan`);
      expect(await t.refused(404, 'GET', `${all}/plan`)).toEqual({
        message: 'Property with key not found.',
        statusCode: 404,
      });
      const modules = '/rest/atlassian-connect/1/app/module/dynamic';
      const sent = {
        jiraIssueFields: [{ key: 'team', type: 'single_select', name: { value: 'Team' } }],
        webhooks: [{ key: 'made', event: 'jira:issue_created', url: '/made' }],
      };
      await t.send('POST', modules, sent);
      expect(await t.get(modules)).toEqual(sent);
      await t.refused(400, 'POST', modules, sent);
      await t.send('DELETE', `${modules}?moduleKey=made`);
      expect(Object.keys(await t.get(modules))).toEqual(['jiraIssueFields']);
      expect(await t.get('/webhook/failed')).toEqual({ values: [], maxResults: 100 });
      expect(await t.get('/data-policy')).toEqual({ anyContentBlocked: false });
      expect((await t.get('/data-policy/project?ids=10000')).projectDataPolicies).toHaveLength(1);
      await t.refused(400, 'GET', '/data-policy/project?ids=10000,99');
    },
  },
  {
    says: 'a Forge app keeps properties',
    async tell(t) {
      const { secret } = t.site.universe.work('jira', (world) =>
        jira.credentials.mint(world, { kind: 'forgeApp', app: 'forge-planner' }),
      );
      t.site.actAs(`Bearer ${secret.accessToken}`);
      const all = `${t.site.oauth(ADA).gateway}/rest/forge/1/app/properties`;
      await t.send('PUT', `${all}/plan`, 'soon');
      expect(await t.get(`${all}/plan`)).toEqual({ key: 'plan', value: 'soon' });
      expect((await t.get(all)).keys).toMatchObject([{ key: 'plan' }]);
      await t.send('DELETE', `${all}/plan`);
      t.site.actAs(t.site.oauth(ADA).bearer);
      await t.refused(403, 'GET', all);
    },
  },
];
