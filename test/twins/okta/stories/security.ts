/** Signing in, factors, devices, and what guards them. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { expect } from 'vitest';
import { jwt } from '../../../../src/jwt.ts';
import { totp } from '../../../../twins/okta/model/authenticators/totp.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { factors } from '../../../../twins/okta/world/security.ts';
import { type Body, live, type Story, type Teller } from './teller.ts';

const NOBODY = { method: 'POST', headers: { 'content-type': 'application/json' } };

/** Somebody with a password. */
async function member(t: Teller, email: string) {
  const profile = { firstName: 'Kim', lastName: 'Key', login: email, email };
  return t.send('POST', '/users', { profile, credentials: { password: { value: 'Abcd1234!' } } });
}

const session: Story = {
  says: 'a password becomes a token, the token a session, which is refreshed, ended, and over after two hours',
  async tell(t) {
    const { id } = await member(t, 'kim@acme.example');
    const right = { username: 'kim@acme.example', password: 'Abcd1234!' };
    const signIn = async () => (await t.send('POST', '/authn', right)).sessionToken;
    const sessionToken = await signIn();
    const made = await t.send('POST', '/sessions', { sessionToken });
    expect(made).toMatchObject({ userId: id, login: 'kim@acme.example', status: 'ACTIVE', amr: ['pwd'] });
    await t.refused('E0000004', 'POST', '/sessions', { sessionToken });
    const one = `/sessions/${made.id}`;
    t.org.universe.advance(t.org.universe.now() + 3_600_000);
    const later = await t.send('POST', `${one}/lifecycle/refresh`);
    expect(Date.parse(later.expiresAt)).toBe(Date.parse(made.expiresAt) + 3_600_000);
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
    const old = await t.send('POST', '/sessions', { sessionToken: await signIn() });
    expect((await t.get(`/sessions/${old.id}`)).id).toBe(old.id);
    t.org.universe.advance(t.org.universe.now() + 7_200_000);
    await t.refused('E0000007', 'GET', `/sessions/${old.id}`);
    const stale = await signIn();
    t.org.universe.advance(t.org.universe.now() + 300_000);
    await t.refused('E0000004', 'POST', '/sessions', { sessionToken: stale });
    const last = await t.send('POST', '/sessions', { sessionToken: await signIn() });
    await t.send('DELETE', `/users/${id}/sessions`);
    await t.refused('E0000007', 'GET', `/sessions/${last.id}`);
    const events = await t.eventsOf(id);
    expect(events.slice(-2)).toEqual(['user.session.start', 'user.session.clear']);
  },
};

const lockout: Story = {
  says: 'the tenth wrong password in a row locks an account, which says nothing of it until it is unlocked',
  async tell(t) {
    const { id } = await member(t, 'lea@acme.example');
    const attempt = async (password: string) => {
      const body = JSON.stringify({ username: 'lea@acme.example', password });
      return (await t.org.fetch('/okta/api/v1/authn', { ...NOBODY, body })).json() as Promise<Body>;
    };
    for (let i = 0; i < 10; i++) expect((await attempt('wrong')).errorCode).toBe('E0000004');
    expect((await attempt('Abcd1234!')).errorCode).toBe('E0000004');
    expect((await t.get(`/users/${id}`)).status).toBe('LOCKED_OUT');
    await t.send('POST', `/users/${id}/lifecycle/unlock`);
    expect((await attempt('Abcd1234!')).status).toBe('SUCCESS');
    await t.refused('E0000003', 'POST', '/authn', {});
    await t.refused('E0000004', 'POST', '/authn', { username: 'nobody', password: 'x' });
  },
};

