import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { openOrg, type TestOrg } from './org.ts';

interface Shown {
  by: string;
  to: string;
  from?: string;
  kind: string;
  subject?: string;
  text: string;
  values: Record<string, string>;
}

const read = (org: TestOrg, as: string) =>
  org.universe.work('okta', (world) =>
    okta.gestures.readMessages?.perform(world, as, {} as never),
  ) as Shown[];

const NEW = {
  profile: { firstName: 'Zoe', lastName: 'Zed', login: 'zoe@acme.example', email: 'zoe@acme.example' },
};

describe('what people are sent', () => {
  it('invites a new user without a password, with the token that activates', async () => {
    const org = await openOrg();
    await org.call('POST', '/api/v1/users', NEW);
    const [mail] = read(org, 'zoe@acme.example');
    expect(mail).toMatchObject({
      by: 'email',
      to: 'zoe@acme.example',
      from: 'Okta <noreply@okta.com>',
      kind: 'UserActivation',
      subject: 'Welcome to acme!',
    });
    expect(mail?.text).toContain('Hi Zoe,');
    expect(mail?.text).toContain(`href="${mail?.values.activationLink}"`);
    expect(mail?.text).toContain('7 days');
    expect(mail?.text).not.toContain('${');
  });

  it('sends no mail where a link was asked for instead', async () => {
    const org = await openOrg();
    const { body } = await org.call('POST', '/api/v1/users?activate=false', NEW);
    await org.call('POST', `/api/v1/users/${body.id}/lifecycle/activate?sendEmail=false`);
    await org.call('POST', '/api/v1/users/bob/lifecycle/reset_password?sendEmail=false');
    expect([...read(org, 'zoe@acme.example'), ...read(org, 'bob@acme.example')]).toEqual([]);
    await org.call('POST', '/api/v1/users/bob/lifecycle/reset_password?sendEmail=true');
    expect(read(org, 'bob@acme.example').map((one) => one.kind)).toEqual(['PasswordResetByAdmin']);
  });

  it('sends the code of a factor that is set up by mail, text or call, and it activates the factor', async () => {
    const org = await openOrg();
    for (const [factorType, profile] of [
      ['email', { email: 'bob@acme.example' }],
      ['sms', { phoneNumber: '+1-555-415-1337' }],
      ['call', { phoneNumber: '+15554151337' }],
    ] as const) {
      const factors = '/api/v1/users/bob/factors';
      const { body } = await org.call('POST', factors, { factorType, provider: 'OKTA', profile });
      const [message] = read(org, 'bob@acme.example');
      expect(message?.by).toBe(factorType);
      const passCode = message?.values.code as string;
      expect(message?.text.replaceAll(' ', '')).toContain(passCode);
      const done = await org.call('POST', `${factors}/${body.id}/lifecycle/activate`, { passCode });
      expect(done.body.status).toBe('ACTIVE');
    }
    expect(read(org, 'bob@acme.example')[0]?.kind).toBe('AuthenticatorEnrolled');
  });

  it('words a mail as the brand does in the reader’s language, else as its default does', async () => {
    const org = await openOrg();
    const [{ id }] = (await org.call('GET', '/api/v1/brands')).body;
    const at = `/api/v1/brands/${id}/templates/email/UserActivation/customizations`;
    const body = '<p>#if(${user.profile.city})${user.profile.city}: #{end}$!{nothing}$activationLink</p>';
    await org.call('POST', at, { language: 'en', subject: 'Hello $user.profile.firstName', body });
    await org.call('POST', at, { language: 'fr', subject: 'Bonjour ${user.profile.firstName}', body });
    await org.call('POST', '/api/v1/users', NEW);
    const paul = { ...NEW.profile, login: 'paul@acme.example', firstName: 'Paul', city: 'Lyon' };
    await org.call('POST', '/api/v1/users', { profile: { ...paul, preferredLanguage: 'fr_FR' } });
    expect(read(org, 'zoe@acme.example')[0]?.subject).toBe('Hello Zoe');
    const [mail] = read(org, 'paul@acme.example');
    expect(mail?.subject).toBe('Bonjour Paul');
    expect(mail?.text).toBe(`<p>Lyon: ${mail?.values.activationLink}</p>`);
  });

  it('sends a mail only to those whom its settings name', async () => {
    const org = await openOrg();
    const [{ id }] = (await org.call('GET', '/api/v1/brands')).body;
    const settings = `/api/v1/brands/${id}/templates/email/ForgotPassword/settings`;
    const kinds = (as: string) => read(org, as).map((one) => one.kind);
    await org.call('PUT', settings, { recipients: 'ADMINS_ONLY' });
    for (const who of ['ann', 'bob'])
      await org.call('POST', `/api/v1/users/${who}/credentials/forgot_password?sendEmail=true`);
    expect([kinds('ann@acme.example'), kinds('bob@acme.example')]).toEqual([['ForgotPassword'], []]);
    await org.call('PUT', settings, { recipients: 'NO_USERS' });
    await org.call('POST', '/api/v1/users/ann/lifecycle/reactivate');
    expect(kinds('ann@acme.example')).toEqual(['ForgotPassword']);
  });
});
