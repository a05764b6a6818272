/** Domains, senders and wordings; what apps and administrators have of their own. */
import { expect } from 'vitest';
import { okta } from '../../../../twins/okta/twin.ts';
import { type Body, live, type Story, type Teller } from './teller.ts';

const writeDns = (t: Teller, fqdn: string, value: string) =>
  t.org.universe.work('okta', (world) =>
    okta.gestures.writeDnsRecord?.perform(world, 'ann@acme.example', { fqdn, value } as never),
  );

const domain: Story = {
  says: 'a domain has a brand of its own, is verified by the DNS, and then takes a certificate',
  async tell(t) {
    const parts = { domain: 'Login.acme.example', certificateSourceType: 'MANUAL' };
    const made = await t.send('POST', '/domains', parts);
    expect(made).toMatchObject({ domain: 'login.acme.example', validationStatus: 'NOT_STARTED' });
    await t.refused('E0000120', 'POST', '/domains', parts);
    await t.refused('E0000001', 'POST', '/domains', { ...parts, domain: 'nothing' });
    expect((await t.get(`/brands/${made.brandId}`)).name).toBe('login.acme.example');
    expect((await t.get(`/brands/${made.brandId}/domains`)).domains[0].id).toBe(made.id);
    const { _embedded: shown } = await t.get(`/brands/${made.brandId}?expand=domains,themes,emailDomain`);
    expect([shown.domains[0].id, shown.themes.length, shown.emailDomain]).toEqual([made.id, 1, null]);
    const one = `/domains/${made.id}`;
    const certificate = { type: 'PEM', certificate: 'c', privateKey: 'k' };
    await t.refused('E0000165', 'PUT', `${one}/certificate`, certificate);
    expect((await t.send('POST', `${one}/verify`)).validationStatus).toBe('FAILED_TO_VERIFY');
    for (const { fqdn, values } of made.dnsRecords) writeDns(t, fqdn, values[0]);
    expect((await t.send('POST', `${one}/verify`)).validationStatus).toBe('VERIFIED');
    await t.send('PUT', `${one}/certificate`, certificate);
    expect((await t.get(one)).validationStatus).toBe('COMPLETED');
    const [own] = await t.get('/brands');
    await t.send('PUT', one, { brandId: own.id });
    expect((await t.get('/domains')).domains[0].brandId).toBe(own.id);
    await t.send('DELETE', one);
    await t.refused('E0000163', 'GET', one);
  },
};

const sender: Story = {
  says: 'an e-mail domain belongs to a brand and is verified by the DNS',
  async tell(t) {
    const [own] = await t.get('/brands');
    const parts = { brandId: own.id, domain: 'acme.example', displayName: 'Acme', userName: 'no-reply' };
    await t.refused('E0000007', 'POST', '/email-domains', { ...parts, brandId: 'nothing' });
    await t.refused('E0000001', 'POST', '/email-domains', { ...parts, domain: 'nowhere' });
    await t.refused('E0000001', 'POST', '/email-domains', { ...parts, userName: 'a b' });
    const made = await t.send('POST', '/email-domains', parts);
    await t.refused('E0000197', 'POST', '/email-domains', parts);
    expect((await t.get(`/brands/${own.id}`)).emailDomainId).toBe(made.id);
    const one = `/email-domains/${made.id}`;
    await t.refused('E0000218', 'POST', `${one}/verify`);
    for (const row of made.dnsValidationRecords) writeDns(t, row.fqdn, row.verificationValue);
    await t.send('POST', `${one}/verify`);
    await t.refused('E0000217', 'POST', `${one}/verify`);
    await t.send('PUT', one, { displayName: 'Acme Inc', userName: 'hello' });
    await t.send('POST', '/users/bob/lifecycle/reset_password');
    const read = t.org.universe.work('okta', (world) =>
      okta.gestures.readMessages?.perform(world, 'bob@acme.example', {} as never),
    ) as Body[];
    expect(read[0].from).toBe('Acme Inc <hello@acme.example>');
    expect(await t.get(one)).toMatchObject({ validationStatus: 'VERIFIED', userName: 'hello' });
    expect(await t.get('/email-domains')).toHaveLength(1);
    await t.send('DELETE', one);
    expect((await t.get(`/brands/${own.id}`)).emailDomainId).toBeNull();
    await t.refused('E0000007', 'GET', one);
  },
};

