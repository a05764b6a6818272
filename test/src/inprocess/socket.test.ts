import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { slack } from '../../../twins/slack/twin.ts';
import { SOCKET_WORLD } from '../../twins/slack/links.ts';
import { openUniverse, type TestUniverse } from '../../universe.ts';

const opened: TestUniverse[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.registry.close();
});

async function inProcess(): Promise<TestUniverse & { address(base: string): Promise<string> }> {
  const test = await openUniverse([slack], SOCKET_WORLD);
  opened.push(test);
  const { credentials } = slack.credentials.document(test.universe.view('slack'), test.base('slack'));
  return {
    ...test,
    async address(base) {
      const headers = { authorization: `Bearer ${credentials.appToken}` };
      const answer = await test.fetch(`${base}/api/apps.connections.open`, { method: 'POST', headers });
      return String(((await answer.json()) as { url: string }).url);
    },
  };
}

describe('a universe without a socket', () => {
  it('lends a loopback port for a WebSocket, whichever address the program wrote', async () => {
    const { universe, address } = await inProcess();
    const addresses = [await address('https://slack.com'), await address('/slack')];
    for (const one of addresses)
      expect(one).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/u\/test\/slack\/link\/\?ticket=/);
    expect(new Set(addresses.map((one) => new URL(one).host)).size).toBe(1);
    const client = new WebSocket(addresses[0] as string);
    const [hello] = await once(client, 'message');
    expect(JSON.parse(String(hello)).type).toBe('hello');
    const heard = once(client, 'message');
    universe.gesture({
      twin: 'slack',
      gesture: 'post',
      as: 'bob@acme.example',
      with: { channel: 'general', text: 'hi' },
      by: 'person',
    });
    const settled = universe.advance(universe.now());
    const { envelope_id } = JSON.parse(String((await heard)[0]));
    client.send(JSON.stringify({ envelope_id }));
    await settled;
    expect(universe.journal.page({ limit: 99, kind: 'delivery' }).entries.at(-1)).toMatchObject({
      status: 200,
    });
    client.terminate();
  });

  it('takes the port back when it ends', async () => {
    const { registry, address } = await inProcess();
    const url = await address('https://slack.com');
    const client = new WebSocket(url);
    await once(client, 'message');
    const closed = once(client, 'close');
    registry.close();
    expect((await closed)[0]).toBe(1001);
    const [error] = await once(new WebSocket(url), 'error');
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('serves nobody else’s universe over it, and nothing but WebSockets', async () => {
    const { address } = await inProcess();
    const url = await address('https://slack.com');
    const other = new WebSocket(url.replace('/u/test/', '/u/other/'));
    other.on('error', () => {});
    const [request, response] = await once(other, 'unexpected-response');
    request.destroy();
    expect(response.statusCode).toBe(404);
    expect((await fetch(url.replace('ws:', 'http:'))).status).toBe(404);
  });
});
