/** Signing in step by step: what policies ask for, what people show, and what happens when they cannot. */
import { createCipheriv } from 'node:crypto';
import { expect } from 'vitest';
import { totp } from '../../../../twins/okta/model/authenticators/totp.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import type { Body, Story, Teller } from './teller.ts';

export const PASSWORD = 'Abcd1234!';

/** Somebody with a password, in a group of their own. */
async function member(t: Teller, name: string, more: object = {}) {
  const email = `${name}@acme.example`;
  const profile = { firstName: 'Kim', lastName: 'Key', login: email, email };
  const credentials = { password: { value: PASSWORD }, ...more };
  const user = await t.send('POST', '/users?activate=true', { profile, credentials });
  const group = await t.send('POST', '/groups', { profile: { name: `Only ${name}` } });
  await t.send('PUT', `/groups/${group.id}/users/${user.id}`);
  return { id: user.id, username: email, group: group.id };
}

/** A policy with one rule, for one group. */
export async function policyFor(t: Teller, type: string, group: string, settings: object, actions: object) {
  const people = { groups: { include: [group] } };
  const policy = await t.send('POST', '/policies', {
    ...{ type, name: `${type} ${group}`, priority: 1, conditions: { people } },
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  });
  const ruleType = type === 'OKTA_SIGN_ON' ? 'SIGN_ON' : type;
  await t.send('POST', `/policies/${policy.id}/rules`, { type: ruleType, name: 'Rule', actions });
  return policy;
}

const factorAsked = { signon: { access: 'ALLOW', requireFactor: true, factorPromptMode: 'ALWAYS' } };

/** What a person does in the vendor's own screens. */
export const gesture = (t: Teller, name: string, as: string, input: object = {}): Body =>
  t.org.universe.work('okta', (world) => okta.gestures[name]?.perform(world, as, input as never));

const newest = (t: Teller, as: string): Body => gesture(t, 'readMessages', as)[0];
const later = (t: Teller, ms: number) => t.org.universe.advance(t.org.universe.now() + ms);

const challenged: Story = {
  says: 'a rule asks for a second factor: a code by the clock, a code by text, a tap on a phone',
  async tell(t) {
    const { id, username, group } = await member(t, 'fay');
    await policyFor(t, 'OKTA_SIGN_ON', group, {}, factorAsked);
    const made = await t.send('POST', `/users/${id}/factors`, {
      factorType: 'token:software:totp',
      provider: 'OKTA',
    });
    const code = () => totp(made._embedded.activation.sharedSecret, t.org.universe.now());
    await t.send('POST', `/users/${id}/factors/${made.id}/lifecycle/activate`, { passCode: code() });
    const profile = { phoneNumber: '+15554151337' };
    const sms = await t.send('POST', `/users/${id}/factors?activate=true`, {
      ...{ factorType: 'sms', provider: 'OKTA', profile },
    });
    later(t, 60_000);
    const first = await t.send('POST', '/authn', { username, password: PASSWORD, relayState: '/home' });
    expect(first).toMatchObject({ status: 'MFA_REQUIRED', relayState: '/home' });
    expect(first).not.toHaveProperty('sessionToken');
    const { stateToken } = first;
    const shown = first._embedded.factors.map((one: Body) => [one.factorType, one.profile]);
    expect(Object.fromEntries(shown)).toEqual({
      'token:software:totp': { credentialId: username },
      sms: { phoneNumber: '+1 XXX-XXX-1337' },
    });
    const verify = `/authn/factors/${sms.id}/verify`;
    const sent = await t.send('POST', verify, { stateToken });
    expect(sent).toMatchObject({ status: 'MFA_CHALLENGE', _links: { next: { name: 'verify' } } });
    await t.refused('E0000068', 'POST', verify, { stateToken, passCode: '0' });
    await t.refused('E0000109', 'POST', `${verify}/resend`, { stateToken });
    later(t, 30_000);
    await t.send('POST', `${verify}/resend`, { stateToken });
    expect((await t.send('POST', '/authn/previous', { stateToken })).status).toBe('MFA_REQUIRED');
    await t.send('POST', verify, { stateToken });
    const done = await t.send('POST', verify, { stateToken, passCode: newest(t, username).values.code });
    expect(done).toMatchObject({ status: 'SUCCESS', relayState: '/home' });
    const session = await t.send('POST', '/sessions', { sessionToken: done.sessionToken });
    expect(session.amr).toEqual(['pwd', 'sms', 'mfa']);
    await t.refused('E0000011', 'POST', verify, { stateToken });
    const again = await t.send('POST', '/authn', { username, password: PASSWORD });
    await t.send('POST', '/authn/cancel', { stateToken: again.stateToken });
    await t.refused('E0000011', 'POST', verify, { stateToken: again.stateToken });
    const slow = await t.send('POST', '/authn', { username, password: PASSWORD });
    later(t, 300_000);
    await t.refused('E0000011', 'POST', verify, { stateToken: slow.stateToken });
    expect(await t.eventsOf(id)).toContain('user.authentication.auth_via_mfa');
  },
};

