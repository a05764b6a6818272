import { createLocalJWKSet, importJWK, type JWK, jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { type OAuthOrg, openOAuthOrg } from './oauth.ts';
import { WORLD } from './org.ts';

const DEFAULT = '/oauth2/default';
const closing: Receiver[] = [];

afterEach(async () => {
  for (const one of closing.splice(0)) await one.close();
});

interface Hooked {
  org: OAuthOrg;
  program: Receiver;
  hookId: string;
}

/** An org whose default server asks a program about its tokens. */
async function openHooked(config: object = {}): Promise<Hooked> {
  const program = await openReceiver();
  closing.push(program);
  const org = await openOAuthOrg({}, WORLD, { outbound: program.outbound });
  const made = await org.call('POST', '/api/v1/inlineHooks', {
    name: 'Patients',
    type: 'com.okta.oauth2.tokens.transform',
    version: '1.0.0',
    channel: {
      type: 'HTTP',
      version: '1.0.0',
      config: { uri: `${program.url}/hook`, ...config },
      ...channel(config),
    },
  });
  expect(made.status).toBe(200);
  await nameInRule(org, made.body.id);
  return { org, program, hookId: made.body.id };
}

const channel = (config: object) => ('authType' in config ? { type: 'OAUTH' } : {});

async function nameInRule(org: OAuthOrg, id: string) {
  const at = '/api/v1/authorizationServers/default/policies';
  const [policy] = (await org.call('GET', at)).body;
  const [rule] = (await org.call('GET', `${at}/${policy.id}/rules`)).body;
  const actions = { token: { ...rule.actions.token, inlineHook: { id } } };
  const answer = await org.call('PUT', `${at}/${policy.id}/rules/${rule.id}`, { ...rule, actions });
  expect(answer.status).toBe(200);
  return { policy, rule };
}

async function claimsOf(org: OAuthOrg, token: string) {
  const keys = (await org.call('GET', `${DEFAULT}/v1/keys`)).body;
  const currentDate = new Date(org.universe.clock.now());
  return (await jwtVerify(token, createLocalJWKSet(keys), { currentDate })).payload;
}

const tokensOf = async (org: OAuthOrg) => org.redeem((await org.signIn()).get('code'));

const patch = (kind: 'identity' | 'access', ...value: object[]) => ({
  type: `com.okta.${kind}.patch`,
  value,
});

const commands = (...list: object[]) => ({ body: JSON.stringify({ commands: list }) });

async function eventsOf(org: OAuthOrg, prefix: string) {
  const events = (await org.call('GET', '/api/v1/logs?limit=1000')).body;
  return events
    .filter((one: { eventType: string }) => one.eventType.startsWith(prefix))
    .map((one: { eventType: string; outcome: { result: string } }) => [one.eventType, one.outcome.result]);
}

describe('a token inline hook', () => {
  it('sees what is about to be signed, who asks and why, and its secret is shown', async () => {
    const authScheme = { type: 'HEADER', key: 'Authorization', value: 'Basic hush' };
    const { org, program, hookId } = await openHooked({
      authScheme,
      headers: [{ key: 'X-Mine', value: '1' }],
    });
    const { body } = await tokensOf(org);
    expect(program.calls).toHaveLength(1);
    const [call] = program.calls;
    expect(call).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: { authorization: 'Basic hush', 'x-mine': '1', 'content-type': 'application/json' },
    });
    const sent = JSON.parse(call?.body ?? '');
    const access = await claimsOf(org, body.access_token);
    expect(sent).toMatchObject({
      eventType: 'com.okta.oauth2.tokens.transform',
      source: `${org.base('okta')}${DEFAULT}/v1/token`,
      contentType: 'application/json',
      data: {
        context: {
          protocol: {
            type: 'OAUTH2.0',
            request: { grant_type: 'authorization_code' },
            issuer: { uri: access.iss },
            client: { id: org.app.client_id, type: 'CONFIDENTIAL' },
          },
          user: { id: access.uid, profile: { login: 'bob@acme.example' } },
          session: { login: 'bob@acme.example', status: 'ACTIVE' },
        },
        identity: { claims: { sub: access.uid }, token: { lifetime: { expiration: 3_600 } } },
        access: {
          claims: { jti: access.jti, sub: 'bob@acme.example' },
          scopes: { openid: { action: 'GRANT' } },
        },
      },
    });
    expect(sent.data.access.scopes.openid.id).toMatch(/^scp/);
    expect(call?.body).not.toMatch(/client_secret|code_verifier/);
    expect(await eventsOf(org, 'inline_hook.executed')).toEqual([['inline_hook.executed', 'SUCCESS']]);
    expect(hookId).toMatch(/^cal/);
  });

  it('adds, replaces and removes claims, deep inside too, and sets how long tokens last', async () => {
    const { org, program } = await openHooked();
    program.says(() =>
      commands(
        patch(
          'access',
          { op: 'add', path: '/claims/patient', value: { id: 'p-1', airports: ['sfo'] } },
          { op: 'add', path: '/claims/patient/airports/1', value: 'lax' },
          { op: 'replace', path: '/claims/sub', value: 'somebody' },
          { op: 'replace', path: '/token/lifetime/expiration', value: 900 },
        ),
        patch(
          'identity',
          { op: 'remove', path: '/claims/email' },
          { op: 'add', path: '/claims/a~1b', value: 7 },
        ),
      ),
    );
    const { body } = await tokensOf(org);
    expect(body.expires_in).toBe(900);
    const access = await claimsOf(org, body.access_token);
    expect(access).toMatchObject({ sub: 'somebody', patient: { id: 'p-1', airports: ['sfo', 'lax'] } });
    expect(Number(access.exp) - Number(access.iat)).toBe(900);
    const identity = await claimsOf(org, body.id_token);
    expect(identity['a/b']).toBe(7);
    expect(identity).not.toHaveProperty('email');
    expect(await eventsOf(org, 'inline_hook.response')).toEqual([
      ['inline_hook.response.processed', 'SUCCESS'],
    ]);
  });

  it.each([
    ['a claim that is the server’s own', patch('access', { op: 'replace', path: '/claims/iss', value: 'x' })],
    ['the subject of an ID token', patch('identity', { op: 'replace', path: '/claims/sub', value: 'x' })],
    ['a claim that is not there', patch('access', { op: 'replace', path: '/claims/none', value: 'x' })],
    [
      'a lifetime of a second',
      patch('access', { op: 'replace', path: '/token/lifetime/expiration', value: 1 }),
    ],
    ['an operation that there is not', patch('access', { op: 'move', path: '/claims/x', value: 1 })],
    ['a command that there is not', { type: 'com.okta.other', value: [] }],
  ])('changes nothing at all where it would change %s', async (_, command) => {
    const { org, program } = await openHooked();
    const good = patch('access', { op: 'add', path: '/claims/mine', value: 1 });
    program.says(() => commands(good, command));
    const { status, body } = await tokensOf(org);
    expect(status).toBe(200);
    expect(await claimsOf(org, body.access_token)).not.toHaveProperty('mine');
    expect(await eventsOf(org, 'inline_hook.response')).toEqual([
      ['inline_hook.response.processed', 'FAILURE'],
    ]);
  });

  it('refuses the tokens by an error, in its own words, and the code is used up', async () => {
    const { org, program } = await openHooked();
    program.says(() => ({ body: JSON.stringify({ error: { errorSummary: 'No patients today' } }) }));
    const code = (await org.signIn()).get('code');
    const { status, body } = await org.redeem(code);
    expect([status, body]).toEqual([400, { error: 'server_error', error_description: 'No patients today' }]);
  });

  it.each([
    ['answers 500', { status: 500 }],
    ['sends what is no JSON', { body: 'nonsense' }],
  ])('is passed over once where its program %s, and not asked again', async (_, said) => {
    const { org, program } = await openHooked();
    program.says(() => said);
    expect((await tokensOf(org)).status).toBe(200);
    expect(program.calls).toHaveLength(1);
    expect(await eventsOf(org, 'inline_hook.executed')).toEqual([['inline_hook.executed', 'FAILURE']]);
  });

  it('is passed over after three seconds of silence', async () => {
    const { org, program } = await openHooked();
    program.says(() => ({ silent: true }));
    expect((await tokensOf(org)).status).toBe(200);
    expect(program.calls).toHaveLength(1);
  }, 20_000);

  it('is not asked when it is off, and cannot be removed while a rule names it', async () => {
    const { org, program, hookId } = await openHooked();
    await org.call('POST', `/api/v1/inlineHooks/${hookId}/lifecycle/deactivate`);
    expect((await tokensOf(org)).status).toBe(200);
    expect(program.calls).toEqual([]);
    const refused = await org.call('DELETE', `/api/v1/inlineHooks/${hookId}`);
    expect([refused.status, refused.body.errorCode]).toEqual([400, 'E0000001']);
  });
});