const authenticator: Story = {
  says: 'an authenticator app is activated by the code that it shows, and each code counts once',
  async tell(t) {
    const { id } = await t.get('/users/bob');
    const all = `/users/${id}/factors`;
    const app = { factorType: 'token:software:totp', provider: 'OKTA' };
    const made = await t.send('POST', all, app);
    expect(made).toMatchObject({ ...app, status: 'PENDING_ACTIVATION' });
    const code = () => totp(made._embedded.activation.sharedSecret, t.org.universe.now());
    const one = `${all}/${made.id}`;
    await t.refused('E0000068', 'POST', `${one}/lifecycle/activate`, { passCode: '000000' });
    await t.send('POST', `${one}/lifecycle/activate`, { passCode: code() });
    expect((await t.get(one)).status).toBe('ACTIVE');
    expect(await t.get(one)).not.toHaveProperty('_embedded');
    await t.refused('E0000082', 'POST', `${one}/verify`, { passCode: code() });
    t.org.universe.advance(t.org.universe.now() + 60_000);
    expect(await t.send('POST', `${one}/verify`, { passCode: code() })).toEqual({ factorResult: 'SUCCESS' });
    await t.refused('E0000001', 'POST', all, app);
    expect((await t.get(`${all}/catalog`)).map((kind: Body) => kind.status)).toContain('ACTIVE');
    await t.send('POST', `/users/${id}/lifecycle/reset_factors`);
    expect(await t.get(all)).toEqual([]);
  },
};

const message: Story = {
  says: 'a code that was sent is good for five minutes, and another one is sent after half a minute',
  async tell(t) {
    const { id } = await t.get('/users/bob');
    const all = `/users/${id}/factors`;
    await t.refused('E0000098', 'POST', all, {
      factorType: 'sms',
      provider: 'OKTA',
      profile: { phoneNumber: 'none' },
    });
    const profile = { phoneNumber: '+1 555 415 1337' };
    const made = await t.send('POST', all, { factorType: 'sms', provider: 'OKTA', profile });
    expect(made.profile).toEqual({ phoneNumber: '+15554151337' });
    const one = `${all}/${made.id}`;
    const code = () =>
      t.org.universe.work('okta', (world) => world.get(factors, `${id}/${made.id}`)?.proof.code);
    await t.refused('E0000109', 'POST', `${one}/resend`);
    const first = code();
    t.org.universe.advance(t.org.universe.now() + 300_000);
    await t.refused('E0000068', 'POST', `${one}/lifecycle/activate`, { passCode: first });
    await t.send('POST', `${one}/resend`);
    await t.send('POST', `${one}/lifecycle/activate`, { passCode: code() });
    expect(await t.send('POST', `${one}/verify`)).toMatchObject({ factorResult: 'CHALLENGE' });
    expect(await t.send('POST', `${one}/verify`, { passCode: code() })).toEqual({ factorResult: 'SUCCESS' });
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
  },
};

const question: Story = {
  says: 'a security question is one of the vendor’s, with an answer that is never shown',
  async tell(t) {
    const { id } = await t.get('/users/bob');
    const all = `/users/${id}/factors`;
    const asked = (key: string, answer = 'meatball') => ({
      factorType: 'question',
      provider: 'OKTA',
      profile: { question: key, answer },
    });
    const [{ question: key, questionText }, other] = await t.get(`${all}/questions`);
    await t.refused('E0000001', 'POST', all, asked('my_own'));
    await t.refused('E0000001', 'POST', all, asked(key, 'x'));
    const made = await t.send('POST', all, asked(key));
    expect(made).toMatchObject({ status: 'ACTIVE', profile: { question: key, questionText } });
    expect(made.profile).not.toHaveProperty('answer');
    await t.refused('E0000068', 'POST', `${all}/${made.id}/verify`, { answer: 'carrot' });
    await t.send('PUT', `${all}/${made.id}`, asked(other.question, 'carrot'));
    await t.send('POST', `${all}/${made.id}/verify`, { answer: 'Carrot' });
    expect((await t.get(`${all}/${made.id}`)).profile.question).toBe(other.question);
  },
};

const orgFactor: Story = {
  says: 'the org turns kinds of factor on and off',
  async tell(t) {
    const one = '/org/factors/okta_question';
    expect((await t.get('/org/factors')).map((row: Body) => row.id)).toContain('okta_question');
    await t.send('POST', `${one}/lifecycle/activate`);
    expect((await t.get(one)).status).toBe('ACTIVE');
    await t.send('POST', `${one}/lifecycle/deactivate`);
    expect((await t.get(one)).status).toBe('INACTIVE');
    await t.refused('E0000007', 'GET', '/org/factors/nothing');
  },
};

