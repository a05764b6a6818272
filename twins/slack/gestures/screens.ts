/** What people do under an app's name: open its home, send its commands, run its shortcuts. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { interactivityAddress } from '../model/apps/app.ts';
import { directConversation } from '../model/channels/conversation.ts';
import { tellApp } from '../model/events/event.ts';
import { newResponseUrl, newTrigger } from '../model/interactivity/interaction.ts';
import { runShortcut, shortcutCalled } from '../model/interactivity/shortcut.ts';
import { viewView } from '../model/interactivity/view.ts';
import { eventTs } from '../model/messages/timestamp.ts';
import { theTeam } from '../model/people/team.ts';
import { type App, apps, type User, views } from '../world.ts';
import {
  appCalled,
  installedApp,
  type MessageName,
  messageSeen,
  personCalled,
  placeCalled,
} from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const message = { type: 'object', properties: { channel: name, ts: name }, required: ['channel', 'ts'] };

export const screenGestures: Readonly<Record<string, Gesture>> = {
  openHome: {
    says: 'Opens an app’s home.',
    input: object({ app: name, tab: { enum: ['home', 'messages'] } }, ['app']),
    perform: (world, as, { app: called, tab = 'home' }: { app: string; tab?: string }) =>
      visit(world, personCalled(world, as), installedApp(world, called), tab),
  },
  command: {
    says: 'Sends a slash command in a channel.',
    input: object({ channel: name, command: name, text: { type: 'string', maxLength: 10_000 } }, [
      'channel',
      'command',
    ]),
    perform: (world, as, given: { channel: string; command: string; text?: string }) =>
      call(world, personCalled(world, as), given),
  },
  shortcut: {
    says: 'Runs a shortcut (by its name or callback id), one of messages beside a `message`.',
    input: object({ shortcut: name, app: name, message }, ['shortcut']),
    perform: (world, as, given: { shortcut: string; app?: string; message?: MessageName }) => {
      const person = personCalled(world, as);
      const of = given.app === undefined ? undefined : appCalled(world, given.app);
      const at = given.message && messageSeen(world, person, given.message);
      const called = shortcutCalled(world, given.shortcut, at ? 'message' : 'global', of);
      return { app: called.app.id, delivered: runShortcut(world, called, person, at) };
    },
  },
};

function visit(world: World, person: User, app: App, tab: string): unknown {
  if (app.bot_user === '') throw cannot('no-home', `${app.name} has no bot, and so no home`);
  const { channel } = directConversation(world, [person.id, app.bot_user]);
  const home = world.list(views, { index: 'home', equals: `${app.id}/${person.id}` }).first();
  tellApp(world, app, {
    type: 'app_home_opened',
    user: person.id,
    channel: channel.id,
    tab,
    ...(home && tab === 'home' ? { view: viewView(home) } : {}),
    event_ts: eventTs(world),
  });
  return { channel: channel.id, ...(home ? { view: viewView(home) } : {}) };
}

function call(
  world: World,
  person: User,
  given: { channel: string; command: string; text?: string },
): unknown {
  const wanted = given.command.startsWith('/') ? given.command : `/${given.command}`;
  const app = world
    .list(apps, { index: 'order' })
    .toArray()
    .find((one) => commandOf(one, wanted));
  const channel = placeCalled(world, person, given.channel);
  if (!app) throw cannot('no_such_command', `no app of this workspace has the command ${wanted}`);
  const own = app.socket_mode ? undefined : commandOf(app, wanted)?.url;
  const to = own ?? interactivityAddress(app);
  if (!to) return { app: app.id, delivered: false };
  const team = theTeam(world);
  world.emit({
    channel: 'commands',
    event: 'slash_command',
    to,
    app: app.id,
    payload: {
      token: app.verification_token,
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel.id,
      channel_name: channel.is_im ? 'directmessage' : channel.name,
      user_id: person.id,
      user_name: person.name,
      command: wanted,
      text: given.text ?? '',
      api_app_id: app.id,
      is_enterprise_install: 'false',
      response_url: newResponseUrl(world, app, person, { channel, ephemeral: false }),
      trigger_id: newTrigger(world, app, person.id, undefined, channel.id).id,
    },
  });
  return { app: app.id, delivered: true };
}

const commandOf = (app: App, wanted: string) =>
  app.uninstalled ? undefined : app.commands.find((one) => one.command === wanted);
