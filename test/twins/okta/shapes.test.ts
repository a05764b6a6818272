import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../src/pipeline.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { mutations } from '../mutations.ts';
import { appStories } from './stories/apps.ts';
import { clientStories } from './stories/clients.ts';
import { deliveryStories } from './stories/delivery.ts';
import { directoryStories } from './stories/directory.ts';
import { guardStories } from './stories/guard.ts';
import { lookStories } from './stories/look.ts';
import { peopleStories } from './stories/people.ts';
import { policyStories } from './stories/policies.ts';
import { roleStories } from './stories/roles.ts';
import { securityStories } from './stories/security.ts';
import { settingStories } from './stories/settings.ts';
import { signInStories } from './stories/signIn.ts';
import { atRoot, openTeller, type Story, type Teller } from './stories/teller.ts';

const { router } = compileTwin(okta);

/** What the stories send is short; these bodies have every part. */
const full: Story = {
  says: 'bodies with every part',
  async tell(t) {
    const [app] = await t.get('/apps');
    const [group] = await t.get('/groups?q=Engineering');
    const people = { users: { include: [], exclude: [] }, groups: { include: [group.id], exclude: [] } };
    for (const [path, body] of [
      ['/apps', CLIENT],
      ['/apps', SAML],
      ['/eventHooks', HOOK],
      [
        '/zones',
        { type: 'DYNAMIC', name: 'd', locations: [{ country: 'DE', region: 'DE-BW' }], asns: ['1'] },
      ],
      [
        '/zones',
        {
          type: 'DYNAMIC_V2',
          name: 'e',
          locations: { include: [{ country: 'DE' }] },
          asns: { include: ['1'] },
        },
      ],
      ['/users', { profile: PROFILE, credentials: HASHED, groupIds: [group.id], type: { id: 'default' } }],
      [`/apps/${app.id}/groups/${group.id}`, { priority: 1, profile: { role: 'x' } }],
      ['/policies', { type: 'OKTA_SIGN_ON', name: 'p', priority: 1, conditions: { people } }],
      ['/policies', { type: 'PASSWORD', name: 'q', conditions: { people }, settings: PASSWORD_SETTINGS }],
      [
        '/authorizationServers/default/policies',
        { ...NAMED, conditions: { clients: { include: ['ALL_CLIENTS'] } } },
      ],
      ['/idps', { type: 'OIDC', name: 'o', protocol: OIDC, policy: IDP_POLICY }],
      ['/authenticators', { key: 'google_otp', name: 'g', provider: { type: 'x' }, settings: { a: 1 } }],
    ] as const)
      await t.send(path.includes('/groups/') ? 'PUT' : 'POST', path, body);
  },
};

describe('bodies with something of a wrong type in them', () => {
  for (const { says, tell } of [
    ...peopleStories,
    ...appStories,
    ...clientStories,
    ...policyStories,
    ...guardStories,
    ...lookStories,
    ...settingStories,
    ...securityStories,
    ...deliveryStories,
    ...directoryStories,
    ...roleStories,
    ...signInStories,
    full,
  ])
    it(`are no mistake of the org's: ${says}`, async () => {
      const teller = await openTeller();
      const wrongs: string[] = [];
      await tell(mutating(teller, wrongs));
      expect(wrongs).toEqual([]);
    });
});

const answers = (path: string): boolean => {
  const match = router.match('GET', atRoot(path.split('?', 1)[0] ?? ''));
  return 'target' in match && match.target.endpoint !== undefined;
};

