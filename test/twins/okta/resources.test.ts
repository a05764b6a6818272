import { describe, expect, it } from 'vitest';
import { openOrg } from './org.ts';

describe('mails', () => {
  it('keep one default wording per template', async () => {
    const org = await openOrg();
    const [brand] = (await org.call('GET', '/api/v1/brands')).body;
    const path = `/api/v1/brands/${brand.id}/templates/email/ForgotPassword/customizations`;
    const said = (language: string, isDefault = false) => ({
      ...{ language, isDefault, subject: 's' },
      body: `<html><body>\${resetPasswordLink}</body></html>`,
    });
    const word = (language: string, isDefault = false) => org.call('POST', path, said(language, isDefault));
    const first = await word('en');
    expect([first.status, first.body.isDefault]).toEqual([201, true]);
    expect((await word('es', true)).body.errorCode).toBe('E0000182');
    const { id } = (await word('es')).body;
    await org.call('PUT', `${path}/${id}`, said('es', true));
    const all = (await org.call('GET', path)).body;
    expect(all.map((one: { language: string; isDefault: boolean }) => [one.language, one.isDefault])).toEqual(
      [
        ['en', false],
        ['es', true],
      ],
    );
    expect((await word('es')).body.errorCode).toBe('E0000183');
    expect((await org.call('DELETE', `${path}/${id}`)).body.errorCode).toBe('E0000184');
  });
});

describe('policies', () => {
  it('are ranked: a new one comes before the default, and rules keep their order without holes', async () => {
    const org = await openOrg();
    const [everyone] = (await org.call('GET', '/api/v1/groups?q=Everyone')).body;
    const conditions = { people: { groups: { include: [everyone.id] } } };
    const policy = (
      await org.call('POST', '/api/v1/policies', { type: 'OKTA_SIGN_ON', name: 'Mine', conditions })
    ).body;
    const names = (await org.call('GET', '/api/v1/policies?type=OKTA_SIGN_ON')).body.map(
      (one: { name: string; priority: number }) => [one.name, one.priority],
    );
    expect(names).toEqual([
      ['Mine', 1],
      ['Default Policy', 2],
    ]);
    const rules = `/api/v1/policies/${policy.id}/rules`;
    const add = (name: string, priority?: number) =>
      org.call('POST', rules, { type: 'SIGN_ON', name, priority, actions: { signon: { access: 'ALLOW' } } });
    const alone = await add('a', 2);
    expect(alone.body).toMatchObject({
      priority: 1,
      conditions: { riskScore: { level: 'ANY' }, identityProvider: { provider: 'ANY' } },
      actions: {
        signon: { primaryFactor: 'PASSWORD_IDP_ANY_FACTOR', session: { maxSessionIdleMinutes: 120 } },
      },
    });
    expect(Object.keys(alone.body).at(-1)).toBe('type');
    await add('b', 1);
    const order = async () => (await org.call('GET', rules)).body.map((rule: { name: string }) => rule.name);
    expect(await order()).toEqual(['b', 'a']);
    await org.call('DELETE', `${rules}/${alone.body.id}`);
    expect(await order()).toEqual(['b']);
  });

  it('of apps begin with a catch-all rule, and refuse unknown kinds by their feature flag', async () => {
    const org = await openOrg();
    const { body } = await org.call('POST', '/api/v1/policies', { type: 'ACCESS_POLICY', name: 'Strict' });
    const [rule] = (await org.call('GET', `/api/v1/policies/${body.id}/rules`)).body;
    expect([rule.name, rule.priority, rule.system]).toEqual(['Catch-all Rule', 99, true]);
    expect(rule._links).not.toHaveProperty('deactivate');
    const unknown = await org.call('GET', '/api/v1/policies?type=NOTHING');
    expect(unknown.body.errorSummary).toBe(
      'The request was not valid: Invalid policy type specified. Missing Required Feature Flag NOTHING',
    );
    const [wiki] = (await org.call('GET', '/api/v1/apps?q=Wiki')).body;
    expect((await org.call('PUT', `/api/v1/apps/${wiki.id}/policies/${body.id}`)).status).toBe(204);
    const links = (await org.call('GET', `/api/v1/apps/${wiki.id}`)).body._links;
    expect(links.accessPolicy.href).toContain(body.id);
  });
});

