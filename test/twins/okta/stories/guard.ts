/** What guards an org: policies and what they are mapped to. */
import { expect } from 'vitest';
import { okta } from '../../../../twins/okta/twin.ts';
import { holdAgainstSpec } from './holdAgainstSpec.ts';
import { type Body, live, type Story, type Teller, told } from './teller.ts';

const mapping: Story = {
  says: 'apps are mapped to a policy of theirs, and have the default one again when that ends',
  async tell(t) {
    const [app] = await t.get('/apps?q=Wiki');
    const { id } = await t.send('POST', '/policies', { type: 'ACCESS_POLICY', name: 'Strict' });
    const at = `/policies/${id}`;
    const made = await t.send('POST', `${at}/mappings`, { resourceId: app.id, resourceType: 'APP' });
    expect(made._links.application.href).toContain(app.id);
    expect(await t.get(`${at}/mappings`)).toEqual([made]);
    expect(await t.get(`${at}/mappings/${made.id}`)).toEqual(made);
    expect((await t.get(`${at}/app`)).map((one: Body) => one.id)).toEqual([app.id]);
    expect((await t.get(`/policies?type=ACCESS_POLICY&resourceId=${app.id}`)).length).toBe(1);
    await t.refused('E0000001', 'POST', `${at}/mappings`, {
      resourceId: app.id,
      resourceType: 'ACCESS_POLICY',
    });
    await t.refused('E0000007', 'POST', `${at}/mappings`, { resourceId: 'no', resourceType: 'APP' });
    await t.send('DELETE', `${at}/mappings/${made.id}`);
    await t.refused('E0000007', 'GET', `${at}/mappings/${made.id}`);
    expect((await t.get(`/apps/${app.id}`))._links.accessPolicy.href).not.toContain(id);
    const signals = await t.send('POST', '/policies', { type: 'DEVICE_SIGNAL_COLLECTION', name: 'Signals' });
    const resource = { resourceId: id, resourceType: 'ACCESS_POLICY' };
    await t.send('POST', `/policies/${signals.id}/mappings`, resource);
    expect((await t.get(`/policies/${signals.id}/mappings`)).length).toBe(1);
    await t.send('DELETE', at);
    expect(await t.get(`/policies/${signals.id}/mappings`)).toEqual([]);
  },
};

const simulation: Story = {
  says: 'a simulation says which policy and rule would decide, and which would not',
  async tell(t) {
    const [app] = await t.get('/apps?q=Wiki');
    const [group] = await t.get('/groups?q=Engineering');
    const bob = await t.get('/users/bob');
    const people = { groups: { include: [group.id] } };
    const type = 'OKTA_SIGN_ON';
    const { id } = await t.send('POST', '/policies', { type, name: 'Engineers', conditions: { people } });
    const rule = await t.send('POST', `/policies/${id}/rules`, {
      type: 'SIGN_ON',
      name: 'Risky',
      conditions: { riskScore: { level: 'HIGH' } },
      actions: { signon: { access: 'DENY' } },
    });
    const simulate = async (context: object) => {
      const body = [{ appInstance: app.id, policyTypes: [type], policyContext: context }];
      const { status, body: answer } = await t.org.call('POST', '/api/v1/policies/simulate', body);
      expect(status).toBe(200);
      holdAgainstSpec('createPolicySimulation', status, answer);
      return answer[0];
    };
    const user = { id: bob.id };
    const groups = { ids: [] };
    const high = await simulate({ user, groups, risk: { level: 'HIGH' } });
    expect(high.result.policies[0]).toMatchObject({
      name: 'Engineers',
      conditions: [{ type: 'people.groups.include', status: 'MATCH' }],
      rules: [{ id: rule.id, status: 'MATCH', conditions: [{ type: 'riskScore', status: 'MATCH' }] }],
    });
    const low = await simulate({ user, groups, risk: { level: 'LOW' } });
    expect(low.evaluated.policies[0].rules[0].status).toBe('NOT_MATCH');
    expect(low.result.policies[0].name).toBe('Default Policy');
    expect((await simulate({ user, groups })).undefined.policies[0].name).toBe('Engineers');
    await t.refused('E0000003', 'POST', '/policies/simulate', [
      { appInstance: app.id, policyContext: { user } },
    ]);
    told.add('createPolicySimulation');
  },
};

