import { ANN, BOB } from '../workspace.ts';
import type { Story } from './teller.ts';

const ZOE = 'zoe@other.example';
const divider = { type: 'divider' };

const PLAN = 'https://docs.example/plan';
const METADATA = {
  entity_type: 'slack#/entities/file',
  url: PLAN,
  external_ref: { id: 'plan' },
  entity_payload: { attributes: { title: { text: 'Plan' } } },
};

/** Slack Connect, calls, questions, work objects. */
export const connectStories: readonly Story[] = [
  {
    says: 'channels shared with other companies',
    async tell(t) {
      const { channel } = await t.call('conversations.create', { name: 'shared' });
      const share = { channel: channel.id, emails: ZOE, external_limited: false };
      const { invite_id } = await t.call('conversations.inviteShared', share);
      await t.call('conversations.listConnectInvites', { count: 2 });
      const { team: target_team } = t.gesture('acceptSharedInvite', ZOE, { invite: invite_id, review: true });
      await t.call('conversations.approveSharedInvite', { invite_id, target_team });
      const permit = { channel: channel.id, target_team, action: 'upgrade' };
      await t.call('conversations.externalInvitePermissions.set', permit);
      await t.call('team.externalTeams.list', { limit: 2 });
      await t.call('team.externalTeams.disconnect', { target_team });
      const theirs = t.gesture('inviteApp', ZOE, { app: 'Desk', channel: 'their-plans' });
      const name = { invite_id: theirs.invite, channel_name: 'other-plans' };
      await t.call('conversations.acceptSharedInvite', name);
      const again = await t.call('conversations.inviteShared', share);
      const { team } = t.gesture('acceptSharedInvite', ZOE, { invite: again.invite_id, review: true });
      await t.call('conversations.declineSharedInvite', { invite_id: again.invite_id, target_team: team });
    },
  },
  {
    says: 'wishes to invite somebody',
    async tell(t) {
      const wish = (as: string) =>
        t.gesture('requestSharedInvite', as, { channel: 'random', email: ZOE }).request;
      const first = wish(BOB);
      await t.call('conversations.requestSharedInvite.list', { limit: 2 });
      await t.call('conversations.requestSharedInvite.deny', { invite_id: first, message: 'No' });
      await t.call('conversations.requestSharedInvite.approve', { invite_id: wish(ANN) });
    },
  },
  {
    says: 'calls',
    async tell(t) {
      const given = { external_unique_id: 'x-1', join_url: 'https://call.example/1', title: 'Stand-up' };
      const { call } = await t.call('calls.add', {
        ...given,
        created_by: t.person(BOB),
        users: [{ slack_id: t.person(BOB) }],
      });
      const { id } = call;
      const guest = { external_id: '7', display_name: 'Guest' };
      await t.call('calls.participants.add', { id, users: [guest] });
      await t.call('calls.participants.remove', { id, users: [guest] });
      await t.call('calls.update', { id, title: 'Sit-down' });
      await t.call('calls.info', { id });
      await t.call('calls.end', { id, duration: 60 });
    },
  },
  {
    says: 'assistants and agents',
    async tell(t) {
      const { channel, ts } = t.gesture('openAssistant', BOB, { app: 'Desk' });
      const at = { channel_id: channel, thread_ts: ts };
      await t.call('assistant.threads.setStatus', { ...at, status: 'is thinking…' });
      await t.call('assistant.threads.setTitle', { ...at, title: 'Diving' });
      const prompts = [{ title: 'Where', message: 'Where to dive?' }];
      await t.call('assistant.threads.setSuggestedPrompts', { ...at, prompts });
      const channel_id = t.channel('general');
      const { ts: thread_ts } = await t.call('chat.postMessage', { channel: channel_id, text: 'Task' });
      const session = { channel_id, thread_ts, initiator_user_id: t.person(ANN), title: 'Diving' };
      await t.call('agents.sessions.setStatus', { ...session, status: 'processing' });
      await t.call('agents.sessions.rename', { channel_id, thread_ts, title: 'Trip' });
    },
  },
  {
    says: 'questions and work objects',
    async tell(t) {
      const opened = async (comments: boolean) => {
        t.gesture('openEntity', BOB, { app: 'Desk', id: 'plan', url: PLAN, channel: 'general', comments });
        return (await t.heard()).find((one) => one.event?.trigger_id).event.trigger_id;
      };
      await t.call('entity.presentDetails', { trigger_id: await opened(false), metadata: METADATA });
      const trigger_id = await opened(true);
      const comments = [{ id: '1', text: 'hm', can_delete: true }];
      const shown = { trigger_id, comments, delete_action_id: 'gone', can_post_comment: true };
      await t.call('entity.presentComments', shown);
      await t.call('blocks.validate', { blocks: [divider] });
      await t.call('assistant.search.info', {}, t.user);
      await t.call('assistant.search.context', { query: 'welcome', limit: 1, sort: 'timestamp' }, t.user);
    },
  },
];
