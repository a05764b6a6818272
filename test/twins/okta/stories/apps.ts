/** Apps, who has them, their keys and schemas; identity providers and mappings. */
import { expect } from 'vitest';
import { CERTIFICATE } from '../../../../twins/okta/certificate.ts';
import { type Body, live, type Story, type Teller } from './teller.ts';

const SAML_SETTINGS = {
  signOn: {
    ssoAcsUrl: 'https://sp.example/acs',
    recipient: 'https://sp.example/acs',
    destination: 'https://sp.example/acs',
    audience: 'sp',
    subjectNameIdTemplate: `$\{user.userName}`,
    subjectNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  },
};
const bookmark = (label: string) => ({
  name: 'bookmark',
  label,
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://a.example' } },
});
const samlApp = (t: Teller, label: string) =>
  t.send('POST', '/apps', { label, signOnMode: 'SAML_2_0', settings: SAML_SETTINGS });

const app: Story = {
  says: 'apps are made, changed, turned off, and only then removed',
  async tell(t) {
    const { id } = await t.send('POST', '/apps', bookmark('News'));
    const at = `/apps/${id}`;
    await t.send('PUT', at, bookmark('Old news'));
    expect((await t.get(at)).label).toBe('Old news');
    expect((await t.get('/apps?q=Old')).map((one: Body) => one.id)).toEqual([id]);
    await t.refused('E0000056', 'DELETE', at);
    await t.send('POST', `${at}/lifecycle/deactivate`);
    expect((await t.get(at)).status).toBe('INACTIVE');
    await t.send('POST', `${at}/lifecycle/activate`);
    expect((await t.get(at)).status).toBe('ACTIVE');
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    await t.refused('E0000001', 'POST', '/apps', { signOnMode: 'BOOKMARK' });
    await t.refused('E0000001', 'POST', '/apps', {
      signOnMode: 'BOOKMARK',
      name: 'bookmark',
      label: 'No address',
    });
    await t.refused('E0000003', 'POST', '/apps', { signOnMode: 'MAGIC', label: 'x' });
    const automatic = (label: string) => ({
      label,
      signOnMode: 'AUTO_LOGIN',
      settings: { signOn: { loginUrl: 'https://a.example' } },
    });
    const made = await t.send('POST', '/apps?activate=false', automatic('By hand'));
    await t.refused('E0000024', 'PUT', `/apps/${made.id}`, automatic('Other'));
    await t.send('POST', `/apps/${made.id}/lifecycle/activate`);
    await t.send('PUT', `/apps/${made.id}`, automatic('Other'));
    expect((await t.eventsOf(id)).at(-1)).toBe('application.lifecycle.delete');
  },
};

const assignment: Story = {
  says: 'apps are given to users and groups, with a profile, and taken back',
  async tell(t) {
    const { id } = await t.send('POST', '/apps', bookmark('News'));
    const eve = await t.get('/users/eve');
    const users = `/apps/${id}/users`;
    await t.send('POST', users, { id: eve.id, scope: 'USER', credentials: { userName: 'eve' } });
    expect((await t.get(users)).map((one: Body) => one.id)).toEqual([eve.id]);
    expect((await t.get('/users/eve/appLinks')).map((one: Body) => one.appInstanceId)).toEqual([id]);
    await t.send('POST', `${users}/${eve.id}`, { credentials: { userName: 'ericson' } });
    expect((await t.get(`${users}/${eve.id}`)).credentials.userName).toBe('ericson');
    await t.send('DELETE', `${users}/${eve.id}`);
    await t.refused('E0000007', 'GET', `${users}/${eve.id}`);
    const [group] = await t.get('/groups?q=Engineering');
    const one = `/apps/${id}/groups/${group.id}`;
    await t.send('PUT', one, { priority: 0 });
    expect((await t.get(one)).id).toBe(group.id);
    expect((await t.get(`/apps/${id}/groups`)).map((row: Body) => row.id)).toEqual([group.id]);
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
  },
};

