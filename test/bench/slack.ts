/**
 * What pages of a large workspace cost beside those of a small one, call by call in turns, so that what else the
 * machine does falls on both. By name, at full size: `node --expose-gc dist/test/bench/slack.js [MESSAGES]`.
 */
import type { WorldFile } from '../../src/world/file.ts';
import { slack } from '../../twins/slack/twin.ts';
import { openUniverse } from '../universe.ts';
import { FLAT, type Flatness, measured, type Pair, table } from './flat.ts';
import { heapUsed } from './measure.ts';

export interface Size {
  people: number;
  channels: number;
  messages: number;
}

/** As large as a company's workspace gets, and as small as one that still fills every page. */
export const LARGE: Size = { people: 5_000, channels: 2_000, messages: 1_000_000 };
export const SMALL: Size = { people: 150, channels: 130, messages: 20_000 };
/** A page holds so many rows, where the method lets one say. */
const ROWS = 50;

/** Measures each kind of page `rounds` times in each workspace. */
export async function flatness(small: Workspace, large: Workspace, rounds: number): Promise<Flatness[]> {
  const others = await pages(large);
  const pairs = Object.entries(await pages(small)).map(([what, [method, args]]): Pair => {
    const [, theirs] = others[what] as Asked;
    return { what, small: () => small.call(method, args), large: () => large.call(method, theirs) };
  });
  return measured(pairs, rounds);
}

/** A workspace that is asked without a socket. */
export interface Workspace {
  call(method: string, args: Args): Promise<Answer>;
}
type Args = Readonly<Record<string, unknown>>;
type Asked = readonly [method: string, args: Args];
interface Answer {
  ok: boolean;
  channels: { id: string; name: string }[];
  messages: { ts: string; reply_count?: number }[];
  response_metadata?: { next_cursor?: string };
}

/** Plants a workspace of that size. */
export async function workspace({ people, channels, messages }: Size): Promise<Workspace> {
  const world: WorldFile = {
    world: 'bench',
    people: { count: people },
    slack: { channels: { count: channels }, messages: { count: messages } },
  };
  const { universe } = await openUniverse([slack], world);
  const { credentials } = slack.credentials.document(universe.view('slack'), universe.publicBase('slack'));
  const headers = {
    authorization: `Bearer ${credentials.userToken}`,
    'content-type': 'application/json; charset=utf-8',
  };
  const base = universe.publicBase('slack');
  return {
    async call(method, args) {
      const body = Buffer.from(JSON.stringify(args));
      const path = `/api/${method}`;
      const plan = await universe.handle('slack', {
        method: 'POST',
        path,
        query: '',
        headers,
        body,
        base,
        via: 'process',
      });
      const text = 'reply' in plan ? String(plan.reply.body) : '';
      if (!text.startsWith('{"ok":true')) throw new Error(`${method}: ${text.slice(0, 200)}`);
      return JSON.parse(text) as Answer;
    },
  };
}

/** Each kind of page, at its beginning and further on, as this workspace has it. */
async function pages({ call }: Workspace): Promise<Record<string, Asked>> {
  const { channels } = await call('users.conversations', { limit: 999 });
  const channel = channels.find((one) => one.name === 'general')?.id;
  const later = async (method: string, args: Args): Promise<Asked> => {
    const { response_metadata } = await call(method, args);
    return [method, { ...args, cursor: response_metadata?.next_cursor }];
  };
  const history = ['conversations.history', { channel, limit: ROWS }] as const;
  const { messages } = await call('conversations.history', { channel, limit: 200 });
  const ts = messages.find((one) => one.reply_count === 1)?.ts;
  const listed = { limit: ROWS };
  return {
    'conversations.history': history,
    'conversations.history, second page': await later(...history),
    'conversations.replies': ['conversations.replies', { channel, ts }],
    'conversations.info': ['conversations.info', { channel, include_num_members: true }],
    'conversations.members': ['conversations.members', { channel, limit: ROWS }],
    'conversations.list': ['conversations.list', listed],
    'conversations.list, second page': await later('conversations.list', listed),
    'users.conversations': ['users.conversations', { limit: 5 }],
    'users.list': ['users.list', listed],
    'users.list, second page': await later('users.list', listed),
    'search.messages': ['search.messages', { query: 'budget', count: 20 }],
    'search.messages, newest first': ['search.messages', { query: 'budget', count: 20, sort: 'timestamp' }],
    'chat.postMessage': ['chat.postMessage', { channel, text: 'hello there' }],
  };
}

const ROUNDS = 400;

if (process.argv[1]?.endsWith('bench/slack.js')) {
  const messages = Number(process.argv[2] ?? LARGE.messages);
  const before = heapUsed();
  const started = performance.now();
  const large = await workspace({ ...LARGE, messages });
  const seconds = (performance.now() - started) / 1_000;
  const mib = (heapUsed() - before) / 2 ** 20;
  process.stdout.write(`${LARGE.people} users, ${LARGE.channels} channels, ${messages} messages: `);
  process.stdout.write(`${seconds.toFixed(1)} s, ${mib.toFixed(0)} MiB\n`);
  const rows = await flatness(await workspace(SMALL), large, ROUNDS);
  process.stdout.write(table(rows));
  process.exitCode = seconds < 20 && rows.every((one) => one.ratio <= FLAT) ? 0 : 1;
}
