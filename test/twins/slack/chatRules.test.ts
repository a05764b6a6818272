import { describe, expect, it } from 'vitest';
import { apps } from '../../../twins/slack/world.ts';
import { ANN, type Answer, BOB, hearing, openWorkspace, type Workspace } from './workspace.ts';

const MINUTE_MS = 60_000;

async function posted(w: Workspace, args: object): Promise<Answer> {
  const answer = await w.api('chat.postMessage', { channel: w.channel('general'), ...args });
  expect(answer.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}
const partsOf = (message: Answer) => message.blocks[0].elements;
const textOf = (part: Answer): string => part.elements.map((one: Answer) => one.text).join('');

describe('what a program posts', () => {
  it('is cut where it is too long, refused where other methods are asked', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const text = 'x'.repeat(40_001);
    const { message } = await posted(w, { text });
    expect(message.text).toHaveLength(40_000);
    const error = async (method: string, args: object) => (await w.api(method, { channel, ...args })).error;
    expect(await error('chat.postEphemeral', { user: w.person(ANN), text })).toBe('msg_too_long');
    expect(await error('chat.meMessage', { text })).toBe('msg_too_long');
    const { ts } = await posted(w, { text: 'x' });
    expect(await error('chat.update', { ts, text: 'x'.repeat(4_001) })).toBe('msg_too_long');
  });

  it('becomes paragraphs, lists, quotes and code', async () => {
    const w = await openWorkspace();
    const text = 'Buy:\n• *milk*\n• eggs\n    ◦ brown\n> said she\n```go()```done';
    const parts = partsOf((await posted(w, { text })).message);
    expect(parts.map((part: Answer) => part.type)).toEqual([
      'rich_text_section',
      'rich_text_list',
      'rich_text_list',
      'rich_text_quote',
      'rich_text_preformatted',
      'rich_text_section',
    ]);
    expect(parts[1]).toMatchObject({ style: 'bullet', indent: 0, border: 0 });
    expect(parts[1].elements.map(textOf)).toEqual(['milk', 'eggs']);
    expect(parts[2]).toMatchObject({ indent: 1 });
    expect(textOf(parts[3])).toContain('said she');
  });

  it('names channels, groups and everybody only when it is asked to', async () => {
    const w = await openWorkspace();
    const text = '#general @here @bob https://x.example/a';
    const linked = '<https://x.example/a>';
    const general = `<#${w.channel('general')}|general>`;
    const say = async (args: object) => (await posted(w, { text, ...args })).message.text;
    expect(await say({})).toBe(`#general @here @bob ${linked}`);
    expect(await say({ parse: 'none' })).toBe(text);
    expect(await say({ link_names: true })).toBe(`${general} <!here> @bob ${linked}`);
    expect(await say({ parse: 'full' })).toBe(`${general} <!here> <@${w.person(BOB)}> ${linked}`);
  });

  it('in standard Markdown is shown by blocks', async () => {
    const w = await openWorkspace();
    const markdown_text =
      '# Plan\n**bold** and [a link](https://x.example)\n\n1. one\n2. two\n\n---\n\n|a|b|\n|-|-|\n|1|2|';
    const { message } = await posted(w, { markdown_text });
    expect(message.blocks.map((one: Answer) => one.type)).toEqual([
      'header',
      'rich_text',
      'divider',
      'table',
    ]);
    expect(message.blocks[1].elements[0].elements).toEqual([
      { type: 'text', text: 'bold', style: { bold: true } },
      { type: 'text', text: ' and ' },
      { type: 'link', url: 'https://x.example', text: 'a link' },
    ]);
    expect(message.blocks[1].elements[1]).toMatchObject({ type: 'rich_text_list', style: 'ordered' });
    const both = await w.api('chat.postMessage', {
      channel: message.channel ?? 'general',
      markdown_text,
      text: 'x',
    });
    expect(both.error).toBe('markdown_text_conflict');
  });

  it('may carry attachments, which Slack gives ids, colours and a fallback', async () => {
    const w = await openWorkspace();
    const attachments = [
      { text: 'Hi', color: 'good' },
      { title: 'T', color: '#36a64f', ts: '1700000000' },
    ];
    const { message } = await posted(w, { text: 'x', attachments });
    expect(message.attachments).toEqual([
      { text: 'Hi', color: '2eb886', id: 1, fallback: 'Hi' },
      { title: 'T', color: '36a64f', ts: 1_700_000_000, id: 2, fallback: '[no preview available]' },
    ]);
    const channel = w.channel('general');
    const error = async (given: unknown[]) =>
      (await w.api('chat.postMessage', { channel, attachments: given })).error;
    expect(await error([{}])).toBe('no_text');
    expect(await error(['x'])).toBe('invalid_attachments');
    expect(await error(Array(101).fill({ text: 'x' }))).toBe('too_many_attachments');
    const bad = await w.api('chat.postMessage', { channel, attachments: [{ blocks: [{ type: 'header' }] }] });
    expect(bad).toMatchObject({
      error: 'invalid_attachments',
      response_metadata: {
        messages: ['[ERROR] missing required field: text [json-pointer:/attachments/0/blocks/0]'],
      },
    });
  });

  it('has blocks that are not too long together, and one table', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2_900) } };
    const error = async (blocks: unknown[]) => (await w.api('chat.postMessage', { channel, blocks })).error;
    expect(await error(Array(4).fill(section))).toBeUndefined();
    expect(await error(Array(5).fill(section))).toBe('msg_blocks_too_long');
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] };
    expect(await error([table, table])).toBe('invalid_attachments');
  });

  it('into a thread needs a timestamp that is one, and a message that can be answered', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const post = (thread_ts: string) => w.api('chat.postMessage', { channel, text: 'x', thread_ts });
    expect(await post('0')).toMatchObject({
      error: 'invalid_thread_ts',
      response_metadata: { messages: ['[ERROR] 0 is not a valid thread_ts'] },
    });
    const orphan = await post('1602251441.0017');
    expect(orphan.message).toMatchObject({ thread_ts: '1602251441.0017' });
    const { messages } = await w.api('conversations.history', { channel });
    expect(messages.map((one: Answer) => one.ts)).not.toContain(orphan.ts);
    await w.api('conversations.leave', { channel: w.channel('random') });
    const [left] = (await w.api('conversations.history', { channel: w.channel('random'), limit: 1 }, w.user))
      .messages;
    const token = w.user;
    const answered = { channel: w.channel('random'), text: 'x', thread_ts: left.ts };
    expect((await w.api('chat.postMessage', answered, token)).error).toBe('cannot_reply_to_message');
  });

  it('broadcast from a thread brings along what it answers', async () => {
    const w = await openWorkspace();
    const root = await posted(w, { text: 'Root' });
    const { message } = await posted(w, { text: 'All', thread_ts: root.ts, reply_broadcast: true });
    expect(message).toMatchObject({ subtype: 'thread_broadcast', root: { ts: root.ts, text: 'Root' } });
  });
});

