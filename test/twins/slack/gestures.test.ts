import { describe, expect, it } from 'vitest';
import { ANN, type Answer, BOB, CAT, hearing, openWorkspace } from './workspace.ts';

const types = (payloads: Answer[]) =>
  payloads.map(({ event }) => (event.subtype ? `${event.type}/${event.subtype}` : event.type));

describe('a person in Slack’s own screens', () => {
  it('makes a channel, names and fills it, puts it away and takes it back', async () => {
    const w = await openWorkspace(
      hearing([
        'channel_created',
        'channel_rename',
        'channel_archive',
        'channel_unarchive',
        'channel_deleted',
        'member_joined_channel',
        'member_left_channel',
        'message.channels',
      ]),
    );
    const { channel } = w.gesture('createChannel', ANN, { name: 'plans', invite: ['@Desk', BOB] });
    expect(types(await w.heard())).toEqual([
      'channel_created',
      'member_joined_channel',
      'message/channel_join',
      'member_joined_channel',
      'message/channel_join',
    ]);
    w.gesture('renameChannel', ANN, { channel, name: 'big-plans' });
    w.gesture('setTopic', ANN, { channel, text: 'What next' });
    w.gesture('setPurpose', BOB, { channel, text: 'Planning' });
    w.gesture('removeMember', ANN, { channel, user: BOB });
    w.gesture('archiveChannel', ANN, { channel });
    w.gesture('unarchiveChannel', ANN, { channel });
    expect(types(await w.heard())).toEqual([
      'message/channel_name',
      'channel_rename',
      'message/channel_topic',
      'message/channel_purpose',
      'member_left_channel',
      'message/channel_archive',
      'channel_archive',
      'message/channel_unarchive',
      'channel_unarchive',
    ]);
    expect(() => w.gesture('deleteChannel', BOB, { channel })).toThrow('not_authorized');
    w.gesture('deleteChannel', ANN, { channel });
    expect((await w.heard()).map(({ event }) => event)).toMatchObject([
      { type: 'channel_deleted', channel, actor_id: w.person(ANN) },
    ]);
    expect((await w.api('conversations.info', { channel })).error).toBe('channel_not_found');
  });

  it('is heard of by nobody outside a private channel', async () => {
    const w = await openWorkspace(hearing(['group_rename', 'group_archive', 'group_deleted', 'group_left']));
    for (const gesture of ['archiveChannel', 'unarchiveChannel'])
      w.gesture(gesture, ANN, { channel: w.channel('secret') });
    w.gesture('renameChannel', ANN, { channel: 'secret', name: 'hidden' });
    expect(await w.heard()).toEqual([]);
    w.gesture('invite', ANN, { channel: 'hidden', users: ['@Desk'] });
    w.gesture('renameChannel', ANN, { channel: 'hidden', name: 'secret' });
    w.gesture('deleteChannel', ANN, { channel: 'secret' });
    expect(types(await w.heard())).toEqual(['group_rename', 'group_deleted']);
  });

  it('keeps messages, pins them, says how they are and does not take calls', async () => {
    const w = await openWorkspace(
      hearing(
        [
          'pin_added',
          'pin_removed',
          'star_added',
          'star_removed',
          'user_status_changed',
          'dnd_updated_user',
          'call_rejected',
        ],
        ['calls:write'],
      ),
    );
    const { channel, ts } = w.gesture('post', BOB, { channel: 'general', text: 'keep me' });
    for (const gesture of ['pin', 'unpin', 'save', 'unsave']) w.gesture(gesture, ANN, { channel, ts });
    w.gesture('setStatus', ANN, { text: 'Lunch', emoji: 'pizza' });
    w.gesture('snooze', BOB, { minutes: 30 });
    const call = { external_unique_id: 'room-1', join_url: 'https://calls.test/1' };
    const { call: added } = await w.api('calls.add', { ...call, created_by: w.person(BOB) });
    w.gesture('rejectCall', CAT, { call: added.id, channel: 'general' });
    const heard = await w.heard();
    expect(types(heard)).toEqual([
      'pin_added',
      'pin_removed',
      'star_added',
      'star_removed',
      'user_status_changed',
      'dnd_updated_user',
      'call_rejected',
    ]);
    expect(heard[4].event.user.profile).toMatchObject({ status_text: 'Lunch', status_emoji: ':pizza:' });
    expect(heard[6].event).toMatchObject({
      call_id: added.id,
      user_id: w.person(CAT),
      channel_id: channel,
      external_unique_id: 'room-1',
    });
  });

  it('makes a channel private, and public again', async () => {
    const w = await openWorkspace(hearing(['message.channels', 'message.groups']));
    const { channel } = w.gesture('createChannel', ANN, { name: 'plans', invite: ['@Desk'] });
    await w.heard();
    expect(() => w.gesture('makePrivate', BOB, { channel })).toThrow('not_authorized');
    w.gesture('makePrivate', ANN, { channel });
    expect(() => w.gesture('join', BOB, { channel })).toThrow('sees no channel');
    w.gesture('makePublic', ANN, { channel });
    const heard = await w.heard();
    expect(heard.map(({ event }) => [event.subtype, event.channel_type])).toEqual([
      ['channel_convert_to_private', 'group'],
      ['channel_convert_to_public', 'channel'],
    ]);
  });

  it('is in a huddle, as apps hear', async () => {
    const w = await openWorkspace(hearing(['user_huddle_changed', 'user_change']));
    const { call } = w.gesture('huddle', BOB, { on: true });
    w.gesture('huddle', BOB, { on: false });
    const heard = await w.heard();
    expect(types(heard)).toEqual([
      'user_huddle_changed',
      'user_change',
      'user_huddle_changed',
      'user_change',
    ]);
    expect(heard[0].event.user.profile).toMatchObject({
      huddle_state: 'in_a_huddle',
      huddle_state_call_id: call,
    });
    expect(heard[2].event.user.profile.huddle_state).toBe('default_unset');
  });

  it('opens conversations with several people, and closes them', async () => {
    const events = ['group_open', 'group_close'];
    const w = await openWorkspace(hearing(events));
    const { channel } = w.gesture('openGroup', ANN, { users: [BOB, '@Desk'] });
    expect(channel).toMatch(/^C/);
    w.gesture('closeDm', ANN, { channel });
    w.gesture('closeDm', BOB, { channel });
    const heard = await w.heard();
    expect(types(heard)).toEqual(events);
    expect(heard[0].event).toMatchObject({ user: w.person(ANN), channel });
  });

  it('renames the workspace, who runs it', async () => {
    const w = await openWorkspace(hearing(['team_rename', 'team_domain_change', 'email_domain_changed']));
    expect(() => w.gesture('renameWorkspace', BOB, { name: 'x' })).toThrow('does not run the workspace');
    w.gesture('renameWorkspace', ANN, { name: 'Acme Two', domain: 'acme-two', emailDomain: 'two.example' });
    expect((await w.heard()).map(({ event }) => event)).toMatchObject([
      { type: 'team_rename', name: 'Acme Two' },
      { type: 'team_domain_change', domain: 'acme-two' },
      { type: 'email_domain_changed', email_domain: 'two.example' },
    ]);
    expect((await w.api('team.info')).team).toMatchObject({ name: 'Acme Two', domain: 'acme-two' });
  });
});
