/** The sign-in page asks for what policies want: a browser without script goes from form to form. */
import { describe, expect, it } from 'vitest';
import { totp } from '../../../twins/okta/model/authenticators/totp.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { BACK, CHALLENGE, type Fields, type OAuthOrg, openOAuthOrg } from './oauth.ts';

const PASSWORD = 'Corr3ctHorse';
const BOB = 'bob@acme.example';
const AUTHORIZE = '/oauth2/default/v1/authorize';

/** A browser: it keeps cookies, fills in the first form of a page, or presses one of its buttons. */
function browser(org: OAuthOrg) {
  const cookies = new Map<string, string>();
  let page = '';
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as object), ...(cookie ? { cookie } : {}) };
    const response = await org.fetch(path, { redirect: 'manual', ...init, headers });
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^(\w+)=([^;]*)/.exec(one) ?? [];
      cookies.set(name, value);
    }
    page = await response.text();
    const to = response.headers.get('location');
    return { status: response.status, page, to: to ? new URL(to).searchParams : new URLSearchParams() };
  };
  const asking = (fields: Fields) => ({
    ...{
      client_id: org.app.client_id,
      redirect_uri: BACK,
      response_type: 'code',
      scope: 'openid',
      state: 's',
    },
    ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256', ...fields },
  });
  return {
    visit: (fields: Fields = {}) => ask(`/okta${AUTHORIZE}?${new URLSearchParams(asking(fields))}`),
    open: (url: string) => ask(url.slice(url.indexOf('/okta'))),
    /** Sends the form of the page that has a field, button or step of this name. */
    submit(marker: string, typed: Fields = {}) {
      const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
      const form = forms.find((one) => one.includes(marker));
      if (!form) throw new Error(`no form with ${marker} in ${page}`);
      const hidden = [...form.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      const action = /action="([^"]+)"/.exec(form)?.[1] ?? '';
      const body = new URLSearchParams({
        ...Object.fromEntries(
          hidden.map(([, name = '', value = '']) => [name, value.replace(/&amp;/g, '&')]),
        ),
        ...typed,
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      return ask(action.slice(action.indexOf('/okta')), { method: 'POST', body: String(body), headers });
    },
  };
}

/** An org in which bob has a password, and whose program's app has a rule of its own. */
async function openWith(verificationMethod?: object, access = 'ALLOW') {
  const org = await openOAuthOrg();
  const { body: bob } = await org.call('GET', `/api/v1/users/${BOB}`);
  await org.call('POST', `/api/v1/users/${bob.id}`, { credentials: { password: { value: PASSWORD } } });
  if (verificationMethod) {
    const { body: policy } = await org.call('POST', '/api/v1/policies', {
      type: 'ACCESS_POLICY',
      name: 'Own',
    });
    const appSignOn = { access, verificationMethod: { type: 'ASSURANCE', ...verificationMethod } };
    await org.call('POST', `/api/v1/policies/${policy.id}/rules`, {
      ...{ type: 'ACCESS_POLICY', name: 'Rule', priority: 0, actions: { appSignOn } },
    });
    await org.call('PUT', `/api/v1/apps/${org.app.id}/policies/${policy.id}`);
  }
  const gesture = (name: string, input: object = {}) =>
    org.universe.work('okta', (world) => okta.gestures[name]?.perform(world, BOB, input as never)) as never;
  const newest = () => (gesture('readMessages') as { values: Record<string, string> }[])[0]?.values ?? {};
  return { org, id: bob.id as string, gesture, newest, on: browser(org) };
}

const right = { identifier: BOB, passcode: PASSWORD };