const ownRules: Story = {
  says: 'policies of the system have rules that decide for everybody, and take no others where theirs are fixed',
  async tell(t) {
    const rulesOf = async (type: string) => {
      const [policy] = (await t.get(`/policies?type=${type}`)).slice(-1);
      return { policy, rules: await t.get(`/policies/${policy.id}/rules`) };
    };
    for (const type of ['OKTA_SIGN_ON', 'PASSWORD', 'MFA_ENROLL', 'IDP_DISCOVERY'])
      expect((await rulesOf(type)).rules.map((one: Body) => [one.name, one.priority, one.system])).toEqual([
        ['Default Rule', 1, true],
      ]);
    const { policy } = await rulesOf('PASSWORD');
    expect(await t.get('/policies?type=ACCESS_POLICY&limit=2')).toHaveLength(2);
    expect(
      (await t.get('/policies?type=ACCESS_POLICY&q=okta&sortBy=name')).map((one: Body) => one.name),
    ).toEqual([
      'Okta Account Management Policy',
      'Okta Admin Console',
      'Okta Browser Plugin',
      'Okta Dashboard',
    ]);
    const body = { type: 'PASSWORD', name: 'Mine', priority: 999 };
    const mine = await t.send('POST', `/policies/${policy.id}/rules`, body);
    expect(mine.priority).toBe(1);
    expect((await t.get(`/policies/${policy.id}/rules`)).map((one: Body) => one.name)).toEqual([
      'Mine',
      'Default Rule',
    ]);
    const fixed = (await rulesOf('POST_AUTH_SESSION')).policy;
    const more = { type: 'POST_AUTH_SESSION', name: 'More' };
    await t.refused('E0000002', 'POST', `/policies/${fixed.id}/rules`, more);
    await t.refused('E0000002', 'POST', '/policies', { type: 'ENTITY_RISK', name: 'Second' });
    const risk = (await rulesOf('ENTITY_RISK')).policy;
    const ends = { entityRisk: { actions: [{ action: 'TERMINATE_ALL_SESSIONS' }] } };
    const rule = {
      type: 'ENTITY_RISK',
      name: 'End',
      actions: ends,
      conditions: { entityRisk: { level: 'HIGH' } },
    };
    await t.send('POST', `/policies/${risk.id}/rules`, rule);
    expect((await t.get(`/policies/${risk.id}/rules`)).map((one: Body) => one.name)).toEqual([
      'End',
      'Catch-all rule',
    ]);
  },
};

const checked: Story = {
  says: 'rules say only what there is: words, zones, people, numbers',
  async tell(t) {
    const { id } = await t.send('POST', '/policies', { type: 'OKTA_SIGN_ON', name: 'p' });
    const at = `/policies/${id}/rules`;
    const rule = (conditions: object, signon: object = {}) => ({
      type: 'SIGN_ON',
      name: 'r',
      conditions,
      actions: { signon },
    });
    await t.refused('E0000001', 'POST', at, rule({ network: { connection: 'ZONE' } }));
    await t.refused('E0000001', 'POST', at, rule({ network: { connection: 'ZONE', include: ['nzo'] } }));
    await t.refused('E0000003', 'POST', at, rule({ network: { connection: 'NOWHERE' } }));
    await t.refused('E0000001', 'POST', at, rule({ people: { users: { include: ['00u'] } } }));
    await t.refused('E0000001', 'POST', at, rule({ risk: { behaviors: ['bhv'] } }));
    await t.refused('E0000003', 'POST', at, rule({}, { access: 'PERHAPS' }));
    await t.refused('E0000001', 'POST', at, rule({}, { session: { maxSessionIdleMinutes: -1 } }));
    await t.refused('E0000003', 'POST', at, { ...rule({}), type: 'PASSWORD' });
    const settings = { password: { complexity: { minLength: 2 } } };
    await t.refused('E0000001', 'POST', '/policies', { type: 'PASSWORD', name: 'q', settings });
    await t.refused('E0000001', 'POST', '/policies', { name: 'q' });
  },
};

