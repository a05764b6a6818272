/** Tasks that agents work on, each in a thread. https://docs.slack.dev/reference/methods/agents.sessions.setStatus */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalidArguments, refuse } from '../../errors.ts';
import { SESSION_TITLE_CHARS_MAX } from '../../limits.ts';
import { type Channel, type Token, users } from '../../world.ts';
import { errorsOf } from '../blocks/check.ts';
import { among, text } from '../blocks/objects.ts';
import { isMember } from '../channels/access.ts';

const STATUSES = ['active', 'processing', 'suspended', 'closed'] as const;
type Status = (typeof STATUSES)[number];

export interface AgentSession {
  channel: string;
  thread_ts: string;
  app: string;
  title: string;
  status: Status;
  initiator?: string;
  /** How the agent shows itself; stays until it is set anew. */
  username?: string;
  icon_emoji?: string;
  icon_url?: string;
}

export const agentSessions = table<AgentSession>({
  name: 'slack.agentSessions',
  key: (row) => `${row.channel}/${row.thread_ts}`,
});

/** What begins a session, and how the agent shows itself: null takes away what was set. */
export interface Session {
  title?: string | undefined;
  initiator?: string | undefined;
  username?: string | null | undefined;
  icon_emoji?: string | null | undefined;
  icon_url?: string | null | undefined;
}

/**
 * Moves a session, or begins one. Throws `invalid_arguments`, `not_authorized`, `thread_ts_required`, `user_not_found`.
 */
export function moveSession(
  world: World,
  actor: Token,
  channel: Channel,
  thread_ts: string | undefined,
  status: string,
  given: Session,
): AgentSession {
  requireGood([...errorsOf(status, among(...STATUSES), '/status'), ...titleErrors(given.title ?? '', 0)]);
  if (!isMember(world, channel.id, actor.user)) throw refuse('not_authorized');
  if (!thread_ts) throw refuse('thread_ts_required');
  const { title = '', initiator, username, icon_emoji, icon_url } = given;
  const known = world.get(agentSessions, `${channel.id}/${thread_ts}`);
  if (!known && initiator && !(world.get(users, initiator) && isMember(world, channel.id, initiator)))
    throw refuse('user_not_found');
  const begun = known ?? {
    channel: channel.id,
    thread_ts,
    app: actor.app,
    title,
    ...(initiator ? { initiator } : {}),
  };
  const looks = actor.scopes.includes('chat:write.customize') ? { username, icon_emoji, icon_url } : {};
  const said = Object.entries(looks).filter(([, value]) => value !== undefined);
  const shown = Object.entries({ ...begun, ...Object.fromEntries(said), status });
  return world.put(
    agentSessions,
    Object.fromEntries(shown.filter(([, value]) => value !== null)) as unknown as AgentSession,
  );
}

/** Renames a session. Throws `thread_ts_required`, `session_not_found`, `not_authorized`, `invalid_arguments`. */
export function renameSession(
  world: World,
  actor: Token,
  channel: Channel,
  thread_ts: string | undefined,
  title: string,
): AgentSession {
  requireGood(titleErrors(title, 1));
  if (!thread_ts) throw refuse('thread_ts_required');
  const known = world.get(agentSessions, `${channel.id}/${thread_ts}`);
  if (!known) throw refuse('session_not_found');
  if (known.app !== actor.app) throw refuse('not_authorized');
  return world.update(agentSessions, `${channel.id}/${thread_ts}`, { title });
}

const titleErrors = (title: string, min: number): string[] =>
  errorsOf(title, text(SESSION_TITLE_CHARS_MAX, min), '/title');

function requireGood(errors: readonly string[]): void {
  if (errors.length > 0) throw invalidArguments(errors);
}