const server: Story = {
  says: 'one SMTP server at a time is on',
  async tell(t) {
    const parts = { alias: 'One', host: 'mail.example', port: 25, username: 'u', password: 'p' };
    const { id } = await t.send('POST', '/email-servers', { ...parts, enabled: true });
    await t.refused('E0000222', 'POST', '/email-servers', { ...parts, enabled: true });
    await t.refused('E0000001', 'POST', '/email-servers', { ...parts, port: 99_999 });
    await t.send('PATCH', `/email-servers/${id}`, { enabled: false });
    expect(await t.get(`/email-servers/${id}`)).toMatchObject({ alias: 'One', enabled: false });
    expect(await t.get(`/email-servers/${id}`)).not.toHaveProperty('password');
    expect((await t.get('/email-servers'))['email-servers']).toHaveLength(1);
    await t.send('DELETE', `/email-servers/${id}`);
    await t.refused('E0000007', 'GET', `/email-servers/${id}`);
  },
};

const push: Story = {
  says: 'push providers keep their keys to themselves',
  async tell(t) {
    const ids = { keyId: 'ABC1234567', teamId: 'DEF9876543' };
    const configuration = { ...ids, fileName: 'f', tokenSigningKey: 'secret' };
    const made = { name: 'Apple', providerType: 'APNS' };
    await t.refused('E0000001', 'POST', '/push-providers', made);
    for (const bad of [{ ...configuration, keyId: 'K' }, ids])
      await t.refused('E0000001', 'POST', '/push-providers', { ...made, configuration: bad });
    const { id } = await t.send('POST', '/push-providers', { ...made, configuration });
    await t.refused('E0000001', 'PUT', `/push-providers/${id}`, {
      ...{ name: 'x', providerType: 'FCM' },
      configuration: { serviceAccountJson: { project_id: 'p' } },
    });
    await t.send('PUT', `/push-providers/${id}`, { ...made, name: 'Pear', configuration });
    expect(await t.get(`/push-providers/${id}`)).toMatchObject({
      name: 'Pear',
      configuration: { fileName: 'f', ...ids },
    });
    expect((await t.get('/push-providers'))[0].configuration).not.toHaveProperty('tokenSigningKey');
    const app = await t.send('POST', '/apps', {
      ...{ name: 'oidc_client', label: 'Ours', signOnMode: 'OPENID_CONNECT' },
      credentials: { oauthClient: { token_endpoint_auth_method: 'none' } },
      settings: {
        oauthClient: { application_type: 'native', redirect_uris: ['a:/b'], response_types: ['code'] },
      },
    });
    const authenticator = await t.send('POST', '/authenticators', {
      ...{ key: 'custom_app', name: 'Ours', agreeToTerms: true, settings: { appInstanceId: app.id } },
      provider: { type: 'PUSH', configuration: { apns: { id, appBundleId: 'b' } } },
    });
    await t.refused('E0000187', 'DELETE', `/push-providers/${id}`);
    await t.send('PUT', `/authenticators/${authenticator.id}`, {
      ...{ key: 'custom_app', name: 'Ours', settings: { appInstanceId: app.id } },
      provider: { type: 'PUSH', configuration: { apns: { id: 'ppcother', appBundleId: 'b' } } },
    });
    await t.send('DELETE', `/push-providers/${id}`);
    await t.refused('E0000007', 'GET', `/push-providers/${id}`);
    expect(await t.eventsOf(id)).toHaveLength(3);
  },
};

const sms: Story = {
  says: 'text messages carry their code, in every language',
  async tell(t) {
    const at = '/templates/sms';
    const worded = { name: 'Ours', type: 'SMS_VERIFY_CODE', template: 'Code: ${code}' };
    await t.refused('E0000001', 'POST', at, { ...worded, template: 'No code' });
    const { id } = await t.send('POST', at, { ...worded, translations: { de: 'Kode: ${code}' } });
    await t.refused('E0000001', 'POST', at, worded);
    await t.send('POST', `${at}/${id}`, { translations: { fr: 'Chiffre : ${code}' } });
    expect(Object.keys((await t.get(`${at}/${id}`)).translations)).toEqual(['de', 'fr']);
    await t.send('PUT', `${at}/${id}`, worded);
    expect((await t.get(at))[0].translations).toEqual({});
    await t.send('DELETE', `${at}/${id}`);
    await t.refused('E0000007', 'GET', `${at}/${id}`);
  },
};

