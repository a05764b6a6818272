import { describe, expect, it } from 'vitest';
import { addApp, BACK, basicOf, CHALLENGE, type Fields, type OAuthOrg, openOAuthOrg } from './oauth.ts';

const AUTHORIZE = '/oauth2/default/v1/authorize';

/** Asks as a browser does, by address alone. */
function visit(org: OAuthOrg, fields: Fields = {}, cookie = '', at = AUTHORIZE) {
  const query = new URLSearchParams({
    client_id: org.app.client_id,
    redirect_uri: BACK,
    response_type: 'code',
    scope: 'openid',
    state: 's',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...fields,
  });
  return org.fetch(`/okta${at}?${query}`, { redirect: 'manual', headers: cookie ? { cookie } : {} });
}

const ledTo = (response: Response) => new URL(response.headers.get('location') ?? 'https://nowhere.example');

/** The cookie of a browser in which somebody has signed in. */
async function cookieOf(org: OAuthOrg, sessionToken: string): Promise<string> {
  const response = await visit(org, { sessionToken });
  return (response.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
}

/** Gives somebody a password and a one-time token by it. */
async function sessionTokenOf(org: OAuthOrg, login: string): Promise<string> {
  const password = 'Corr3ctHorse';
  const { body: user } = await org.call('GET', `/api/v1/users/${login}`);
  await org.call('POST', `/api/v1/users/${user.id}`, { credentials: { password: { value: password } } });
  return (await org.call('POST', '/api/v1/authn', { username: login, password })).body.sessionToken;
}

describe('the sign-in page', () => {
  it('asks who is there, and remembers the person for the next program', async () => {
    const org = await openOAuthOrg();
    const page = await visit(org, { login_hint: 'bob@acme.example' });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8']);
    expect(await page.text()).toContain('name="identifier" value="bob@acme.example"');
    const cookie = await cookieOf(org, await sessionTokenOf(org, 'bob@acme.example'));
    expect(cookie).toMatch(/^sid=102/);
    expect(ledTo(await visit(org, {}, cookie)).searchParams.get('code')).toBeTruthy();
    expect((await visit(org, { prompt: 'login' }, cookie)).status).toBe(200);
    await org.universe.advance(org.universe.clock.now() + 61_000);
    expect((await visit(org, { max_age: '60' }, cookie)).status).toBe(200);
    expect((await visit(org, { max_age: '120' }, cookie)).status).toBe(302);
  });

  it('takes a session token once', async () => {
    const org = await openOAuthOrg();
    const sessionToken = await sessionTokenOf(org, 'bob@acme.example');
    expect((await visit(org, { sessionToken })).status).toBe(302);
    const again = await visit(org, { sessionToken });
    expect([again.status, await again.text()]).toEqual([401, expect.stringContaining('Unable to sign in')]);
  });

  it('asks for a password where there is one', async () => {
    const org = await openOAuthOrg();
    await sessionTokenOf(org, 'bob@acme.example');
    const identifier = 'bob@acme.example';
    expect((await org.signIn({}, { identifier })).get('page')).toBe('401');
    expect((await org.signIn({}, { identifier, passcode: 'wrong' })).get('page')).toBe('401');
    expect((await org.signIn({}, { identifier, passcode: 'Corr3ctHorse' })).get('code')).toBeTruthy();
    expect((await org.signIn({}, { identifier: 'nobody' })).get('page')).toBe('401');
  });

  it('does not take a link for a person who presses a button', async () => {
    const org = await openOAuthOrg();
    expect((await visit(org, { identifier: 'bob@acme.example' })).status).toBe(200);
  });
});

describe('a program is sent back with why it gets nothing', () => {
  it.each<[string, Fields, string]>([
    ['nobody is signed in and none may be asked', { prompt: 'none' }, 'login_required'],
    ['a scope is not there', { scope: 'openid nonsense' }, 'invalid_scope'],
    ['a response type is not there', { response_type: 'magic' }, 'unsupported_response_type'],
    ['a state is missing', { state: '' }, 'invalid_request'],
    ['a plain challenge is sent', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['an ID token is asked for without a nonce', { response_type: 'id_token' }, 'invalid_request'],
  ])('when %s', async (_, fields, error) => {
    const to = ledTo(await visit(await openOAuthOrg(), fields));
    expect(to.origin + to.pathname).toBe(BACK);
    const said = new URLSearchParams(to.hash ? to.hash.slice(1) : to.search);
    expect([said.get('error'), Boolean(said.get('error_description'))]).toEqual([error, true]);
  });

  it('when the person is not assigned to it', async () => {
    const org = await openOAuthOrg();
    const said = await org.signIn({}, { identifier: 'eve@acme.example' });
    expect(Object.fromEntries(said)).toEqual({
      state: 'mine',
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    });
  });

  it('when a public client has no challenge', async () => {
    const org = await openOAuthOrg();
    const spa = await addApp(org, { application_type: 'browser' }, { token_endpoint_auth_method: 'none' });
    const query = new URLSearchParams({
      ...{ client_id: spa.client_id, redirect_uri: BACK, response_type: 'code', scope: 'openid', state: 's' },
    });
    const to = ledTo(await org.fetch(`/okta${AUTHORIZE}?${query}`, { redirect: 'manual' }));
    expect(to.searchParams.get('error_description')).toBe(
      "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
    );
  });

  it('but never to an address that is not its own', async () => {
    const org = await openOAuthOrg();
    const fields: Fields[] = [
      { redirect_uri: `${BACK}/more` },
      { redirect_uri: 'javascript:alert(1)' },
      { client_id: 'no' },
    ];
    for (const one of fields) {
      const page = await visit(org, one);
      expect([page.status, page.headers.get('location')]).toEqual([400, null]);
    }
  });
});

describe('the answer', () => {
  it('comes as a fragment, a form or a message, as the program asks', async () => {
    const org = await openOAuthOrg();
    const cookie = await cookieOf(org, await sessionTokenOf(org, 'bob@acme.example'));
    const nonce = 'n';
    const fragment = ledTo(await visit(org, { response_type: 'id_token token', nonce }, cookie));
    expect([...new URLSearchParams(fragment.hash.slice(1)).keys()].sort()).toEqual([
      ...['access_token', 'expires_in', 'id_token', 'scope', 'state', 'token_type'],
    ]);
    const form = await (await visit(org, { response_mode: 'form_post' }, cookie)).text();
    expect(form).toContain(`<form method="post" action="${BACK}">`);
    expect(form).toMatch(/name="code" value="[\w-]{43}"/);
    const message = await (await visit(org, { response_mode: 'okta_post_message' }, cookie)).text();
    expect(message).toContain('.postMessage(answer, "https://program.example")');
  });

  it('waits for the person’s consent where scope and app ask for it, once', async () => {
    const org = await openOAuthOrg({ consent_method: 'REQUIRED' });
    await org.call('POST', '/api/v1/authorizationServers/default/scopes', {
      name: 'diary',
      consent: 'REQUIRED',
    });
    const cookie = await cookieOf(org, await sessionTokenOf(org, 'bob@acme.example'));
    const asking = { scope: 'openid diary' };
    expect(await (await visit(org, asking, cookie)).text()).toContain('<li>diary</li>');
    expect((await visit(org, { ...asking, decision: 'allow' }, cookie)).status).toBe(200);
    const silent = ledTo(await visit(org, { ...asking, prompt: 'none' }, cookie));
    expect(silent.searchParams.get('error')).toBe('consent_required');
    const decide = async (decision: string) =>
      ledTo(
        await org.fetch(`/okta${AUTHORIZE}`, {
          method: 'POST',
          redirect: 'manual',
          headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
          body: String(
            new URLSearchParams({
              ...{ client_id: org.app.client_id, redirect_uri: BACK, response_type: 'code', state: 's' },
              ...{ ...asking, decision },
            }),
          ),
        }),
      ).searchParams;
    expect((await decide('deny')).get('error')).toBe('access_denied');
    expect((await decide('allow')).get('code')).toBeTruthy();
    expect(ledTo(await visit(org, asking, cookie)).searchParams.get('code')).toBeTruthy();
  });

  it('may be asked for by a request that was pushed before', async () => {
    const org = await openOAuthOrg();
    const pushed = await org.post('/oauth2/default/v1/par', {
      ...{ client_id: org.app.client_id, redirect_uri: BACK, response_type: 'code', scope: 'openid' },
      ...{ state: 'pushed', code_challenge: CHALLENGE, code_challenge_method: 'S256' },
    });
    expect([pushed.status, pushed.body.expires_in]).toEqual([201, 3_600]);
    const back = await org.signIn({ request_uri: pushed.body.request_uri, state: 'other' });
    expect([back.get('state'), Boolean(back.get('code'))]).toEqual(['pushed', true]);
  });
});

describe('signing out', () => {
  it('ends the session of who the ID token is about, and leads back where the app says', async () => {
    const org = await openOAuthOrg();
    const cookie = await cookieOf(org, await sessionTokenOf(org, 'bob@acme.example'));
    const code = ledTo(await visit(org, {}, cookie)).searchParams.get('code');
    const { id_token } = (await org.redeem(code)).body;
    const out = (fields: Fields) =>
      org.fetch(`/okta/oauth2/default/v1/logout?${new URLSearchParams(fields)}`, {
        redirect: 'manual',
        headers: { cookie },
      });
    const uri = { post_logout_redirect_uri: BACK };
    expect((await out({ id_token_hint: 'nothing', ...uri })).status).toBe(400);
    const evil = { id_token_hint: id_token, post_logout_redirect_uri: 'https://evil.example' };
    expect((await out(evil)).status).toBe(400);
    expect((await visit(org, {}, cookie)).status).toBe(302);
    const done = await out({ id_token_hint: id_token, ...uri, state: 'bye' });
    expect(ledTo(done).href).toBe(`${BACK}?state=bye`);
    expect((await visit(org, {}, cookie)).status).toBe(200);
  });
});

describe('a device', () => {
  it('polls until somebody types its code and lets it in', async () => {
    const org = await openOAuthOrg();
    const { body: device } = await org.post('/oauth2/default/v1/device/authorize', { scope: 'openid' });
    expect(device).toMatchObject({ interval: 5, expires_in: 600 });
    expect(device.user_code).toMatch(/^[A-Z]{8}$/);
    const poll = async () => {
      await org.universe.advance(org.universe.clock.now() + 5_000);
      return org.post('/oauth2/default/v1/token', {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: device.device_code,
      });
    };
    expect((await poll()).body.error).toBe('authorization_pending');
    const press = (fields: Fields, cookie = '') =>
      org.fetch('/okta/activate', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
        body: String(new URLSearchParams({ user_code: device.user_code, ...fields })),
      });
    const page = await press({ identifier: 'bob@acme.example' });
    const cookie = (page.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    expect(await page.text()).toContain('Allow Access');
    expect((await poll()).body.error).toBe('authorization_pending');
    expect(await (await press({ decision: 'allow' }, cookie)).text()).toContain('Device activated');
    expect((await poll()).body.id_token).toBeDefined();
    expect((await poll()).body.error).toBe('invalid_grant');
  });

  it('is told to slow down, and that its time is over', async () => {
    const org = await openOAuthOrg();
    const { body: device } = await org.post('/oauth2/default/v1/device/authorize', { scope: 'openid' });
    const poll = async () =>
      (
        await org.post('/oauth2/default/v1/token', {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          device_code: device.device_code,
        })
      ).body.error;
    expect(await poll()).toBe('authorization_pending');
    expect(await poll()).toBe('slow_down');
    await org.universe.advance(org.universe.clock.now() + 600_000);
    expect(await poll()).toBe('expired_token');
  });
});

describe('registration', () => {
  it('makes a client that is an app of the org, and replaces its secret', async () => {
    const org = await openOAuthOrg();
    const made = await org.call('POST', '/oauth2/v1/clients', {
      client_name: 'Registered',
      application_type: 'web',
      redirect_uris: [BACK],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_basic',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ client_name: 'Registered', client_secret_expires_at: 0 });
    const at = `/oauth2/v1/clients/${made.body.client_id}`;
    expect((await org.call('GET', at)).body.client_secret).toBeUndefined();
    const renewed = (await org.call('POST', `${at}/lifecycle/newSecret`)).body;
    expect(renewed.client_secret).not.toBe(made.body.client_secret);
    const introspect = (app: { client_id: string; client_secret: string }) =>
      org.post('/oauth2/v1/introspect', { token: 'x' }, basicOf(app));
    expect((await introspect(made.body)).status).toBe(401);
    expect((await introspect(renewed)).body).toEqual({ active: false });
    expect((await org.call('GET', `/api/v1/apps/${made.body.client_id}`)).body.label).toBe('Registered');
    expect((await org.call('DELETE', at)).status).toBe(204);
    expect((await org.call('GET', at)).status).toBe(404);
    const nameless = await org.call('POST', '/oauth2/v1/clients', {});
    expect([nameless.status, nameless.body.error]).toEqual([400, 'invalid_client_metadata']);
  });
});
