/** `assistant.threads.*` and `agents.sessions.*`: what agents say of what they do. */
import type { Endpoint } from '../../../src/twin.ts';
import { type Args, json, required, text } from '../args.ts';
import { refuse } from '../errors.ts';
import { canSee } from '../model/channels/access.ts';
import { moveSession, renameSession } from '../model/workflows/agentSession.ts';
import { setPrompts, setStatus, setTitle } from '../model/workflows/assistant.ts';
import { type Channel, channels } from '../world.ts';
import { type MethodCall, method } from './method.ts';

const writing = { bot: ['chat:write'] };
const assisting = { bot: ['assistant:write'], tier: 'Tier4' };
const THREAD = ['channel_id', 'thread_ts'];

export const assistantMethods: readonly Endpoint[] = [
  method(
    'assistant.threads.setStatus',
    { ...writing, tier: 'SpecialTier', required: [...THREAD, 'status'] },
    (call) => {
      const { world, actor, args } = call;
      const loading = json(args, 'loading_messages', 'invalid_arguments');
      const status = required(args, 'status');
      setStatus(world, actor, channelIn(call), required(args, 'thread_ts'), status, loading);
      return {};
    },
  ),
  method('assistant.threads.setTitle', { ...assisting, required: [...THREAD, 'title'] }, (call) => {
    const { world, actor, args } = call;
    setTitle(world, actor, channelIn(call), required(args, 'thread_ts'), required(args, 'title'));
    return {};
  }),
  method(
    'assistant.threads.setSuggestedPrompts',
    { ...assisting, required: ['channel_id', 'prompts'] },
    (call) => {
      const { world, actor, args } = call;
      const prompts = json(args, 'prompts', 'invalid_arguments');
      const thread = text(args, 'thread_ts') || undefined;
      setPrompts(world, actor, channelIn(call), thread, prompts, text(args, 'title') ?? '');
      return {};
    },
  ),
  method(
    'agents.sessions.setStatus',
    { ...writing, tier: 'Tier3', required: ['channel_id', 'status'] },
    (call) => {
      const { world, actor, args } = call;
      const status = required(args, 'status');
      const session = moveSession(
        world,
        actor,
        channelIn(call),
        text(args, 'thread_ts'),
        status,
        looks(args),
      );
      return { status: session.status, agent_status: session.status, title: session.title };
    },
  ),
  method(
    'agents.sessions.rename',
    { ...writing, tier: 'Tier3', required: ['channel_id', 'title'] },
    (call) => {
      const { world, actor, args } = call;
      const title = required(args, 'title');
      return { title: renameSession(world, actor, channelIn(call), text(args, 'thread_ts'), title).title };
    },
  ),
];

/** The conversation, or a refusal that says which argument was wrong. */
function channelIn({ world, actor, args }: MethodCall): Channel {
  const channel = world.get(channels, required(args, 'channel_id'));
  if (!channel || !canSee(world, channel, actor.user))
    throw refuse('channel_not_found', { detail: 'Invalid channel_id' });
  return channel;
}

function looks(args: Args) {
  const nullable = (name: string) => (args[name] === null ? null : text(args, name));
  return {
    title: text(args, 'title'),
    initiator: text(args, 'initiator_user_id'),
    username: nullable('username'),
    icon_emoji: nullable('icon_emoji'),
    icon_url: nullable('icon_url'),
  };
}