const groupPush: Story = {
  says: 'a group is pushed to an app as a group of the app’s own, which may go with the mapping',
  async tell(t) {
    const [app] = await t.get('/apps?q=Wiki');
    const [group] = await t.get('/groups?q=Engineering');
    const at = `/apps/${app.id}/group-push/mappings`;
    await t.refused('E0000001', 'POST', at, { sourceGroupId: group.id });
    const pushed = { sourceGroupId: group.id, targetGroupName: 'Wiki Engineers' };
    const made = await t.send('POST', at, pushed);
    expect((await t.get(`/groups/${made.targetGroupId}`)).type).toBe('APP_GROUP');
    await t.refused('E0000001', 'POST', at, pushed);
    expect((await t.get(`${at}?status=ACTIVE`))[0].id).toBe(made.id);
    await t.refused('E0000001', 'DELETE', `${at}/${made.id}?deleteTargetGroup=true`);
    await t.send('PATCH', `${at}/${made.id}`, { status: 'INACTIVE' });
    expect((await t.get(`${at}/${made.id}`)).status).toBe('INACTIVE');
    await t.send('DELETE', `${at}/${made.id}?deleteTargetGroup=true`);
    await t.refused('E0000007', 'GET', `/groups/${made.targetGroupId}`);
    expect(await t.eventsOf(made.id)).toHaveLength(3);
  },
};

const secret: Story = {
  says: 'a client has two secrets at most, one of them on, and shows one that is',
  async tell(t) {
    const { id } = await t.send('POST', '/apps', {
      ...{ name: 'oidc_client', label: 'Client', signOnMode: 'OPENID_CONNECT' },
      settings: { oauthClient: { application_type: 'web', redirect_uris: ['https://a.example/cb'] } },
    });
    const at = `/apps/${id}/credentials/secrets`;
    const [first] = await t.get(at);
    await t.refused('E0000001', 'POST', `${at}/${first.id}/lifecycle/deactivate`);
    const second = await t.send('POST', at);
    await t.refused('E0000001', 'POST', at);
    await t.send('POST', `${at}/${first.id}/lifecycle/deactivate`);
    expect((await t.get(`/apps/${id}`)).credentials.oauthClient.client_secret).toBe(second.client_secret);
    await t.refused('E0000001', 'DELETE', `${at}/${second.id}`);
    await t.send('POST', `${at}/${first.id}/lifecycle/activate`);
    await t.send('POST', `${at}/${first.id}/lifecycle/deactivate`);
    await t.send('DELETE', `${at}/${first.id}`);
    await t.refused('E0000007', 'GET', `${at}/${first.id}`);
    expect((await t.get(`${at}/${second.id}`)).status).toBe('ACTIVE');
  },
};

const claim: Story = {
  says: 'claims of an app are expressions that can be read',
  async tell(t) {
    const [app] = await t.get('/apps?q=Wiki');
    const at = `/apps/${app.id}/federated-claims`;
    const made = { name: 'last', expression: 'user.profile.lastName' };
    await t.refused('E0000001', 'POST', at, { ...made, expression: '((' });
    await live(t, { at, made, changed: { ...made, name: 'family' }, gone: 'FederatedClaim', events: [] });
  },
};

const subscription: Story = {
  says: 'administrators order mails about the org by role and for themselves',
  async tell(t) {
    const { id } = await t.get('/users/ann');
    for (const of of ['/roles/SUPER_ADMIN', `/users/${id}`]) {
      const all = await t.get(`${of}/subscriptions`);
      expect(all.map((one: Body) => one.notificationType)).toContain('OKTA_UPDATE');
      const one = `${of}/subscriptions/OKTA_UPDATE`;
      await t.send('POST', `${one}/unsubscribe`);
      expect((await t.get(one)).status).toBe('unsubscribed');
      await t.send('POST', `${one}/subscribe`);
      expect((await t.get(one)).status).toBe('subscribed');
      await t.refused('E0000001', 'GET', `${of}/subscriptions/NOTHING`);
    }
    await t.refused('E0000007', 'GET', '/roles/NOBODY/subscriptions');
    const bob = await t.get('/users/bob');
    await t.refused('E0000006', 'GET', `/users/${bob.id}/subscriptions`);
    const { id: custom } = await t.send('POST', '/iam/roles', {
      ...{ label: 'Ours', description: 'x', permissions: ['okta.users.read'] },
    });
    expect((await t.get(`/roles/${custom}/subscriptions/APP_IMPORT`)).status).toBe('unsubscribed');
    const perform = (gesture: string, as: string) =>
      t.org.universe.work('okta', (world) => okta.gestures[gesture]?.perform(world, as, {} as never));
    const told = () => (perform('readMessages', 'ann@acme.example') as Body[]).map((one) => one.kind);
    perform('lockOut', 'bob@acme.example');
    expect(told()).toEqual([]);
    await t.send('POST', '/roles/SUPER_ADMIN/subscriptions/USER_LOCKED_OUT/subscribe');
    perform('lockOut', 'eve@acme.example');
    expect(told()).toEqual(['USER_LOCKED_OUT']);
    const mine = `/users/${id}/subscriptions/USER_LOCKED_OUT`;
    await t.send('POST', `${mine}/unsubscribe`);
    expect((await t.get(mine)).status).toBe('unsubscribed');
    await t.send('POST', '/roles/SUPER_ADMIN/subscriptions/USER_LOCKED_OUT/subscribe');
    expect((await t.get(mine)).status).toBe('subscribed');
  },
};

