import { describe, expect, it } from 'vitest';
import { BOB, openWorkspace } from './workspace.ts';

describe('reactions', () => {
  it('are counted per emoji, under its common name', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts: timestamp } = await w.api('chat.postMessage', { channel, text: 'x' });
    const add = (name: string) => w.api('reactions.add', { channel, timestamp, name });
    expect(await add('thumbsup')).toEqual({ ok: true });
    w.gesture('react', BOB, { channel: 'general', ts: timestamp, name: '+1' });
    expect((await add('+1')).error).toBe('already_reacted');
    expect((await add('No Such')).error).toBe('invalid_name');
    const got = await w.api('reactions.get', { channel, timestamp });
    expect(got).toMatchObject({ type: 'message', channel, message: { permalink: expect.any(String) } });
    expect(got.message.reactions).toEqual([{ name: '+1', count: 2, users: expect.any(Array) }]);
    expect((await w.api('reactions.list', { user: w.person(BOB) })).items).toMatchObject([
      { type: 'message', channel, message: { ts: timestamp } },
    ]);
    expect(await w.api('reactions.remove', { channel, timestamp, name: '+1' })).toEqual({ ok: true });
    expect((await w.api('reactions.remove', { channel, timestamp, name: '+1' })).error).toBe('no_reaction');
    expect((await w.api('reactions.get', { channel, timestamp })).message.reactions[0].count).toBe(1);
  });

  it('need a message', async () => {
    const w = await openWorkspace();
    const add = (args: object) => w.api('reactions.add', { name: '+1', ...args });
    const channel = w.channel('general');
    expect((await add({ channel })).error).toBe('no_item_specified');
    expect((await add({ channel, timestamp: 'x' })).error).toBe('bad_timestamp');
    expect((await add({ channel, timestamp: '1700000000.000000' })).error).toBe('message_not_found');
  });
});

describe('a person', () => {
  it('puts so many emoji under a message, and none in an archived channel', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const { ts: timestamp } = await w.api('chat.postMessage', { channel, text: 'x' });
    const letters = 'one two three four five six seven eight nine zero'.split(' ');
    const more = 'cat dog cow pig bee ant frog fish bear wolf mouse sheep goat snail'.split(' ');
    const add = async (name: string) => (await w.api('reactions.add', { channel, timestamp, name })).error;
    const errors: (string | undefined)[] = [];
    for (const name of [...letters, ...more].slice(0, 24)) errors.push(await add(name));
    expect(errors.filter((one) => one !== undefined)).toEqual(['too_many_reactions']);
    await w.api('conversations.archive', { channel });
    expect(await add('tada')).toBe('is_archived');
  });
});

describe('pins', () => {
  it('are put by members', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const { ts: timestamp } = await w.api('chat.postMessage', { channel, text: 'x' });
    await w.api('conversations.leave', { channel });
    expect((await w.api('pins.add', { channel, timestamp })).error).toBe('not_in_channel');
  });

  it('are kept per channel and counted in its history', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts: timestamp } = await w.api('chat.postMessage', { channel, text: 'keep' });
    expect(await w.api('pins.add', { channel, timestamp })).toEqual({ ok: true });
    expect((await w.api('pins.add', { channel, timestamp })).error).toBe('already_pinned');
    expect((await w.api('pins.list', { channel })).items).toMatchObject([{ message: { text: 'keep' } }]);
    expect((await w.api('conversations.history', { channel })).pin_count).toBe(1);
    expect(await w.api('pins.remove', { channel, timestamp })).toEqual({ ok: true });
    expect((await w.api('pins.remove', { channel, timestamp })).error).toBe('no_pin');
    expect((await w.api('conversations.history', { channel })).pin_count).toBe(0);
  });
});