const pushed: Story = {
  says: 'a phone is asked, and the person approves, refuses or lets it wait',
  async tell(t) {
    const { id, username, group } = await member(t, 'pat');
    await policyFor(t, 'OKTA_SIGN_ON', group, {}, factorAsked);
    const enrolled = await t.send('POST', `/users/${id}/factors`, { factorType: 'push', provider: 'OKTA' });
    expect(enrolled._embedded.activation).toMatchObject({ factorResult: 'WAITING' });
    const one = `/users/${id}/factors/${enrolled.id}`;
    const { org } = t;
    const waits = await org.call('POST', `/api/v1${one}/lifecycle/activate/poll`);
    expect(waits.body.factorResult).toBe('WAITING');
    gesture(t, 'setUpDevice', username, { platform: 'IOS', name: 'Pocket' });
    expect((await t.get(one)).profile).toMatchObject({ name: 'Pocket', platform: 'IOS' });
    const { stateToken } = await t.send('POST', '/authn', { username, password: PASSWORD });
    const poll = async () =>
      (await org.call('POST', `/api/v1/authn/factors/${enrolled.id}/verify`, { stateToken })).body;
    const waiting = await poll();
    expect(waiting).toMatchObject({
      ...{ status: 'MFA_CHALLENGE', factorResult: 'WAITING', _links: { next: { name: 'poll' } } },
    });
    gesture(t, 'answerPush', username, { approve: false });
    expect((await poll()).factorResult).toBe('REJECTED');
    expect((await poll()).factorResult).toBe('WAITING');
    gesture(t, 'answerPush', username);
    expect((await poll()).status).toBe('SUCCESS');
    const asked = await t.send('POST', `${one}/verify`, { useNumberMatchingChallenge: true });
    const at = asked._links.poll.href.replace(/^.*\/api\/v1/, '');
    const number = (await t.get(at))._embedded.challenge.correctAnswer;
    gesture(t, 'answerPush', username, { number });
    expect(await t.get(at)).toEqual({ factorResult: 'SUCCESS' });
    const late = await t.send('POST', `${one}/verify`);
    const lateAt = late._links.poll.href.replace(/^.*\/api\/v1/, '');
    later(t, 300_000);
    expect((await t.get(lateAt)).factorResult).toBe('TIMEOUT');
    await t.send('DELETE', lateAt);
    await t.refused('E0000007', 'GET', lateAt);
    await t.send('DELETE', one);
    expect(await t.get(`/users/${id}/factors`)).toEqual([]);
  },
};

const enrolling: Story = {
  says: 'whoever has no second factor sets one up before they get in',
  async tell(t) {
    const { username, group } = await member(t, 'eli');
    await policyFor(t, 'OKTA_SIGN_ON', group, {}, factorAsked);
    const begin = await t.send('POST', '/authn', { username, password: PASSWORD });
    expect(begin.status).toBe('MFA_ENROLL');
    const { stateToken } = begin;
    const kinds = begin._embedded.factors.map((one: Body) => `${one.provider} ${one.factorType}`);
    expect(kinds).toContain('OKTA token:software:totp');
    expect(kinds).not.toContain('OKTA question');
    const app = { stateToken, factorType: 'token:software:totp', provider: 'OKTA' };
    await t.refused('E0000006', 'POST', '/authn/factors', { ...app, factorType: 'question' });
    expect((await t.send('POST', '/authn/factors', app)).status).toBe('MFA_ENROLL_ACTIVATE');
    expect((await t.send('POST', '/authn/previous', { stateToken })).status).toBe('MFA_ENROLL');
    const mail = { stateToken, factorType: 'email', provider: 'OKTA' };
    const { factor: byMail } = (await t.send('POST', '/authn/factors', mail))._embedded;
    later(t, 30_000);
    await t.send('POST', `/authn/factors/${byMail.id}/lifecycle/resend`, { stateToken });
    await t.send('POST', '/authn/previous', { stateToken });
    const phone = await t.send('POST', '/authn/factors', {
      stateToken,
      factorType: 'push',
      provider: 'OKTA',
    });
    const { id } = phone._embedded.factor;
    const poll = `/authn/factors/${id}/lifecycle/activate/poll`;
    expect((await t.send('POST', poll, { stateToken })).status).toBe('MFA_ENROLL_ACTIVATE');
    await t.send('POST', '/authn/previous', { stateToken });
    const { factor } = (await t.send('POST', '/authn/factors', app))._embedded;
    const at = `/authn/factors/${factor.id}/lifecycle/activate`;
    const passCode = totp(factor._embedded.activation.sharedSecret, t.org.universe.now());
    await t.refused('E0000068', 'POST', at, { stateToken, passCode: '0' });
    expect((await t.send('POST', at, { stateToken, passCode })).status).toBe('SUCCESS');
  },
};