const feature: Story = {
  says: 'an org turns features on and off by itself',
  async tell(t) {
    const [{ id }] = await t.get('/features');
    expect(await t.get(`/features/${id}/dependencies`)).toEqual([]);
    expect(await t.get(`/features/${id}/dependents`)).toEqual([]);
    await t.send('POST', `/features/${id}/enable`);
    expect((await t.get(`/features/${id}`)).status).toBe('ENABLED');
    await t.refused('E0000001', 'POST', `/features/${id}/explode`);
    expect(await t.eventsOf(id)).toEqual(['system.feature.enable']);
    const all: Body[] = await t.get('/features');
    const of = new Map<string, string>(all.map((one) => [one.name, one.id]));
    const needy = of.get('Custom languages for Okta Email Templates') as string;
    const [needed] = await t.get(`/features/${needy}/dependencies`);
    expect((await t.get(`/features/${needed.id}/dependents`))[0].id).toBe(needy);
    await t.refused('E0000141', 'POST', `/features/${needy}/enable`);
    await t.send('POST', `/features/${needy}/enable?mode=force`);
    expect((await t.get(`/features/${needed.id}`)).status).toBe('ENABLED');
    await t.refused('E0000141', 'POST', `/features/${needed.id}/disable`);
    const [own] = await t.get('/brands');
    const words = `/brands/${own.id}/templates/email/PasswordChanged/customizations`;
    expect((await t.send('POST', words, { language: 'eo' })).subject).toContain('password changed');
    await t.send('POST', `/features/${needed.id}/disable?mode=force`);
    expect((await t.get(`/features/${needy}`)).status).toBe('DISABLED');
    await t.refused('E0000237', 'POST', words, { language: 'la', subject: 'x', body: 'y' });
  },
};

const pages: Story = {
  says: 'a brand has error pages of its own, and a page for after signing out',
  async tell(t) {
    const [standard] = await t.get('/brands');
    const refused = `/brands/${standard.id}/pages/error/customized`;
    await t.refused('E0000213', 'PUT', refused, { pageContent: '<p>Oops</p>' });
    const own = await t.send('POST', '/brands', { name: 'Ours' });
    const at = `/brands/${own.id}/pages`;
    expect((await t.get(`${at}/error/default`)).pageContent).toContain('errorSummary');
    for (const state of ['customized', 'preview']) {
      const one = `${at}/error/${state}`;
      await t.refused('E0000007', 'GET', one);
      await t.refused('E0000001', 'PUT', one, {});
      await t.send('PUT', one, { pageContent: '<p>Oops</p>' });
      expect((await t.get(one)).pageContent).toBe('<p>Oops</p>');
      expect(Object.keys((await t.get(`${at}/error?expand=${state},default`))._embedded)).toEqual([
        state,
        'default',
      ]);
      await t.send('DELETE', one);
    }
    expect(await t.get(`${at}/sign-in`)).not.toHaveProperty('_embedded');
    expect(await t.get(`${at}/sign-in/widget-versions`)).toContain('^7');
    const out = `${at}/sign-out/customized`;
    expect(await t.get(out)).toEqual({ type: 'OKTA_DEFAULT' });
    await t.refused('E0000001', 'PUT', out, { type: 'EXTERNALLY_HOSTED' });
    await t.send('PUT', out, { type: 'EXTERNALLY_HOSTED', url: 'https://bye.example' });
    expect((await t.get(out)).url).toBe('https://bye.example');
  },
};

