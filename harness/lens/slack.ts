/** Slack's tables as a reader sees them: channels by name, authors by e-mail, blocks as text and buttons. */
import { at, emailOf, type Lens, type LensWorld, type Row, text } from './lens.ts';

/** A message as expressions and steps see it. */
export interface Message extends Row {
  channel: string;
  ts: string;
  thread_ts: string;
  /** Channel name, or '' in a direct message. */
  channelName: string;
  /** The other side of a direct message, by e-mail, else ''. */
  to: string;
  text: string;
  /** E-mail of the person who wrote it; '' for a program. */
  user: string;
  /** Posted by an app or a bot, not by a simulated person. */
  byCandidate: boolean;
  edited: boolean;
  reactions: string[];
  buttons: { action: string; value: string; text: string }[];
  mentions: string[];
}

const MESSAGE_TABLES = ['slack.messages', 'slack.users', 'slack.channels'];

export const slackLens: Lens = {
  twin: 'slack',
  helpers: {
    messages: {
      signatures: ['messages(dyn): list<dyn>'],
      tables: MESSAGE_TABLES,
      call: (world, where) => messagesIn(world, where),
    },
    replies: {
      signatures: ['replies(dyn): list<dyn>'],
      tables: MESSAGE_TABLES,
      call: (world, message) => repliesTo(world, message),
    },
    reactions: {
      signatures: ['reactions(dyn): list<dyn>'],
      tables: MESSAGE_TABLES,
      call: (world, message) =>
        messageAt(world, text(message, 'channel'), text(message, 'ts'))?.reactions ?? [],
    },
    inChannel: {
      signatures: ['inChannel(dyn, dyn): bool'],
      tables: ['slack.members', 'slack.users', 'slack.channels'],
      call: (world, user, channel) => {
        const key = `${channelId(world, channel)}/${userIdOf(world, emailOf(user))}`;
        return world.get('slack', 'members', key) !== undefined;
      },
    },
  },
  // An ephemeral message is gone at the next reload, and a scheduled one counts when it is posted.
  bookkeeping: [
    'apps',
    'counters',
    'ephemerals',
    'reads',
    'responseUrls',
    'scheduled',
    'tokens',
    'triggers',
    'views',
  ],
  // Opening a direct conversation changes nothing that anybody would see before something is said in it.
  isBookkeeping: (table, row) => {
    if (table === 'channels') return at(row, 'is_im') === true;
    return table === 'members' && text(row, 'channel').startsWith('D');
  },
  follows: {
    messages: ['reply_count', 'reply_users', 'reply_users_count', 'latest_reply', 'subscribed', 'last_read'],
    channels: ['updated', 'latest', 'last_read', 'unread_count', 'unread_count_display', 'is_open'],
    users: ['updated', 'presence'],
  },
  nouns: {
    messages: { noun: 'message', insert: 'posted', update: 'updated', remove: 'deleted' },
    channels: { noun: 'channel', insert: 'created', update: 'updated', remove: 'deleted' },
    members: { noun: 'member', insert: 'joined', update: 'updated', remove: 'left' },
  },
  row(world, table, row) {
    if (table === 'messages') return { ...row, ...messageView(world, row) };
    if (table === 'members') {
      const channel = text(world.get('slack', 'channels', text(row, 'channel')), 'name');
      return { ...row, channel, user: emailById(world, text(row, 'user')) };
    }
    if (table === 'channels') return { ...row, to: emailById(world, text(row, 'user')) };
    return row;
  },
};

/** Messages of a channel (by name or id), or of a person's direct conversations with programs; oldest first. */
export function messagesIn(world: LensWorld, where: unknown): Message[] {
  const asPerson = userIdOf(world, emailOf(where));
  const channels = asPerson ? directChannels(world, asPerson) : [channelId(world, where)];
  return channels.flatMap((channel) => views(world, channel));
}

/** Replies in the thread of a message (the message itself left out), oldest first. */
export function repliesTo(world: LensWorld, message: unknown): Message[] {
  const ts = text(message, 'thread_ts') || text(message, 'ts');
  return views(world, text(message, 'channel')).filter((reply) => reply.thread_ts === ts && reply.ts !== ts);
}

/** One message by channel id and timestamp. */
export function messageAt(world: LensWorld, channel: string, ts: string): Message | undefined {
  const row = world.get('slack', 'messages', `${channel}/${ts}`);
  return row && messageView(world, row);
}

