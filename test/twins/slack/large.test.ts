import { expect, it } from 'vitest';
import { slack } from '../../../twins/slack/twin.ts';
import { openUniverse } from '../../universe.ts';

const WORLD = {
  world: 'large',
  people: { count: 30 },
  slack: { channels: { count: 12, members: 5 }, messages: { count: 2_000 } },
};

async function opened() {
  const { fetch, universe } = await openUniverse([slack], WORLD, { seed: 3 });
  const document = slack.credentials.document(universe.view('slack'), universe.publicBase('slack'));
  return async (method: string, args: Record<string, string> = {}) => {
    const response = await fetch(`/slack/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${document.credentials.userToken}` },
      body: new URLSearchParams(args),
    });
    return response.json() as Promise<Record<string, never>>;
  };
}

it('a world that asks for a number of channels and messages has them, the same ones every time', async () => {
  const [call, again] = [await opened(), await opened()];
  const { channels } = (await call('conversations.list', {
    limit: '999',
    types: 'public_channel,private_channel',
  })) as unknown as { channels: { id: string; name: string; num_members: number }[] };
  const general = channels.find((one) => one.name === 'general');
  expect(new Set(channels.map((one) => one.name)).size).toBe(channels.length);
  expect(general?.num_members).toBeGreaterThanOrEqual(30);
  const asked = { channel: general?.id ?? '', limit: '200' };
  const history = await call('conversations.history', asked);
  expect(history).toEqual(await again('conversations.history', asked));
  const said = (history as unknown as { messages: { ts: string; reply_count?: number }[] }).messages;
  expect(said.length).toBeGreaterThan(20);
  const root = said.find((one) => one.reply_count);
  const { messages } = (await call('conversations.replies', {
    channel: general?.id ?? '',
    ts: root?.ts ?? '',
  })) as unknown as { messages: unknown[] };
  expect(messages).toHaveLength(1 + (root?.reply_count ?? 0));
});
