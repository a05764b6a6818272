import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReceiver, type Receiver } from '../../receiver.ts';
import { openOrg, type TestOrg, WORLD } from './org.ts';

const TOKEN = '11111111-2222-4333-8444-555555555555';
let splunk: Receiver;
let org: TestOrg;

beforeEach(async () => {
  splunk = await openReceiver();
  org = await openOrg(WORLD, { outbound: splunk.outbound });
});

afterEach(() => splunk.close());

const stream = (settings = {}) => ({
  type: 'splunk_cloud_logstreaming',
  name: 'Splunk',
  settings: { edition: 'aws', host: splunk.url, token: TOKEN, ...settings },
});
const pass = (ms = 5_000) => org.universe.advance(org.universe.now() + ms);
const collected = () => splunk.calls.flatMap(({ body }) => body.split('\n').map((line) => JSON.parse(line)));

describe('a log stream to Splunk', () => {
  it('posts what is written to the System Log to the collector, with its token, and shows it to nobody', async () => {
    const { status, body } = await org.call('POST', '/api/v1/logStreams', stream());
    expect([status, body.settings]).toEqual([200, { edition: 'aws', host: splunk.url }]);
    await pass();
    splunk.calls.length = 0;
    await org.call('POST', '/api/v1/users/bob/lifecycle/suspend');
    await pass();
    expect(splunk.calls[0]).toMatchObject({
      method: 'POST',
      path: '/services/collector/event',
      headers: { authorization: `Splunk ${TOKEN}` },
    });
    const [said] = collected();
    expect(said).toMatchObject({
      source: 'Okta',
      sourcetype: 'OktaIM2:log',
      event: { eventType: 'user.lifecycle.suspend', target: [{ alternateId: 'bob@acme.example' }] },
    });
    expect(said.time).toBe(Date.parse(said.event.published) / 1_000);
  });

  it('is quiet while it is off, and tries again while the collector fails', async () => {
    const { body } = await org.call('POST', '/api/v1/logStreams', stream());
    await org.call('POST', `/api/v1/logStreams/${body.id}/lifecycle/deactivate`);
    await pass();
    splunk.calls.length = 0;
    await org.call('POST', '/api/v1/users/bob/lifecycle/suspend');
    await pass();
    expect(splunk.calls).toEqual([]);
    await org.call('POST', `/api/v1/logStreams/${body.id}/lifecycle/activate`);
    const answers = [{ status: 503 }, { status: 503 }];
    splunk.says(() => answers.shift() ?? {});
    await pass(60_000);
    expect(splunk.calls).toHaveLength(3);
    expect(new Set(splunk.calls.map((call) => call.body)).size).toBe(1);
  });
});

describe('log streams', () => {
  const aws = {
    type: 'aws_eventbridge',
    name: 'Bus',
    settings: { accountId: '123456789012', eventSourceName: 'okta', region: 'us-east-1' },
  };

  it('take settings as their schema says, which the org tells', async () => {
    const shown = (await org.call('GET', '/api/v1/meta/schemas/logStream')).body;
    expect(shown.map((one: { title: string }) => one.title)).toEqual(['AWS EventBridge', 'Splunk Cloud']);
    expect((await org.call('GET', '/api/v1/meta/schemas/logStream/aws_eventbridge')).body).toEqual(shown[0]);
    expect((await org.call('GET', '/api/v1/meta/schemas/logStream/paper')).status).toBe(404);
    const wrong = [
      { ...aws, settings: { ...aws.settings, accountId: '1' } },
      { ...aws, settings: { ...aws.settings, region: 'mars-1' } },
      { ...aws, settings: { accountId: '123456789012', region: 'us-east-1' } },
      { ...aws, name: 'n'.repeat(101) },
      stream({ host: 'https://acme.splunkcloud.com' }),
      stream({ token: 'nonsense' }),
      stream({ edition: 'paper' }),
    ];
    for (const one of wrong)
      expect((await org.call('POST', '/api/v1/logStreams', one)).body.errorCode).toBe('E0000001');
  });

  it('keep their type and what is written once, have a name of their own, and are found by type', async () => {
    const { id } = (await org.call('POST', '/api/v1/logStreams', aws)).body;
    await org.call('POST', '/api/v1/logStreams', stream());
    const put = async (change: object) =>
      (await org.call('PUT', `/api/v1/logStreams/${id}`, { ...aws, ...change })).status;
    expect(await put({ name: 'Other bus' })).toBe(200);
    expect(await put({ name: 'Splunk' })).toBe(400);
    expect(await put({ settings: { ...aws.settings, region: 'us-west-1' } })).toBe(400);
    expect(await put({ type: 'splunk_cloud_logstreaming' })).toBe(400);
    const found = async (filter: string) =>
      (await org.call('GET', `/api/v1/logStreams?filter=${encodeURIComponent(filter)}`)).body;
    expect((await found('type eq "aws_eventbridge"')).map((one: { id: string }) => one.id)).toEqual([id]);
    expect((await found('name eq "Bus"')).errorCode).toBe('E0000001');
  });
});