describe('a classic app', () => {
  it('speaks under its own name unless it says as_user, and may change both', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const scopes = ['chat:write:bot', 'chat:write:user'];
    const token = w.mint({ kind: 'user', scopes });
    for (const as_user of [false, true]) {
      const { message, ts } = await w.api('chat.postMessage', { channel, text: 'x', as_user }, token);
      expect(message).toMatchObject(as_user ? { user: w.person(ANN) } : { subtype: 'bot_message' });
      expect((await w.api('chat.update', { channel, ts, text: 'y' }, token)).ok).toBe(true);
    }
  });
});

describe('an app without a Messages tab', () => {
  it('cannot write to people', async () => {
    const w = await openWorkspace();
    const features = { app_home: { messages_tab_enabled: false } };
    w.universe.work('slack', (world) => {
      const app = world.list(apps, { index: 'name', equals: 'desk' }).first();
      if (app) world.update(apps, app.id, { manifest: { features } });
    });
    const sent = await w.api('chat.postMessage', { channel: w.person(BOB), text: 'x' });
    expect(sent.error).toBe('messages_tab_disabled');
  });
});

describe('a change of a message', () => {
  it('by blocks keeps the text and says nothing of an edit; by text alone drops the blocks', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const { ts } = await posted(w, { text: 'Old' });
    const byBlocks = await w.api('chat.update', { channel, ts, blocks: [{ type: 'divider' }] });
    expect(byBlocks.message).toMatchObject({ text: 'Old', blocks: [{ type: 'divider' }] });
    expect(byBlocks.message.edited).toBeUndefined();
    const byText = await w.api('chat.update', { channel, ts, text: 'New' });
    expect(byText.message).toMatchObject({ text: 'New', blocks: [{ type: 'rich_text' }] });
    expect(byText.message.edited.ts).toMatch(/\.000000$/);
    expect((await w.api('chat.update', { channel, ts })).error).toBe('no_text');
  });

  it('can show a reply to the channel, alone and once', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const root = await posted(w, { text: 'Root' });
    const { ts } = await posted(w, { text: 'Reply', thread_ts: root.ts });
    const update = async (args: object) => w.api('chat.update', { channel, reply_broadcast: true, ...args });
    expect((await update({ ts: root.ts })).error).toBe('cant_broadcast_message');
    expect((await update({ ts, text: 'x' })).error).toBe('no_dual_broadcast_content_update');
    expect((await update({ ts })).message.subtype).toBe('thread_broadcast');
    expect((await update({ ts })).error).toBe('cant_broadcast_message');
  });

  it('is not to be had in an archived channel', async () => {
    const w = await openWorkspace();
    const channel = w.channel('random');
    const { ts } = await w.api('chat.postMessage', { channel, text: 'x' });
    await w.api('conversations.archive', { channel });
    expect((await w.api('chat.update', { channel, ts, text: 'y' })).error).toBe('is_inactive');
  });

  it('to a root that has replies, taken away, is told as a change to a tombstone', async () => {
    const w = await openWorkspace(hearing(['message.channels']));
    const channel = w.channel('general');
    const root = await posted(w, { text: 'Root' });
    await posted(w, { text: 'Reply', thread_ts: root.ts });
    await w.heard();
    await w.api('chat.delete', { channel, ts: root.ts });
    const [{ event }] = await w.heard();
    expect(event).toMatchObject({
      subtype: 'message_changed',
      message: { subtype: 'tombstone', ts: root.ts, text: 'This message was deleted.', user: 'USLACKBOT' },
      previous_message: { text: 'Root' },
    });
  });
});

