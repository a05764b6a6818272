/** The whole story of an install with Slack's own library for it (`@slack/oauth`, as Bolt brings it). */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Installation, InstallProvider } from '@slack/oauth';
import { WebClient } from '@slack/web-api';
import { chromium } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { Registry } from '../../../src/registry.ts';
import { serve } from '../../../src/server.ts';
import type { Universe } from '../../../src/universe.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { porterWorld } from './installs.ts';
import type { Answer } from './workspace.ts';

const CHROMIUM = '/usr/bin/chromium';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Porch {
  universe: Universe;
  /** Where the app's own site is. */
  site: string;
  slackApiUrl: string;
  installer: InstallProvider;
  installed: Map<string, Installation>;
}

/** A server with one workspace, and Porter's own site with the install library behind it. */
async function porch(): Promise<Porch> {
  const website = createServer();
  await new Promise<void>((resolve) => website.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => website.close(resolve)));
  const site = `http://127.0.0.1:${(website.address() as AddressInfo).port}`;
  const universe = await served(porterWorld({ redirectUrls: [`${site}/`], tokenRotation: true }));
  const base = universe.publicBase('slack');
  const rows = [...universe.state.list({ name: 'slack.apps' } as Answer)] as Answer[];
  const porter = rows.find((row) => row.name === 'Porter');
  const installed = new Map<string, Installation>();
  const installer = new InstallProvider({
    clientId: porter.client_id,
    clientSecret: porter.client_secret,
    stateSecret: 'a secret of the site',
    authorizationUrl: `${base}/oauth/v2/authorize`,
    clientOptions: { slackApiUrl: `${base}/api/` },
    directInstall: true,
    installationStore: {
      storeInstallation: async (one) => void installed.set(String(one.team?.id), one),
      fetchInstallation: async ({ teamId }) => installed.get(String(teamId)) as Installation,
    },
  });
  const asks = {
    scopes: ['chat:write', 'team:read'],
    userScopes: ['chat:write'],
    redirectUri: `${site}/back`,
  };
  website.on('request', (request, response) => {
    if (request.url === '/install') void installer.handleInstallPath(request, response, {}, asks);
    else if (request.url?.startsWith('/back')) void installer.handleCallback(request, response);
    else response.writeHead(404).end();
  });
  return { universe, site, slackApiUrl: `${base}/api/`, installer, installed };
}

async function served(world: WorldFile): Promise<Universe> {
  let url = '';
  const outbound = { send: async () => ({ status: 200, headers: {}, body: '' }) };
  const registry = new Registry({ twins: [slack], outbound, publicUrl: () => url });
  const app = { fetch: () => new Response('', { status: 404 }) };
  const server = await serve({ registry, host: '127.0.0.1', port: 0, app });
  url = server.url;
  closing.push(async () => {
    await server.close(100);
    registry.close();
  });
  return registry.create({ id: 'porch', seed: 1, world });
}

/** A browser without a window: follows nothing by itself, keeps the site's cookie. */
async function walkThrough(site: string, decision: 'allow' | 'cancel'): Promise<Response> {
  const start = await fetch(`${site}/install`, { redirect: 'manual' });
  const cookie = start.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = start.headers.get('location') ?? '';
  const shown = await (await fetch(page)).text();
  const as = /<option value="(U\w+)">Bob Baker/.exec(shown)?.[1] ?? '';
  const pressed = await fetch(page, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ as, decision }),
  });
  return fetch(pressed.headers.get('location') ?? '', { headers: { cookie } });
}

describe('@slack/oauth', () => {
  it('installs an app, and the tokens that it keeps work', async () => {
    const { site, installed, slackApiUrl } = await porch();
    const end = await walkThrough(site, 'allow');
    expect(end.status).toBe(200);
    expect(await end.text()).toContain('slack://app?team=T');
    const [made] = [...installed.values()];
    expect(made).toMatchObject({
      team: { name: 'acme' },
      isEnterpriseInstall: false,
      tokenType: 'bot',
      authVersion: 'v2',
      bot: { scopes: ['chat:write', 'team:read'], refreshToken: expect.stringMatching(/^xoxe-1-/) },
      user: { scopes: ['chat:write'], token: expect.stringMatching(/^xoxe\.xoxp-/) },
    });
    const client = new WebClient(made?.bot?.token, { slackApiUrl });
    expect((await client.team.info()).team?.name).toBe('acme');
  });

  it('hears that a person would not', async () => {
    const { site, installed } = await porch();
    const end = await walkThrough(site, 'cancel');
    expect(end.status).toBe(500);
    expect(installed.size).toBe(0);
  });

  it('renews tokens that are about to expire', async () => {
    const { universe, site, installer, installed, slackApiUrl } = await porch();
    await walkThrough(site, 'allow');
    const [made] = [...installed.values()] as [Installation];
    const first = made.bot?.token;
    await universe.advance(universe.now() + 13 * 3_600_000);
    const stale = new WebClient(first, { slackApiUrl });
    await expect(stale.auth.test()).rejects.toMatchObject({ data: { error: 'token_expired' } });
    // The library goes by its own clock, which has not moved.
    if (made.bot) made.bot.expiresAt = 1;
    if (made.user) made.user.expiresAt = 1;
    const fresh = await installer.authorize({
      teamId: made.team?.id,
      enterpriseId: undefined,
      isEnterpriseInstall: false,
    });
    expect(fresh.botToken).not.toBe(first);
    const client = new WebClient(fresh.botToken, { slackApiUrl });
    expect((await client.auth.test()).ok).toBe(true);
    const bob = new WebClient(fresh.userToken, { slackApiUrl });
    expect((await bob.auth.test()).user).toBe('bob');
  });

  it.skipIf(!existsSync(CHROMIUM))('is gone through by a person at a browser', async () => {
    const { site, installed } = await porch();
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    closing.push(() => browser.close());
    const page = await browser.newPage();
    await page.goto(`${site}/install`);
    expect(await page.locator('h1').textContent()).toContain('Porter is requesting permission');
    await page.getByLabel('You are signed in as').selectOption({ label: 'Cat Cole (cat@acme.example)' });
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(/\/back\?/);
    expect(await page.textContent('body')).toContain('Thank you!');
    expect([...installed.values()][0]?.user.id).toMatch(/^U/);
  });
});
