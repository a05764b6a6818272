/** The vendor's own sign-in library (`@okta/okta-auth-js`) draws the sign-in itself: by remediations, and by the older API. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { totp } from '../../../../twins/okta/model/authenticators/totp.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { found, type Library, required } from '../../library.ts';
import { makeApp, type Org, openServedOrg } from './program.ts';

const PASSWORD = 'Abcd1234!';
const BACK = 'http://localhost/back';

describe.skipIf(!found('@okta/okta-auth-js'))('okta-auth-js', () => {
  let org: Org;

  beforeAll(async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    org = await openServedOrg();
  });
  afterAll(() => org?.close());

  /** The library, for an app of its own that is asked for `rule`. */
  async function client(rule?: object): Promise<Library> {
    const { OktaAuth } = required('@okta/okta-auth-js');
    const grant_types = ['authorization_code', 'interaction_code', 'refresh_token'];
    const app = await makeApp(
      org,
      { application_type: 'browser', redirect_uris: [BACK], grant_types },
      { token_endpoint_auth_method: 'none' },
    );
    if (rule) {
      const policy = await org.call('POST', '/api/v1/policies', { type: 'ACCESS_POLICY', name: app.id });
      const verificationMethod = { type: 'ASSURANCE', ...rule };
      const actions = { appSignOn: { access: 'ALLOW', verificationMethod } };
      await org.call('POST', `/api/v1/policies/${policy.id}/rules`, {
        ...{ type: 'ACCESS_POLICY', name: 'Rule', actions, priority: 0 },
      });
      await org.call('PUT', `/api/v1/apps/${app.id}/policies/${policy.id}`);
    }
    const issuer = `${org.at}/oauth2/default`;
    return new OktaAuth({
      ...{ issuer, clientId: app.client_id, redirectUri: BACK, scopes: ['openid', 'profile'] },
      ...{ pkce: true, transactionManager: {}, idx: { enableLegacyMode: true } },
    });
  }

  let made = 0;
  async function member(profile: object = {}): Promise<{ id: string; login: string }> {
    const login = `kim${++made}@acme.example`;
    const user = await org.call('POST', '/api/v1/users?activate=true', {
      profile: { firstName: 'Kim', lastName: 'Key', login, email: login, ...profile },
      credentials: { password: { value: PASSWORD } },
    });
    return { id: user.id, login };
  }

  const gesture = (name: string, as: string, input: object = {}): Library =>
    org.universe.work('okta', (world) => okta.gestures[name]?.perform(world, as, input as never));
  const newestCode = (as: string): string => gesture('readMessages', as)[0].values.code;

  it('signs in by password, and gets tokens', async () => {
    const auth = await client();
    const { login } = await member();
    const wrong = await auth.idx.authenticate({ username: login, password: 'wrong' });
    expect(wrong.messages.map((one: Library) => one.message)).toEqual(['Password is incorrect']);
    const done = await auth.idx.authenticate({ password: PASSWORD });
    expect(done.status).toBe('SUCCESS');
    expect(done.tokens.idToken.claims).toMatchObject({ preferred_username: login, amr: ['pwd'] });
  });

  it('asks for the code of an authenticator app where the app’s policy wants two factors', async () => {
    const auth = await client({
      factorMode: '2FA',
      constraints: [{ possession: { deviceBound: 'REQUIRED' } }],
    });
    const { id, login } = await member();
    const factor = { factorType: 'token:software:totp', provider: 'OKTA' };
    const enrolled = await org.call('POST', `/api/v1/users/${id}/factors`, factor);
    const code = () => totp(enrolled._embedded.activation.sharedSecret, org.universe.now());
    await org.call('POST', `/api/v1/users/${id}/factors/${enrolled.id}/lifecycle/activate`, {
      passCode: code(),
    });
    await org.universe.advance(org.universe.now() + 60_000);
    const asked = await auth.idx.authenticate({
      username: login,
      password: PASSWORD,
      authenticator: 'okta_verify',
    });
    expect([asked.status, asked.nextStep?.name]).toEqual(['PENDING', 'challenge-authenticator']);
    const wrong = await auth.idx.proceed({ verificationCode: '000000' });
    expect(wrong.messages[0].message).toBe('Invalid code. Try again.');
    const done = await auth.idx.proceed({ verificationCode: code() });
    expect(done.status).toBe('SUCCESS');
    expect(done.tokens.idToken.claims.amr).toEqual(['pwd', 'otp', 'mfa']);
  });

  it('has a code sent by mail, and again', async () => {
    const auth = await client({ factorMode: '2FA' });
    const { login } = await member();
    const choice = await auth.idx.authenticate({ username: login, password: PASSWORD });
    expect(choice.nextStep.name).toBe('select-authenticator-authenticate');
    const asked = await auth.idx.proceed({ authenticator: 'okta_email' });
    expect(asked.nextStep).toMatchObject({ name: 'challenge-authenticator', canResend: true });
    await org.universe.advance(org.universe.now() + 30_000);
    await auth.idx.proceed({ resend: true });
    const done = await auth.idx.proceed({ verificationCode: newestCode(login) });
    expect(done.status).toBe('SUCCESS');
  });

  it('sets a forgotten password anew by mail', async () => {
    const auth = await client();
    const { login } = await member();
    const asked = await auth.idx.recoverPassword({ username: login, authenticators: ['okta_email'] });
    expect(asked.nextStep.name).toBe('challenge-authenticator');
    const reset = await auth.idx.proceed({ verificationCode: newestCode(login) });
    expect(reset.nextStep.name).toBe('reset-authenticator');
    const weak = await auth.idx.proceed({ password: 'x' });
    expect(weak.messages[0].message).toContain('Password requirements were not met');
    const done = await auth.idx.proceed({ password: 'Newer1234!' });
    expect(done.status).toBe('SUCCESS');
  });

  it('registers somebody where the app lets people register', async () => {
    const auth = await client();
    const [policy] = await org.call('GET', '/api/v1/policies?type=PROFILE_ENROLLMENT');
    const [rule] = await org.call('GET', `/api/v1/policies/${policy.id}/rules`);
    rule.actions.profileEnrollment.unknownUserAction = 'REGISTER';
    await org.call('PUT', `/api/v1/policies/${policy.id}/rules/${rule.id}`, rule);
    const begun = await auth.idx.register({ firstName: 'New', lastName: 'Comer', email: 'new@acme.example' });
    expect(begun.nextStep.name).toBe('select-authenticator-enroll');
    const byPassword = await auth.idx.proceed({ authenticators: ['okta_password'] });
    expect(byPassword.nextStep.name).toBe('enroll-authenticator');
    const next = await auth.idx.proceed({ password: PASSWORD });
    expect(next.nextStep.name).toBe('select-authenticator-enroll');
    await auth.idx.proceed({ authenticator: 'okta_email' });
    const done = await auth.idx.proceed({ verificationCode: newestCode('new@acme.example') });
    expect(done.status).toBe('SUCCESS');
    expect(done.tokens.idToken.claims.preferred_username).toBe('new@acme.example');
  });

  it('is told where the app’s policy lets nobody in', async () => {
    const auth = await client();
    const [policy] = await org.call('GET', '/api/v1/policies?type=OKTA_SIGN_ON');
    const { id, login } = await member();
    const rule = await org.call('POST', `/api/v1/policies/${policy.id}/rules`, {
      ...{ type: 'SIGN_ON', name: 'Not her', priority: 1 },
      conditions: { people: { users: { include: [id], exclude: [] } } },
      actions: { signon: { access: 'DENY' } },
    });
    const denied = await auth.idx.authenticate({ username: login, password: PASSWORD });
    expect([denied.status, denied.messages[0].i18n.key]).toEqual(['TERMINAL', 'security.access_denied']);
    await org.call('DELETE', `/api/v1/policies/${policy.id}/rules/${rule.id}`);
  });
});
