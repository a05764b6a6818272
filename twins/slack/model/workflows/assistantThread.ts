/** Talks with an assistant: what stands above and below them on the screen. https://docs.slack.dev/ai/developing-agents */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Json } from '../../world.ts';

export interface AssistantThread {
  channel: string;
  thread_ts: string;
  app: string;
  user: string;
  title: string;
  /** Empty where nothing is being done. */
  status: string;
  loading_messages: string[];
  /** Of what takes the status away. */
  timer?: string;
  prompts: { title: string; message: string }[];
  prompts_title: string;
  /** What the person looks at besides. */
  context: Json;
}

export const assistantThreads = table<AssistantThread>({
  name: 'slack.assistantThreads',
  key: (row) => `${row.channel}/${row.thread_ts}`,
  indexes: { user: (row) => `${row.app}/${row.user}` },
});

/** The twin's timer that takes an assistant's status away. */
export const ASSISTANT_TIMER = 'assistantStatus';

/** Takes the status of a thread away: its time is over, or its app said something there. */
export function clearStatus(world: World, { channel, ts }: { channel: string; ts: string }): void {
  const known = world.get(assistantThreads, `${channel}/${ts}`);
  if (!known || known.status === '') return;
  if (known.timer) world.cancel(known.timer);
  world.update(assistantThreads, `${channel}/${ts}`, ({ timer: _, ...row }) => ({
    ...row,
    status: '',
    loading_messages: [],
  }));
}