describe('metadata', () => {
  const metadata = { event_type: 'task_created', event_payload: { id: '7' } };

  it('is told of when it comes, changes and goes', async () => {
    const events = ['posted', 'updated', 'deleted'].map((how) => `message_metadata_${how}`);
    const w = await openWorkspace(hearing(events, ['metadata.message:read']));
    const channel = w.channel('general');
    const { ts } = await posted(w, { text: 'x', metadata });
    const later = { ...metadata, event_payload: { id: '8' } };
    await w.api('chat.update', { channel, ts, text: 'y' });
    await w.api('chat.update', { channel, ts, metadata: later });
    await w.api('chat.update', { channel, ts, metadata: {} });
    const heard = (await w.heard()).map((one) => one.event);
    expect(heard).toMatchObject([
      { type: events[0], channel_id: channel, message_ts: ts, metadata },
      { type: events[1], previous_metadata: metadata, metadata: later },
      { type: events[2], previous_metadata: later, deleted_ts: expect.any(String) },
    ]);
  });

  it('stands in the history for whoever asks for it', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    await posted(w, { text: 'x', metadata });
    const newest = async (args: object) =>
      (await w.api('conversations.history', { channel, limit: 1, ...args })).messages[0].metadata;
    expect(await newest({})).toBeUndefined();
    expect(await newest({ include_all_metadata: true })).toEqual(metadata);
  });

  it('has to be in its form', async () => {
    const w = await openWorkspace();
    const error = async (given: unknown) =>
      (await w.api('chat.postMessage', { channel: w.channel('general'), text: 'x', metadata: given })).error;
    expect(await error('{')).toBe('invalid_metadata_format');
    expect(await error([1])).toBe('invalid_metadata_format');
    expect(await error({ event_type: 'x' })).toBe('invalid_metadata_schema');
    expect(await error({ ...metadata, event_payload: { x: 'y'.repeat(17_000) } })).toBe('metadata_too_large');
  });
});