describe('an inline hook that wants a token of its own', () => {
  it('gets one by secret, asked for at its token address', async () => {
    const program = await openReceiver();
    closing.push(program);
    const tokenUrl = `${program.url}/token`;
    const secret = {
      clientId: 'me',
      clientSecret: 's3cret',
      tokenUrl,
      authType: 'client_secret_post',
      scope: 'hook',
    };
    const { org, hookId } = await hookedAt(program, secret);
    program.says(({ path }) => (path === '/token' ? { body: '{"access_token":"abc"}' } : {}));
    expect((await tokensOf(org)).status).toBe(200);
    const [asked, called] = program.calls;
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'hook',
      client_id: 'me',
      client_secret: 's3cret',
    });
    expect([called?.path, called?.headers.authorization]).toEqual(['/hook', 'Bearer abc']);
    const { config } = (await org.call('GET', `/api/v1/inlineHooks/${hookId}`)).body.channel;
    expect(config).toEqual({
      uri: `${program.url}/hook`,
      headers: [],
      method: 'POST',
      authScheme: null,
      clientId: 'me',
      tokenUrl,
      authType: 'client_secret_post',
      scope: 'hook',
    });
  });

  it('gets one by an assertion that its hook key signs, which then cannot be removed', async () => {
    const program = await openReceiver();
    closing.push(program);
    const org = await openOAuthOrg({}, WORLD, { outbound: program.outbound });
    const key = (await org.call('POST', '/api/v1/hook-keys', { name: 'Key' })).body;
    expect([key.isUsed, key._embedded.kid]).toEqual(['false', key.keyId]);
    const tokenUrl = `${program.url}/token`;
    const config = { clientId: 'me', tokenUrl, authType: 'private_key_jwt', hookKeyId: key.id };
    await hookedAt(program, config, org);
    program.says(({ path }) => (path === '/token' ? { body: '{"access_token":"abc"}' } : {}));
    expect((await tokensOf(org)).status).toBe(200);
    const form = new URLSearchParams(program.calls[0]?.body);
    const { _embedded: jwk } = (await org.call('GET', `/api/v1/hook-keys/public/${key.keyId}`)).body;
    const { payload, protectedHeader } = await jwtVerify(
      form.get('client_assertion') ?? '',
      await importJWK(jwk as JWK, 'RS256'),
      { currentDate: new Date(org.universe.clock.now()), audience: tokenUrl, issuer: 'me', subject: 'me' },
    );
    expect([protectedHeader.kid, typeof payload.jti]).toEqual([key.keyId, 'string']);
    expect((await org.call('GET', `/api/v1/hook-keys/${key.id}`)).body.isUsed).toBe('true');
    expect((await org.call('DELETE', `/api/v1/hook-keys/${key.id}`)).status).toBe(400);
  });
});

