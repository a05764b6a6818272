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

export const hookStories: Story[] = [inlineHook, hookKey, streamSchema];
