/** `oauth4webapi`, which leaves every step to the program: each grant by hand, each answer checked by the library. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { okta } from '../../../../twins/okta/twin.ts';
import { found, imported, type Library } from '../../library.ts';
import { makeApp, type Org, openServedOrg, signInAt } from './program.ts';

const there = ['oauth4webapi', 'jose'].map(found).every(Boolean);
const BACK = 'http://localhost/back';
const CIBA = 'urn:openid:params:grant-type:ciba';
const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';

describe.skipIf(!there)('oauth4webapi', () => {
  let org: Org;
  let oauth: Library;
  let as: Library;
  let plain: Library;
  let who: string;

  beforeAll(async () => {
    org = await openServedOrg();
    oauth = await imported('oauth4webapi');
    plain = { [oauth.allowInsecureRequests]: true };
    who = org.people[1] ?? '';
    const issuer = new URL(`${org.at}/oauth2/default`);
    as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, plain));
    const policies = '/api/v1/authorizationServers/default/policies';
    const [policy] = await org.call('GET', policies);
    const [rule] = await org.call('GET', `${policies}/${policy.id}/rules`);
    rule.conditions.grantTypes.include.push(CIBA, DEVICE);
    await org.call('PUT', `${policies}/${policy.id}/rules/${rule.id}`, rule);
  });
  afterAll(() => org?.close());

  /** Asks for somebody, with `more` in the request; returns what came back and the proof of the code. */
  async function signIn(client: Library, more: Record<string, string> = {}) {
    const verifier = oauth.generateRandomCodeVerifier();
    const ask = new URL(as.authorization_endpoint);
    ask.search = String(
      new URLSearchParams({
        ...{ client_id: client.client_id, redirect_uri: BACK, response_type: 'code', state: 's', nonce: 'n' },
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        ...{ code_challenge_method: 'S256', scope: 'openid email offline_access', ...more },
      }),
    );
    return { back: await signInAt(ask, who), verifier };
  }

  it('takes an answer apart: code, tokens, signature, user, refresh, introspection, revocation', async () => {
    const app = await makeApp(org, {}, { token_endpoint_auth_method: 'client_secret_post' });
    const client = { client_id: app.client_id };
    const auth = oauth.ClientSecretPost(app.client_secret);
    const { back, verifier } = await signIn(client);
    const params = oauth.validateAuthResponse(as, client, back, 's');
    const given = await oauth.authorizationCodeGrantRequest(as, client, auth, params, BACK, verifier, plain);
    const tokens = await oauth.processAuthorizationCodeResponse(as, client, given, {
      ...{ expectedNonce: 'n', requireIdToken: true },
    });
    await oauth.validateApplicationLevelSignature(as, given, plain);
    const { sub } = oauth.getValidatedIdTokenClaims(tokens);
    const shown = await oauth.userInfoRequest(as, client, tokens.access_token, plain);
    expect((await oauth.processUserInfoResponse(as, client, sub, shown)).email).toBe(who);
    const again = await oauth.refreshTokenGrantRequest(as, client, auth, tokens.refresh_token, plain);
    const next = await oauth.processRefreshTokenResponse(as, client, again);
    const tell = async () => {
      const told = await oauth.introspectionRequest(as, client, auth, next.access_token, plain);
      return (await oauth.processIntrospectionResponse(as, client, told)).active;
    };
    expect(await tell()).toBe(true);
    const taken = await oauth.revocationRequest(as, client, auth, next.access_token, plain);
    await oauth.processRevocationResponse(taken);
    expect(await tell()).toBe(false);
  });

  it('checks a hybrid answer, whose ID token vouches for the code', async () => {
    const app = await makeApp(org, {
      ...{ response_types: ['code', 'id_token'], grant_types: ['authorization_code', 'implicit'] },
    });
    const client = { client_id: app.client_id };
    const { back } = await signIn(client, { response_type: 'code id_token' });
    const params = await oauth.validateCodeIdTokenResponse(as, client, back, 'n', 's', undefined, plain);
    expect(params.get('code')).toBeTruthy();
    const other = new URL(back);
    other.hash = other.hash.replace(/code=[^&]+/, 'code=another');
    await expect(
      oauth.validateCodeIdTokenResponse(as, client, other, 'n', 's', undefined, plain),
    ).rejects.toThrow('c_hash');
  });

  it('hears errors as errors, with their challenge where they have one', async () => {
    const app = await makeApp(org, {});
    const client = { client_id: app.client_id };
    const { back, verifier } = await signIn(client, { scope: 'openid nonsense' });
    expect(() => oauth.validateAuthResponse(as, client, back, 's')).toThrow(
      expect.objectContaining({ error: 'invalid_scope' }),
    );
    const right = await signIn(client);
    const params = oauth.validateAuthResponse(as, client, right.back, 's');
    const wrong = await oauth.authorizationCodeGrantRequest(
      ...[as, client, oauth.ClientSecretBasic('wrong'), params, BACK, verifier, plain],
    );
    await expect(oauth.processAuthorizationCodeResponse(as, client, wrong)).rejects.toMatchObject({
      ...{ error: 'invalid_client', status: 401 },
    });
    await expect(
      oauth.protectedResourceRequest(
        'nothing',
        'GET',
        new URL(`${org.at}/api/v1/users/me`),
        undefined,
        null,
        plain,
      ),
    ).rejects.toMatchObject({ cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }] });
  });

  it('pushes a request bound to a key, and redeems with that key only', async () => {
    const app = await makeApp(org, { dpop_bound_access_tokens: true });
    const client = { client_id: app.client_id };
    const auth = oauth.ClientSecretBasic(app.client_secret);
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    const verifier = oauth.generateRandomCodeVerifier();
    const asking = new URLSearchParams({
      ...{ redirect_uri: BACK, response_type: 'code', scope: 'openid', state: 's', nonce: 'n' },
      ...{ code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    });
    const pushed = await oauth.pushedAuthorizationRequest(as, client, auth, asking, plain);
    const { request_uri } = await oauth.processPushedAuthorizationResponse(as, client, pushed);
    const ask = new URL(as.authorization_endpoint);
    ask.search = String(new URLSearchParams({ client_id: app.client_id, request_uri }));
    const params = oauth.validateAuthResponse(as, client, await signInAt(ask, who), 's');
    const redeem = () =>
      oauth.authorizationCodeGrantRequest(as, client, auth, params, BACK, verifier, { ...plain, DPoP });
    const process = async (response: Response) =>
      oauth.processAuthorizationCodeResponse(as, client, response, { expectedNonce: 'n' });
    const first = await process(await redeem()).catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(first)).toBe(true);
    expect((await process(await redeem())).token_type).toBe('dpop');
  });

  it('waits for a device and for a person asked by backchannel', async () => {
    const app = await makeApp(org, { grant_types: [DEVICE, CIBA] });
    const client = { client_id: app.client_id };
    const auth = oauth.ClientSecretBasic(app.client_secret);
    const scope = new URLSearchParams({ scope: 'openid' });
    const begun = await oauth.deviceAuthorizationRequest(as, client, auth, scope, plain);
    const device = await oauth.processDeviceAuthorizationResponse(as, client, begun);
    const poll = async () =>
      oauth.processDeviceCodeResponse(
        as,
        client,
        await oauth.deviceCodeGrantRequest(as, client, auth, device.device_code, plain),
      );
    await expect(poll()).rejects.toMatchObject({ error: 'authorization_pending' });
    const form = { user_code: device.user_code, decision: 'allow', identifier: who };
    await fetch(device.verification_uri, { method: 'POST', body: new URLSearchParams(form) });
    expect((await poll()).id_token).toBeTruthy();

    const hint = new URLSearchParams({ scope: 'openid', login_hint: who });
    const asked = await oauth.backchannelAuthenticationRequest(as, client, auth, hint, plain);
    const { auth_req_id } = await oauth.processBackchannelAuthenticationResponse(as, client, asked);
    org.universe.work('okta', (world) =>
      okta.gestures.answerTransaction?.perform(world, who, { decision: 'approve' } as never),
    );
    const given = await oauth.backchannelAuthenticationGrantRequest(as, client, auth, auth_req_id, plain);
    const tokens = await oauth.processBackchannelAuthenticationGrantResponse(as, client, given);
    expect(oauth.getValidatedIdTokenClaims(tokens).sub).toBeTruthy();
  });
});
