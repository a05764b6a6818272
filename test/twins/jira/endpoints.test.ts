import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/control/coverage.ts';
import { compileTwin } from '../../../src/pipeline.ts';
import { parseRoute } from '../../../src/router.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { jiraPath } from '../../../twins/jira/wire.ts';
import { itRoutesEachEndpoint } from '../routes.ts';

describe('the endpoints of Jira', () => {
  const compiled = compileTwin(jira);

  itRoutesEachEndpoint(jira, /^https:\/\/developer\.atlassian\.com\//, 'X-1');

  it('serves every platform endpoint under version 2, under latest and behind the gateway too', () => {
    for (const prefix of ['/rest/api/2', '/rest/api/latest', '/ex/jira/some-cloud/rest/api/3'])
      for (const { route } of jira.endpoints) {
        const [[method = ''], path] = parseRoute(route);
        if (!path.startsWith('/rest/api/3/')) continue;
        const asked = path.replace('/rest/api/3', prefix).replace(/\{[^}]+\}/g, 'X-1');
        const match = compiled.router.match(method, jiraPath(asked));
        expect('target' in match && match.target.endpoint?.route, asked).toBe(route);
      }
  });

  it('names the vendor’s own operations', () => {
    const known = new Set(jira.operations.map(({ id, method, path }) => `${id} ${method} ${path}`));
    const own = jira.endpoints.filter(({ id, route }) => !known.has(`${id} ${route}`)).map(({ id }) => id);
    // Tokens and the settings’ webhooks are beside the described APIs, and so are pages, pictures and files.
    expect(own.sort()).toEqual([
      'answerConsent',
      'archivedIssuesExport',
      'authorize',
      'burndownReport',
      'createAdminWebhook',
      'createSession',
      'dashboardPage',
      'deleteAdminWebhook',
      'deleteSession',
      'getAccessibleResources',
      'getAdminWebhook',
      'getAdminWebhooks',
      'getInstallKey',
      'getMe',
      'getSession',
      'getToken',
      'homePage',
      'icon',
      'issuePage',
      'issuesPage',
      'mediaFile',
      'rapidViews',
      'rapidViewsList',
      'secureAttachment',
      'sprintQuery',
      'sprintReport',
      'updateAdminWebhook',
      'velocityReport',
    ]);
  });

  it('counts where Atlassian gives one name to operations of two of its APIs', () => {
    const { operations } = coverageOf([jira]);
    const support = operations.filter(({ id }) => id === 'getIssue').map((one) => [one.path, one.support]);
    expect(support).toEqual([
      ['/rest/api/3/issue/{issueIdOrKey}', 'implemented'],
      ['/rest/agile/1.0/issue/{issueIdOrKey}', 'implemented'],
    ]);
  });
});
