/** What assistants do in their threads, and how a thread begins. https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
import type { World } from '../../../../src/world/world.ts';
import { invalidArguments, refuse } from '../../errors.ts';
import {
  ASSISTANT_STATUS_MS,
  LOADING_MESSAGE_CHARS_MAX,
  LOADING_MESSAGES_MAX,
  SUGGESTED_PROMPTS_MAX,
} from '../../limits.ts';
import type { App, Channel, Json, Message, Token, User } from '../../world.ts';
import { errorsOf, type Rule } from '../blocks/check.ts';
import { list, object, text } from '../blocks/objects.ts';
import { directConversation } from '../channels/conversation.ts';
import { tellApp } from '../events/event.ts';
import { post } from '../messages/message.ts';
import { replace } from '../messages/revision.ts';
import { rootMeant } from '../messages/thread.ts';
import { eventTs } from '../messages/timestamp.ts';
import { theTeam } from '../people/team.ts';
import { ASSISTANT_TIMER, type AssistantThread, assistantThreads, clearStatus } from './assistantThread.ts';

const NEW_TITLE = 'New Assistant Thread';

/** Begins a thread with an app's assistant, in the sight of `beside`; the app is told. */
export function openAssistant(
  world: World,
  app: App,
  user: User,
  beside: Channel | undefined,
): AssistantThread {
  const { channel } = directConversation(world, [user.id, app.bot_user]);
  const author = { user: app.bot_user, bot_id: app.bot_id, app_id: app.id, subtype: 'assistant_app_thread' };
  const titled = { assistant_app_thread: threadOf(NEW_TITLE) };
  const { ts } = post(world, channel, { ...author, ...titled }, { text: NEW_TITLE });
  const row = { ...blank(app.id, channel, ts, user.id), context: contextOf(world, beside) };
  const thread = world.insert(assistantThreads, row);
  announce(world, app, 'assistant_thread_started', thread);
  return thread;
}

/** The person looks at another channel while a thread is open; the app is told. */
export function moveAssistant(
  world: World,
  app: App,
  thread: AssistantThread,
  beside: Channel | undefined,
): void {
  const moved = world.update(assistantThreads, `${thread.channel}/${thread.thread_ts}`, {
    context: contextOf(world, beside),
  });
  announce(world, app, 'assistant_thread_context_changed', moved);
}

/** What an app is doing, until it says something or two minutes are over. Throws `invalid_thread_ts`, `invalid_arguments`. */
export function setStatus(
  world: World,
  actor: Token,
  channel: Channel,
  ts: string,
  status: string,
  loading: unknown,
): void {
  const loading_messages =
    loading === undefined ? [] : keeping<string[]>(loading, LOADING, '/loading_messages');
  const { thread } = threadAt(world, actor, channel, ts);
  const key = { channel: channel.id, ts: thread.thread_ts };
  clearStatus(world, key);
  if (status === '') return;
  const timer = world.schedule(world.now() + ASSISTANT_STATUS_MS, ASSISTANT_TIMER, key);
  world.update(assistantThreads, `${key.channel}/${key.ts}`, { status, loading_messages, timer });
}

/** Names a thread. Throws `invalid_thread_ts`. */
export function setTitle(world: World, actor: Token, channel: Channel, ts: string, title: string): void {
  const { root, thread } = threadAt(world, actor, channel, ts);
  world.update(assistantThreads, `${channel.id}/${thread.thread_ts}`, { title });
  if (root.subtype !== 'assistant_app_thread') return;
  replace(world, channel, root, { ...root, text: title, assistant_app_thread: threadOf(title) });
}

/** What a person may ask at a touch. Throws `invalid_thread_ts`, `invalid_arguments`. */
export function setPrompts(
  world: World,
  actor: Token,
  channel: Channel,
  ts: string | undefined,
  given: unknown,
  title: string,
): void {
  const prompts = keeping<AssistantThread['prompts']>(given, PROMPTS, '/prompts');
  if (ts === undefined) {
    const key = `${channel.id}/`;
    const row = world.get(assistantThreads, key) ?? blank(actor.app, channel, '', '');
    world.put(assistantThreads, { ...row, prompts, prompts_title: title });
    return;
  }
  const { thread } = threadAt(world, actor, channel, ts);
  world.update(assistantThreads, `${channel.id}/${thread.thread_ts}`, { prompts, prompts_title: title });
}

const threadOf = (title: string): Json => ({ title, title_blocks: [], artifacts: [] });

const blank = (app: string, channel: Channel, thread_ts: string, user: string): AssistantThread => ({
  channel: channel.id,
  thread_ts,
  app,
  user,
  title: '',
  status: '',
  loading_messages: [],
  prompts: [],
  prompts_title: '',
  context: {},
});

/** A thread's root and what the assistant made of it so far; any message may become one. */
function threadAt(
  world: World,
  actor: Token,
  channel: Channel,
  ts: string,
): { root: Message; thread: AssistantThread } {
  const root = rootMeant(world, channel.id, ts);
  if (!root) throw refuse('invalid_thread_ts', { detail: 'Thread not found' });
  const known = world.get(assistantThreads, `${channel.id}/${root.ts}`);
  const made = () => world.insert(assistantThreads, blank(actor.app, channel, root.ts, root.user ?? ''));
  return { root, thread: known ?? made() };
}

const LOADING = list(text(LOADING_MESSAGE_CHARS_MAX, 1), 1, LOADING_MESSAGES_MAX);
const PROMPTS = list(
  object({ 'title!': text(undefined, 1), 'message!': text(undefined, 1) }),
  0,
  SUGGESTED_PROMPTS_MAX,
);

/** A value that keeps a rule. Throws `invalid_arguments` with pointers. */
function keeping<T>(given: unknown, rule: Rule, pointer: string): T {
  const errors = errorsOf(given, rule, pointer);
  if (errors.length > 0) throw invalidArguments(errors);
  return given as T;
}

const contextOf = (world: World, beside: Channel | undefined): Json =>
  beside ? { channel_id: beside.id, team_id: theTeam(world).id, enterprise_id: null } : {};

function announce(world: World, app: App, type: string, thread: AssistantThread): void {
  const { user, context, channel, thread_ts } = thread;
  tellApp(world, app, {
    type,
    assistant_thread: { user_id: user, context, channel_id: channel, thread_ts },
    event_ts: eventTs(world),
  });
}
