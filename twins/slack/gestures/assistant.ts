/** What people do with an app's assistant: open it, look elsewhere beside it. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { moveAssistant, openAssistant } from '../model/workflows/assistant.ts';
import { type AssistantThread, assistantThreads } from '../model/workflows/assistantThread.ts';
import type { App, User } from '../world.ts';
import { installedApp, personCalled, placeCalled } from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const input = {
  type: 'object',
  additionalProperties: false,
  properties: { app: name, channel: name },
  required: ['app'],
};

interface Given {
  app: string;
  channel?: string;
}

export const assistantGestures: Readonly<Record<string, Gesture>> = {
  openAssistant: {
    says: 'Opens a new thread with an app’s assistant, with a channel on the screen beside it.',
    input,
    perform: (world, as, { app: called, channel }: Given) => {
      const person = personCalled(world, as);
      const app = installedApp(world, called);
      const beside = channel === undefined ? undefined : placeCalled(world, person, channel);
      const thread = openAssistant(world, app, person, beside);
      return { channel: thread.channel, ts: thread.thread_ts };
    },
  },
  lookElsewhere: {
    says: 'Goes to another channel while the assistant’s newest thread is open beside it.',
    input: { ...input, required: ['app', 'channel'] },
    perform: (world, as, { app: called, channel = '' }: Given) => {
      const person = personCalled(world, as);
      const app = installedApp(world, called);
      const thread = newest(world, app, person);
      moveAssistant(world, app, thread, placeCalled(world, person, channel));
      return { channel: thread.channel, ts: thread.thread_ts };
    },
  },
};

function newest(world: World, app: App, person: User): AssistantThread {
  const threads = world.list(assistantThreads, {
    index: 'user',
    equals: `${app.id}/${person.id}`,
    reverse: true,
  });
  const thread = threads.first();
  if (!thread) throw cannot('no_assistant', `${person.real_name} has no thread with ${app.name}`);
  return thread;
}