/** A teller that sends every body wrong in each way first, and looks at what that left. */
function mutating(teller: Teller, wrongs: string[]): Teller {
  const { org } = teller;
  const changed = new Set<string>();
  org.universe.journal.watch((_entry, changes) => {
    for (const { table } of changes) changed.add(table.name);
  });
  return {
    ...teller,
    async send(method, path, body) {
      const before = org.universe.snapshot('before', 'before');
      for (const mutation of body === undefined ? [] : mutations(body)) {
        changed.clear();
        const { status } = await org.call(method, atRoot(path), mutation.body);
        const says = `${method} ${path}: ${mutation.says}`;
        if (status >= 500) wrongs.push(`${says} answered ${status}`);
        // A wrong password is counted.
        if (status >= 400 && changed.size > 0 && path !== '/authn')
          wrongs.push(`${says} changed ${[...changed]}`);
        if (changed.size > 0 && status < 400) {
          for (const read of [path, path.replace(/\/[^/]*$/, '')])
            if (answers(read) && (await org.call('GET', atRoot(read))).status >= 500)
              wrongs.push(`${says} made GET ${read} fail`);
          org.universe.restore(before);
        }
      }
      return teller.send(method, path, body);
    },
  };
}

const CLIENT = {
  name: 'oidc_client',
  label: 'Client',
  signOnMode: 'OPENID_CONNECT',
  accessibility: { selfService: true },
  visibility: { hide: { iOS: true }, appLinks: { x: true } },
  features: [],
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_post', autoKeyRotation: true } },
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://app.example/cb'],
      jwks: { keys: [{ kty: 'RSA', e: 'AQAB', n: 'x' }] },
      idp_initiated_login: { mode: 'DISABLED', default_scope: [] },
    },
  },
  profile: { label: 'x' },
};
const SAML = {
  label: 'Saml',
  signOnMode: 'SAML_2_0',
  settings: {
    app: { a: 'b' },
    signOn: { audience: 'x', attributeStatements: [{ name: 'a', values: ['b'] }] },
  },
};
const HOOK = {
  name: 'h',
  events: { type: 'EVENT_TYPE', items: ['user.lifecycle.create'] },
  channel: {
    type: 'HTTP',
    version: '1.0.0',
    config: {
      uri: 'https://hook.example',
      headers: [{ key: 'x-one', value: '1' }],
      authScheme: { type: 'HEADER', key: 'authorization', value: 's' },
    },
  },
};
const PROFILE = { firstName: 'Z', lastName: 'Z', email: 'z@acme.example', login: 'z@acme.example' };
const HASHED = {
  password: { hash: { algorithm: 'BCRYPT', workFactor: 10, salt: 'a'.repeat(22), value: 'b'.repeat(31) } },
  recovery_question: { question: 'Which town?', answer: 'Ulm an der Donau' },
};
const PASSWORD_SETTINGS = { password: { complexity: { minLength: 9 }, age: { maxAgeDays: 1 } } };
const NAMED = { type: 'OAUTH_AUTHORIZATION_POLICY', name: 'n', description: 'd', priority: 1 };
const OIDC = {
  type: 'OIDC',
  scopes: ['openid'],
  issuer: { url: 'https://i.example' },
  endpoints: { authorization: { url: 'https://i.example/a', binding: 'HTTP-REDIRECT' } },
  credentials: { client: { client_id: 'a', client_secret: 'b' } },
};
const IDP_POLICY = {
  accountLink: { action: 'AUTO', filter: null },
  provisioning: { action: 'AUTO', groups: { action: 'NONE' } },
  subject: { userNameTemplate: { template: 'idpuser.email' }, filter: null, matchType: 'USERNAME' },
  maxClockSkew: 0,
};

describe('an event hook', () => {
  it('is refused where a part of it is no text', async () => {
    const { org } = await openTeller();
    const { channel } = HOOK;
    const to = (config: object) => ({
      ...HOOK,
      channel: { ...channel, config: { ...channel.config, ...config } },
    });
    for (const wrong of [
      { ...HOOK, name: 5 },
      { ...HOOK, events: { ...HOOK.events, items: [null] } },
      to({ uri: 5 }),
      to({ headers: 'x' }),
    ]) {
      const { status, body } = await org.call('POST', '/api/v1/eventHooks', wrong);
      expect([status, body.errorCode]).toEqual([400, 'E0000003']);
    }
    expect((await org.call('GET', '/api/v1/eventHooks')).body).toEqual([]);
  });
});
