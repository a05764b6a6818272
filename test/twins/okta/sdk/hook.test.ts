import { describe, expect, it } from 'vitest';
import { all, openSdk } from './client.ts';
import { lives } from './life.ts';

const config = (uri: string) => ({
  uri,
  headers: [{ key: 'X-Mark', value: 'mark' }],
  authScheme: { type: 'HEADER', key: 'Authorization', value: 'hush' },
});

describe('the EventHook API of the SDK', () => {
  it('takes a hook through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.eventHookApi;
    const eventHook = (name: string) => ({
      name,
      events: { type: 'EVENT_TYPE', items: ['group.user_membership.add'] },
      channel: { type: 'HTTP', version: '1.0.0', config: config('https://hooks.example/in') },
    });
    await lives({
      make: () => api.createEventHook({ eventHook: eventHook('Members') }),
      shows: { name: 'Members', status: 'ACTIVE', verificationStatus: 'UNVERIFIED' },
      read: (eventHookId) => api.getEventHook({ eventHookId }),
      list: () => all(api.listEventHooks()),
      change: (eventHookId) => api.replaceEventHook({ eventHookId, eventHook: eventHook('People') }),
      changed: { name: 'People' },
      turnOff: (eventHookId) => api.deactivateEventHook({ eventHookId }),
      turnOn: (eventHookId) => api.activateEventHook({ eventHookId }),
      remove: (eventHookId) => api.deleteEventHook({ eventHookId }),
    });
  });
});

describe('the InlineHook API of the SDK', () => {
  it('takes a hook through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.inlineHookApi;
    const inlineHook = (name: string) => ({
      name,
      type: 'com.okta.oauth2.tokens.transform',
      version: '1.0.0',
      channel: {
        type: 'HTTP',
        version: '1.0.0',
        config: { ...config('https://hooks.example/in'), method: 'POST' },
      },
    });
    await lives({
      make: () => api.createInlineHook({ inlineHook: inlineHook('Tokens') }),
      shows: { name: 'Tokens', status: 'ACTIVE', type: 'com.okta.oauth2.tokens.transform' },
      read: (inlineHookId) => api.getInlineHook({ inlineHookId }),
      list: () => all(api.listInlineHooks({ type: 'com.okta.oauth2.tokens.transform' })),
      change: async (inlineHookId) => {
        await api.updateInlineHook({ inlineHookId, inlineHook: inlineHook('Claims') });
        await api.replaceInlineHook({ inlineHookId, inlineHook: inlineHook('More') });
      },
      changed: { name: 'More' },
      turnOff: (inlineHookId) => api.deactivateInlineHook({ inlineHookId }),
      turnOn: (inlineHookId) => api.activateInlineHook({ inlineHookId }),
      remove: (inlineHookId) => api.deleteInlineHook({ inlineHookId }),
    });
  });
});

describe('the LogStream API of the SDK', () => {
  it('takes a stream through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.logStreamApi;
    const instance = (name: string) => ({
      type: 'aws_eventbridge',
      name,
      settings: { accountId: '123456789012', eventSourceName: 'orrery', region: 'eu-central-1' },
    });
    await lives({
      make: () => api.createLogStream({ instance: instance('Lake') }),
      shows: { name: 'Lake', status: 'ACTIVE' },
      read: (logStreamId) => api.getLogStream({ logStreamId }),
      list: () => all(api.listLogStreams()),
      change: (logStreamId) => api.replaceLogStream({ logStreamId, instance: instance('River') }),
      changed: { name: 'River' },
      turnOff: (logStreamId) => api.deactivateLogStream({ logStreamId }),
      turnOn: (logStreamId) => api.activateLogStream({ logStreamId }),
      remove: (logStreamId) => api.deleteLogStream({ logStreamId }),
    });
  });
});

describe('the SSFReceiver API of the SDK', () => {
  it('takes a provider through its life', async () => {
    const { sdk } = await openSdk();
    const api = sdk.ssfReceiverApi;
    const instance = (name: string) => ({
      name,
      type: 'okta',
      settings: { issuer: 'https://other.example', jwks_url: 'https://other.example/keys' },
    });
    await lives({
      make: () => api.createSecurityEventsProviderInstance({ instance: instance('Partner') }),
      shows: { name: 'Partner', status: 'ACTIVE' },
      read: (securityEventProviderId) => api.getSecurityEventsProviderInstance({ securityEventProviderId }),
      list: () => all(api.listSecurityEventsProviderInstances()),
      change: (securityEventProviderId) =>
        api.replaceSecurityEventsProviderInstance({ securityEventProviderId, instance: instance('Friend') }),
      changed: { name: 'Friend' },
      turnOff: (securityEventProviderId) =>
        api.deactivateSecurityEventsProviderInstance({ securityEventProviderId }),
      turnOn: (securityEventProviderId) =>
        api.activateSecurityEventsProviderInstance({ securityEventProviderId }),
      remove: (securityEventProviderId) =>
        api.deleteSecurityEventsProviderInstance({ securityEventProviderId }),
    });
  });
});

describe('the SystemLog API of the SDK', () => {
  it('finds what happened by filter, keyword and time', async () => {
    const { sdk } = await openSdk();
    const since = new Date(Date.parse('2020-01-01')).toISOString();
    const { id } = await sdk.groupApi.createGroup({ group: { profile: { name: 'Ops' } } });
    const filter = `eventType eq "group.lifecycle.create" and target.id eq "${id}"`;
    const page = await sdk.systemLogApi.listLogEvents({ since, filter, limit: 10 });
    const { value: event } = await page.next();
    expect(event).toMatchObject({ eventType: 'group.lifecycle.create', outcome: { result: 'SUCCESS' } });
  });
});