/** Does a message speak of a person: by mention, e-mail or name? */
export function speaksOf(world: LensWorld, message: Message, person: unknown): boolean {
  const email = emailOf(person);
  const name = text(person, 'name') || nameOf(world, email);
  const said = message.text.toLowerCase();
  return (
    message.mentions.includes(email) ||
    said.includes(email) ||
    (name !== '' && said.includes(name.toLowerCase()))
  );
}

function views(world: LensWorld, channel: string): Message[] {
  if (channel === '') return [];
  return world.cached(`slack.messages of ${channel}`, MESSAGE_TABLES, () => {
    return world.rows('slack', 'messages', `${channel}/`).map((row) => messageView(world, row));
  });
}

function messageView(world: LensWorld, row: Row): Message {
  const raw = readable(row);
  const channel = world.get('slack', 'channels', text(row, 'channel'));
  const mentions = [...raw.matchAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g)].map((match) =>
    emailById(world, match[1] ?? ''),
  );
  const byCandidate = text(row, 'bot_id') !== '' || text(row, 'app_id') !== '';
  return {
    channel: text(row, 'channel'),
    ts: text(row, 'ts'),
    thread_ts: text(row, 'thread_ts'),
    channelName: at(channel, 'is_im') === true ? '' : text(channel, 'name'),
    to: at(channel, 'is_im') === true ? emailById(world, text(channel, 'user')) : '',
    text: unescapeText(raw.replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${displayName(world, id)}`)),
    user: byCandidate ? '' : emailById(world, text(row, 'user')),
    byCandidate,
    edited: at(row, 'edited') !== undefined,
    subtype: text(row, 'subtype'),
    reactions: list(at(row, 'reactions')).map((reaction) => text(reaction, 'name')),
    buttons: buttonsIn(at(row, 'blocks')),
    mentions,
  };
}

/** What a person reads: the text, and what blocks say beyond it. */
function readable(row: Row): string {
  const blocks = list(at(row, 'blocks')).filter((block) => text(block, 'type') !== 'rich_text');
  const inBlocks = blocks.map(blockText).filter(Boolean).join('\n');
  const own = text(row, 'text');
  return inBlocks === '' || inBlocks === own ? own : `${own}\n${inBlocks}`;
}

function blockText(block: unknown): string {
  const parts = [at(block, 'text'), ...list(at(block, 'fields')), ...list(at(block, 'elements'))];
  return parts
    .map((part) => (typeof part === 'string' ? part : partText(part)))
    .filter(Boolean)
    .join('\n');
}

function partText(part: unknown): string {
  if (text(part, 'type') === 'button') return '';
  return text(part, 'text') || text(part, 'text', 'text');
}

function buttonsIn(blocks: unknown): Message['buttons'] {
  const elements = list(blocks).flatMap((block) => [...list(at(block, 'elements')), at(block, 'accessory')]);
  return elements
    .filter((element) => text(element, 'type') === 'button')
    .map((button) => ({
      action: text(button, 'action_id'),
      value: text(button, 'value'),
      text: text(button, 'text', 'text'),
    }));
}

function channelId(world: LensWorld, where: unknown): string {
  const name = String(where).replace(/^#/, '');
  const byName = world.cached('slack.channels by name', ['slack.channels'], () => {
    return new Map(world.rows('slack', 'channels').map((row) => [text(row, 'name'), text(row, 'id')]));
  });
  return byName.get(name) ?? (world.get('slack', 'channels', name) ? name : '');
}

function directChannels(world: LensWorld, userId: string): string[] {
  return world.cached(`slack.direct of ${userId}`, ['slack.channels'], () => {
    const rows = world.rows('slack', 'channels');
    return rows
      .filter((row) => at(row, 'is_im') === true && text(row, 'user') === userId)
      .map((row) => text(row, 'id'));
  });
}

function users(world: LensWorld): Map<string, Row> {
  return world.cached('slack.users by e-mail', ['slack.users'], () => {
    return new Map(
      world.rows('slack', 'users').map((row) => [text(row, 'profile', 'email').toLowerCase(), row]),
    );
  });
}

function userIdOf(world: LensWorld, email: string): string {
  return email === '' ? '' : text(users(world).get(email), 'id');
}

function nameOf(world: LensWorld, email: string): string {
  return text(users(world).get(email), 'profile', 'real_name');
}

function emailById(world: LensWorld, id: string): string {
  return text(world.get('slack', 'users', id), 'profile', 'email').toLowerCase() || id;
}

function displayName(world: LensWorld, id: string): string {
  const row = world.get('slack', 'users', id);
  return text(row, 'profile', 'real_name') || text(row, 'name') || id;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function unescapeText(value: string): string {
  return value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
