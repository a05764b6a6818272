import { describe, expect, it } from 'vitest';
import { totp } from '../../../../twins/okta/model/authenticators/totp.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { all, GONE, openSdk, refusal } from './client.ts';

const PASSWORD = 'Tr0ub4dor-x';
const ada = {
  profile: { firstName: 'Ada', lastName: 'Byron', email: 'ada@acme.example', login: 'ada@acme.example' },
  credentials: { password: { value: PASSWORD } },
};

describe('the Session API of the SDK', () => {
  it('turns a token into a session, which is refreshed and ended', async () => {
    const { sdk, org } = await openSdk();
    const { id: userId } = await sdk.userApi.createUser({ body: ada });
    const signedIn = await org.call('POST', '/api/v1/authn', {
      username: 'ada@acme.example',
      password: PASSWORD,
    });
    const createSessionRequest = { sessionToken: signedIn.body.sessionToken };
    const { id: sessionId } = await sdk.sessionApi.createSession({ createSessionRequest });
    expect(await sdk.sessionApi.getSession({ sessionId })).toMatchObject({ userId, status: 'ACTIVE' });
    await sdk.sessionApi.refreshSession({ sessionId });
    await sdk.sessionApi.revokeSession({ sessionId });
    await expect(sdk.sessionApi.getSession({ sessionId })).rejects.toMatchObject(GONE);
    await expect(sdk.sessionApi.createSession({ createSessionRequest })).rejects.toMatchObject(
      refusal(401, 'E0000004'),
    );
  });
});

describe('the UserFactor API of the SDK', () => {
  it('sets up an authenticator app and asks for its codes', async () => {
    const { sdk, org } = await openSdk();
    const api = sdk.userFactorApi;
    const { id: userId } = await sdk.userApi.createUser({ body: ada });
    expect((await all(api.listSupportedFactors({ userId }))).length).toBeGreaterThan(2);
    expect((await all(api.listSupportedSecurityQuestions({ userId }))).length).toBeGreaterThan(2);
    const made = await api.enrollFactor({
      userId,
      body: { factorType: 'token:software:totp', provider: 'OKTA' },
    });
    expect(made.status).toBe('PENDING_ACTIVATION');
    const secret = made._embedded.activation.sharedSecret;
    const at = { userId, factorId: made.id };
    await api.activateFactor({ ...at, body: { passCode: totp(secret, org.universe.now()) } });
    expect((await api.getFactor(at)).status).toBe('ACTIVE');
    await org.universe.advance(org.universe.now() + 60_000);
    const passCode = totp(secret, org.universe.now());
    expect((await api.verifyFactor({ ...at, body: { passCode } })).factorResult).toBe('SUCCESS');
    await expect(api.verifyFactor({ ...at, body: { passCode: '000000' } })).rejects.toMatchObject({
      errorCode: 'E0000068',
    });
    await api.unenrollFactor(at);
    expect(await all(api.listFactors({ userId }))).toEqual([]);
  });

  it('sets up a security question', async () => {
    const { sdk } = await openSdk();
    const { id: userId } = await sdk.userApi.createUser({ body: ada });
    const profile = { question: 'disliked_food', answer: 'mayonnaise' };
    const body = { factorType: 'question', provider: 'OKTA', profile };
    const factor = await sdk.userFactorApi.enrollFactor({ userId, body });
    expect(factor).toMatchObject({ factorType: 'question', status: 'ACTIVE' });
    expect((await all(sdk.userFactorApi.listFactors({ userId }))).map((one) => one.id)).toEqual([factor.id]);
  });
});

describe('the Authenticator API of the SDK', () => {
  it('reads, changes and turns authenticators and their methods', async () => {
    const { sdk } = await openSdk();
    const api = sdk.authenticatorApi;
    const listed = await all(api.listAuthenticators());
    expect(listed.map((one) => one.key)).toEqual(expect.arrayContaining(['okta_password', 'okta_email']));
    const { id: authenticatorId } = listed.find((one) => one.key === 'phone_number');
    await api.activateAuthenticator({ authenticatorId });
    expect((await api.getAuthenticator({ authenticatorId })).status).toBe('ACTIVE');
    const methods = await all(api.listAuthenticatorMethods({ authenticatorId }));
    expect(methods.map((one) => one.type)).toEqual(['sms', 'voice']);
    expect((await api.getAuthenticatorMethod({ authenticatorId, methodType: 'sms' })).type).toBe('sms');
    const authenticator = { key: 'google_otp', name: 'Codes' };
    const made = await api.createAuthenticator({ authenticator });
    await api.replaceAuthenticator({
      authenticatorId: made.id,
      authenticator: { key: 'google_otp', name: 'Numbers' },
    });
    expect((await api.getAuthenticator({ authenticatorId: made.id })).name).toBe('Numbers');
    await expect(api.deactivateAuthenticator({ authenticatorId })).rejects.toMatchObject(
      refusal(403, 'E0000148'),
    );
  });
});