describe('the sign-in page', () => {
  it('asks for a second factor where the app’s rule does, and for no more by the session that comes of it', async () => {
    const { org, id, on } = await openWith({ factorMode: '2FA', reauthenticateIn: 'PT1H' });
    const { body: made } = await org.call('POST', `/api/v1/users/${id}/factors`, {
      ...{ factorType: 'token:software:totp', provider: 'OKTA' },
    });
    const code = () => totp(made._embedded.activation.sharedSecret, org.universe.now());
    await org.call('POST', `/api/v1/users/${id}/factors/${made.id}/lifecycle/activate`, { passCode: code() });
    await org.universe.advance(org.universe.now() + 60_000);
    await on.visit();
    const choice = await on.submit('identifier', right);
    expect(choice.page).toContain('Okta Verify');
    const verify = /name="choice" value="([^"]+)">Okta Verify/.exec(choice.page)?.[1] ?? '';
    expect((await on.submit('choice', { choice: verify })).page).toContain('Enter code');
    const wrong = await on.submit('totp', { totp: '000000' });
    expect([wrong.status, wrong.page]).toEqual([401, expect.stringContaining('Invalid code. Try again.')]);
    expect((await on.submit('totp', { totp: code() })).to.get('code')).toBeTruthy();
    expect((await on.visit({ prompt: 'none' })).to.get('code')).toBeTruthy();
    await org.universe.advance(org.universe.now() + 3_700_000);
    expect((await on.visit({ prompt: 'none' })).to.get('error')).toBe('login_required');
  });

  it('asks again where the program wants more than the session has shown', async () => {
    const { on, newest } = await openWith();
    await on.visit();
    expect((await on.submit('identifier', right)).to.get('code')).toBeTruthy();
    const acr_values = 'urn:okta:loa:2fa:any';
    const silent = await on.visit({ acr_values, prompt: 'none' });
    expect(silent.to.get('error_description')).toContain('requires re-authentication or MFA');
    const choice = await on.visit({ acr_values });
    const mail = /name="choice" value="([^"]+)">Email/.exec(choice.page)?.[1] ?? '';
    expect((await on.submit('choice', { choice: mail })).page).toContain('was sent to your email');
    const done = await on.submit('passcode', { passcode: newest().code ?? '' });
    expect(done.to.get('code')).toBeTruthy();
  });

  it('leads back with access_denied where the app’s rule lets nobody in', async () => {
    const { on } = await openWith({}, 'DENY');
    await on.visit();
    const { to } = await on.submit('identifier', right);
    expect([to.get('error'), to.get('error_description')]).toEqual([
      ...['access_denied', 'Access to this application is denied due to a policy.'],
    ]);
  });

  it('has an expired password changed before it goes on', async () => {
    const { org, id, on } = await openWith();
    await org.call('POST', `/api/v1/users/${id}/lifecycle/expire_password`);
    await on.visit();
    expect((await on.submit('identifier', right)).page).toContain('Your password has expired');
    const weak = await on.submit('passcode', { passcode: 'short' });
    expect(weak.page).toContain('Password requirements were not met');
    expect((await on.submit('passcode', { passcode: 'Newer1234!' })).to.get('code')).toBeTruthy();
  });

  it('helps whoever forgot their password, and goes on to the program', async () => {
    const { on, newest } = await openWith();
    await on.visit();
    await on.submit('value="recover"', { step: 'recover' });
    const choice = await on.submit('identifier', { identifier: BOB });
    const mail = /name="choice" value="([^"]+)">Email/.exec(choice.page)?.[1] ?? '';
    await on.submit('choice', { choice: mail });
    expect((await on.submit('passcode', { passcode: newest().code ?? '' })).page).toContain(
      'Reset your password',
    );
    expect((await on.submit('passcode', { passcode: 'Newer1234!' })).to.get('code')).toBeTruthy();
  });

  it('lets somebody in by the link of a mail, once', async () => {
    const { org, id, on, newest } = await openWith();
    await org.call('POST', `/api/v1/users/${id}/lifecycle/reset_password?sendEmail=true`);
    const link = newest().resetPasswordLink ?? '';
    expect((await on.open(link)).page).toContain('Reset your password');
    expect((await on.submit('passcode', { passcode: 'Newer1234!' })).status).toBe(302);
    expect((await on.open(link)).status).toBe(403);
    expect((await org.call('GET', `/api/v1/users/${id}`)).body.status).toBe('ACTIVE');
  });
});