const keyOf = async (t: Teller, key: string) =>
  (await t.get('/authenticators')).find((one: Body) => one.key === key);

const methods: Story = {
  says: 'methods of authenticators are turned and set, but for those that rules ask for',
  async tell(t) {
    const { id } = await keyOf(t, 'okta_verify');
    const at = `/authenticators/${id}/methods`;
    const status = async (type: string) => (await t.get(`${at}/${type}`)).status;
    expect([await status('totp'), await status('push')]).toEqual(['ACTIVE', 'INACTIVE']);
    await t.send('POST', `${at}/push/lifecycle/activate`);
    expect(await status('push')).toBe('ACTIVE');
    await t.refused('E0000001', 'POST', `${at}/totp/lifecycle/deactivate`);
    const body = { type: 'push', settings: { algorithms: ['ES256'], transactionTypes: ['LOGIN', 'CIBA'] } };
    expect(await t.send('PUT', `${at}/push`, body)).toMatchObject({ ...body, status: 'ACTIVE' });
    await t.refused('E0000003', 'PUT', `${at}/push`, { type: 'push', settings: { keyProtection: 'NONE' } });
    const policy = await t.send('POST', '/policies', { type: 'ACCESS_POLICY', name: 'Strict' });
    const chains = [{ authenticationMethods: [{ key: 'okta_verify', method: 'push' }] }];
    const rule = await t.send('POST', `/policies/${policy.id}/rules`, {
      type: 'ACCESS_POLICY',
      name: 'push only',
      actions: { appSignOn: { verificationMethod: { type: 'AUTH_METHOD_CHAIN', chains } } },
    });
    await t.refused('E0000246', 'POST', `${at}/push/lifecycle/deactivate`);
    await t.send('DELETE', `/policies/${policy.id}/rules/${rule.id}`);
    await t.send('POST', `${at}/push/lifecycle/deactivate`);
    expect(await status('push')).toBe('INACTIVE');
  },
};

const securityKeys: Story = {
  says: 'an org knows models of security keys, and proves the domain that keys belong to',
  async tell(t) {
    const { id } = await keyOf(t, 'webauthn');
    const at = `/authenticators/${id}`;
    const aaguid = 'cb69481e-8ff7-4039-93ec-0a2729111111';
    const made = { aaguid, name: 'Ours', authenticatorCharacteristics: { hardwareProtected: true } };
    expect(await t.send('POST', `${at}/aaguids`, made)).toMatchObject(made);
    await t.refused('E0000001', 'POST', `${at}/aaguids`, made);
    await t.refused('E0000001', 'POST', `${at}/aaguids`, { aaguid: 'none' });
    await t.send('PATCH', `${at}/aaguids/${aaguid}`, { name: 'Mine' });
    expect(await t.get(`${at}/aaguids/${aaguid}`)).toMatchObject({ ...made, name: 'Mine' });
    await t.send('PUT', `${at}/aaguids/${aaguid}`, { name: 'Yours' });
    expect(await t.get(`${at}/aaguids/${aaguid}`)).not.toHaveProperty('authenticatorCharacteristics');
    await t.send('DELETE', `${at}/aaguids/${aaguid}`);
    expect(await t.get(`${at}/aaguids`)).toEqual([]);
    const settings = { rpId: { enabled: true, domain: { name: 'keys.example' } } };
    const method = await t.send('PUT', `${at}/methods/webauthn`, { type: 'webauthn', settings });
    const { fqdn, verificationValue } = method.settings.rpId.domain.dnsRecord;
    await t.refused('E0000001', 'POST', `${at}/methods/webauthn/verify-rp-id-domain`);
    const record = { fqdn, value: verificationValue };
    t.org.universe.work('okta', (world) =>
      okta.gestures.writeDnsRecord?.perform(world, 'ann@acme.example', record as never),
    );
    await t.send('POST', `${at}/methods/webauthn/verify-rp-id-domain`);
    const { domain } = (await t.get(`${at}/methods/webauthn`)).settings.rpId;
    expect(domain.validationStatus).toBe('VERIFIED');
  },
};

