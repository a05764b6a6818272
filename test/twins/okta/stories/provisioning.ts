/** Apps that provision: their connection, features and mappings. */
import { expect } from 'vitest';
import type { Story, Teller } from './teller.ts';

const app = (t: Teller, label: string, more: object = {}) =>
  t.send('POST', '/apps', { label, signOnMode: 'SAML_2_0', ...more });

const connection: Story = {
  says: 'the connection of an app brings features, which say what it does, and goes off again',
  async tell(t) {
    const { id } = await app(t, 'Target');
    const at = `/apps/${id}/connections/default`;
    expect((await t.get(at)).status).toBe('UNKNOWN');
    await t.refused('E0000001', 'GET', `/apps/${id}/features`);
    await t.refused('E0000003', 'POST', at, {});
    await t.refused('E0000001', 'POST', at, { profile: { authScheme: 'MAGIC' } });
    await t.refused('E0000001', 'POST', at, { baseUrl: 'nowhere', profile: { authScheme: 'TOKEN' } });
    await t.send('POST', at, {
      baseUrl: 'https://scim.example',
      profile: { authScheme: 'TOKEN', token: 'x' },
    });
    expect(await t.get(at)).toMatchObject({ status: 'DISABLED', baseUrl: 'https://scim.example' });
    t.org.answer(() => ({ status: 401 }));
    await t.refused('E0000001', 'POST', `${at}/lifecycle/activate`);
    t.org.answer(() => ({}));
    await t.send('POST', `${at}/lifecycle/activate`);
    await t.refused('E0000007', 'GET', `${at}/jwks`);
    const feature = `/apps/${id}/features/USER_PROVISIONING`;
    expect((await t.get(`/apps/${id}/features`))[0]).toEqual(await t.get(feature));
    await t.refused('E0000007', 'GET', `/apps/${id}/features/NOTHING`);
    await t.send('PUT', feature, { update: { profile: { status: 'ENABLED' } } });
    expect((await t.get(feature)).capabilities).toMatchObject({
      create: { lifecycleCreate: { status: 'DISABLED' } },
      update: { profile: { status: 'ENABLED' }, password: { status: 'DISABLED', seed: 'RANDOM' } },
    });
    expect((await t.get(`/apps/${id}`)).features).toEqual(['PUSH_PROFILE_UPDATES']);
    await t.refused('E0000001', 'PUT', feature, { create: { lifecycleCreate: { status: 'MAYBE' } } });
    const inbound = `/apps/${id}/features/INBOUND_PROVISIONING`;
    const custom = { importSettings: { username: { usernameFormat: 'CUSTOM' } } };
    await t.refused('E0000001', 'PUT', inbound, custom);
    const schedule = { status: 'ENABLED', fullImport: { expression: 'every day' } };
    await t.refused('E0000001', 'PUT', inbound, { importSettings: { schedule } });
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.refused('E0000001', 'GET', feature);
    expect(await t.eventsOf(id)).toContain('application.configuration.update');
  },
};

const consent: Story = {
  says: 'a connection by consent is verified by its code, and publishes the key by which it signs',
  async tell(t) {
    const { id } = await app(t, 'Chat', { name: 'slack' });
    const at = `/apps/${id}/connections/default`;
    const { _links } = await t.send('POST', at, {
      profile: { authScheme: 'OAUTH2', signing: { rotationMode: 'AUTO' } },
    });
    expect((await t.get(`${at}/jwks`)).jwks.keys).toHaveLength(1);
    const state = new URL(_links.authorize.href).searchParams.get('state');
    const verify = `/apps/slack/${id}/oauth2/callback?code=c&state=${state}`;
    await t.refused('E0000001', 'POST', verify);
    await t.refused('E0000007', 'POST', verify.replace('slack', 'google'));
    t.org.answer(() => ({ body: '{"access_token":"t"}' }));
    await t.send('POST', verify);
    expect(await t.get(at)).toMatchObject({
      status: 'ENABLED',
      profile: { signing: { rotationMode: 'AUTO' } },
    });
  },
};

export const provisioningStories: readonly Story[] = [connection, consent];