const device: Story = {
  says: 'a device that somebody set up is suspended, deactivated and removed, in that order only',
  async tell(t) {
    t.org.universe.work('okta', (world) =>
      okta.gestures.setUpDevice?.perform(world, 'bob@acme.example', {
        platform: 'IOS',
        name: 'Phone',
      } as never),
    );
    const [made] = await t.get('/devices');
    const one = `/devices/${made.id}`;
    const found = (search: string) => t.get(`/devices?search=${encodeURIComponent(search)}`);
    expect(await found('profile.platform eq "IOS"')).toHaveLength(1);
    expect(await found('status eq "SUSPENDED"')).toEqual([]);
    await t.refused('E0000031', 'GET', '/devices?after=nothing');
    const [{ user }] = await t.get(`${one}/users`);
    expect(user.profile.login).toBe('bob@acme.example');
    expect((await t.get(`/users/${user.id}/devices`))[0].device.id).toBe(made.id);
    await t.refused('E0000152', 'DELETE', one);
    await t.refused('E0000152', 'POST', `${one}/lifecycle/unsuspend`);
    await t.send('POST', `${one}/lifecycle/suspend`);
    await t.send('POST', `${one}/lifecycle/unsuspend`);
    await t.send('POST', `${one}/lifecycle/deactivate`);
    expect((await t.get(one)).status).toBe('DEACTIVATED');
    await t.send('POST', `${one}/lifecycle/activate`);
    await t.send('POST', `${one}/lifecycle/deactivate`);
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
    expect((await t.eventsOf(made.id)).slice(0, 2)).toEqual([
      'device.enrollment.create',
      'device.lifecycle.suspend',
    ]);
  },
};

const behavior: Story = {
  says: 'behaviours have the settings of their type, and names of their own',
  async tell(t) {
    const update = 'security.behavior.settings.update';
    await live(t, {
      at: '/behaviors',
      made: { name: 'Far', type: 'VELOCITY', settings: { velocityKph: 600 } },
      changed: { name: 'Farther', type: 'VELOCITY', settings: { velocityKph: 900 } },
      turns: 'freely',
      gone: 'BehaviorSettings',
      events: [
        'security.behavior.settings.create',
        ...[update, update, update],
        'security.behavior.settings.delete',
      ],
    });
    expect((await t.get('/behaviors')).map((one: Body) => one.name)).toContain('New Geo-Location');
    const [{ id, type }] = await t.get('/behaviors');
    await t.send('PUT', `/behaviors/${id}`, { name: 'Renamed', type, status: 'INACTIVE' });
    expect((await t.get(`/behaviors/${id}`)).status).toBe('ACTIVE');
    await t.refused('E0000001', 'POST', '/behaviors', { name: 'x', type: 'MOOD' });
    await t.refused('E0000001', 'POST', '/behaviors', { name: 'Velocity', type: 'VELOCITY' });
  },
};

const risk: Story = {
  says: 'a user’s risk is set by hand, and ThreatInsight leaves zones of the org alone',
  async tell(t) {
    const { id } = await t.get('/users/bob');
    expect((await t.get(`/users/${id}/risk`)).riskLevel).toBe('NONE');
    await t.refused('E0000001', 'PUT', `/users/${id}/risk`, { riskLevel: 'SOME' });
    await t.send('PUT', `/users/${id}/risk`, { riskLevel: 'HIGH' });
    expect((await t.get(`/users/${id}/risk`)).riskLevel).toBe('HIGH');
    const [zone] = await t.get('/zones');
    const threats = '/threats/configuration';
    await t.refused('E0000001', 'POST', threats, { action: 'block', excludeZones: ['nowhere'] });
    await t.send('POST', threats, { action: 'block', excludeZones: [zone.id] });
    expect(await t.get(threats)).toMatchObject({ action: 'block', excludeZones: [zone.id] });
  },
};

