import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { openOAuthOrg } from './oauth.ts';
import type { Answer } from './org.ts';

const VERSION = 'application/json; okta-version=1.0.0';
const READS = ['profile', 'email', 'phone', 'password', 'webauthn', 'organization', 'oktaApplications'];
const SCOPES = [
  ...READS.map((name) => `okta.myAccount.${name}.read`),
  ...['profile', 'email', 'phone', 'password', 'webauthn', 'sessions'].map(
    (name) => `okta.myAccount.${name}.manage`,
  ),
];

/** Bob signs in to an app that may manage his account. `scopes`: what the app asks for. */
async function openAccount(scopes = SCOPES) {
  const org = await openOAuthOrg();
  const issuer = org.base('okta');
  for (const scopeId of SCOPES)
    await org.call('POST', `/api/v1/apps/${org.app.id}/grants`, { scopeId, issuer });
  const scope = ['openid', ...scopes].join(' ');
  const code = (await org.signIn({ scope }, undefined, '/oauth2')).get('code');
  const token = (await org.redeem(code, {}, '/oauth2')).body.access_token as string;
  const account = (method: string, path: string, body?: unknown, accept = VERSION): Promise<Answer> =>
    org.call(method, `/idp/myaccount${path}`, body, { authorization: `Bearer ${token}`, accept });
  const inbox = async (): Promise<{ by: string; to: string; values: Record<string, string> }[]> =>
    org.universe.work('okta', (world) =>
      okta.gestures.readMessages?.perform(world, 'bob@acme.example', {} as never),
    ) as never;
  return { org, account, token, inbox };
}

const causeOf = ({ body }: Answer): string => body.errorCauses[0]?.errorSummary;

describe('a token for one’s own account', () => {
  it('opens what its scopes name, in the version that is asked for', async () => {
    const { account } = await openAccount(['okta.myAccount.profile.read']);
    const answer = await account('GET', '/profile');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'application/json;okta-version=1.0.0',
    ]);
    expect((await account('GET', '/emails')).body.errorCode).toBe('E0000006');
    expect((await account('GET', '/profile', undefined, 'application/json')).body.errorCode).toBe('E0000149');
  });

  it('is a person’s: neither API tokens nor other servers’ tokens do', async () => {
    const { org } = await openAccount();
    const accept = { accept: VERSION };
    expect((await org.call('GET', '/idp/myaccount/profile', undefined, accept)).status).toBe(403);
    const code = (await org.signIn()).get('code');
    const { access_token } = (await org.redeem(code)).body;
    const authorization = `Bearer ${access_token}`;
    const answer = await org.call('GET', '/idp/myaccount/profile', undefined, { ...accept, authorization });
    expect(answer.status).toBe(401);
  });
});

describe('one’s own profile', () => {
  it('shows what the schema shows, and takes what may be written', async () => {
    const { account, org } = await openAccount();
    const { profile } = (await account('GET', '/profile')).body;
    expect(profile).toMatchObject({ login: 'bob@acme.example', firstName: 'Bob', mobilePhone: null });
    expect(profile).not.toHaveProperty('city');
    const { properties } = (await account('GET', '/profile/schema')).body;
    expect(properties.firstName.permissions).toEqual({ SELF: 'READ_WRITE' });
    expect(properties).not.toHaveProperty('city');
    const changed = await account('PUT', '/profile', { profile: { ...profile, firstName: 'Robert' } });
    expect(changed.body.profile.firstName).toBe('Robert');
    expect((await org.call('GET', '/api/v1/users/bob')).body.profile.firstName).toBe('Robert');
  });

  it('refuses a part of it, what is read only, hidden, of another type, or an address', async () => {
    const { account } = await openAccount();
    const { profile } = (await account('GET', '/profile')).body;
    const cause = async (change: object) => causeOf(await account('PUT', '/profile', { profile: change }));
    const { lastName: _, ...part } = profile;
    expect(await cause(part)).toContain("Property 'lastName' needs a value passed.");
    expect(await cause({ ...profile, login: 'x@acme.example' })).toContain('is read only');
    expect(await cause({ ...profile, city: 'Bern' })).toContain('does not exist or is not accessible');
    expect(await cause({ ...profile, firstName: 7 })).toContain('Invalid value data type');
    expect(await cause({ ...profile, email: 'x@acme.example' })).toContain('Use the emails endpoint');
  });
});