const ageing: Story = {
  says: 'a password nears its end, is put off, ends, and is changed for one that was not used before',
  async tell(t) {
    const { username, group } = await member(t, 'old');
    const password = { age: { maxAgeDays: 10, expireWarnDays: 3, historyCount: 2 } };
    await policyFor(t, 'PASSWORD', group, { password }, {});
    const right = { username, password: PASSWORD, options: { warnBeforePasswordExpired: true } };
    expect((await t.send('POST', '/authn', right)).status).toBe('SUCCESS');
    later(t, 8 * 86_400_000);
    const warned = await t.send('POST', '/authn', right);
    expect(warned).toMatchObject({
      status: 'PASSWORD_WARN',
      _embedded: { policy: { expiration: { passwordExpireDays: 2 } } },
    });
    expect((await t.send('POST', '/authn/skip', { stateToken: warned.stateToken })).status).toBe('SUCCESS');
    later(t, 3 * 86_400_000);
    const { status, stateToken } = await t.send('POST', '/authn', right);
    expect(status).toBe('PASSWORD_EXPIRED');
    const change = '/authn/credentials/change_password';
    const to = (oldPassword: string, newPassword: string) => ({ stateToken, oldPassword, newPassword });
    await t.refused('E0000014', 'POST', change, to('wrong', 'Newer1234!'));
    await t.refused('E0000080', 'POST', change, to(PASSWORD, 'short'));
    await t.refused('E0000080', 'POST', change, to(PASSWORD, PASSWORD));
    expect((await t.send('POST', change, to(PASSWORD, 'Newer1234!'))).status).toBe('SUCCESS');
    expect((await t.send('POST', '/authn', { username, password: 'Newer1234!' })).status).toBe('SUCCESS');
  },
};

const recovering: Story = {
  says: 'a forgotten password is set anew by mail, by text or by a trusted program, after the recovery question',
  async tell(t) {
    const question = { recovery_question: { question: 'Dog?', answer: 'Rex the first' } };
    const { id, username, group } = await member(t, 'for', question);
    const active = { status: 'ACTIVE' };
    const factors = { recovery_question: active, okta_sms: active, okta_email: active };
    await policyFor(t, 'PASSWORD', group, { recovery: { factors } }, {});
    const asked = await t.send('POST', '/authn/recovery/password', { username, factorType: 'EMAIL' });
    expect(asked).toEqual({
      ...{
        status: 'RECOVERY_CHALLENGE',
        factorResult: 'WAITING',
        factorType: 'EMAIL',
        recoveryType: 'PASSWORD',
      },
    });
    const { recoveryToken } = newest(t, username).values;
    const { stateToken, status, _embedded } = await t.send('POST', '/authn/recovery/token', {
      recoveryToken,
    });
    expect([status, _embedded.user.recovery_question]).toEqual(['RECOVERY', { question: 'Dog?' }]);
    await t.refused('E0000105', 'POST', '/authn/recovery/token', { recoveryToken });
    await t.refused('E0000087', 'POST', '/authn/recovery/answer', { stateToken, answer: 'Cat' });
    const answer = 'rex the first';
    const reset = await t.send('POST', '/authn/recovery/answer', { stateToken, answer });
    expect(reset.status).toBe('PASSWORD_RESET');
    const set = '/authn/credentials/reset_password';
    await t.refused('E0000080', 'POST', set, { stateToken, newPassword: 'x' });
    expect((await t.send('POST', set, { stateToken, newPassword: 'Newer1234!' })).status).toBe('SUCCESS');

    await t.refused('E0000097', 'POST', '/authn/recovery/password', { username, factorType: 'SMS' });
    await t.send('POST', `/users/${id}`, { profile: { mobilePhone: '+15554151337' } });
    const text = await t.send('POST', '/authn/recovery/password', { username, factorType: 'SMS' });
    expect(text._links.next.name).toBe('verify');
    const bySms = { stateToken: text.stateToken };
    later(t, 30_000);
    await t.send('POST', '/authn/recovery/factors/SMS/resend', bySms);
    const passCode = newest(t, username).values.code;
    const verified = await t.send('POST', '/authn/recovery/factors/SMS/verify', { ...bySms, passCode });
    expect(verified.status).toBe('RECOVERY');

    const trusted = await t.send('POST', '/authn/recovery/password', { username });
    expect(trusted).toMatchObject({ status: 'RECOVERY', _links: { next: { name: 'recovery' } } });
    await t.refused('E0000095', 'POST', '/authn/recovery/password', { username: 'nobody' });
  },
};

