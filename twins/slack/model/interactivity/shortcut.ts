/** Shortcuts: what an app offers everywhere and beside messages. https://docs.slack.dev/interactivity/implementing-shortcuts */
import type { World } from '../../../../src/world/world.ts';
import { cannot } from '../../errors.ts';
import { type App, apps, type Shortcut, type User } from '../../world.ts';
import { messageView } from '../messages/message.ts';
import { eventTs } from '../messages/timestamp.ts';
import { channelName, type InMessage, interact, newResponseUrl, newTrigger } from './interaction.ts';

/** The shortcut by its name or callback id, and whose it is. Throws (as a gesture) where no app has it. */
export function shortcutCalled(
  world: World,
  called: string,
  type: Shortcut['type'],
  of?: App,
): { app: App; shortcut: Shortcut } {
  const installed = world.list(apps, { index: 'order' }).toArray();
  for (const app of of ? [of] : installed) {
    const shortcut = app.shortcuts?.find(
      (one) => one.type === type && (one.callback_id === called || one.name === called),
    );
    if (shortcut && !app.uninstalled) return { app, shortcut };
  }
  throw cannot('no_such_shortcut', `no app of this workspace has the ${type} shortcut ${called}`);
}

/** Has `user` run a shortcut, beside a message where it is one of messages; says whether the app has an address. */
export function runShortcut(
  world: World,
  { app, shortcut }: { app: App; shortcut: Shortcut },
  user: User,
  at?: InMessage,
): boolean {
  const said = {
    callback_id: shortcut.callback_id,
    trigger_id: newTrigger(world, app, user.id).id,
    action_ts: eventTs(world),
  };
  if (!at) return interact(world, app, 'shortcut', user, said);
  return interact(world, app, 'message_action', user, {
    ...said,
    // The message is another's: what the app answers is said beside it, never in its place.
    response_url: newResponseUrl(world, app, user, { channel: at.channel, ephemeral: false }),
    message_ts: at.message.ts,
    channel: channelName(at.channel),
    message: messageView(world, at.message),
  });
}