const customApp: Story = {
  says: 'an app in which people confirm sign-ins finds itself by its client id',
  async tell(t) {
    const made = await t.send('POST', '/authenticators?activate=true', {
      key: 'custom_app',
      name: 'Ours',
      agreeToTerms: true,
      provider: { type: 'PUSH', configuration: { fcm: { id: 'ppc1' } } },
      settings: { userVerification: 'REQUIRED', appInstanceId: '0oa1' },
    });
    expect(made.settings).toEqual({
      appInstanceId: '0oa1',
      userVerification: 'REQUIRED',
      oauthClientId: '0oa1',
    });
    const ask = (query: string) => t.org.call('GET', `/.well-known/app-authenticator-configuration${query}`);
    const known = (await ask('?oauthClientId=0oa1')).body;
    holdAgainstSpec('getWellKnownAppAuthenticatorConfiguration', 200, known);
    expect(known).toMatchObject([
      { authenticatorId: made.id, key: 'custom_app', supportedMethods: [{ type: 'push', status: 'ACTIVE' }] },
    ]);
    expect((await ask('?oauthClientId=other')).body).toEqual([]);
    expect((await ask('')).status).toBe(400);
    told.add('getWellKnownAppAuthenticatorConfiguration');
    const [enrol] = await t.get('/policies?type=MFA_ENROLL');
    expect(enrol.settings.authenticators).toContainEqual({
      key: 'custom_app',
      id: made.id,
      enroll: { self: 'OPTIONAL' },
    });
  },
};

const posture: Story = {
  says: 'posture checks are questions of the org’s own; those that assurance asks stay, and so does assurance in rules',
  async tell(t) {
    const made = {
      name: 'Antivirus',
      platform: 'MACOS',
      variableName: 'av',
      query: 'SELECT 1 FROM processes',
    };
    const all = '/device-posture-checks';
    await live(t, {
      at: all,
      made,
      changed: { ...made, description: 'ours' },
      gone: 'DevicePostureCheck',
      events: ['add', 'update', 'delete'].map((verb) => `device.posture.check.${verb}`),
    });
    const [own] = (await t.get(`${all}/default`)).filter((one: Body) => one.platform === 'MACOS');
    expect(own.type).toBe('BUILTIN');
    const { id } = await t.send('POST', all, made);
    await t.refused('E0000001', 'POST', all, made);
    await t.refused('E0000001', 'POST', all, { ...made, variableName: 'b', query: 'DROP' });
    const include = [
      { variableName: 'av', value: '1' },
      { variableName: own.variableName, value: '1' },
    ];
    const body = { name: 'macs', platform: 'MACOS', devicePostureChecks: { include } };
    const assurance = await t.send('POST', '/device-assurances', body);
    await t.refused('E0000113', 'DELETE', `${all}/${id}`);
    await t.refused('E0000001', 'POST', '/device-assurances', {
      name: 'x',
      platform: 'IOS',
      secureHardwarePresent: true,
    });
    const policy = await t.send('POST', '/policies', { type: 'ACCESS_POLICY', name: 'Strict' });
    const device = { registered: true, assurance: { include: [assurance.id] } };
    const rule = { type: 'ACCESS_POLICY', name: 'macs only', conditions: { device } };
    const { id: ruleId } = await t.send('POST', `/policies/${policy.id}/rules`, rule);
    await t.refused('E0000113', 'DELETE', `/device-assurances/${assurance.id}`);
    await t.send('DELETE', `/policies/${policy.id}/rules/${ruleId}`);
    await t.send('DELETE', `/device-assurances/${assurance.id}`);
    await t.send('DELETE', `${all}/${id}`);
  },
};

