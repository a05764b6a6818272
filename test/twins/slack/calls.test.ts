import { describe, expect, it } from 'vitest';
import { type Answer, BOB, openWorkspace, WORLD, type Workspace } from './workspace.ts';

async function opened(): Promise<Workspace> {
  const app = WORLD.slack?.apps?.[0] as Answer;
  const scopes = [...app.scopes, 'calls:read', 'calls:write'];
  return openWorkspace({ ...WORLD, slack: { ...WORLD.slack, apps: [{ ...app, scopes }] } });
}

describe('a call', () => {
  it('is registered, joined, left, changed and ended, and its block tells how it stands', async () => {
    const w = await opened();
    const bob = w.person(BOB);
    const given = { external_unique_id: 'x-1', join_url: 'https://call.example/1', title: 'Stand-up' };
    expect((await w.api('calls.add', given)).error).toBe('invalid_created_by');
    const { call } = await w.api('calls.add', { ...given, created_by: bob, users: [{ slack_id: bob }] });
    expect(call).toMatchObject({
      id: expect.stringMatching(/^R0/),
      users: [{ slack_id: bob }],
      channels: [],
    });
    const { id } = call;
    const channel = w.channel('general');
    const posted = await w.api('chat.postMessage', { channel, blocks: [{ type: 'call', call_id: id }] });
    expect(posted.message.blocks[0].call.v1).toMatchObject({
      name: 'Stand-up',
      has_ended: false,
      channels: [channel],
    });
    const guest = { external_id: '7', display_name: 'Guest' };
    expect((await w.api('calls.participants.add', { id, users: [guest] })).call.users).toContainEqual(guest);
    expect((await w.api('calls.participants.add', { id, users: [guest] })).error).toBe('bad_users');
    await w.api('calls.participants.remove', { id, users: [{ slack_id: bob }] });
    await w.api('calls.update', { id, title: 'Sit-down' });
    expect((await w.api('calls.info', { id })).call).toMatchObject({
      title: 'Sit-down',
      users: [guest],
      channels: [channel],
    });
    expect((await w.api('calls.end', { id, duration: 60 })).call.id).toBe(id);
    expect((await w.api('calls.end', { id })).error).toBe('inactive_call');
    expect((await w.api('calls.participants.add', { id, users: [{ slack_id: bob }] })).error).toBe(
      'inactive_call',
    );
    const { messages } = await w.api('conversations.history', { channel, limit: 1 });
    expect(messages[0].blocks[0].call.v1).toMatchObject({ has_ended: true, active_participants: [] });
    expect(messages[0].blocks[0].call.v1.all_participants).toEqual([{ slack_id: bob }, guest]);
    expect((await w.api('calls.info', { id: 'R0NONE' })).error).toBe('invalid_call_id');
  });

  it('that there is not cannot be shown', async () => {
    const w = await opened();
    const blocks = [{ type: 'call', call_id: 'R0NONE' }];
    expect((await w.api('chat.postMessage', { channel: w.channel('general'), blocks })).error).toBe(
      'invalid_blocks',
    );
  });
});

describe('blocks.validate', () => {
  it('says what is wrong with blocks, a message or a view, and where', async () => {
    const w = await opened();
    const validate = (given: Record<string, unknown>) => w.api('blocks.validate', given);
    const good = [{ type: 'divider' }];
    const bad = [{ type: 'section', text: { type: 'mrkdwn', text: '' } }];
    expect(await validate({ blocks: good })).toEqual({ ok: true });
    const refused = await validate({ blocks: bad });
    expect(refused).toMatchObject({
      error: 'invalid_blocks',
      errors: [{ code: 'failed_constraint', pointer: '/0/text/text', message: expect.any(String) }],
    });
    const told = await validate({ message: { text: 'x', blocks: bad } });
    expect([told.error, told.errors[0].pointer]).toEqual(['invalid_message', '/blocks/0/text/text']);
    const view = await validate({ view: JSON.stringify({ type: 'modal', blocks: good }) });
    expect([view.error, view.errors[0].pointer]).toEqual(['invalid_view', expect.stringMatching(/^\//)]);
    expect(await validate({ blocks: good, view: '{}' })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['must provide exactly one of `blocks`, `view`, or `message`'] },
    });
  });
});
