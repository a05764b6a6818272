import { describe, expect, it } from 'vitest';
import { BOB, openWorkspace, type Workspace } from './workspace.ts';

async function filled(w: Workspace, count: number): Promise<string[]> {
  const channel = w.channel('random');
  const sent: string[] = [];
  for (let i = 0; i < count; i++) sent.push((await w.api('chat.postMessage', { channel, text: `m${i}` })).ts);
  return sent;
}
const texts = (answer: { messages: { text: string }[] }) => answer.messages.map((one) => one.text);

describe('history', () => {
  it('comes newest first, a page at a time', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    await filled(w, 5);
    const first = await w.api('conversations.history', { channel, limit: 2 });
    expect([texts(first), first.has_more]).toEqual([['m4', 'm3'], true]);
    const cursor = first.response_metadata.next_cursor;
    expect(Buffer.from(cursor, 'base64').toString()).toMatch(/^next_ts:\d{16}$/);
    const second = await w.api('conversations.history', { channel, limit: 2, cursor });
    expect(texts(second)).toEqual(['m2', 'm1']);
    const third = await w.api('conversations.history', {
      channel,
      limit: 2,
      cursor: second.response_metadata.next_cursor,
    });
    expect([texts(third), third.has_more]).toEqual([['m0'], false]);
  });

  it('goes on at the right place when messages come and go between pages', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const sent = await filled(w, 4);
    const { response_metadata } = await w.api('conversations.history', { channel, limit: 2 });
    await w.api('chat.delete', { channel, ts: sent[1] });
    await w.api('chat.postMessage', { channel, text: 'new' });
    const next = await w.api('conversations.history', {
      channel,
      limit: 2,
      cursor: response_metadata.next_cursor,
    });
    expect(texts(next)).toEqual(['m0']);
  });

  it('keeps to latest and oldest, with and without their own messages', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const sent = await filled(w, 4);
    const [oldest, latest] = [sent[0], sent[3]];
    const between = (inclusive: boolean) =>
      w.api('conversations.history', { channel, oldest, latest, inclusive });
    expect(texts(await between(false))).toEqual(['m2', 'm1']);
    expect(texts(await between(true))).toEqual(['m3', 'm2', 'm1', 'm0']);
    expect((await w.api('conversations.history', { channel, latest: 'soon' })).error).toBe(
      'invalid_ts_latest',
    );
    expect((await w.api('conversations.history', { channel, cursor: 'bm9uZQ==' })).error).toBe(
      'invalid_cursor',
    );
  });

  it('is for members, where a bot asks', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    await w.api('conversations.leave', { channel });
    expect((await w.api('conversations.history', { channel })).error).toBe('not_in_channel');
    const bob = w.mint({ kind: 'user', as: BOB });
    expect((await w.api('conversations.history', { channel }, bob)).ok).toBe(true);
  });
});

describe('a thread', () => {
  it('has its totals on the root and its replies out of the channel', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const [root] = await filled(w, 1);
    for (const text of ['r1', 'r2']) await w.api('chat.postMessage', { channel, thread_ts: root, text });
    const { ts } = w.gesture('reply', BOB, { channel: 'random', ts: root, text: 'r3' });
    const history = await w.api('conversations.history', { channel, limit: 1 });
    expect(history.messages[0]).toMatchObject({
      ts: root,
      thread_ts: root,
      reply_count: 3,
      reply_users_count: 2,
      latest_reply: ts,
      is_locked: false,
    });
    const replies = await w.api('conversations.replies', { channel, ts: root });
    expect(texts(replies)).toEqual(['m0', 'r1', 'r2', 'r3']);
    expect(replies.messages[1]).toMatchObject({ thread_ts: root, parent_user_id: replies.messages[0].user });
    const page = await w.api('conversations.replies', { channel, ts: root, limit: 2 });
    expect(texts(page)).toEqual(['m0', 'r1', 'r2']);
    const cursor = page.response_metadata.next_cursor;
    expect(texts(await w.api('conversations.replies', { channel, ts: root, cursor }))).toEqual(['r3']);
  });

  it('counts down when replies are taken back, and leaves a tombstone for its root', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const [root] = await filled(w, 1);
    const replies = [];
    for (const text of ['r1', 'r2'])
      replies.push((await w.api('chat.postMessage', { channel, thread_ts: root, text })).ts);
    await w.api('chat.delete', { channel, ts: replies[1] });
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages[0]).toMatchObject({ reply_count: 1, latest_reply: replies[0] });
    await w.api('chat.delete', { channel, ts: root });
    expect((await w.api('conversations.replies', { channel, ts: root })).messages[0]).toMatchObject({
      subtype: 'tombstone',
      reply_count: 1,
    });
  });

  it('shows a broadcast reply in the channel too', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const [root] = await filled(w, 1);
    await w.api('chat.postMessage', { channel, thread_ts: root, text: 'all', reply_broadcast: true });
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages[0]).toMatchObject({ subtype: 'thread_broadcast', text: 'all', thread_ts: root });
  });

  it('that does not exist is not found', async () => {
    const w = await openWorkspace();
    const args = { channel: w.channel('random'), ts: '1700000000.000100' };
    expect((await w.api('conversations.replies', args)).error).toBe('thread_not_found');
  });

  it('planted by the world has its history', async () => {
    const w = await openWorkspace();
    const { messages } = await w.api('conversations.history', { channel: w.channel('general') });
    expect(messages[0]).toMatchObject({ text: 'Welcome', reply_count: 1 });
    expect(Number(messages[0].ts) * 1_000).toBeLessThan(w.universe.now());
  });
});
