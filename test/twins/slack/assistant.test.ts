import { describe, expect, it } from 'vitest';
import { assistantThreads } from '../../../twins/slack/model/workflows/assistantThread.ts';
import { ANN, type Answer, BOB, hearing, openWorkspace, type Workspace } from './workspace.ts';

const EVENTS = ['assistant_thread_started', 'assistant_thread_context_changed', 'message.im'];
const opened = () => openWorkspace(hearing(EVENTS, ['assistant:write']));
const row = (w: Workspace): Answer => [...w.universe.state.list(assistantThreads)][0];

describe('an assistant', () => {
  it('hears that a thread is opened, and where its person looks', async () => {
    const w = await opened();
    const { channel, ts } = w.gesture('openAssistant', BOB, { app: 'Desk', channel: 'general' });
    w.gesture('lookElsewhere', BOB, { app: 'Desk', channel: 'random' });
    const heard = (await w.heard()).map((one) => one.event);
    expect(heard.map((one) => one.type)).toEqual(['message', EVENTS[0], EVENTS[1]]);
    expect(heard[0]).toMatchObject({ subtype: 'assistant_app_thread', ts });
    expect(heard[1].assistant_thread).toMatchObject({
      user_id: w.person(BOB),
      channel_id: channel,
      thread_ts: ts,
      context: { channel_id: w.channel('general'), enterprise_id: null },
    });
    expect(heard[2].assistant_thread.context.channel_id).toBe(w.channel('random'));
  });

  it('says what it does until it has said something, or for two minutes', async () => {
    const w = await opened();
    const { channel, ts } = w.gesture('openAssistant', BOB, { app: 'Desk' });
    const think = () =>
      w.api('assistant.threads.setStatus', { channel_id: channel, thread_ts: ts, status: 'is thinking…' });
    expect(await think()).toEqual({ ok: true });
    expect(row(w).status).toBe('is thinking…');
    await w.api('chat.postMessage', { channel, thread_ts: ts, text: 'Done' });
    expect(row(w).status).toBe('');
    await think();
    await w.universe.advance(w.universe.now() + 120_000);
    expect(row(w).status).toBe('');
  });

  it('names its thread and suggests what to ask', async () => {
    const w = await opened();
    const { channel, ts } = w.gesture('openAssistant', BOB, { app: 'Desk' });
    const at = { channel_id: channel, thread_ts: ts };
    expect(await w.api('assistant.threads.setTitle', { ...at, title: 'Diving' })).toEqual({ ok: true });
    const [root] = (await w.api('conversations.replies', { channel, ts })).messages;
    expect(root).toMatchObject({ text: 'Diving', assistant_app_thread: { title: 'Diving' } });
    const prompts = [{ title: 'Where', message: 'Where to dive?' }];
    expect(await w.api('assistant.threads.setSuggestedPrompts', { ...at, prompts })).toEqual({ ok: true });
    expect(row(w).prompts).toEqual(prompts);
  });

  it('is refused what is not there or too long', async () => {
    const w = await opened();
    const { channel, ts } = w.gesture('openAssistant', BOB, { app: 'Desk' });
    const set = (args: object) =>
      w.api('assistant.threads.setStatus', { channel_id: channel, thread_ts: ts, status: 'x', ...args });
    expect(await set({ channel_id: 'C0' })).toMatchObject({
      error: 'channel_not_found',
      detail: 'Invalid channel_id',
    });
    expect(await set({ thread_ts: '1.000000' })).toMatchObject({
      error: 'invalid_thread_ts',
      detail: 'Thread not found',
    });
    expect((await set({ loading_messages: ['x'.repeat(51)] })).response_metadata.messages).toEqual([
      '[ERROR] must be less than 51 characters [json-pointer:/loading_messages/0]',
    ]);
  });
});

describe('an agent’s session', () => {
  it('begins with its first status, moves on and is renamed', async () => {
    const w = await opened();
    const channel_id = w.channel('general');
    const { ts: thread_ts } = await w.api('chat.postMessage', { channel: channel_id, text: 'Task' });
    const set = (args: object) => w.api('agents.sessions.setStatus', { channel_id, thread_ts, ...args });
    const begun = await set({ status: 'processing', title: 'Diving', initiator_user_id: w.person(ANN) });
    expect(begun).toEqual({ ok: true, status: 'processing', agent_status: 'processing', title: 'Diving' });
    expect(await set({ status: 'closed', title: 'Other' })).toMatchObject({
      status: 'closed',
      title: 'Diving',
    });
    const rename = (args: object) => w.api('agents.sessions.rename', { channel_id, thread_ts, ...args });
    expect(await rename({ title: 'Trip' })).toEqual({ ok: true, title: 'Trip' });
    expect((await rename({ title: 'x', thread_ts: '1.000000' })).error).toBe('session_not_found');
    expect((await set({ status: 'closed', thread_ts: '' })).error).toBe('thread_ts_required');
    expect((await set({ status: 'thinking' })).response_metadata.messages).toEqual([
      '[ERROR] must be a valid enum value [json-pointer:/status]',
    ]);
  });
});
