/** Programs that ask people themselves, without a browser: direct authentication, and asking by backchannel. */
import { describe, expect, it } from 'vitest';
import { totp } from '../../../twins/okta/model/authenticators/totp.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { addApp, basicOf, type Fields, type OAuthOrg, openOAuthOrg } from './oauth.ts';

const BOB = 'bob@acme.example';
const PASSWORD = 'Corr3ctHorse';
const AT = '/oauth2/default/v1';
const OTP = 'urn:okta:params:oauth:grant-type:otp';
const OOB = 'urn:okta:params:oauth:grant-type:oob';
const MFA_OTP = 'http://auth0.com/oauth/grant-type/mfa-otp';
const MFA_OOB = 'http://auth0.com/oauth/grant-type/mfa-oob';
const CIBA = 'urn:openid:params:grant-type:ciba';

const does = (org: OAuthOrg, gesture: string, input: object) =>
  org.universe.work('okta', (world) => okta.gestures[gesture]?.perform(world, BOB, input as never)) as never;

/** A client with these grants, which the default server's rules let through; bob has a password and an app for codes. */
async function open(grants: string[], settings: object = {}) {
  const org = await openOAuthOrg();
  const policies = '/api/v1/authorizationServers/default/policies';
  const [policy] = (await org.call('GET', policies)).body;
  const [rule] = (await org.call('GET', `${policies}/${policy.id}/rules`)).body;
  rule.conditions.grantTypes.include = [...new Set([...rule.conditions.grantTypes.include, ...grants])];
  expect((await org.call('PUT', `${policies}/${policy.id}/rules/${rule.id}`, rule)).status).toBe(200);
  const app = await addApp(org, { grant_types: grants, ...settings });
  if (grants.some((one) => one === MFA_OTP || one === MFA_OOB)) {
    const two = await org.call('POST', '/api/v1/policies', { type: 'ACCESS_POLICY', name: 'Two factors' });
    await org.call('PUT', `/api/v1/apps/${app.id}/policies/${two.body.id}`);
  }
  const bob = (await org.call('GET', `/api/v1/users/${BOB}`)).body;
  await org.call('POST', `/api/v1/apps/${app.id}/users`, { id: bob.id });
  await org.call('POST', `/api/v1/users/${bob.id}`, { credentials: { password: { value: PASSWORD } } });
  const factors = `/api/v1/users/${bob.id}/factors`;
  const enrol = async (body: object) => (await org.call('POST', factors, body)).body;
  const key = await enrol({ factorType: 'token:software:totp', provider: 'GOOGLE' });
  const { sharedSecret } = key._embedded.activation;
  const passCode = () => totp(sharedSecret, org.universe.clock.now());
  await org.call('POST', `${factors}/${key.id}/lifecycle/activate`, { passCode: passCode() });
  org.universe.advance(org.universe.clock.now() + 60_000);
  const send = (path: string, fields: Fields, client = app) => org.post(AT + path, fields, basicOf(client));
  const grant = (grant_type: string, fields: Fields) =>
    send('/token', { grant_type, scope: 'openid', ...fields });
  return { org, app, bob, enrol, passCode, send, grant };
}

/** From now on the app's policy wants two factors, as the last rule of a new policy does. */
async function wantTwo(org: OAuthOrg, app: { id: string }): Promise<void> {
  const made = await org.call('POST', '/api/v1/policies', { type: 'ACCESS_POLICY', name: 'Two' });
  const { status } = await org.call('PUT', `/api/v1/apps/${app.id}/policies/${made.body.id}`);
  expect(status).toBe(204);
}

const payloadOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('a program that asks for what a person has', () => {
  it('gets tokens for a one-time password, once, and not for a wrong one', async () => {
    const { passCode, grant } = await open([OTP]);
    const wrong = await grant(OTP, { login_hint: BOB, otp: '000000' });
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant']);
    const otp = passCode();
    const { body } = await grant(OTP, { login_hint: BOB, otp });
    expect(payloadOf(body.id_token).amr).toEqual(['otp']);
    expect((await grant(OTP, { login_hint: BOB, otp })).body.error).toBe('invalid_grant');
    expect((await grant(OTP, { login_hint: 'nobody@acme.example', otp })).status).toBe(403);
  });

  it('goes on from a password to a second factor where the app’s policy wants two', async () => {
    const { org, app, passCode, grant, send } = await open(['password', MFA_OTP]);
    await wantTwo(org, app);
    const first = await grant('password', { username: BOB, password: PASSWORD });
    expect([first.status, first.body.error]).toEqual([403, 'mfa_required']);
    const { mfa_token } = first.body;
    const next = await send('/challenge', { mfa_token, challenge_types_supported: MFA_OTP });
    expect(next.body).toEqual({ challenge_type: MFA_OTP });
    const { body } = await grant(MFA_OTP, { mfa_token, otp: passCode() });
    expect(payloadOf(body.id_token).amr).toEqual(['pwd', 'otp', 'mfa']);
    const again = await grant(MFA_OTP, { mfa_token, otp: passCode() });
    expect(again.body.error_description).toContain("'mfa_token' has expired");
  });

  it('has a text sent, whose code the person types', async () => {
    const { org, bob, enrol, send, grant } = await open([OOB]);
    const made = await enrol({
      factorType: 'sms',
      provider: 'OKTA',
      profile: { phoneNumber: '+14155550123' },
    });
    const code = () =>
      (does(org, 'readMessages', {}) as { by: string; values: Fields }[]).find(({ by }) => by === 'sms')
        ?.values.code ?? '';
    await org.call('POST', `/api/v1/users/${bob.id}/factors/${made.id}/lifecycle/activate`, {
      passCode: code(),
    });
    org.universe.advance(org.universe.clock.now() + 60_000);
    const asking = { login_hint: BOB, channel_hint: 'sms', challenge_hint: OOB };
    for (const path of ['/primary-authenticate', '/oob-authenticate']) {
      const { body } = await send(path, asking);
      expect(body).toMatchObject({ channel: 'sms', binding_method: 'prompt', expires_in: 300 });
      const { oob_code } = body;
      expect((await grant(OOB, { oob_code, binding_code: '000000' })).body.error).toBe('invalid_grant');
      const given = await grant(OOB, { oob_code, binding_code: code() });
      expect(payloadOf(given.body.id_token).amr).toEqual(['sms']);
    }
  });

  it('waits for a tap on the phone, and hears of a no', async () => {
    const { org, send, grant } = await open([OOB]);
    does(org, 'setUpDevice', { platform: 'IOS', name: 'phone' });
    const ask = async () =>
      (await send('/primary-authenticate', { login_hint: BOB, channel_hint: 'push', challenge_hint: OOB }))
        .body;
    const { oob_code, interval, binding_method } = await ask();
    expect([interval, binding_method]).toEqual([5, 'none']);
    expect((await grant(OOB, { oob_code })).body.error).toBe('authorization_pending');
    does(org, 'answerPush', { approve: true });
    expect((await grant(OOB, { oob_code })).body.id_token).toBeTruthy();
    const second = await ask();
    does(org, 'answerPush', { approve: false });
    expect((await grant(OOB, { oob_code: second.oob_code })).body.error).toBe('access_denied');
  });

  it('is refused a channel that is none, a person without it, a grant that is off, and what is too old', async () => {
    const { org, app, send, grant } = await open([OOB, 'password', MFA_OOB]);
    await wantTwo(org, app);
    const ask = (fields: Fields) =>
      send('/primary-authenticate', { login_hint: BOB, challenge_hint: OOB, ...fields });
    expect((await ask({ channel_hint: 'foo' })).body).toEqual({
      error: 'invalid_request',
      error_description: "'foo' isn't supported as a 'channel_hint'. Try again with another value.",
    });
    expect((await ask({ channel_hint: 'voice' })).status).toBe(403);
    const off = await send('/primary-authenticate', { login_hint: BOB, channel_hint: 'push' }, org.app);
    expect(off.body.error).toBe('unauthorized_client');
    const { mfa_token } = (await grant('password', { username: BOB, password: PASSWORD })).body;
    const odd = await send('/challenge', { mfa_token, challenge_types_supported: 'foo' });
    expect([odd.status, odd.body.error]).toEqual([403, 'access_denied']);
    org.universe.advance(org.universe.clock.now() + 301_000);
    const late = await send('/challenge', { mfa_token, challenge_types_supported: MFA_OOB });
    expect([late.status, late.body.error]).toEqual([400, 'access_denied']);
  });
});

describe('a client that asks a person by backchannel', () => {
  it('is told to wait, then to slow down, then gets tokens once', async () => {
    const { org, send, grant } = await open([CIBA], { backchannel_token_delivery_mode: 'poll' });
    const { body } = await send('/bc/authorize', {
      scope: 'openid',
      login_hint: BOB,
      binding_message: 'Pay 5',
    });
    expect(body).toEqual({ auth_req_id: expect.any(String), expires_in: 300, interval: 5 });
    const poll = async () => (await grant(CIBA, { auth_req_id: body.auth_req_id })).body;
    expect((await poll()).error).toBe('authorization_pending');
    expect((await poll()).error).toBe('slow_down');
    does(org, 'answerTransaction', { decision: 'approve', bindingMessage: 'Pay 5' });
    expect((await poll()).id_token).toBeTruthy();
    expect((await poll()).error).toBe('invalid_grant');
  });

  it('names a person by one hint only, asks for openid, and hears when nobody answered in time', async () => {
    const { org, send, grant } = await open([CIBA]);
    const ask = async (fields: Fields) =>
      (await send('/bc/authorize', { scope: 'openid', login_hint: BOB, ...fields })).body;
    expect((await ask({ id_token_hint: 'x' })).error).toBe('invalid_request');
    expect((await ask({ login_hint: 'nobody@acme.example' })).error).toBe('unknown_user_id');
    expect((await ask({ scope: '' })).error_description).toBe('No scopes were requested.');
    expect((await ask({ scope: 'profile' })).error).toBe('invalid_scope');
    expect((await ask({ request: 'x' })).error).toBe('invalid_request');
    expect((await ask({ login_hint: 'eve@acme.example' })).error).toBe('access_denied');
    const { auth_req_id } = await ask({ request_expiry: '10' });
    org.universe.advance(org.universe.clock.now() + 11_000);
    expect((await grant(CIBA, { auth_req_id })).body.error).toBe('expired_token');
  });
});
