/** jira.js as an app of the developer console, by Atlassian's own host names; and the consent page in a browser. */
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exchangeAuthorizationCode,
  generateAuthorizationUrl,
  getAccessibleResources,
  Version3Client,
} from 'jira.js';
import { type Browser, chromium } from 'playwright-core';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UniverseDispatcher } from '../../../../src/inprocess/undici.ts';
import { jira } from '../../../../twins/jira/twin.ts';
import { ADA, BEN, openSite, type TestSite } from '../site.ts';
import { type ServedSite, serveSite } from './served.ts';

const BACK = 'https://app.example.com/callback';
const SCOPES = [
  'read:jira-work',
  'write:jira-work',
  'read:jira-user',
  'manage:jira-webhook',
  'offline_access',
];

describe('jira.js with leave of a person', () => {
  let site: TestSite;
  const before = getGlobalDispatcher();
  beforeAll(async () => {
    site = await openSite();
    setGlobalDispatcher(new UniverseDispatcher((() => ({ kernel: site.universe })) as never) as never);
  });
  afterAll(() => setGlobalDispatcher(before));

  it('signs in, refreshes by itself when the hour is over, and works at the gateway', async () => {
    const { clientId = '', clientSecret = '' } = site.oauth(ADA).client as Record<string, string>;
    const url = generateAuthorizationUrl({ clientId, scopes: SCOPES, redirectUri: BACK, state: 's' });
    const consent = { twin: 'jira', gesture: 'consent', as: BEN, by: 'person' } as const;
    const { location } = site.universe.gesture({ ...consent, with: { url } }) as { location: string };
    const code = new URL(location).searchParams.get('code') ?? '';
    const issued = await exchangeAuthorizationCode({ clientId, clientSecret, code, redirectUri: BACK });
    const [resource] = await getAccessibleResources(issued.accessToken);
    expect(resource).toMatchObject({ name: 'acme', url: 'https://acme.atlassian.net' });
    const told: unknown[] = [];
    const client = new Version3Client({
      host: 'https://acme.atlassian.net',
      baseRequestConfig: { adapter: 'fetch' },
      authentication: {
        oauth2: {
          accessToken: issued.accessToken,
          refreshToken: issued.refreshToken as string,
          clientId,
          clientSecret,
          onTokenRefresh: (tokens) => void told.push(tokens),
        },
      },
    });
    const me = await client.myself.getCurrentUser();
    expect(me.emailAddress).toBe(BEN);
    await site.universe.advance(site.universe.now() + 3_600_000);
    const made = await client.issues.createIssue({
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'By leave' } as never,
    });
    expect(made.self).toMatch(
      /^https:\/\/api\.atlassian\.com\/ex\/jira\/[0-9a-f-]{36}\/rest\/api\/3\/issue\/\d+$/,
    );
    expect(told).toHaveLength(1);
    const { webhookRegistrationResult } = await client.webhooks.registerDynamicWebhooks({
      url: 'https://app.example.com/in',
      webhooks: [{ events: ['jira:issue_created'], jqlFilter: 'project = ENG' }],
    } as never);
    expect(webhookRegistrationResult).toEqual([{ createdWebhookId: 1 }]);
    const { values } = await client.webhooks.getDynamicWebhooksForApp();
    expect(values?.[0]).toMatchObject({ id: 1, url: 'https://app.example.com/in' });
  });
});

describe('jira.js as a Connect app', () => {
  let served: ServedSite;
  beforeAll(async () => {
    served = await serveSite();
  });
  afterAll(() => served.close());

  it('acts as itself, keeps properties and searches', async () => {
    const key = 'com.example.planner';
    const { secret } = served.site.universe.work('jira', (world) =>
      jira.credentials.mint(world, { kind: 'connectApp', app: key }),
    );
    const client = new Version3Client({
      host: served.at,
      authentication: {
        // The site's clock stands still; the client's own does not.
        jwt: { issuer: key, secret: String(secret.sharedSecret), expiryTimeSeconds: 10 ** 9 },
      },
    });
    const me = await client.myself.getCurrentUser({ expand: 'groups,applicationRoles' });
    expect([me.accountType, me.displayName]).toEqual(['app', key]);
    await client.appProperties.putAddonProperty({
      addonKey: key,
      propertyKey: 'plan',
      propertyValue: { hours: 2 },
    });
    const { keys } = await client.appProperties.getAddonProperties({ addonKey: key });
    expect(keys?.map((one) => one.key)).toEqual(['plan']);
    const found = await client.issueSearch.searchForIssuesUsingJqlEnhancedSearch({
      jql: 'project = ENG',
      fields: ['summary'],
    });
    expect(found.issues?.length).toBe(3);
  });
});

const CHROMIUM = '/usr/bin/chromium';
const there = existsSync(CHROMIUM);
if (!there) console.warn(`${CHROMIUM} is not there: the consent page is not looked at in a browser`);

describe.skipIf(!there)('the consent page in a browser', () => {
  let served: ServedSite;
  let program: Server;
  let browser: Browser;
  let back: string;
  const heard: URLSearchParams[] = [];
  beforeAll(async () => {
    program = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      if (pathname === '/back') heard.push(searchParams);
      response.end('welcome back');
    });
    await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
    back = `http://127.0.0.1:${(program.address() as AddressInfo).port}/back`;
    served = await serveSite();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    program?.close();
  });

  it('lets a person say who they are and accept, on a small screen, and leads back', async () => {
    const { clientId = '' } = served.site.oauth(ADA).client as Record<string, string>;
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    const url = generateAuthorizationUrl({ clientId, scopes: SCOPES, redirectUri: back, state: 'of mine' });
    const asked = url.replace('https://auth.atlassian.com', served.at);
    await page.goto(asked);
    expect(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    ).toBe(0);
    await page.getByRole('heading', { name: 'Planner is requesting access' }).waitFor();
    await page.getByText('write:jira-work').waitFor();
    await page.getByLabel('Signed in as').selectOption({ label: `Ben Carver (${BEN})` });
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('welcome back').waitFor();
    expect(heard.at(-1)?.get('state')).toBe('of mine');
    expect(heard.at(-1)?.get('code')).toMatch(/^eyJ/);
    await page.goto(asked);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('welcome back').waitFor();
    expect(heard.at(-1)?.get('error')).toBe('access_denied');
  });
});
