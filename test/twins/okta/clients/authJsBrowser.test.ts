/** A page in a real browser that signs people in with the vendor's library: it sends them to the org and reads the tokens. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found } from '../../library.ts';
import { listen, makeApp, type Org, openServedOrg } from './program.ts';

const CHROMIUM = '/usr/bin/chromium';
const library = found('@okta/okta-auth-js/package.json');
const there = existsSync(CHROMIUM) && library !== undefined;

describe.skipIf(!there)('a page with okta-auth-js', () => {
  let org: Org;
  let browser: Browser;
  let site: { url: string; close(): Promise<void> };
  let clientId = '';

  /** The program: it has the library from itself, and nothing but a place to say who came. */
  const page = () => `<!DOCTYPE html><title>Program</title><p id="says">…</p>
<script src="/okta-auth-js.js"></script>
<script>
const auth = new OktaAuth({ issuer: '${org.at}/oauth2/default', clientId: '${clientId}',
  redirectUri: location.origin + '/back', scopes: ['openid', 'profile'] });
const says = (text) => { document.getElementById('says').textContent = text; };
(async () => {
  if (!auth.isLoginRedirect()) return auth.signInWithRedirect();
  const { tokens } = await auth.token.parseFromUrl();
  auth.tokenManager.setTokens(tokens);
  const info = await auth.token.getUserInfo();
  says('hello ' + info.preferred_username);
})().catch((error) => says(String(error)));
</script>`;

  beforeAll(async () => {
    org = await openServedOrg();
    const bundle = readFileSync(join(dirname(library ?? ''), 'dist', 'okta-auth-js.min.js'));
    site = await listen((request, response) => {
      const isScript = request.url === '/okta-auth-js.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
      response.end(isScript ? bundle : page());
    });
    const settings = { application_type: 'browser', redirect_uris: [`${site.url}/back`] };
    const app = await makeApp(org, settings, { token_endpoint_auth_method: 'none' });
    clientId = app.client_id;
    await org.call('POST', '/api/v1/trustedOrigins', {
      ...{ name: 'Program', origin: site.url, scopes: [{ type: 'CORS' }, { type: 'REDIRECT' }] },
    });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    await org?.close();
    await site?.close();
  });

  it('sends a person to the org, and reads who they are when they are back', async () => {
    const tab = await browser.newPage();
    await tab.goto(site.url);
    const person = org.people[1] ?? '';
    await tab.getByLabel('Username').fill(person);
    await tab.keyboard.press('Enter');
    await tab.getByText(`hello ${person}`).waitFor();
    expect(new URL(tab.url()).pathname).toBe('/back');
  });
});