describe('one’s own mail addresses', () => {
  it('change when the code is told that was sent to the new one', async () => {
    const { account, org, inbox } = await openAccount();
    const email = 'robert@acme.example';
    const made = await account('POST', '/emails', { profile: { email }, role: 'PRIMARY', state: 'mine' });
    expect([made.status, made.body.status]).toEqual([201, 'UNVERIFIED']);
    const poll = new URL(made.body._links.poll.href).pathname.split('/idp/myaccount')[1] ?? '';
    expect((await account('GET', poll)).body.status).toBe('UNVERIFIED');
    const [message] = (await inbox()).filter(({ to }) => to === email);
    expect((await account('POST', `${poll}/verify`, { verificationCode: 'nope' })).body.errorCode).toBe(
      'E0000004',
    );
    const verificationCode = message?.values.oneTimePassword;
    expect((await account('POST', `${poll}/verify`, { verificationCode })).status).toBe(200);
    expect(
      (await account('GET', '/emails')).body.map((one: { status: string; profile: object }) => [
        one.status,
        one.profile,
      ]),
    ).toEqual([['VERIFIED', { email }]]);
    expect((await org.call('GET', '/api/v1/users/bob')).body.profile.email).toBe(email);
  });

  it('that wait can be taken back, verified ones not, and none is had twice', async () => {
    const { account } = await openAccount();
    const [{ id, profile }] = (await account('GET', '/emails')).body;
    expect((await account('GET', `/emails/${id}`)).body.profile).toEqual(profile);
    expect(causeOf(await account('DELETE', `/emails/${id}`))).toBe("Can't delete a verified email address.");
    expect((await account('POST', '/emails', { profile })).body.errorCode).toBe('E0000157');
    expect(causeOf(await account('POST', '/emails', { profile: { email: 'no' } }))).toBe(
      'Invalid email address.',
    );
    const other = { profile: { email: 'b@acme.example' }, role: 'SECONDARY', sendEmail: false };
    const made = (await account('POST', '/emails', other)).body;
    expect(made._links).not.toHaveProperty('verify');
    const asked = await account('POST', `/emails/${made.id}/challenge`, { state: 'x' });
    expect([asked.status, asked.body.profile]).toEqual([201, other.profile]);
    expect((await account('DELETE', `/emails/${made.id}`)).status).toBe(204);
    expect((await account('GET', `/emails/${made.id}`)).body.errorSummary).toContain('(UserProfileEmail)');
  });

  it('are not changed by a code that is five minutes old', async () => {
    const { account, org, inbox } = await openAccount();
    const made = (await account('POST', '/emails', { profile: { email: 'b@acme.example' } })).body;
    const verify = new URL(made._links.verify.href).pathname.split('/idp/myaccount')[1] ?? '';
    const [message] = (await inbox()).filter(({ to }) => to === 'b@acme.example');
    org.universe.advance(org.universe.now() + 300_000);
    const { body } = await account('POST', verify, { verificationCode: message?.values.oneTimePassword });
    expect(body.errorSummary).toContain('(IdpMyAccountChallenge)');
  });
});

describe('one’s own phones', () => {
  it('are there where the org has phones, and are verified by the code of a text', async () => {
    const { account, org, inbox } = await openAccount();
    const body = { profile: { phoneNumber: '+1 (555) 415-1337' }, sendCode: true, method: 'SMS' };
    expect(causeOf(await account('POST', '/phones', body))).toContain('not enabled for your org');
    const phones = (await org.call('GET', '/api/v1/authenticators')).body.find(
      (one: { key: string }) => one.key === 'phone_number',
    );
    await org.call('POST', `/api/v1/authenticators/${phones.id}/lifecycle/activate`);
    const made = await account('POST', '/phones', body);
    expect([made.status, made.body.status, made.body.profile.phoneNumber]).toEqual([
      201,
      'UNVERIFIED',
      '+15554151337',
    ]);
    const at = `/phones/${made.body.id}`;
    expect((await account('POST', `${at}/challenge`, { method: 'SMS' })).status).toBe(429);
    expect((await account('POST', `${at}/verify`, { verificationCode: '0' })).body.errorCode).toBe(
      'E0000004',
    );
    const [message] = (await inbox()).filter(({ by }) => by === 'sms');
    expect((await account('POST', `${at}/verify`, { verificationCode: message?.values.code })).status).toBe(
      204,
    );
    expect((await account('GET', at)).body.status).toBe('VERIFIED');
    expect((await account('POST', `${at}/verify`, { verificationCode: '0' })).status).toBe(409);
    expect((await account('POST', '/phones', body)).body.errorCode).toBe('E0000157');
    expect(causeOf(await account('POST', '/phones', { profile: { phoneNumber: 'home' } }))).toBe(
      'Invalid phone number.',
    );
    org.universe.advance(org.universe.now() + 30_000);
    expect((await account('POST', `${at}/challenge`, { method: 'CALL' })).status).toBe(200);
    expect((await inbox())[0]?.by).toBe('call');
    expect((await account('DELETE', at)).status).toBe(204);
    expect((await account('GET', '/phones')).body).toEqual([]);
    expect((await account('GET', at)).body.errorCode).toBe('E0000008');
  });
});

