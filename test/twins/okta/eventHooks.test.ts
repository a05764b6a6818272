import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { openOrg, type TestOrg, WORLD } from './org.ts';

let program: Receiver;
let org: TestOrg;

beforeEach(async () => {
  program = await openReceiver();
  org = await openOrg(WORLD, { outbound: program.outbound });
});

afterEach(() => program.close());

const proves = () =>
  program.says(({ headers }) => ({
    body: JSON.stringify({ verification: headers['x-okta-verification-challenge'] }),
  }));

/** A verified hook; its program has heard nothing but the challenge. */
async function hooked(events: object) {
  const { body } = await org.call('POST', '/api/v1/eventHooks', {
    name: 'Changes',
    events: { type: 'EVENT_TYPE', ...events },
    channel: { type: 'HTTP', version: '1.0.0', config: { uri: `${program.url}/events` } },
  });
  proves();
  const answer = await org.call('POST', `/api/v1/eventHooks/${body.id}/lifecycle/verify`);
  expect(answer.body.verificationStatus).toBe('VERIFIED');
  program.calls.length = 0;
  return body.id as string;
}

const pass = (ms = 1_000) => org.universe.advance(org.universe.now() + ms);
const told = () => program.calls.map(({ body }) => JSON.parse(body));

describe('an event hook', () => {
  it('is told of what one request did in one call', async () => {
    const id = await hooked({ items: ['group.user_membership.add', 'user.lifecycle.create'] });
    const group = (await org.call('GET', '/api/v1/groups?q=Engineering')).body[0];
    const profile = { firstName: 'A', lastName: 'B', email: 'a@acme.example', login: 'a@acme.example' };
    await org.call('POST', '/api/v1/users?activate=false', { profile, groupIds: [group.id] });
    await pass();
    expect(told()).toHaveLength(1);
    const [call] = told();
    expect(call).toMatchObject({
      eventType: 'com.okta.event_hook',
      eventTypeVersion: '1.0',
      cloudEventsVersion: '0.1',
      source: `${org.base('okta')}/api/v1/eventHooks/${id}`,
      contentType: 'application/json',
    });
    expect(Object.keys(call)).toEqual([
      ...['eventType', 'eventTypeVersion', 'cloudEventsVersion', 'source'],
      ...['eventId', 'data', 'eventTime', 'contentType'],
    ]);
    const types = call.data.events.map((one: { eventType: string }) => one.eventType);
    expect(types).toEqual(['user.lifecycle.create', 'group.user_membership.add']);
  });

  it('is told only of events that its filter lets through', async () => {
    const expression =
      "event.target.?[type eq 'UserGroup'].size()>0 && event.target.?[displayName eq 'Sales'].size()>0";
    const event = 'group.user_membership.add';
    const filter = { type: 'EXPRESSION_LANGUAGE', eventFilterMap: [{ event, condition: { expression } }] };
    const id = await hooked({ items: [event], filter });
    expect((await org.call('GET', `/api/v1/eventHooks/${id}`)).body.events.filter).toEqual({
      type: 'EXPRESSION_LANGUAGE',
      eventFilterMap: [{ event, condition: { version: null, expression } }],
    });
    const bob = (await org.call('GET', '/api/v1/users/bob')).body.id;
    for (const name of ['Support', 'Sales']) {
      const group = (await org.call('POST', '/api/v1/groups', { profile: { name } })).body;
      await org.call('PUT', `/api/v1/groups/${group.id}/users/${bob}`);
    }
    await pass();
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(told())).toContain('"Sales"');
    const wrong = {
      type: 'EXPRESSION_LANGUAGE',
      eventFilterMap: [{ event, condition: { expression: '((' } }],
    };
    const { body } = await org.call('PUT', `/api/v1/eventHooks/${id}`, {
      name: 'Changes',
      events: { type: 'EVENT_TYPE', items: [event], filter: wrong },
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: program.url } },
    });
    expect(body.errorCode).toBe('E0000001');
  });

  it('is told once more after an error of its server, and the System Log says when that failed too', async () => {
    await hooked({ items: ['user.lifecycle.suspend'] });
    program.says(() => ({ status: 500 }));
    await org.call('POST', '/api/v1/users/bob/lifecycle/suspend');
    await pass();
    expect(program.calls).toHaveLength(2);
    const { body } = await org.call('GET', '/api/v1/logs?filter=eventType eq "event_hook.delivery"');
    expect(body.map((one: { outcome: object }) => one.outcome)).toEqual([
      { result: 'FAILURE', reason: 'HTTP 500' },
    ]);
  });

  it('is not told again what it refused with 400', async () => {
    await hooked({ items: ['user.lifecycle.suspend'] });
    program.says(() => ({ status: 400 }));
    await org.call('POST', '/api/v1/users/bob/lifecycle/suspend');
    await pass();
    expect(program.calls).toHaveLength(1);
  });

  it('must be verified anew when it is called in another way, and not when only its name changes', async () => {
    const id = await hooked({ items: ['user.lifecycle.suspend'] });
    const put = async (name: string, headers: object[]) => {
      const { body } = await org.call('PUT', `/api/v1/eventHooks/${id}`, {
        name,
        events: { type: 'EVENT_TYPE', items: ['user.lifecycle.suspend'] },
        channel: { type: 'HTTP', version: '1.0.0', config: { uri: `${program.url}/events`, headers } },
      });
      return body.verificationStatus;
    };
    expect(await put('Other', [])).toBe('VERIFIED');
    expect(await put('Other', [{ key: 'X-Mine', value: '1' }])).toBe('UNVERIFIED');
  });

  it('is not verified by anything but the challenge, which is sent twice where its server fails', async () => {
    const { body } = await org.call('POST', '/api/v1/eventHooks', {
      name: 'Changes',
      events: { type: 'EVENT_TYPE', items: ['user.lifecycle.suspend'] },
      channel: { type: 'HTTP', version: '1.0.0', config: { uri: program.url } },
    });
    const verify = async () =>
      (await org.call('POST', `/api/v1/eventHooks/${body.id}/lifecycle/verify`)).body.errorCode;
    program.says(({ headers }) => ({ body: String(headers['x-okta-verification-challenge']) }));
    expect(await verify()).toBe('E0000001');
    expect(program.calls).toHaveLength(1);
    program.says(() => ({ status: 500 }));
    expect(await verify()).toBe('E0000001');
    expect(program.calls.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  });

  it('cannot ask for events that hooks are not told of', async () => {
    const ask = async (items: string[]) =>
      (
        await org.call('POST', '/api/v1/eventHooks', {
          name: 'Changes',
          events: { type: 'EVENT_TYPE', items },
          channel: { type: 'HTTP', version: '1.0.0', config: { uri: 'https://p.example' } },
        })
      ).status;
    expect(await ask(['event_hook.created'])).toBe(400);
    expect(await ask(['user.lifecycle.create', 'user.lifecycle.unheard'])).toBe(400);
    expect(await ask(['user.lifecycle.create'])).toBe(200);
  });
});
