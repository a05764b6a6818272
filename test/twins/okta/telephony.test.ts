import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { openOrg, type TestOrg, WORLD } from './org.ts';

let program: Receiver;
let org: TestOrg;

beforeEach(async () => {
  program = await openReceiver();
  org = await openOrg(WORLD, { outbound: program.outbound });
  await org.call('POST', '/api/v1/inlineHooks', {
    name: 'Texts',
    type: 'com.okta.telephony.provider',
    version: '1.0.0',
    channel: {
      type: 'HTTP',
      version: '1.0.0',
      config: { uri: program.url, authScheme: { type: 'HEADER', key: 'x-key', value: 'hush' } },
    },
  });
});

afterEach(() => program.close());

const enroll = async () => {
  const { id } = (await org.call('GET', '/api/v1/users/bob')).body;
  const factor = { factorType: 'sms', provider: 'OKTA', profile: { phoneNumber: '+15551234567' } };
  const { body } = await org.call('POST', `/api/v1/users/${id}/factors`, factor);
  return { userId: id as string, factor: body };
};

const eventsOf = async (prefix: string) =>
  (await org.call('GET', '/api/v1/logs?limit=1000')).body
    .filter((one: { eventType: string }) => one.eventType.startsWith(prefix))
    .map((one: { eventType: string; outcome: { result: string } }) => [one.eventType, one.outcome.result]);

describe('a telephony inline hook', () => {
  it('is given the code that somebody is to be sent, which activates their factor', async () => {
    const value = [{ status: 'SUCCESSFUL', provider: 'MINE', transactionId: 't', transactionMetadata: '' }];
    program.says(() => ({
      body: JSON.stringify({ commands: [{ type: 'com.okta.telephony.action', value }] }),
    }));
    const { userId, factor } = await enroll();
    expect(program.calls).toHaveLength(1);
    expect(program.calls[0]?.headers['x-key']).toBe('hush');
    const sent = JSON.parse(program.calls[0]?.body ?? '');
    expect(sent).toMatchObject({
      eventType: 'com.okta.telephony.provider',
      requestType: 'com.okta.user.telephony.pre-enrollment',
      data: {
        userProfile: { login: 'bob@acme.example', userId },
        messageProfile: { phoneNumber: '+15551234567', deliveryChannel: 'SMS' },
      },
    });
    const { otpCode, msgTemplate } = sent.data.messageProfile;
    expect(msgTemplate).toContain(otpCode);
    const at = `/api/v1/users/${userId}/factors/${factor.id}/lifecycle/activate`;
    expect((await org.call('POST', at, { passCode: otpCode })).body.status).toBe('ACTIVE');
    expect(await eventsOf('inline_hook.executed')).toEqual([['inline_hook.executed', 'SUCCESS']]);
  });

  it('is passed over where its program fails: the org sends the message itself, without asking again', async () => {
    program.says(() => ({ status: 500 }));
    const { factor } = await enroll();
    expect(factor.status).toBe('PENDING_ACTIVATION');
    expect(program.calls).toHaveLength(1);
    const read = {
      twin: 'okta',
      gesture: 'readMessages',
      as: 'bob@acme.example',
      with: {},
      by: 'person' as const,
    };
    const [message] = org.universe.gesture(read) as { text: string }[];
    expect(message?.text).toMatch(/\d{6}/);
    expect(await eventsOf('inline_hook.executed')).toEqual([['inline_hook.executed', 'FAILURE']]);
  });

  it('is the only active one of its org', async () => {
    const again = await org.call('POST', '/api/v1/inlineHooks', {
      name: 'Other texts',
      type: 'com.okta.telephony.provider',
      version: '1.0.0',
      channel: {
        type: 'HTTP',
        version: '1.0.0',
        config: { uri: program.url, authScheme: { type: 'HEADER', key: 'x-key', value: 'hush' } },
      },
    });
    expect(again.body.errorCode).toBe('E0000001');
  });
});