async function hookedAt(program: Receiver, config: object, own?: OAuthOrg) {
  const org = own ?? (await openOAuthOrg({}, WORLD, { outbound: program.outbound }));
  const { body } = await org.call('POST', '/api/v1/inlineHooks', {
    name: 'Guarded',
    type: 'com.okta.oauth2.tokens.transform',
    version: '1.0.0',
    channel: { type: 'OAUTH', version: '1.0.0', config: { uri: `${program.url}/hook`, ...config } },
  });
  await nameInRule(org, body.id);
  return { org, hookId: body.id as string };
}

describe('the preview of an inline hook', () => {
  it('sends what it is given as it is, once more after a 500, and shows the answer', async () => {
    const { org, program, hookId } = await openHooked();
    const answers = [{ status: 500 }, commands({ type: 'com.okta.access.patch', value: [] })];
    program.says(() => answers.shift() ?? {});
    const payload = { eventType: 'com.okta.oauth2.tokens.transform', data: { any: 'thing' } };
    const shown = await org.call('POST', `/api/v1/inlineHooks/${hookId}/execute`, payload);
    expect([shown.status, shown.body]).toEqual([
      200,
      { commands: [{ type: 'com.okta.access.patch', value: [] }] },
    ]);
    expect(program.calls.map(({ body }) => JSON.parse(body))).toEqual([payload, payload]);
  });

  it('says what failed, and does not ask again after a 400', async () => {
    const { org, program, hookId } = await openHooked();
    program.says(() => ({ status: 400 }));
    const { status, body } = await org.call('POST', `/api/v1/inlineHooks/${hookId}/execute`, { data: {} });
    expect([status, body.errorCode, program.calls.length]).toEqual([400, 'E0000001', 1]);
    expect(await eventsOf(org, 'inline_hook.executed')).toEqual([['inline_hook.executed', 'FAILURE']]);
  });
});