describe('authorization servers', () => {
  it('have scopes, claims, and policies whose rules are ranked', async () => {
    const org = await openOrg();
    const path = '/api/v1/authorizationServers/default';
    const scope = await org.call('POST', `${path}/scopes`, { name: 'cars:drive' });
    expect(scope.status).toBe(201);
    expect(scope.body._links.self.href).toContain('/authorizationServers/default/scopes/');
    const claim = await org.call('POST', `${path}/claims`, {
      name: 'car',
      claimType: 'RESOURCE',
      value: '"red"',
    });
    expect((await org.call('GET', `${path}/claims/${claim.body.id}`)).body.value).toBe('"red"');
    const policy = await org.call('POST', `${path}/policies`, {
      name: 'p',
      type: 'OAUTH_AUTHORIZATION_POLICY',
    });
    const rules = `${path}/policies/${policy.body.id}/rules`;
    const rule = await org.call('POST', rules, {
      name: 'r',
      type: 'RESOURCE_ACCESS',
      priority: 5,
      conditions: { people: { users: {}, groups: { include: ['EVERYONE'] } } },
    });
    expect(rule.body).toMatchObject({
      priority: 1,
      conditions: { people: { users: { exclude: [] } } },
      actions: { token: { accessTokenLifetimeMinutes: 60 } },
    });
  });
});

describe('roles', () => {
  it('of the standard kind have the base 32 of their type for an id, the mightiest an id of its own', async () => {
    const org = await openOrg();
    const assign = async (type: string) =>
      (await org.call('POST', '/api/v1/users/bob/roles', { type })).body.id;
    expect(await assign('HELP_DESK_ADMIN')).toBe('JBCUYUC7IRCVGS27IFCE2SKO');
    expect(await assign('SUPER_ADMIN')).toMatch(/^ra1\w{17}$/);
    expect((await org.call('GET', '/api/v1/users/bob/roles')).body).toHaveLength(2);
    expect((await org.call('POST', '/api/v1/users/bob/roles', { type: 'SUPER_ADMIN' })).status).toBe(409);
  });
});

describe('schemas', () => {
  it('let users have attributes of the org’s own, once they are defined', async () => {
    const org = await openOrg();
    const change = { profile: { badge: '42' } };
    expect((await org.call('POST', '/api/v1/users/bob', change)).status).toBe(400);
    const custom = { properties: { badge: { title: 'Badge', type: 'string' } } };
    await org.call('POST', '/api/v1/meta/schemas/user/default', { definitions: { custom } });
    expect((await org.call('POST', '/api/v1/users/bob', change)).body.profile.badge).toBe('42');
    expect((await org.call('GET', '/api/v1/users?search=profile.badge eq "42"')).body).toHaveLength(1);
  });
});

describe('event hooks', () => {
  const uri = 'http://127.0.0.1:9/okta';
  const hook = {
    name: 'changes',
    events: { type: 'EVENT_TYPE', items: ['user.lifecycle.suspend'] },
    channel: {
      type: 'HTTP',
      version: '1.0.0',
      config: { uri, authScheme: { type: 'HEADER', key: 'Authorization', value: 'secret' } },
    },
  };

  it('get nothing until their program has sent the challenge back; then what they asked for', async () => {
    const org = await openOrg();
    const { body } = await org.call('POST', '/api/v1/eventHooks', hook);
    expect(body.verificationStatus).toBe('UNVERIFIED');
    expect(body.channel.config.authScheme).toEqual({ type: 'HEADER', key: 'Authorization' });
    await org.call('POST', '/api/v1/users/bob/lifecycle/suspend');
    await org.universe.advance(org.universe.now() + 1_000);
    expect(org.received).toEqual([]);

    const path = `/api/v1/eventHooks/${body.id}/lifecycle/verify`;
    expect((await org.call('POST', path)).status).toBe(400);
    org.answer(({ headers }) => ({
      body: JSON.stringify({ verification: headers['x-okta-verification-challenge'] }),
    }));
    expect((await org.call('POST', path)).body.verificationStatus).toBe('VERIFIED');

    org.received.length = 0;
    await org.call('POST', '/api/v1/users/eve/lifecycle/suspend');
    await org.universe.advance(org.universe.now() + 1_000);
    expect(org.received).toHaveLength(1);
    const [sent] = org.received;
    expect([sent?.url, sent?.headers.Authorization ?? sent?.headers.authorization]).toEqual([uri, 'secret']);
    expect(JSON.parse(sent?.body ?? '{}')).toMatchObject({
      eventType: 'com.okta.event_hook',
      data: {
        events: [{ eventType: 'user.lifecycle.suspend', target: [{ alternateId: 'eve@acme.example' }] }],
      },
    });
  });
});
