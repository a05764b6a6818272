/** Whether people's accounts are connected to an app. https://docs.slack.dev/reference/methods/apps.user.connection.update */
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { cannot, refuse } from '../../errors.ts';
import type { App, User } from '../../world.ts';
import { tellApp } from '../events/event.ts';
import { eventTs } from '../messages/timestamp.ts';

interface UserConnection {
  app: string;
  user: string;
  status: 'connected' | 'disconnected';
}

export const userConnections = table<UserConnection>({
  name: 'slack.userConnections',
  key: (row) => `${row.app}/${row.user}`,
});

const EVENT = 'user_connection';

/** Keeps what an app says of a person's account. Throws `app_not_subscribed`. */
export function setConnection(world: World, app: App, user: User, status: UserConnection['status']): void {
  if (!app.events.subscriptions.includes(EVENT)) throw refuse('app_not_subscribed');
  world.put(userConnections, { app: app.id, user: user.id, status });
}

/** A person presses Connect, or Disconnect where they are connected; the app is asked to see to it. */
export function askConnection(world: World, app: App, user: User): { subtype: 'connect' | 'disconnect' } {
  if (!app.events.subscriptions.includes(EVENT))
    throw cannot('no_such_button', `${app.name} has nothing to connect to`);
  const connected = world.get(userConnections, `${app.id}/${user.id}`)?.status === 'connected';
  const subtype = connected ? 'disconnect' : 'connect';
  tellApp(world, app, { type: EVENT, subtype, user: user.id, event_ts: eventTs(world) });
  return { subtype };
}