describe('a person who was created with the password import hook', () => {
  const profile = {
    firstName: 'Isa',
    lastName: 'Brock',
    email: 'isa@acme.example',
    login: 'isa@acme.example',
  };

  async function openImport() {
    const program = await openReceiver();
    closing.push(program);
    const org = await openOAuthOrg({}, WORLD, { outbound: program.outbound });
    await org.call('POST', '/api/v1/inlineHooks', {
      name: 'Old directory',
      type: 'com.okta.user.credential.password.import',
      version: '1.0.0',
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: program.url } },
    });
    const credentials = { password: { hook: { type: 'default' } } };
    const made = await org.call('POST', '/api/v1/users?activate=true', { profile, credentials });
    expect(made.body.credentials.provider).toEqual({ type: 'IMPORT', name: 'IMPORT' });
    const says = (credential: string) =>
      program.says(() => commands({ type: 'com.okta.action.update', value: { credential } }));
    const signIn = async (password: string) =>
      (await org.call('POST', '/api/v1/authn', { username: profile.login, password })).body;
    return { org, program, says, signIn };
  }

  it('signs in where the program knows the password; from then on nobody is asked', async () => {
    const { org, program, says, signIn } = await openImport();
    says('VERIFIED');
    expect((await signIn('old one')).status).toBe('SUCCESS');
    expect(JSON.parse(program.calls[0]?.body ?? '')).toMatchObject({
      eventType: 'com.okta.user.credential.password.import',
      data: {
        context: {
          request: { method: 'POST', url: { value: '/api/v1/authn' } },
          credential: { username: profile.login, password: 'old one' },
        },
        action: { credential: 'UNVERIFIED' },
      },
    });
    expect((await signIn('old one')).status).toBe('SUCCESS');
    expect(program.calls).toHaveLength(1);
    const { body } = await org.call('GET', `/api/v1/users/${profile.login}`);
    expect(body.credentials.provider.type).toBe('OKTA');
    expect(await eventsOf(org, 'user.import.password')).toEqual([['user.import.password', 'SUCCESS']]);
  });

  it('is refused where the program does not, or says nothing', async () => {
    const { org, program, says, signIn } = await openImport();
    says('UNVERIFIED');
    expect((await signIn('wrong')).errorCode).toBe('E0000004');
    program.says(() => ({ status: 503 }));
    expect((await signIn('old one')).errorCode).toBe('E0000004');
    expect(program.calls).toHaveLength(3);
    expect(await eventsOf(org, 'user.import.password')).toHaveLength(2);
  });
});