const integrations: Story = {
  says: 'device integrations are there, and are turned on and off',
  async tell(t) {
    const chrome = (await t.get('/device-integrations')).find((one: Body) => one.name === 'com.google.dtc');
    const at = `/device-integrations/${chrome.id}`;
    expect(await t.get(at)).toEqual(chrome);
    await t.send('POST', `${at}/lifecycle/activate`);
    expect((await t.get(at)).metadata.type).toBe('CHROME');
    await t.send('POST', `${at}/lifecycle/deactivate`);
    expect((await t.get(at)).status).toBe('DEACTIVATED');
    await t.refused('E0000007', 'GET', '/device-integrations/none');
  },
};

/** A call outside of `/api/v1`. */
const beside = async (t: Teller, id: string, method: string, path: string, body?: object) => {
  const answer = await t.org.call(method, path, body);
  expect(Math.floor(answer.status / 100), `${path} ${answer.body.errorSummary}`).toBe(2);
  told.add(id);
  holdAgainstSpec(id, answer.status, answer.body);
  return answer.body;
};

const protections: Story = {
  says: 'an org protects its sign-in against lockouts by strangers and against bots',
  async tell(t) {
    const at = '/attack-protection/api/v1';
    const lockout = { preventBruteForceLockoutFromUnknownDevices: true };
    const second = { verifyKnowledgeSecondWhen2faRequired: true };
    await beside(t, 'replaceUserLockoutSettings', 'PUT', `${at}/user-lockout-settings`, lockout);
    await beside(t, 'replaceAuthenticatorSettings', 'PUT', `${at}/authenticator-settings`, second);
    expect(await beside(t, 'getUserLockoutSettings', 'GET', `${at}/user-lockout-settings`)).toEqual(lockout);
    expect(await beside(t, 'getAuthenticatorSettings', 'GET', `${at}/authenticator-settings`)).toEqual(
      second,
    );
    const username = 'eve@acme.example';
    for (let i = 0; i < 12; i++) await t.org.call('POST', '/api/v1/authn', { username, password: 'wrong' });
    expect((await t.get('/users/eve')).status).not.toBe('LOCKED_OUT');
    const bots = '/bot-protection/configuration';
    expect(await t.get(bots)).toMatchObject({ level: 'LOW', mode: 'LOG_ONLY' });
    const body = {
      level: 'MEDIUM',
      mode: 'ENFORCED',
      enforcementType: 'OKTA_CHALLENGE',
      supportedFlows: ['SSR'],
    };
    await t.send('POST', bots, body);
    expect(await t.get(bots)).toMatchObject(body);
    await t.refused('E0000001', 'POST', bots, { ...body, enforcementType: undefined });
    await t.refused('E0000001', 'POST', bots, { ...body, supportedFlows: [] });
    await t.refused('E0000001', 'POST', bots, { mode: 'DISABLED' });
  },
};

