/** Calls that another service holds and Slack shows: who is in them, and whether they are over. https://docs.slack.dev/apis/web-api/using-the-calls-api */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalidBlocks, refuse } from '../../errors.ts';
import { CALL_PARTICIPANTS_MAX } from '../../limits.ts';
import { isObject, type Json, type Token, users } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';

/** Somebody in a call: a member of the workspace, or somebody whom only the other service knows. */
interface Participant {
  slack_id?: string;
  external_id?: string;
  display_name?: string;
  avatar_url?: string;
}

/** A call. Times in seconds. */
export interface SlackCall {
  id: string;
  date_start: number;
  date_end?: number;
  external_unique_id: string;
  join_url: string;
  desktop_app_join_url?: string;
  external_display_id?: string;
  title?: string;
  users: Participant[];
  /** Where a message shows it. */
  channels: string[];
  created_by: string;
  app: string;
  /** Who was ever in it. Never on the wire as such. */
  everybody: Participant[];
}

export const calls = table<SlackCall>({
  name: 'slack.calls',
  key: (row) => row.id,
  indexes: { external: (row) => `${row.app}/${row.external_unique_id}` },
});

/** What is said of a new call. */
export interface CallDraft {
  external_unique_id: string;
  join_url: string;
  external_display_id?: string;
  desktop_app_join_url?: string;
  title?: string;
  created_by?: string;
  date_start?: number;
}

/** Registers a call; the app's own by that id is the one that it has. Throws `invalid_created_by`, `user_not_found`. */
export function addCall(world: World, actor: Token, draft: CallDraft, given: readonly unknown[]): SlackCall {
  const created_by = draft.created_by ?? (actor.kind === 'user' ? actor.user : undefined);
  if (!created_by || !world.get(users, created_by)) throw refuse('invalid_created_by');
  const key = `${actor.app}/${draft.external_unique_id}`;
  const known = world.list(calls, { index: 'external', equals: key }).first();
  if (known) return known;
  const participants = given.map((one) => participant(world, one));
  return world.insert(calls, {
    id: shaped(world.draw('slack.call'), 'R0', 9, UPPER36),
    ...draft,
    date_start: draft.date_start ?? seconds(world),
    users: participants,
    everybody: participants,
    channels: [],
    created_by,
    app: actor.app,
  });
}

/** The app's own call. Throws `invalid_call_id`. */
export function theCall(world: World, actor: Token, id: string): SlackCall {
  const call = world.get(calls, id);
  if (call?.app !== actor.app) throw refuse('invalid_call_id');
  return call;
}

/** Changes what is said of a call. */
export const updateCall = (
  world: World,
  call: SlackCall,
  to: Pick<Partial<SlackCall>, 'title' | 'join_url' | 'desktop_app_join_url'>,
): SlackCall => world.update(calls, call.id, to);

/** Ends a call; `duration` in seconds, as the other service counts it. Throws `inactive_call`. */
export function endCall(world: World, call: SlackCall, duration: number | undefined): SlackCall {
  requireActive(call);
  const date_end = duration === undefined ? seconds(world) : call.date_start + duration;
  return world.update(calls, call.id, { date_end });
}

/** Adds or takes away participants. Throws `inactive_call`, `user_not_found`, `bad_users`. */
export function changeParticipants(
  world: World,
  call: SlackCall,
  given: readonly unknown[],
  what: 'add' | 'remove',
): SlackCall {
  requireActive(call);
  const named = given.map((one) => participant(world, one));
  const known = new Set(call.users.map(identity));
  if (named.some((one) => known.has(identity(one)) !== (what === 'remove'))) throw refuse('bad_users');
  if (what === 'add') {
    const all = [...call.users, ...named];
    if (all.length > CALL_PARTICIPANTS_MAX) throw refuse('bad_users');
    return world.update(calls, call.id, { users: all, everybody: union(call.everybody, named) });
  }
  const gone = new Set(named.map(identity));
  return world.update(calls, call.id, { users: call.users.filter((one) => !gone.has(identity(one))) });
}

/** Notes that a message in a channel shows calls. Throws `invalid_blocks` for one that there is not. */
export function noteCalls(world: World, channel: string, blocks: readonly Json[]): void {
  blocks.forEach((block, i) => {
    if (block.type !== 'call') return;
    const call = world.get(calls, String(block.call_id));
    if (!call) throw invalidBlocks([`invalid call_id [json-pointer:/blocks/${i}/call_id]`]);
    if (!call.channels.includes(channel))
      world.update(calls, call.id, { channels: [...call.channels, channel] });
  });
}

/** Blocks as they are shown: those of calls tell how the call stands. */
export function withCalls(world: World, blocks: readonly Json[]): Json[] {
  return blocks.map((block) => {
    const call = block.type === 'call' ? world.get(calls, String(block.call_id)) : undefined;
    return call ? { ...block, api_decoration_available: false, call: inBlock(call) } : block;
  });
}

/** A call as the `calls.*` methods show it. */
export function callView({ app: _, everybody: __, created_by: ___, ...shown }: SlackCall): Json {
  return { ...shown };
}

function inBlock(call: SlackCall): Json {
  return {
    v1: {
      id: call.id,
      app_id: call.app,
      app_icon_urls: {},
      date_start: call.date_start,
      active_participants: call.date_end === undefined ? call.users : [],
      all_participants: call.everybody,
      display_id: call.external_display_id ?? '',
      join_url: call.join_url,
      desktop_app_join_url: call.desktop_app_join_url ?? '',
      name: call.title ?? '',
      created_by: call.created_by,
      date_end: call.date_end ?? 0,
      channels: call.channels,
      is_dm_call: false,
      was_rejected: false,
      was_missed: false,
      was_accepted: false,
      has_ended: call.date_end !== undefined,
    },
    media_backend_type: 'platform_call',
  };
}

function requireActive(call: SlackCall): void {
  if (call.date_end !== undefined) throw refuse('inactive_call');
}

const identity = ({ slack_id, external_id }: Participant): string => slack_id ?? `external/${external_id}`;

function union(before: readonly Participant[], added: readonly Participant[]): Participant[] {
  const known = new Set(before.map(identity));
  return [...before, ...added.filter((one) => !known.has(identity(one)))];
}

function participant(world: World, given: unknown): Participant {
  if (!isObject(given)) throw refuse('user_not_found');
  const { slack_id, external_id, display_name, avatar_url } = given;
  if (typeof slack_id === 'string') {
    if (!world.get(users, slack_id)) throw refuse('user_not_found');
    return { slack_id };
  }
  if (typeof external_id !== 'string' || external_id === '') throw refuse('user_not_found');
  return {
    external_id,
    ...(typeof avatar_url === 'string' ? { avatar_url } : {}),
    ...(typeof display_name === 'string' ? { display_name } : {}),
  };
}
