/** Programs that the org calls: inline hooks and the keys that sign for them. */
import { expect } from 'vitest';
import type { Body, Story } from './teller.ts';

const inlineHook: Story = {
  says: 'an inline hook is changed in parts, previewed, and refused where it could not be called',
  async tell(t) {
    const type = 'com.okta.telephony.provider';
    const config = {
      uri: 'https://sms.example',
      authScheme: { type: 'HEADER', key: 'x-key', value: 'hush' },
    };
    const channel = { type: 'HTTP', version: '1.0.0', config };
    const body = { name: 'Texts', type, version: '1.0.0', channel };
    const { id } = await t.send('POST', '/inlineHooks', body);
    const at = `/inlineHooks/${id}`;
    expect((await t.send('POST', at, { name: 'Messages' })).channel.config.uri).toBe(config.uri);
    expect((await t.get(`/inlineHooks?type=${type}`)).map((one: Body) => one.name)).toEqual(['Messages']);
    await t.refused('E0000001', 'GET', '/inlineHooks?type=other');
    const wrong = [
      { ...body, name: 'n'.repeat(256) },
      { ...body, type: 'com.okta.other' },
      body,
      { ...body, type: 'com.okta.import.transform', channel: { ...channel, type: 'FTP' } },
      ...['http://sms.example', 'https://a b.example', ''].map((uri) => ({
        ...body,
        type: 'com.okta.import.transform',
        channel: { ...channel, config: { uri } },
      })),
    ];
    for (const one of wrong) await t.refused('E0000001', 'POST', '/inlineHooks', one);
    t.org.answer(() => ({ body: '{"commands":[]}' }));
    expect(await t.ask('POST', `${at}/execute`, { data: {} })).toEqual({ commands: [] });
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.refused('E0000001', 'POST', `${at}/execute`, { data: {} });
    await t.send('DELETE', at);
  },
};

const hookKey: Story = {
  says: 'a hook key is made, renamed, used by a hook, and removed when none uses it',
  async tell(t) {
    const { id, keyId, _embedded } = await t.send('POST', '/hook-keys', { name: 'Key' });
    const at = `/hook-keys/${id}`;
    expect((await t.get(`/hook-keys/public/${keyId}`))._embedded).toEqual(_embedded);
    await t.refused('E0000001', 'POST', '/hook-keys', { name: 'Key' });
    await t.refused('E0000001', 'PUT', at, { name: '' });
    await t.send('PUT', at, { name: 'Other key' });
    expect((await t.get('/hook-keys')).map((one: Body) => [one.name, one.isUsed])).toEqual([
      ['Other key', 'false'],
    ]);
    const config = {
      ...{ uri: 'https://h.example', clientId: 'me', tokenUrl: 'https://h.example/token' },
      ...{ authType: 'private_key_jwt', hookKeyId: id },
    };
    const type = 'com.okta.saml.tokens.transform';
    const hook = { name: 'h', type, version: '1.0.0', channel: { type: 'OAUTH', version: '1.0.0', config } };
    const made = await t.send('POST', '/inlineHooks', hook);
    expect((await t.get(at)).isUsed).toBe('true');
    await t.refused('E0000001', 'DELETE', at);
    await t.send('POST', `/inlineHooks/${made.id}/lifecycle/deactivate`);
    await t.send('DELETE', `/inlineHooks/${made.id}`);
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    await t.refused('E0000007', 'GET', `/hook-keys/public/${keyId}`);
    expect(await t.eventsOf(id)).toEqual(
      ['created', 'updated', 'deleted'].map((verb) => `system.hook.key.${verb}`),
    );
  },
};

const streamSchema: Story = {
  says: 'the org tells what log streams are made of',
  async tell(t) {
    const [first] = await t.get('/meta/schemas/logStream');
    expect(await t.get('/meta/schemas/logStream/aws_eventbridge')).toEqual(first);
    await t.refused('E0000007', 'GET', '/meta/schemas/logStream/paper');
  },
};

