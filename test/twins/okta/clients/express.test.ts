/** Web apps of express that sign people in by a real browser: Okta's middleware, and passport's OpenID Connect strategy. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { found, type Library, required } from '../../library.ts';
import { listen, makeApp, type Org, openServedOrg } from './program.ts';

const CHROMIUM = '/usr/bin/chromium';
const libraries = [
  'express',
  'express-session',
  '@okta/oidc-middleware',
  'passport',
  'passport-openidconnect',
];
const there = existsSync(CHROMIUM) && libraries.map(found).every(Boolean);

describe.skipIf(!there)('a web app of express', () => {
  let org: Org;
  let browser: Browser;
  let site: { url: string; close(): Promise<void> };
  let app: Library;

  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    org = await openServedOrg();
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
    app = required('express')();
    app.use(required('express-session')({ secret: 'hush', resave: true, saveUninitialized: false }));
    site = await listen(app);
  });
  afterAll(async () => {
    await browser?.close();
    await org?.close();
    await site?.close();
  });

  /** The person types their name at the sign-in page. */
  async function signIn(page: Page, who: string): Promise<void> {
    await page.getByLabel('Username').fill(who);
    await page.keyboard.press('Enter');
  }

  const client = (path: string) =>
    makeApp(org, { redirect_uris: [site.url + path], post_logout_redirect_uris: [`${site.url}/`] });

  it('with Okta’s middleware lets in who signed in, shows who they are, and signs them out at the org too', async () => {
    const { client_id, client_secret } = await client('/authorization-code/callback');
    const { ExpressOIDC } = required('@okta/oidc-middleware');
    const oidc = new ExpressOIDC({
      ...{ issuer: `${org.at}/oauth2/default`, client_id, client_secret, appBaseUrl: site.url },
      ...{ scope: 'openid profile email', testing: { disableHttpsCheck: true } },
    });
    await new Promise((resolve, reject) => oidc.on('ready', resolve).on('error', reject));
    app.use(oidc.router);
    app.get('/', (_request: Library, response: Library) => response.end('the front door'));
    app.get('/mine', oidc.ensureAuthenticated(), (request: Library, response: Library) =>
      response.end(`hello ${request.userContext.userinfo.preferred_username}`),
    );
    app.post('/leave', oidc.forceLogoutAndRevoke(), (_request: Library, response: Library) => response.end());
    app.get('/leaving', (_request: Library, response: Library) =>
      response.type('html').end('<form method="post" action="/leave"><button>Leave</button></form>'),
    );
    const [page, who] = [await browser.newPage(), org.people[1] ?? ''];
    await page.goto(`${site.url}/mine`);
    await signIn(page, who);
    await page.getByText(`hello ${who}`).waitFor();
    await page.goto(`${site.url}/leaving`);
    await page.getByRole('button').click();
    await page.getByText('the front door').waitFor();
    await page.goto(`${site.url}/mine`);
    await page.getByLabel('Username').waitFor();
    const logged = await org.call('GET', '/api/v1/logs?limit=1000');
    const types = logged.map((event: Library) => event.eventType);
    expect(types).toEqual(expect.arrayContaining(['app.oauth2.as.token.revoke', 'user.session.end']));
    await page.close();
  });

  it('with passport gets a profile of who signed in, and an error for who may not', async () => {
    const passport = new (required('passport').Passport)();
    const Strategy = required('passport-openidconnect');
    const { id, client_id, client_secret } = await client('/passport/back');
    const at = `${org.at}/oauth2/default`;
    passport.use(
      new Strategy(
        {
          ...{ issuer: at, authorizationURL: `${at}/v1/authorize`, tokenURL: `${at}/v1/token` },
          ...{ userInfoURL: `${at}/v1/userinfo`, clientID: client_id, clientSecret: client_secret },
          ...{ callbackURL: `${site.url}/passport/back`, scope: 'profile email' },
          skipUserProfile: false,
        },
        (_issuer: string, profile: Library, done: Library) => done(null, profile),
      ),
    );
    app.get('/passport', passport.authenticate('openidconnect', { session: false }));
    app.get('/passport/back', (request: Library, response: Library, next: Library) =>
      passport.authenticate(
        'openidconnect',
        { session: false },
        (error: Error | null, user: Library, info: Library) =>
          response.end(error?.message ?? (user ? JSON.stringify(user) : `refused: ${info.message}`)),
      )(request, response, next),
    );
    const [context, who] = [await browser.newContext(), org.people[2] ?? ''];
    const page = await context.newPage();
    await page.goto(`${site.url}/passport`);
    await signIn(page, who);
    await page.waitForURL(/passport.back/);
    const said = (await page.textContent('body')) ?? '';
    const profile = JSON.parse(said);
    expect(profile).toMatchObject({ username: who, emails: [{ value: who }] });
    expect(profile.name.familyName).toBeTruthy();
    const shown = await org.call('GET', `/api/v1/apps/${id}`);
    shown.settings.implicitAssignment = false;
    await org.call('PUT', `/api/v1/apps/${id}`, shown);
    await page.goto(`${site.url}/passport`);
    await page.getByText('refused: User is not assigned to the client application.').waitFor();
    await context.close();
  });
});
