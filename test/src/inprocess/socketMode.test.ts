/** Socket Mode with no server: Slack's own client, its API calls brought home, its WebSocket at a port that is lent. */
import { type EventEmitter, once } from 'node:events';
import { SocketModeClient } from '@slack/socket-mode';
import { setupServer } from 'msw/node';
import { getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { handlers } from '../../../src/inprocess/msw.ts';
import { dispatcher } from '../../../src/inprocess/undici.ts';
import { type InProcessUniverse, openUniverse } from '../../../src/main.ts';
import { SOCKET_WORLD } from '../../twins/slack/links.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const WAYS: Record<string, (universe: InProcessUniverse) => void> = {
  'orrery/msw': (universe) => {
    const server = setupServer(...handlers(universe));
    server.listen({ onUnhandledRequest: 'bypass' });
    closing.push(() => server.close());
  },
  'orrery/undici': (universe) => {
    const before = getGlobalDispatcher();
    setGlobalDispatcher(dispatcher(universe));
    closing.push(() => setGlobalDispatcher(before));
  },
};

describe.each(Object.keys(WAYS))('@slack/socket-mode through %s', (way) => {
  it('hears what people say, and answers for it', async () => {
    const { universe, close } = await openUniverse({ seed: 1, world: SOCKET_WORLD });
    closing.push(close);
    WAYS[way]?.(universe);
    const client = new SocketModeClient({ appToken: universe.env.SLACK_APP_TOKEN as string });
    closing.push(() => client.disconnect());
    const heard = once(client as unknown as EventEmitter, 'message');
    await client.start();
    universe.gesture({
      twin: 'slack',
      gesture: 'post',
      as: 'bob@acme.example',
      with: { channel: 'general', text: 'hi' },
    });
    const [{ event, ack }] = (await heard) as [{ event: { text: string }; ack(): Promise<void> }];
    expect(event.text).toBe('hi');
    await ack();
    await universe.advance(0);
    await expect.poll(() => universe.journal({ kind: 'delivery' }).at(-1)?.status).toBe(200);
  });
});