const emailServer: Story = {
  says: 'an SMTP server signs in by password or by token, and sends a test mail',
  async tell(t) {
    const parts = { alias: 'One', host: 'smtp.example', port: 587, username: 'me', enabled: false };
    const oauth = {
      ...{
        authType: 'OAUTH2_CLIENT_CREDENTIALS',
        clientId: 'c',
        tokenEndpointAuthMethod: 'CLIENT_SECRET_POST',
      },
      ...{ tokenEndpoint: 'https://o.example/token', scopes: ['send'] },
    };
    const body = { ...parts, ...oauth, clientSecret: 'hush' };
    const wrong = [
      { ...parts, password: '' },
      { ...body, authType: 'MAGIC' },
      { ...body, clientSecret: undefined },
      { ...body, scopes: [] },
      { ...body, tokenEndpointAuthMethod: 'NONE' },
      { ...body, host: 'no host' },
    ];
    for (const one of wrong) await t.refused('E0000001', 'POST', '/email-servers', one);
    const { id, ...made } = await t.send('POST', '/email-servers', body);
    expect(made).toEqual({ ...parts, ...oauth });
    const at = `/email-servers/${id}`;
    await t.refused('E0000001', 'PATCH', at, { alias: 'Two' });
    await t.send('PATCH', at, { alias: 'Two', authType: oauth.authType, enabled: true });
    const test = { fromAddress: 'it@acme.example', toAddress: 'bob@acme.example' };
    await t.refused('E0000001', 'POST', `${at}/test`, { ...test, toAddress: 'nobody' });
    await t.send('POST', `${at}/test`, test);
    const read = {
      twin: 'okta',
      gesture: 'readMessages',
      as: 'bob@acme.example',
      with: {},
      by: 'person' as const,
    };
    expect(t.org.universe.gesture(read)).toMatchObject([{ by: 'email', from: 'it@acme.example' }]);
    await t.send('DELETE', at);
    expect(await t.eventsOf(id)).toEqual(
      ['create', 'update', 'activate', 'delete'].map(
        (verb) => `system.custom_email_server.lifecycle.${verb}`,
      ),
    );
  },
};

const bounces: Story = {
  says: 'mails to an address that they came back from are sent again once it is off the list',
  async tell(t) {
    const act = (gesture: string) =>
      t.org.universe.gesture({
        twin: 'okta',
        gesture,
        as: 'bob@acme.example',
        with: {},
        by: 'person' as const,
      });
    const { id } = await t.get('/users/bob');
    const mail = () => t.org.call('POST', `/api/v1/users/${id}/lifecycle/reset_password?sendEmail=true`);
    act('bounceMail');
    await mail();
    expect(act('readMessages')).toEqual([]);
    const at = '/org/email/bounces/remove-list';
    const { errors } = await t.send('POST', at, {
      emailAddresses: ['bob@acme.example', 'unknown@okta.com', 'name@okta@com'],
    });
    expect(errors.map((one: Body) => one.emailAddress)).toEqual(['unknown@okta.com', 'name@okta@com']);
    await mail();
    expect(act('readMessages')).toHaveLength(1);
    expect(await t.eventsOf(id)).toContain('system.email.bounce.removal');
  },
};

const telephony: Story = {
  says: 'providers of texts and calls are added, one of them the primary, tested, and removed when they are off',
  async tell(t) {
    const twilio = {
      ...{ providerName: 'TWILIO', providerCapability: 'ALL', providerSid: 'AC1', providerAuthToken: 'hush' },
      providerSettings: { sms: { twilioPhoneNumber: '+1' }, call: { twilioVerifySid: 'v' } },
    };
    const telesign = {
      ...{ ...twilio, providerName: 'TELESIGN' },
      providerSettings: { sms: { telesignService: 'telesignMessagingService' } },
    };
    const wrong = [
      { ...twilio, providerName: 'PIGEON' },
      { ...twilio, providerSid: '' },
      { ...twilio, providerSettings: telesign.providerSettings },
      { ...telesign, providerSettings: { sms: { telesignService: 'telesignVoiceService' } } },
    ];
    const all = '/telephony-providers';
    for (const one of wrong) await t.refused('E0000001', 'POST', all, one);
    const { id, ...made } = await t.send('POST', all, twilio);
    const { providerAuthToken: _, ...shown } = twilio;
    expect(made).toEqual({ ...shown, isPrimaryProvider: true, enabled: true });
    const at = `${all}/${id}`;
    const second = `${all}/${(await t.send('POST', all, telesign)).id}`;
    const primaries = async () => (await t.get(all)).map((one: Body) => one.isPrimaryProvider);
    expect(await primaries()).toEqual([true, false]);
    await t.send('POST', `${second}/setAsPrimary`);
    expect(await primaries()).toEqual([false, true]);
    await t.send('PATCH', at, { id, providerSid: 'AC2' });
    expect((await t.get(at)).providerSid).toBe('AC2');
    const test = { factor: 'SMS', phoneNumber: '+15551234567', countryCodeIso2: 'US' };
    await t.refused('E0000001', 'POST', `${at}/test`, { ...test, countryCodeIso2: 'us' });
    await t.send('POST', `${at}/test`, test);
    await t.send('POST', `${second}/lifecycle/deactivate`);
    expect(await primaries()).toEqual([true, false]);
    await t.refused('E0000001', 'POST', `${second}/setAsPrimary`);
    await t.send('POST', `${second}/lifecycle/activate`);
    await t.refused('E0000001', 'DELETE', second);
    await t.send('POST', `${second}/lifecycle/deactivate`);
    await t.send('DELETE', second);
    await t.refused('E0000007', 'GET', second);
  },
};

export const hookStories: Story[] = [inlineHook, hookKey, streamSchema, emailServer, bounces, telephony];
