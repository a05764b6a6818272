import { describe, expect, it } from 'vitest';
import { BOB, openWorkspace, type Workspace } from './workspace.ts';

/** The same day twice: posts, a thread, a modal, a schedule, an event that is refused once. */
async function day(w: Workspace): Promise<string[]> {
  const said: string[] = [];
  const call = async (method: string, args: object = {}) => {
    const answer = await w.fetch(`/slack/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${w.bot}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(args),
    });
    said.push(JSON.stringify([...answer.headers]), await answer.text());
    return JSON.parse(said.at(-1) as string);
  };
  const { channel } = await call('conversations.create', { name: 'plans' });
  const { ts } = await call('chat.postMessage', { channel: channel.id, text: 'one' });
  await call('chat.postMessage', { channel: channel.id, text: 'two', thread_ts: ts });
  await call('chat.postMessage', { channel: w.person(BOB), blocks: [{ type: 'divider' }] });
  await call('chat.scheduleMessage', {
    channel: channel.id,
    text: 'later',
    post_at: w.universe.now() / 1_000 + 60,
  });
  w.gesture('post', BOB, { channel: 'general', text: 'hello @Desk' });
  await w.universe.advance(w.universe.now() + 61_000);
  await call('conversations.history', { channel: channel.id });
  await call('users.list', { limit: 2 });
  return [...said, ...w.received.map((one) => JSON.stringify(one))];
}

describe('the same universe twice', () => {
  it('answers and sends the same bytes and has the same journal', async () => {
    const [one, two] = [await openWorkspace(), await openWorkspace()];
    expect(await day(two)).toEqual(await day(one));
    expect(two.universe.journal.hash()).toBe(one.universe.journal.hash());
  });

  it('does so again after a reset', async () => {
    const w = await openWorkspace();
    const first = await day(w);
    const sent = w.received.length;
    w.universe.reset();
    const again = await day(w);
    expect(again.slice(0, first.length - sent)).toEqual(first.slice(0, first.length - sent));
  });
});