const appPolicy: Story = {
  says: 'apps take authentication policies, and fall back when theirs goes',
  async tell(t) {
    const [wiki] = await t.get('/apps?q=Wiki');
    const policyOf = async () => (await t.get(`/apps/${wiki.id}`))._links.accessPolicy.href.split('/').at(-1);
    const before = await policyOf();
    const { id } = await t.send('POST', '/policies', { type: 'ACCESS_POLICY', name: 'Strict' });
    await t.send('PUT', `/apps/${wiki.id}/policies/${id}`);
    expect(await policyOf()).toBe(id);
    await t.send('DELETE', `/policies/${id}`);
    expect(await policyOf()).toBe(before);
    const [other] = await t.get('/policies?type=PASSWORD');
    await t.refused('E0000001', 'PUT', `/apps/${wiki.id}/policies/${other.id}`);
  },
};

const appKeys: Story = {
  says: 'apps get signing keys, share them, and name them in their SAML metadata',
  async tell(t) {
    const [one, other] = [await samlApp(t, 'One'), await samlApp(t, 'Other')];
    const keys = `/apps/${one.id}/credentials/keys`;
    const made = await t.send('POST', `${keys}/generate?validityYears=2`);
    await t.refused('E0000001', 'POST', `${keys}/generate?validityYears=11`);
    expect((await t.get(keys)).map((key: Body) => key.kid)).toContain(made.kid);
    expect((await t.get(`${keys}/${made.kid}`)).expiresAt).toBe(made.expiresAt);
    await t.send('POST', `${keys}/${made.kid}/clone?targetAid=${other.id}`);
    const shared = await t.get(`/apps/${other.id}/credentials/keys`);
    expect(shared.map((key: Body) => key.kid)).toContain(made.kid);
    await t.refused('E0000007', 'GET', `${keys}/nothing`);
    expect(await t.eventsOf(made.kid)).toEqual(['app.keys.generate', 'app.keys.clone']);
    const metadata = (kid: string) =>
      t.org.fetch(`/okta/api/v1/apps/${one.id}/sso/saml/metadata?kid=${kid}`, {
        headers: { authorization: `SSWS ${t.org.token}` },
      });
    expect(await (await metadata(made.kid)).text()).toContain(CERTIFICATE);
    expect((await metadata('nothing')).status).not.toBe(200);
  },
};

const idToken: Story = {
  says: 'the claims of an app’s ID tokens are kept',
  async tell(t) {
    const { id } = await t.send('POST', '/apps', {
      name: 'oidc_client',
      label: 'Client',
      signOnMode: 'OPENID_CONNECT',
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: ['https://a.example/cb'],
        },
      },
    });
    const path = `/internal/apps/${id}/settings/oauth/idToken`;
    expect((await t.get(path)).name).toBeUndefined();
    await t.send('POST', path, { issuerMode: 'ORG_URL', valueType: 'GROUPS', name: 'groups', value: '.*' });
    expect(await t.get(path)).toMatchObject({ name: 'groups', value: '.*' });
  },
};

const schema: Story = {
  says: 'profile schemas take attributes of one’s own, and profiles follow them',
  async tell(t) {
    const [{ id: appId }] = await t.get('/apps?q=Wiki');
    const badge = { definitions: { custom: { properties: { badge: { title: 'Badge', type: 'string' } } } } };
    for (const path of ['user/default', 'group/default', `apps/${appId}/default`]) {
      await t.send('POST', `/meta/schemas/${path}`, badge);
      expect((await t.get(`/meta/schemas/${path}`)).definitions.custom.properties.badge.title).toBe('Badge');
    }
    const untitled = { definitions: { custom: { properties: { x: { type: 'string' } } } } };
    await t.refused('E0000001', 'POST', '/meta/schemas/user/default', untitled);
    await t.refused('E0000001', 'POST', '/users/bob', { profile: { bagde: '1' } });
    await t.send('POST', '/users/bob', { profile: { badge: '1' } });
    expect((await t.get('/users/bob')).profile.badge).toBe('1');
  },
};

const userType: Story = {
  says: 'user types are made with a schema of their own, and stay while they are the default',
  async tell(t) {
    const { id } = await t.send('POST', '/meta/types/user', { name: 'temp', displayName: 'Temporary' });
    const at = `/meta/types/user/${id}`;
    await t.send('POST', at, { displayName: 'Short time' });
    await t.org.universe.advance(t.org.universe.now() + 1_000);
    await t.send('PUT', at, { name: 'temp', displayName: 'Long time', description: 'x' });
    expect(await t.get(at)).toMatchObject({ name: 'temp', displayName: 'Long time', description: 'x' });
    expect((await t.get('/meta/types/user')).map((one: Body) => one.name)).toEqual(['user', 'temp']);
    expect((await t.get(`/meta/schemas/user/osc${id.slice(3)}`)).name).toBe('temp');
    await t.refused('E0000001', 'PUT', at, { name: 'other', displayName: 'x' });
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    await t.refused('E0000142', 'DELETE', '/meta/types/user/default');
  },
};

