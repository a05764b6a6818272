import { BOB, CAT } from '../workspace.ts';
import type { Story } from './teller.ts';

const text = { type: 'plain_text', text: 'Yes' };
const section = { type: 'section', text: { type: 'mrkdwn', text: 'Well, *well*' } };
const actions = { type: 'actions', block_id: 'row', elements: [{ type: 'button', action_id: 'yes', text }] };

const PLAN = 'https://acme.example/plan';

/** `chat.*`, `conversations.*`, `reactions.*`, `pins.*`, `stars.*`. */
export const talkStories: readonly Story[] = [
  {
    says: 'messages',
    async tell(t) {
      const channel = t.channel('general');
      const { ts } = await t.call('chat.postMessage', {
        channel,
        text: 'Hello <@USLACKBOT> & all',
        blocks: [section, actions],
        attachments: [{ color: '#36a64f', text: 'More', fallback: 'More' }],
        metadata: { event_type: 'asked', event_payload: { id: 1 } },
      });
      await t.call('chat.postMessage', { channel, thread_ts: ts, reply_broadcast: true, text: 'A reply' });
      await t.call('chat.postMessage', { channel, markdown_text: '# Hello\n\n- one' });
      await t.call('chat.meMessage', { channel, text: 'waves' });
      await t.call('chat.postEphemeral', { channel, user: t.person(BOB), text: 'Psst' });
      await t.call('chat.update', { channel, ts, text: 'Hello again', blocks: [section] });
      await t.call('chat.getPermalink', { channel, message_ts: ts });
      await t.call('reactions.add', { channel, timestamp: ts, name: 'thumbsup' });
      await t.call('reactions.get', { channel, timestamp: ts });
      await t.call('reactions.list', { limit: 10 });
      await t.call('reactions.remove', { channel, timestamp: ts, name: 'thumbsup' });
      await t.call('pins.add', { channel, timestamp: ts });
      await t.call('pins.list', { channel });
      await t.call('conversations.history', { channel, limit: 10, include_all_metadata: true });
      await t.call('conversations.history', { channel, latest: ts, oldest: '0.000001', inclusive: true });
      await t.call('conversations.replies', { channel, ts, limit: 10 });
      await t.call('pins.remove', { channel, timestamp: ts });
      await t.call('stars.add', { channel, timestamp: ts }, t.user);
      await t.call('stars.list', {}, t.user);
      await t.call('stars.remove', { channel, timestamp: ts }, t.user);
      await t.call('search.messages', { query: 'hello', sort: 'timestamp', highlight: true }, t.user);
      await t.call('search.all', { query: 'hello', count: 5, page: 1 }, t.user);
      await t.call('chat.delete', { channel, ts });
      const post_at = t.universe.now() / 1_000 + 3_600;
      const { scheduled_message_id } = await t.call('chat.scheduleMessage', {
        channel,
        post_at,
        text: 'Later',
      });
      await t.call('chat.scheduledMessages.list', { channel });
      await t.call('chat.deleteScheduledMessage', { channel, scheduled_message_id });
    },
  },
  {
    says: 'messages that are streamed',
    async tell(t) {
      const channel = t.channel('general');
      const to = { recipient_user_id: t.person(BOB), recipient_team_id: 'T1' };
      const { ts } = await t.call('chat.startStream', { channel, markdown_text: 'One ', ...to });
      const chunks = [{ type: 'markdown_text', text: 'more' }];
      await t.call('chat.appendStream', { channel, ts, markdown_text: '**two**' });
      await t.call('chat.appendStream', { channel, ts, chunks });
      await t.call('chat.stopStream', { channel, ts, blocks: [section] });
    },
  },
  {
    says: 'bookmarks and links',
    async tell(t) {
      const channel = t.channel('general');
      const given = { channel_id: channel, title: 'Wiki', type: 'link', link: PLAN, emoji: ':books:' };
      const { bookmark } = await t.call('bookmarks.add', given);
      const named = { channel_id: channel, bookmark_id: bookmark.id };
      await t.call('bookmarks.edit', { ...named, title: 'The wiki' });
      await t.call('bookmarks.list', { channel_id: channel });
      await t.call('bookmarks.remove', named);
      const { ts } = t.gesture('post', BOB, { channel: 'general', text: `See ${PLAN}` });
      const unfurls = { [PLAN]: { title: 'The plan', text: 'First words' } };
      await t.call('chat.unfurl', { channel, ts, unfurls });
    },
  },
  {
    says: 'conversations',
    async tell(t) {
      const users = `${t.person(BOB)},${t.person(CAT)}`;
      const { channel: made } = await t.call('conversations.create', { name: 'launch', is_private: false });
      const channel = made.id;
      await t.call('conversations.invite', { channel, users });
      await t.call('conversations.setTopic', { channel, topic: 'To the *moon*' });
      await t.call('conversations.setPurpose', { channel, purpose: 'Get there' });
      await t.call('conversations.info', { channel, include_num_members: true, include_locale: true });
      await t.call('conversations.list', { types: 'public_channel,private_channel,im,mpim', limit: 100 });
      await t.call('conversations.members', { channel, limit: 2 });
      const { ts } = await t.call('chat.postMessage', { channel, text: 'Go' });
      await t.call('conversations.mark', { channel, ts });
      await t.call('users.conversations', { limit: 10, exclude_archived: true });
      await t.call('conversations.kick', { channel, user: t.person(BOB) });
      await t.call('conversations.rename', { channel, name: 'launched' });
      await t.call('conversations.leave', { channel });
      await t.call('conversations.join', { channel });
      await t.call('conversations.archive', { channel });
      await t.call('conversations.unarchive', { channel }, t.user);
      const { channel: dm } = await t.call('conversations.open', { users: t.person(BOB), return_im: true });
      await t.call('conversations.open', { channel: dm.id });
      await t.call('conversations.open', { users, return_im: true });
      await t.call('conversations.info', { channel: dm.id });
      await t.call('conversations.close', { channel: dm.id });
    },
  },
];