const assignment: Story = {
  says: 'a realm assignment moves the users that it is about when it is run, and is off before it goes',
  async tell(t) {
    const { id: realmId } = await t.send('POST', '/realms', { profile: { name: 'Partners' } });
    const at = '/realm-assignments';
    const [{ id: profileSourceId }] = await t.get('/apps?q=Wiki');
    const rule = {
      name: 'Bobs',
      conditions: { profileSourceId, expression: { value: 'user.profile.login.contains("bob")' } },
      actions: { assignUserToRealm: { realmId } },
      priority: 5,
    };
    const broken = { ...rule, conditions: { ...rule.conditions, expression: { value: 'user.(' } } };
    await t.refused('E0000001', 'POST', at, broken);
    const { id, status } = await t.send('POST', at, rule);
    expect(status).toBe('INACTIVE');
    await t.send('PUT', `${at}/${id}`, { ...rule, name: 'All Bobs' });
    await t.send('POST', `${at}/${id}/lifecycle/activate`);
    expect((await t.get(at))[0]).toMatchObject({ name: 'All Bobs', status: 'ACTIVE' });
    expect(await t.send('POST', `${at}/operations`, { assignmentId: id })).toMatchObject({ numUserMoved: 1 });
    expect((await t.get('/users/bob')).realmId).toBe(realmId);
    expect(await t.get(`${at}/operations`)).toHaveLength(1);
    await t.refused('E0000001', 'DELETE', `${at}/${id}`);
    expect((await t.get(`${at}/${id}`)).priority).toBe(5);
    await t.send('POST', `${at}/${id}/lifecycle/deactivate`);
    await t.send('DELETE', `${at}/${id}`);
    await t.refused('E0000007', 'GET', `${at}/${id}`);
    expect((await t.get(at)).length).toBe(0);
  },
};

const events: Story = {
  says: 'security events providers say where their keys are',
  async tell(t) {
    const at = '/security-events-providers';
    await t.refused('E0000001', 'POST', at, { name: 'Partner', type: 'okta', settings: { issuer: 'x' } });
    await live(t, {
      at,
      made: { name: 'Partner', type: 'okta', settings: { well_known_url: 'https://a.example/.well-known' } },
      changed: { name: 'Other', type: 'okta', settings: { issuer: 'a', jwks_url: 'b' } },
      turns: 'freely',
      gone: 'SecurityEventsProvider',
      events: ['create', 'update', 'deactivate', 'activate', 'delete'].map(
        (verb) => `security.events.provider.${verb}`,
      ),
    });
  },
};

/** A service app with a key of its own, and how it asks for a token. */
async function serviceApp(t: Teller, bound: boolean) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig' };
  const app = await t.send('POST', '/apps', {
    ...{ name: 'oidc_client', label: bound ? 'Bound' : 'Robot', signOnMode: 'OPENID_CONNECT' },
    credentials: { oauthClient: { token_endpoint_auth_method: 'private_key_jwt' } },
    settings: {
      oauthClient: {
        ...{ application_type: 'service', grant_types: ['client_credentials'] },
        ...{ jwks: { keys: [jwk] }, dpop_bound_access_tokens: bound },
      },
    },
  });
  const url = `${t.org.base('okta')}/oauth2/v1/token`;
  const iat = () => Math.floor(t.org.universe.now() / 1_000);
  const sign = (claims: object, header: object = { kid: 'k1' }) =>
    jwt().sign({ iat: iat(), ...claims }, privateKey, { algorithm: 'RS256', header: header as never });
  const id = app.credentials.oauthClient.client_id;
  const assertion = (exp = iat() + 300) => sign({ iss: id, sub: id, aud: url, exp });
  const ask = async (form: Record<string, string>, dpop?: string) => {
    const response = await t.org.fetch('/okta/oauth2/v1/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(dpop ? { dpop } : {}) },
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials', scope: 'okta.users.read' },
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        ...form,
      }).toString(),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  };
  let proofs = 0;
  const proof = (claims: object) =>
    sign(
      { htm: 'POST', htu: url, jti: `proof ${++proofs}`, ...claims },
      { typ: 'dpop+jwt', jwk: publicKey.export({ format: 'jwk' }) },
    );
  return { app, ask, assertion, proof };
}

