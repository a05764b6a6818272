import { afterEach, describe, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { BACK, CHALLENGE, openOAuthOrg } from './oauth.ts';
import { WORLD } from './org.ts';

let program: Receiver;

afterEach(() => program.close());

/** An org where people register, and a program has a say; `register` answers what the person sees next. */
async function openRegistering() {
  program = await openReceiver();
  const grant_types = ['authorization_code', 'interaction_code'];
  const org = await openOAuthOrg({ grant_types }, WORLD, { outbound: program.outbound });
  const hook = await org.call('POST', '/api/v1/inlineHooks', {
    name: 'Guests',
    type: 'com.okta.user.pre-registration',
    version: '1.0.0',
    channel: { type: 'HTTP', version: '1.0.0', config: { uri: program.url } },
  });
  const [policy] = (await org.call('GET', '/api/v1/policies?type=PROFILE_ENROLLMENT')).body;
  const at = `/api/v1/policies/${policy.id}/rules`;
  const [rule] = (await org.call('GET', at)).body;
  Object.assign(rule.actions.profileEnrollment, {
    unknownUserAction: 'REGISTER',
    preRegistrationInlineHooks: [{ inlineHookId: hook.body.id }],
  });
  expect((await org.call('PUT', `${at}/${rule.id}`, rule)).status).toBe(200);
  const idx = (path: string, body: object) =>
    org.call('POST', `/idp/idx/${path}`, body, { authorization: '' });
  const register = async (userProfile: object) => {
    const begun = await org.post('/oauth2/default/v1/interact', {
      ...{ client_id: org.app.client_id, redirect_uri: BACK, scope: 'openid', state: 'mine' },
      ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256' },
    });
    const { stateHandle } = (await idx('introspect', { interactionHandle: begun.body.interaction_handle }))
      .body;
    await idx('enroll', { stateHandle });
    return (await idx('enroll/new', { stateHandle, userProfile })).body;
  };
  const user = async (login: string) => (await org.call('GET', `/api/v1/users/${login}`)).body;
  return { org, hookId: hook.body.id as string, register, user };
}

const GUEST = { firstName: 'New', lastName: 'Comer', email: 'new@acme.example' };

describe('a registration inline hook', () => {
  it('sees who registers, and changes what their profile holds', async () => {
    const { register, user, hookId } = await openRegistering();
    program.says(() => ({
      body: JSON.stringify({
        commands: [{ type: 'com.okta.user.profile.update', value: { title: 'Guest' } }],
      }),
    }));
    await register(GUEST);
    expect(JSON.parse(program.calls[0]?.body ?? '')).toMatchObject({
      eventType: 'com.okta.user.pre-registration',
      source: hookId,
      requestType: 'self.service.registration',
      data: {
        context: { request: { method: 'POST', url: { value: '/idp/idx/enroll/new' } } },
        userProfile: { ...GUEST, login: GUEST.email },
        action: 'ALLOW',
      },
    });
    expect((await user(GUEST.email)).profile).toMatchObject({ ...GUEST, title: 'Guest' });
  });

  it('keeps somebody out, in its own words, and nobody is made', async () => {
    const { register, user } = await openRegistering();
    program.says(() => ({
      body: JSON.stringify({
        commands: [{ type: 'com.okta.action.update', value: { registration: 'DENY' } }],
        error: {
          errorSummary: 'Incorrect email address.',
          errorCauses: [{ errorSummary: 'Only example.com may come', location: 'data.userProfile.email' }],
        },
      }),
    }));
    expect(JSON.stringify(await register(GUEST))).toContain('Only example.com may come');
    expect((await user(GUEST.email)).errorCode).toBe('E0000007');
  });

  it('lets nobody in where its program does not answer, though it is asked twice', async () => {
    const { register, user } = await openRegistering();
    program.says(() => ({ status: 503 }));
    expect(JSON.stringify(await register(GUEST))).toContain('There was an error creating your account');
    expect(program.calls).toHaveLength(2);
    expect((await user(GUEST.email)).errorCode).toBe('E0000007');
  });
});
