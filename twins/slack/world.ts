/** The workspace's tables: under which keys its entities are kept and found. */
import { table } from '../../src/table.ts';
import type {
  App,
  Channel,
  ChannelCount,
  Emoji,
  Ephemeral,
  Member,
  Message,
  Pin,
  Reading,
  Reminder,
  ResponseUrl,
  Scheduled,
  SlackFile,
  Team,
  Token,
  Trigger,
  Upload,
  User,
  UserGroup,
  View,
} from './entities.ts';
import { placeOf, saysTheSame, termsOf } from './model/search/searchable.ts';

export type * from './entities.ts';
export { isObject } from './entities.ts';

export const SLACKBOT = 'USLACKBOT';

/** One row: a universe is one workspace. */
export const teams = table<Team>({ name: 'slack.team', key: () => 'team' });
export const users = table<User>({
  name: 'slack.users',
  key: (row) => row.id,
  indexes: {
    email: (row) => row.profile.email?.toLowerCase(),
    name: (row) => row.name,
    realName: (row) => row.real_name.toLowerCase(),
    /** Slackbot, people, bots: as the roll of members is read out. */
    roll: (row) => `${row.id === SLACKBOT ? 0 : row.is_bot ? 2 : 1}${row.id}`,
  },
});
export const channels = table<Channel>({
  name: 'slack.channels',
  key: (row) => row.id,
  indexes: {
    name: (row) => (row.is_im ? undefined : row.name),
    type: (row) => channelType(row),
    party: (row) => row.party,
  },
});
export const members = table<Member>({
  name: 'slack.members',
  key: (row) => `${row.channel}/${row.user}`,
  indexes: { user: (row) => row.user },
});
export const channelCounts = table<ChannelCount>({ name: 'slack.counters', key: (row) => row.channel });
export const readings = table<Reading>({
  name: 'slack.reads',
  key: (row) => `${row.channel}/${row.user}`,
});
export const messages = table<Message>({
  name: 'slack.messages',
  key: (row) => `${row.channel}/${row.ts}`,
  indexes: {
    /** What the channel shows; replies stand in their thread alone unless they were broadcast. */
    timeline: (row) =>
      row.thread_ts === undefined || row.thread_ts === row.ts || row.subtype === 'thread_broadcast'
        ? `${row.channel}/${row.ts}`
        : undefined,
    thread: (row) => (isReply(row) ? `${row.channel}/${row.thread_ts}/${row.ts}` : undefined),
    replier: (row) =>
      isReply(row) ? `${row.channel}/${row.thread_ts}/${row.user ?? row.bot_id}` : undefined,
    reactor: (row) => row.reactions?.flatMap((reaction) => reaction.users),
  },
  texts: {
    said: { terms: termsOf, place: placeOf, same: saysTheSame },
  },
});
export const ephemerals = table<Ephemeral>({
  name: 'slack.ephemerals',
  key: (row) => `${row.channel}/${row.ts}`,
});
export const pins = table<Pin>({ name: 'slack.pins', key: (row) => `${row.channel}/${row.ts}` });
export const apps = table<App>({
  name: 'slack.apps',
  secret: true,
  key: (row) => row.id,
  indexes: {
    order: (row) => String(row.order).padStart(6, '0'),
    name: (row) => (row.deleted ? undefined : row.name.toLowerCase()),
    bot: (row) => row.bot_id,
    botUser: (row) => row.bot_user || undefined,
    client: (row) => (row.deleted ? undefined : row.client_id),
    subscription: (row) => (listens(row) ? row.events.subscriptions : undefined),
    userSubscription: (row) => (listens(row) ? row.events.user_subscriptions : undefined),
  },
});
export const tokens = table<Token>({
  name: 'slack.tokens',
  secret: true,
  key: (row) => row.token,
  indexes: { id: (row) => row.id, app: (row) => `${row.app}/${row.kind}` },
});
export const triggers = table<Trigger>({ name: 'slack.triggers', key: (row) => row.id });
export const responseUrls = table<ResponseUrl>({ name: 'slack.responseUrls', key: (row) => row.id });
export const views = table<View>({
  name: 'slack.views',
  key: (row) => row.id,
  indexes: {
    external: (row) => (row.external_id ? `${row.app_id}/${row.external_id}` : undefined),
    home: (row) => (row.type === 'home' ? `${row.app_id}/${row.user}` : undefined),
    root: (row) => row.root_view_id,
  },
});
export const scheduled = table<Scheduled>({
  name: 'slack.scheduled',
  key: (row) => row.id,
  indexes: {
    app: (row) => `${row.app}/${String(row.post_at).padStart(12, '0')}`,
    channel: (row) => `${row.app}/${row.channel_id}/${String(row.post_at).padStart(12, '0')}`,
  },
});
export const userGroups = table<UserGroup>({
  name: 'slack.usergroups',
  key: (row) => row.id,
  indexes: { handle: (row) => row.handle, name: (row) => row.name },
});
export const files = table<SlackFile>({
  name: 'slack.files',
  key: (row) => row.id,
  indexes: {
    /** In the order of their making, all of them, by maker and by place. */
    recent: (row) => fileOrder(row),
    user: (row) => `${row.user}/${fileOrder(row)}`,
    place: (row) => placesOf(row).map((place) => `${place}/${fileOrder(row)}`),
    external: (row) => (row.external_id === undefined ? undefined : `${row.app_id}/${row.external_id}`),
  },
});
export const uploads = table<Upload>({
  name: 'slack.uploads',
  key: (row) => row.secret,
  indexes: { file: (row) => row.file },
});
export const reminders = table<Reminder>({
  name: 'slack.reminders',
  key: (row) => row.id,
  indexes: { user: (row) => row.user },
});

export const emoji = table<Emoji>({
  name: 'slack.emoji',
  key: (row) => row.name,
  indexes: { value: (row) => row.value },
});

export type ChannelType = 'public_channel' | 'private_channel' | 'im' | 'mpim';

/** A conversation's kind, in the words of `conversations.list`. */
export function channelType(row: Channel): ChannelType {
  if (row.is_im) return 'im';
  if (row.is_mpim) return 'mpim';
  return row.is_private ? 'private_channel' : 'public_channel';
}

/** Does a message stand in a thread under another one? */
export const isReply = (row: Message): boolean => row.thread_ts !== undefined && row.thread_ts !== row.ts;

/** Where a file is shared. */
export const placesOf = (row: SlackFile): string[] => [...row.channels, ...row.groups, ...row.ims];

/** Is there anywhere to send an app's events? */
const listens = ({ uninstalled, socket_mode, events }: App): boolean =>
  !uninstalled && (socket_mode || (events.url !== undefined && events.verified && events.disabled !== true));

const fileOrder = (row: SlackFile): string => String(row.created).padStart(12, '0');
