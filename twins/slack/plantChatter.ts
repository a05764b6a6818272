/** What was said in a workspace whose world asks for a number of messages, not for these or those. */
import { BASE64URL } from '../../src/ids.ts';
import type { Draw } from '../../src/prng.ts';
import type { World } from '../../src/world/world.ts';
import { richText } from './model/messages/richtext.ts';
import { addReply } from './model/messages/thread.ts';
import { tsAt } from './model/messages/timestamp.ts';
import { theTeam } from './model/people/team.ts';
import { channels, type Json, type Message, members, messages, users } from './world.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
/** Of so many messages one answers the root before it in its thread. */
const REPLY_EVERY = 8;

/**
 * Writes `count` messages of people, spread over the year up to now. The channels talk unevenly, as they do: the nth
 * as much as the first divided by the root of n.
 */
export function plantChatter(world: World, count: number): void {
  const talking = [...world.list(channels)]
    .map((channel) => ({ id: channel.id, writers: writersOf(world, channel.id) }))
    .filter(({ writers }) => writers.length > 0);
  const weights = talking.map((_, nth) => 1 / Math.sqrt(nth + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  let written = 0;
  for (const [nth, channel] of talking.entries()) {
    reached += weights[nth] as number;
    // By running totals, so that the parts add up to the whole.
    const upTo = nth === talking.length - 1 ? count : Math.round((count * reached) / total);
    talk(world, channel, upTo - written);
    written = upTo;
  }
}

interface Talking {
  id: string;
  writers: readonly string[];
}

const writersOf = (world: World, channel: string): string[] =>
  [...world.list(members, { prefix: `${channel}/` })]
    .map((one) => one.user)
    .filter((user) => world.get(users, user)?.is_bot === false);

function talk(world: World, { id: channel, writers }: Talking, count: number): void {
  const team = theTeam(world).id;
  const draw = world.drawFor('slack.chatter', channel);
  const step = YEAR_MS / count;
  const start = world.now() - YEAR_MS;
  let root: Message | undefined;
  for (let nth = 0; nth < count; nth++) {
    const ts = tsAt(Math.floor(start + (nth + draw.float() / 2) * step));
    const user = draw.pick(writers);
    const said = draw.pick(SENTENCES);
    const message: Message = {
      channel,
      type: 'message',
      user,
      ts,
      team,
      text: said.text,
      blocks: [block(draw, said)],
    };
    if (root && draw.u32() % REPLY_EVERY === 0) {
      const now = world.get(messages, `${channel}/${root.ts}`) ?? root;
      addReply(world, now, { ...message, thread_ts: root.ts, parent_user_id: root.user ?? '' });
    } else root = world.insert(messages, message);
  }
}

interface Sentence {
  text: string;
  block: Json;
}

/** The block of a message shares what it says with all messages that say the same: rows are never changed. */
const block = (draw: Draw, said: Sentence): Json => ({ ...said.block, block_id: draw.chars(BASE64URL, 5) });

const MATTERS = (
  'The deploy|The release|The migration|The invoice run|The nightly build|The contract|The new hire’s laptop|' +
  'The dashboard|The on-call handover|The customer call|The budget|The design review|The access request|The outage'
).split('|');
const STATES = (
  'is done|is late|needs a second pair of eyes|moved to Thursday|is blocked by legal|looks good to me|' +
  'failed again, looking into it|is waiting for an approval|went out this morning|has no owner yet|' +
  'is on track|can be closed|needs numbers from finance|will take another day'
).split('|');

const SENTENCES: readonly Sentence[] = MATTERS.flatMap((matter) =>
  STATES.map((state) => {
    const text = `${matter} ${state}`;
    return { text, block: richText(text, '') };
  }),
);