describe('a scheduled message', () => {
  it('is answered as it will be said, without a timestamp', async () => {
    const w = await openWorkspace();
    const post_at = Math.floor(w.universe.now() / 1_000) + 600;
    const args = { channel: w.channel('general'), post_at, text: 'a & *b*' };
    const { message } = await w.api('chat.scheduleMessage', args);
    expect(message).toMatchObject({
      type: 'delayed_message',
      text: 'a &amp; *b*',
      blocks: [{ type: 'rich_text' }],
      bot_profile: { name: 'Desk' },
    });
    expect(message.ts).toBeUndefined();
  });

  it('is one of thirty in five minutes, and firm in its last minute', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const now = Math.floor(w.universe.now() / 1_000);
    const post_at = now - (now % 300) + 600;
    const plan = (at: number) => w.api('chat.scheduleMessage', { channel, text: 'x', post_at: at });
    const planned = await plan(post_at);
    for (let i = 1; i < 30; i++) expect((await plan(post_at + i)).ok).toBe(true);
    expect((await plan(post_at + 40)).error).toBe('restricted_too_many');
    expect((await plan(post_at + 300)).ok).toBe(true);
    expect((await w.api('chat.scheduleMessage', { channel, text: 'x', post_at: 'soon' })).error).toBe(
      'invalid_time',
    );
    await w.universe.advance((post_at - 30) * 1_000);
    const { scheduled_message_id } = planned;
    const gone = await w.api('chat.deleteScheduledMessage', { channel, scheduled_message_id });
    expect(gone.error).toBe('invalid_scheduled_message_id');
    expect((await w.api('chat.scheduledMessages.list', { channel: 'C0' })).error).toBe('invalid_channel');
  });
});

describe('a streamed message', () => {
  const begin = (w: Workspace, args: object = {}) =>
    w.api('chat.startStream', {
      channel: w.channel('general'),
      recipient_user_id: w.person(ANN),
      recipient_team_id: 'T1',
      ...args,
    });

  it('grows piece by piece until it is stopped', async () => {
    const w = await openWorkspace(hearing(['message.channels']));
    const { ok, channel, ts } = await begin(w, { markdown_text: 'One ' });
    expect(ok).toBe(true);
    const at = { channel, ts };
    expect(await w.api('chat.appendStream', { ...at, markdown_text: '**two**' })).toEqual({
      ok: true,
      ...at,
    });
    expect((await w.api('chat.update', { ...at, text: 'x' })).error).toBe('streaming_state_conflict');
    const [shown] = (await w.api('conversations.history', { channel, limit: 1 })).messages;
    expect(shown).toMatchObject({ text: 'One *two*', streaming_state: 'in_progress' });
    const stopped = await w.api('chat.stopStream', { ...at, blocks: [{ type: 'divider' }] });
    expect(stopped.message).toMatchObject({ ts, text: 'One *two*', streaming_state: 'completed' });
    expect(stopped.message.blocks.map((one: Answer) => one.type)).toEqual(['rich_text', 'divider']);
    expect((await w.api('chat.appendStream', { ...at, markdown_text: 'x' })).error).toBe(
      'message_not_in_streaming_state',
    );
    const subtypes = (await w.heard()).map((one) => one.event.subtype);
    expect(subtypes).toEqual([undefined, 'message_changed']);
  });

  it('shows tasks where they came up, or in a plan', async () => {
    const w = await openWorkspace();
    const task = (status: string) => ({ type: 'task_update', id: 't', title: 'Dig', status });
    const run = async (task_display_mode: string) => {
      const { channel, ts } = await begin(w, { task_display_mode, chunks: [task('in_progress')] });
      const chunks = [task('complete'), { type: 'plan_update', title: 'Plan' }];
      return (await w.api('chat.stopStream', { channel, ts, chunks })).message.blocks;
    };
    expect(await run('timeline')).toMatchObject([{ type: 'task_card', task_id: 't', status: 'complete' }]);
    expect(await run('plan')).toMatchObject([{ type: 'plan', title: 'Plan', tasks: [{ task_id: 't' }] }]);
  });

  it('needs somebody to read it in a channel, good chunks, and words soon enough', async () => {
    const w = await openWorkspace();
    expect((await begin(w, { recipient_user_id: '' })).error).toBe('missing_recipient_user_id');
    expect((await begin(w, { recipient_team_id: '' })).error).toBe('missing_recipient_team_id');
    expect(await begin(w, { chunks: [{ type: 'task_update', id: '1' }] })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] failed to match exactly one allowed schema [json-pointer:/chunks/0]'],
      },
    });
    const { channel, ts } = await begin(w);
    expect((await w.api('chat.appendStream', { channel, ts })).error).toBe('no_text');
    await w.universe.advance(w.universe.now() + 6 * MINUTE_MS);
    expect((await w.api('chat.appendStream', { channel, ts, markdown_text: 'x' })).error).toBe(
      'message_not_in_streaming_state',
    );
  });
});