const mails: Story = {
  says: 'a mail has its own words and readers until the brand says otherwise, and can be tried out',
  async tell(t) {
    const [own] = await t.get('/brands');
    const at = `/brands/${own.id}/templates/email/ForgotPassword`;
    expect((await t.get(`${at}/default-content`)).body).toContain('org.name');
    expect((await t.get(`${at}/default-content/preview`)).body).toContain('Hi Ann,');
    expect((await t.get(`${at}/settings`)).recipients).toBe('ALL_USERS');
    await t.refused('E0000001', 'PUT', `${at}/settings`, { recipients: 'SOME' });
    await t.send('PUT', `${at}/settings`, { recipients: 'NO_USERS' });
    expect((await t.get(`${at}/settings`)).recipients).toBe('NO_USERS');
    expect((await t.org.call('POST', `/api/v1${at}/test`)).status).toBe(204);
    const { id } = await t.get('/users/ann');
    expect(await t.eventsOf(id)).toContain('system.email.delivery');
    const old = { language: 'en', subject: 'Hi', body: '${activationLink}' };
    await t.send('POST', `/brands/${own.id}/templates/email/welcome/customizations`, old);
    expect(await t.get(`/brands/${own.id}/templates/email/UserActivation/customizations`)).toHaveLength(1);
  },
};

const pictures: Story = {
  says: 'a theme takes pictures that are pictures, and shows the vendor’s when they are gone',
  async tell(t) {
    const [own] = await t.get('/brands');
    const [before] = await t.get(`/brands/${own.id}/themes`);
    const theme = `/brands/${own.id}/themes/${before.id}`;
    const upload = async (part: string, bytes: number[]) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)]), 'picture.png');
      const { headers, body } = new Response(form) as unknown as { headers: Headers; body: ReadableStream };
      const response = await t.org.fetch(`/okta/api/v1${theme}/${part}`, {
        method: 'POST',
        headers: {
          authorization: `SSWS ${t.org.token}`,
          'content-type': headers.get('content-type') as string,
        },
        body: new Uint8Array(await new Response(body).arrayBuffer()),
      });
      return { status: response.status, body: (await response.json()) as Body };
    };
    const shown: Body = { logo: 'logo', favicon: 'favicon', 'background-image': 'backgroundImage' };
    for (const [part, field] of Object.entries(shown)) {
      expect((await upload(part, [1, 2, 3, 4])).body.errorCode).toBe('E0000001');
      const { status, body } = await upload(part, [0x89, 0x50, 0x4e, 0x47, 1]);
      expect([part, status]).toEqual([part, part === 'logo' ? 200 : 201]);
      expect((await t.get(theme))[field as string]).toBe(body.url);
      await t.send('DELETE', `${theme}/${part}`);
      expect((await t.get(theme))[field as string]).toBe(before[field as string]);
    }
  },
};

const agents: Story = {
  says: 'an org without directory agents has no pools of them, and nothing to update',
  async tell(t) {
    expect(await t.get('/agentPools?poolType=LDAP')).toEqual([]);
    await t.refused('E0000001', 'GET', '/agentPools?poolType=CIA');
    expect(await t.get('/agentPools/nothing/updates')).toEqual([]);
    await t.refused('E0000001', 'POST', '/agentPools/nothing/updates', { enabled: true });
    const update = { name: 'x', agentType: 'AD', agents: [] };
    await t.refused('E0000007', 'POST', '/agentPools/nothing/updates', update);
    for (const part of ['settings', 'other'])
      await t.refused('E0000007', 'GET', `/agentPools/nothing/updates/${part}`);
    await t.refused('E0000007', 'DELETE', '/agentPools/nothing/updates/other');
  },
};

const tokens: Story = {
  says: 'nobody has given consent or been given a refresh token, and asking says so',
  async tell(t) {
    const [app] = await t.get('/apps?q=Orrery');
    const { id } = await t.get('/users/bob');
    const client = `/authorizationServers/default/clients/${app.credentials.oauthClient.client_id}/tokens`;
    const none = [`/apps/${app.id}/tokens`, '/authorizationServers/default/clients', client];
    for (const path of [...none, `/users/${id}/clients`, `/users/${id}/grants`, `/users/${id}/idps`])
      expect([path, await t.get(path)]).toEqual([path, []]);
    for (const method of ['GET', 'DELETE'])
      await t.refused('E0000007', method, `/apps/${app.id}/tokens/nothing`);
    for (const path of [`/apps/${app.id}/tokens`, client])
      expect((await t.org.call('DELETE', `/api/v1${path}`)).status).toBe(204);
    await t.refused('E0000007', 'GET', '/authorizationServers/default/clients/nobody/tokens');
    await t.refused('E0000007', 'DELETE', '/apps/nothing/tokens');
  },
};

export const deliveryStories: Story[] = [
  ...[pages, mails, pictures, agents, tokens],
  ...[domain, sender, server, push, sms, groupPush],
  ...[secret, claim, subscription, feature],
];