const enrollments: Story = {
  says: 'what somebody has set up is told by authenticator; phones and codes for a while are set up for them',
  async tell(t) {
    const eve = await t.get('/users/eve');
    const at = `/users/${eve.id}/authenticator-enrollments`;
    const kept = (await t.get(at)).map((one: Body) => one.key);
    const phone = await keyOf(t, 'phone_number');
    const body = { authenticatorId: phone.id, profile: { phoneNumber: '+14155550123' } };
    await t.refused('E0000001', 'POST', `${at}/phone`, body);
    await t.send('POST', `/authenticators/${phone.id}/lifecycle/activate`);
    const made = await t.send('POST', `${at}/phone`, body);
    expect(made.profile.phoneNumber).toBe('+1 XXX-XXX-0123');
    const shown = await t.get(`${at}/${made.id}?discloseIdentifiers=phone`);
    expect(shown.profile.phoneNumber).toBe('+14155550123');
    const configuration = {
      minTtl: 10,
      maxTtl: 60,
      defaultTtl: 20,
      length: 12,
      complexity: { numbers: true },
    };
    const tac = await t.send('POST', '/authenticators?activate=true', {
      key: 'tac',
      name: 'Codes',
      provider: { type: 'tac', configuration },
    });
    await t.refused('E0000001', 'POST', `${at}/tac`, { authenticatorId: tac.id, profile: { ttl: '600' } });
    await t.refused('E0000001', 'POST', `${at}/tac`, {
      authenticatorId: tac.id,
      profile: { multiUse: true },
    });
    const code = await t.send('POST', `${at}/tac`, { authenticatorId: tac.id, profile: { ttl: '30' } });
    expect(code.profile.tac).toHaveLength(12);
    expect((await t.get(`${at}/${code.id}`)).profile).not.toHaveProperty('tac');
    expect((await t.get(at)).map((one: Body) => one.key)).toEqual([...kept, 'phone_number', 'tac']);
    await t.send('DELETE', `${at}/${made.id}`);
    await t.send('DELETE', `${at}/${code.id}`);
    expect((await t.get(at)).map((one: Body) => one.key)).toEqual(kept);
  },
};

const keysByPost: Story = {
  says: 'security keys are set up before they are sent, and their PIN is mailed',
  async tell(t) {
    const eve = await t.get('/users/eve');
    const webauthn = await keyOf(t, 'webauthn');
    await t.send('POST', `/authenticators/${webauthn.id}/lifecycle/activate`);
    const at = '/webauthn-registration/api/v1';
    const who = { userId: eve.id, fulfillmentProvider: 'yubico' };
    const order = { ...who, fulfillmentData: [{ productId: '55' }] };
    await beside(t, 'generateFulfillmentRequest', 'POST', `${at}/initiate-fulfillment-request`, order);
    const jwk = { kty: 'EC', crv: 'P-384', use: 'enc', kid: '1', x: 'x', y: 'y' };
    const begun = await beside(t, 'enrollPreregistrationEnrollment', 'POST', `${at}/enroll`, {
      ...who,
      enrollmentRpIds: ['acme.example'],
      yubicoTransportKeyJWK: jwk,
    });
    const id = begun.credRequests[0].authenticatorEnrollmentId;
    const all = `${at}/users/${eve.id}/enrollments`;
    const status = async () => (await beside(t, 'listWebAuthnPreregistrationFactors', 'GET', all))[0].status;
    expect(await status()).toBe('PENDING_ACTIVATION');
    await beside(t, 'activatePreregistrationEnrollment', 'POST', `${at}/activate`, {
      ...who,
      credResponses: [{ authenticatorEnrollmentId: id, credResponseJwe: 'a.b.c.d.e' }],
      pinResponseJwe: 'a.b.c.d.e',
      serial: '123',
    });
    expect(await status()).toBe('ACTIVE');
    await beside(t, 'sendPin', 'POST', `${at}/send-pin`, { ...who, authenticatorEnrollmentId: id });
    const [mail] = t.org.universe.work('okta', (world) =>
      okta.gestures.readMessages?.perform(world, 'eve@acme.example', {} as never),
    ) as Body[];
    expect(mail.values.pin).toMatch(/^\d{8}$/);
    const marks = 'assignFulfillmentErrorWebAuthnPreregistrationFactor';
    await beside(t, marks, 'POST', `${all}/${id}/mark-error`);
    await beside(t, 'deleteWebAuthnPreregistrationFactor', 'DELETE', `${all}/${id}`);
    expect(await beside(t, 'listWebAuthnPreregistrationFactors', 'GET', all)).toEqual([]);
  },
};

export const guardStories = [
  protections,
  enrollments,
  keysByPost,
  posture,
  integrations,
  methods,
  securityKeys,
  customApp,
  mapping,
  simulation,
  ownRules,
  checked,
];