const unlocking: Story = {
  says: 'a policy says how many wrong passwords lock, whether the account tells, and when it opens by itself',
  async tell(t) {
    const { id, username, group } = await member(t, 'loc');
    const password = { lockout: { maxAttempts: 3, autoUnlockMinutes: 30, showLockoutFailures: true } };
    await policyFor(t, 'PASSWORD', group, { password }, { selfServiceUnlock: { access: 'ALLOW' } });
    const attempt = async (word: string) =>
      (await t.org.call('POST', '/api/v1/authn', { username, password: word })).body;
    const lock = async () => {
      for (let i = 0; i < 2; i++) expect((await attempt('wrong')).errorCode).toBe('E0000004');
      expect((await attempt('wrong')).status).toBe('LOCKED_OUT');
    };
    await lock();
    expect((await attempt(PASSWORD))._links.next.name).toBe('unlock');
    await later(t, 30 * 60_000);
    expect((await t.get(`/users/${id}`)).status).toBe('ACTIVE');
    expect((await attempt(PASSWORD)).status).toBe('SUCCESS');
    await lock();
    await t.send('POST', '/authn/recovery/unlock', { username, factorType: 'EMAIL' });
    const { recoveryToken } = newest(t, username).values;
    const open = await t.send('POST', '/authn/recovery/token', { recoveryToken });
    expect(open).toMatchObject({ status: 'SUCCESS', recoveryType: 'UNLOCK' });
    expect(open).not.toHaveProperty('sessionToken');
    expect((await attempt(PASSWORD)).status).toBe('SUCCESS');
    expect(await t.eventsOf(id)).toContain('user.account.unlock');
  },
};

const keys: Story = {
  says: 'a YubiKey is uploaded, taken by touching it, and each password that it types counts once',
  async tell(t) {
    const seed = {
      ...{ serialNumber: '7886622', publicId: 'ccccccijgibu', privateId: 'b74be6169486' },
      aesKey: '1fcc6d8ce39bf1604e0b17f3e0a11067',
    };
    const all = '/org/factors/yubikey_token/tokens';
    await t.refused('E0000001', 'POST', all, { ...seed, aesKey: 'no' });
    const made = await t.send('POST', all, seed);
    expect(made).toMatchObject({ status: 'UNASSIGNED', profile: { serial: '000007886622' } });
    await t.refused('E0000001', 'POST', all, seed);
    const { id } = await t.get('/users/bob');
    const key = (count: number) => ({
      ...{ factorType: 'token:hardware', provider: 'YUBICO', verify: { passCode: touched(seed, count) } },
    });
    await t.refused('E0000068', 'POST', `/users/${id}/factors`, { ...key(1), verify: { passCode: 'c' } });
    const taken = await t.send('POST', `/users/${id}/factors`, key(1));
    expect(taken).toMatchObject({ status: 'ACTIVE', profile: { credentialId: '000007886622' } });
    expect(await t.get(`${all}/${made.id}`)).toMatchObject({ status: 'ACTIVE' });
    const verify = `/users/${id}/factors/${taken.id}/verify`;
    await t.refused('E0000082', 'POST', verify, { passCode: touched(seed, 1) });
    expect(await t.send('POST', verify, { passCode: touched(seed, 2) })).toEqual({ factorResult: 'SUCCESS' });
    await t.send('DELETE', `/users/${id}/factors/${taken.id}`);
    expect((await t.get(all))[0].status).toBe('REVOKED');
  },
};

/** What a key types when it is touched for the nth time. */
function touched(seed: { publicId: string; privateId: string; aesKey: string }, count: number): string {
  const plain = Buffer.alloc(16);
  plain.write(seed.privateId, 0, 'hex');
  plain.writeUInt16LE(1, 6);
  plain[11] = count;
  let crc = 0xffff;
  for (const byte of plain.subarray(0, 14)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  plain.writeUInt16LE(~crc & 0xffff, 14);
  const cipher = createCipheriv('aes-128-ecb', Buffer.from(seed.aesKey, 'hex'), null).setAutoPadding(false);
  const hex = Buffer.concat([cipher.update(plain), cipher.final()]).toString('hex');
  return seed.publicId + [...hex].map((digit) => 'cbdefghijklnrtuv'[Number.parseInt(digit, 16)]).join('');
}

export const signInStories: readonly Story[] = [
  challenged,
  pushed,
  enrolling,
  ageing,
  recovering,
  unlocking,
  keys,
];