const idp: Story = {
  says: 'identity providers come with keys and mappings, and their certificates stay while they are trusted',
  async tell(t) {
    await live(t, {
      at: '/idps',
      made: { type: 'GOOGLE', name: 'Google', protocol: { type: 'OIDC', scopes: ['email'] } },
      changed: { type: 'GOOGLE', name: 'Google too', protocol: { type: 'OIDC', scopes: ['profile'] } },
      gone: 'IdpTrust',
      turns: 'freely',
      events: ['create', 'update', 'deactivate', 'activate', 'delete'].map(
        (verb) => `system.idp.lifecycle.${verb}`,
      ),
    });
    const certificates = '/idps/credentials/keys';
    const { kid } = await t.send('POST', certificates, { x5c: [CERTIFICATE] });
    await t.refused('E0000096', 'POST', certificates, { x5c: [CERTIFICATE] });
    await t.refused('E0000001', 'POST', certificates, { x5c: ['nonsense'] });
    const protocol = { type: 'SAML2', credentials: { trust: { issuer: 'https://i.example', kid } } };
    await t.refused('E0000001', 'POST', '/idps', {
      type: 'SAML2',
      name: 'S',
      protocol: { ...protocol, credentials: { trust: { kid: 'nothing' } } },
    });
    const saml = await t.send('POST', '/idps', { type: 'SAML2', name: 'S', protocol });
    const [mapped] = await t.get(`/mappings?sourceId=${saml.id}`);
    expect((await t.get(`/mappings/${mapped.id}`)).properties.login.expression).toBe('source.userName');
    const own = `/idps/${saml.id}/credentials/keys`;
    const made = await t.send('POST', `${own}/generate?validityYears=2`);
    expect((await t.get(own)).map((key: Body) => key.kid)).toContain(made.kid);
    expect((await t.get(`${own}/${made.kid}`)).kid).toBe(made.kid);
    await t.refused('E0000001', 'DELETE', `${certificates}/${kid}`);
    await t.send('DELETE', `/idps/${saml.id}`);
    expect((await t.get(`/mappings?sourceId=${saml.id}`)).length).toBe(0);
    expect((await t.get(certificates)).map((key: Body) => key.kid)).toEqual([kid]);
    expect((await t.get(`${certificates}/${kid}`)).x5c).toEqual([CERTIFICATE]);
    await t.send('DELETE', `${certificates}/${kid}`);
    await t.refused('E0000007', 'GET', `${certificates}/${kid}`);
    expect(await t.eventsOf(kid)).toEqual(['system.idp.key.create', 'system.idp.key.delete']);
  },
};

const mapping: Story = {
  says: 'mappings come with an app, take attributes that there are, and go with it',
  async tell(t) {
    const { id } = await samlApp(t, 'Mapped');
    const [{ id: mappingId }] = await t.get(`/mappings?targetId=${id}`);
    const at = `/mappings/${mappingId}`;
    const [first] = Object.keys(
      (await t.get(`/meta/schemas/apps/${id}/default`)).definitions.base.properties,
    );
    const expression = { expression: 'user.login', pushStatus: 'PUSH' };
    await t.send('POST', at, { properties: { [first as string]: expression } });
    expect((await t.get(at)).properties[first as string]).toEqual(expression);
    await t.refused('E0000001', 'POST', at, { properties: { nothing: expression } });
    await t.send('POST', at, { properties: { [first as string]: null } });
    expect((await t.get(at)).properties).toEqual({});
    expect(await t.eventsOf(mappingId)).toEqual(['directory.mapping.update', 'directory.mapping.update']);
    await t.send('POST', `/apps/${id}/lifecycle/deactivate`);
    await t.send('DELETE', `/apps/${id}`);
    await t.refused('E0000007', 'GET', at);
  },
};

export const appStories = [app, assignment, appPolicy, appKeys, idToken, schema, userType, idp, mapping];