const serviceToken: Story = {
  says: 'a service app signs who it is, gets the scopes that it was granted, and no more',
  async tell(t) {
    const { app, ask, assertion } = await serviceApp(t, false);
    const error = async (form: Record<string, string>) => (await ask(form)).body.error;
    expect(await error({ client_assertion: assertion() })).toBe('consent_required');
    const grants = `/apps/${app.id}/grants`;
    const issuer = t.org.base('okta');
    await t.refused('E0000001', 'POST', grants, { scopeId: 'everything', issuer });
    const grant = await t.send('POST', grants, { scopeId: 'okta.users.read', issuer });
    expect(await t.get(grants)).toHaveLength(1);
    expect((await t.get(`${grants}/${grant.id}`)).scopeId).toBe('okta.users.read');
    expect(await error({ client_assertion: `${assertion()}x` })).toBe('invalid_client');
    expect(await error({ client_assertion: assertion(1) })).toBe('invalid_client');
    const { client_id } = app.credentials.oauthClient;
    expect(await error({ client_id, client_secret: 'y' })).toBe('invalid_client');
    expect(await error({ client_assertion: assertion(), grant_type: 'password' })).toBe(
      'unauthorized_client',
    );
    const { body } = await ask({ client_assertion: assertion() });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'okta.users.read' });
    const call = async (path: string, method = 'GET') => {
      const headers = { authorization: `Bearer ${body.access_token}` };
      const response = await t.org.fetch(`/okta/api/v1${path}`, { method, headers });
      return [response.status, ((await response.json()) as Body).errorCode];
    };
    expect(await call('/users')).toEqual([403, 'E0000006']);
    await t.send('POST', `/oauth2/v1/clients/${client_id}/roles`, { type: 'READ_ONLY_ADMIN' });
    expect(await call('/users')).toEqual([200, undefined]);
    expect(await call('/groups')).toEqual([403, 'E0000006']);
    t.org.universe.advance(t.org.universe.now() + 3_600_000);
    expect(await call('/users')).toEqual([401, 'E0000011']);
    await t.send('DELETE', `${grants}/${grant.id}`);
    await t.refused('E0000007', 'GET', `${grants}/${grant.id}`);
    expect(await error({ client_assertion: assertion() })).toBe('consent_required');
  },
};

const boundToken: Story = {
  says: 'an app whose tokens are bound to a key proves it with the nonce that the server asks for',
  async tell(t) {
    const { app, ask, assertion, proof } = await serviceApp(t, true);
    await t.send('POST', `/apps/${app.id}/grants`, {
      scopeId: 'okta.users.read',
      issuer: t.org.base('okta'),
    });
    const { client_id } = app.credentials.oauthClient;
    await t.send('POST', `/oauth2/v1/clients/${client_id}/roles`, { type: 'READ_ONLY_ADMIN' });
    const form = () => ({ client_assertion: assertion() });
    expect((await ask(form())).body.error).toBe('invalid_dpop_proof');
    expect((await ask(form(), proof({ htm: 'GET' }))).body.error).toBe('invalid_dpop_proof');
    const first = await ask(form(), proof({}));
    expect([first.status, first.body.error]).toEqual([400, 'use_dpop_nonce']);
    const second = await ask(form(), proof({ nonce: first.headers.get('dpop-nonce') }));
    expect(second.body.token_type).toBe('DPoP');
    const token = second.body.access_token as string;
    const status = async (scheme: string, dpop = '') => {
      const headers = { authorization: `${scheme} ${token}`, ...(dpop ? { dpop } : {}) };
      return (await t.org.fetch('/okta/api/v1/users', { headers })).status;
    };
    const ath = createHash('sha256').update(token).digest('base64url');
    const shown = { htm: 'GET', htu: `${t.org.base('okta')}/api/v1/users` };
    expect([await status('Bearer'), await status('DPoP')]).toEqual([401, 401]);
    expect(await status('DPoP', proof(shown))).toBe(401);
    expect(await status('DPoP', proof({ ...shown, ath }))).toBe(200);
  },
};

export const securityStories: Story[] = [
  ...[serviceToken, boundToken],
  ...[session, lockout, authenticator, message, question, orgFactor],
  ...[device, behavior, risk, assignment, events],
];