describe('one’s own password', () => {
  it('is set, changed by the old one, replaced and taken away', async () => {
    const { account } = await openAccount();
    expect((await account('DELETE', '/password')).status).toBe(204);
    expect((await account('GET', '/password')).body.status).toBe('NOT_ENROLLED');
    expect((await account('DELETE', '/password')).body.errorCode).toBe('E0000007');
    const send = (method: string, password: string) =>
      account(method, '/password', { profile: { password } });
    expect(causeOf(await send('POST', 'short'))).toContain('Password requirements were not met');
    expect((await send('POST', 'Abcd1234x')).status).toBe(201);
    expect((await send('POST', 'Abcd1234x')).body.errorCode).toBe('E0000157');
    expect((await account('GET', '/password')).body.status).toBe('ACTIVE');
    const change = (oldPassword: string) =>
      account('POST', '/password/change-password', { oldPassword, newPassword: 'Efgh5678y' });
    expect((await change('wrong')).status).toBe(403);
    expect((await change('Abcd1234x')).status).toBe(204);
    expect((await send('PUT', 'Ijkl9012z')).status).toBe(201);
    expect((await account('DELETE', '/password')).status).toBe(204);
    expect((await account('GET', '/password')).body.status).toBe('NOT_ENROLLED');
  });

  it('must be as the policy says', async () => {
    const { account } = await openAccount();
    const { complexity, description } = (await account('GET', '/password/complexity-requirements')).body;
    expect(complexity).toMatchObject({ minLength: 8, excludeUsername: true });
    expect(description).toContain('at least 8 characters');
  });
});

/** What a browser says of a new key: https://www.w3.org/TR/webauthn-2/#sctn-attestation */
function statement(challenge: string) {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const bytes = (part: string) => Buffer.concat([Buffer.from([0x58, 32]), Buffer.from(part, 'base64url')]);
  const cose = Buffer.concat([
    Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
    bytes(x),
    Buffer.from([0x22]),
    bytes(y),
  ]);
  const head = Buffer.alloc(55, 0);
  head[32] = 0x41;
  head.writeUInt16BE(4, 53);
  const authData = Buffer.concat([head, Buffer.from('abcd'), cose]);
  const word = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
  const attestation = Buffer.concat([
    Buffer.from([0xa3]),
    ...[word('fmt'), word('none'), word('attStmt'), Buffer.from([0xa0]), word('authData')],
    Buffer.from([0x58, authData.length]),
    authData,
  ]);
  const clientData = Buffer.from(JSON.stringify({ type: 'webauthn.create', challenge, origin: 'x' }));
  return { clientData: clientData.toString('base64'), attestation: attestation.toString('base64') };
}

describe('one’s own security key', () => {
  it('is set up where the org has them, by what the browser says of it, once', async () => {
    const { account, org } = await openAccount();
    const start = () => account('POST', '/webauthn/registration');
    expect(causeOf(await start())).toBe('WebAuthn is not enabled for the org.');
    const key = (await org.call('GET', '/api/v1/authenticators')).body.find(
      (one: { key: string }) => one.key === 'webauthn',
    );
    await org.call('POST', `/api/v1/authenticators/${key.id}/lifecycle/activate`);
    expect((await account('POST', '/webauthn', statement('x'))).body.errorCode).toBe('E0000007');
    const { options, _links } = (await start()).body;
    expect([options.user.name, _links.enroll.hints.allow]).toEqual(['bob@acme.example', ['POST']]);
    expect((await account('POST', '/webauthn', statement('x'))).body.errorCode).toBe('E0000068');
    const made = await account('POST', '/webauthn', statement(options.challenge));
    expect([made.status, made.body.status, made.body.credentialId]).toEqual([200, 'ACTIVE', 'YWJjZA']);
    expect((await account('GET', '/webauthn')).body).toEqual([made.body]);
    expect(causeOf(await start())).toContain('maximum number of enrolled Passkey');
    const at = `/webauthn/${made.body.id}`;
    expect((await account('GET', at)).body.id).toBe(made.body.id);
    expect((await account('DELETE', at)).status).toBe(204);
    expect((await account('GET', at)).body.errorCode).toBe('E0000007');
  });
});

describe('the rest of one’s own account', () => {
  it('names the org, and Okta’s own apps, that of administrators to these alone', async () => {
    const { account, org } = await openAccount();
    expect((await account('GET', '/organization')).body.url).toBe(org.base('okta'));
    const names = async () =>
      (await account('GET', '/okta-applications')).body.map((one: { name: string }) => one.name);
    expect(await names()).not.toContain('saasure');
    await org.call('POST', '/api/v1/users/bob/roles', { type: 'ORG_ADMIN' });
    expect(await names()).toContain('saasure');
  });

  it('signs out everywhere, with all tokens', async () => {
    const { account } = await openAccount();
    expect((await account('DELETE', '/sessions')).status).toBe(204);
    expect((await account('GET', '/profile')).status).toBe(401);
  });
});