describe('the Device API of the SDK', () => {
  it('takes a device that was set up through its life', async () => {
    const { sdk, org } = await openSdk();
    const api = sdk.deviceApi;
    org.universe.work('okta', (world) =>
      okta.gestures.setUpDevice?.perform(world, 'bob@acme.example', {
        platform: 'MACOS',
        name: 'Mac',
      } as never),
    );
    const [device] = await all(api.listDevices());
    const deviceId = device.id;
    expect((await all(api.listDeviceUsers({ deviceId }))).map((one) => one.user.profile.login)).toEqual([
      'bob@acme.example',
    ]);
    const status = async () => (await api.getDevice({ deviceId })).status;
    await api.suspendDevice({ deviceId });
    expect(await status()).toBe('SUSPENDED');
    await api.unsuspendDevice({ deviceId });
    await api.deactivateDevice({ deviceId });
    expect(await status()).toBe('DEACTIVATED');
    await api.activateDevice({ deviceId });
    expect(await status()).toBe('ACTIVE');
    await api.deactivateDevice({ deviceId });
    await api.deleteDevice({ deviceId });
    await expect(api.getDevice({ deviceId })).rejects.toMatchObject({ status: 404 });
  });
});

describe('the IdentityProvider API of the SDK', () => {
  const identityProvider = (name: string) => ({
    type: 'OIDC',
    name,
    protocol: {
      type: 'OIDC',
      algorithms: {
        request: { signature: { algorithm: 'SHA-256', scope: 'REQUEST' } },
        response: { signature: { algorithm: 'SHA-256', scope: 'ANY' } },
      },
      endpoints: {
        authorization: { binding: 'HTTP-REDIRECT', url: 'https://idp.example/authorize' },
        token: { binding: 'HTTP-POST', url: 'https://idp.example/token' },
        userInfo: { binding: 'HTTP-REDIRECT', url: 'https://idp.example/userinfo' },
        jwks: { binding: 'HTTP-REDIRECT', url: 'https://idp.example/keys' },
      },
      scopes: ['openid', 'email'],
      credentials: { client: { client_id: 'id', client_secret: 'hush' } },
      issuer: { url: 'https://idp.example' },
    },
    policy: {
      accountLink: { action: 'AUTO', filter: null },
      provisioning: { action: 'AUTO', groups: { action: 'NONE' } },
      subject: { userNameTemplate: { template: 'idpuser.email' }, matchType: 'USERNAME' },
    },
  });

  it('takes a provider and its keys through their lives', async () => {
    const { sdk } = await openSdk();
    const api = sdk.identityProviderApi;
    const { id: idpId } = await api.createIdentityProvider({ identityProvider: identityProvider('Partner') });
    await api.replaceIdentityProvider({ idpId, identityProvider: identityProvider('Friend') });
    expect(await api.getIdentityProvider({ idpId })).toMatchObject({ name: 'Friend', status: 'ACTIVE' });
    expect((await all(api.listIdentityProviders({ q: 'Friend' }))).map((one) => one.id)).toEqual([idpId]);
    const key = await api.generateIdentityProviderSigningKey({ idpId, validityYears: 2 });
    expect((await api.getIdentityProviderSigningKey({ idpId, keyId: key.kid })).kid).toBe(key.kid);
    expect((await all(api.listIdentityProviderSigningKeys({ idpId }))).map((one) => one.kid)).toContain(
      key.kid,
    );
    await api.deactivateIdentityProvider({ idpId });
    expect((await api.getIdentityProvider({ idpId })).status).toBe('INACTIVE');
    await api.activateIdentityProvider({ idpId });
    await api.deleteIdentityProvider({ idpId });
    await expect(api.getIdentityProvider({ idpId })).rejects.toMatchObject(GONE);
  });
});
