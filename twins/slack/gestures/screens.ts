/** What people do with what apps show them: press, fill in, open, call. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { interactivityAddress } from '../model/app.ts';
import { interactive } from '../model/blocks/prepare.ts';
import { directConversation } from '../model/conversation.ts';
import { tellApp } from '../model/event.ts';
import { resumeEvents } from '../model/eventRecord.ts';
import { actOn, newResponseUrl, newTrigger, type Place } from '../model/interaction.ts';
import { setSocketMode } from '../model/link.ts';
import { stateOf, submit, type Values } from '../model/submission.ts';
import { theTeam } from '../model/team.ts';
import { eventTs } from '../model/timestamp.ts';
import { verify } from '../model/verification.ts';
import { closeView, viewView } from '../model/view.ts';
import { type App, apps, isObject, type Json, type User, type View, views } from '../world.ts';
import {
  appCalled,
  installedApp,
  type MessageName,
  messageSeen,
  personCalled,
  placeCalled,
} from './person.ts';

const name = { type: 'string', minLength: 1, maxLength: 255 } as const;
const view = { type: ['string', 'object'] } as const;
const object = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const button = object({ action: name, value: { type: 'string', maxLength: 2_000 } }, ['action']);
const message = { type: 'object', properties: { channel: name, ts: name }, required: ['channel', 'ts'] };

interface Pressed {
  message?: MessageName;
  view?: string | { id: string };
  button: { action: string; value?: string };
}

export const screenGestures: Readonly<Record<string, Gesture>> = {
  click: {
    says: 'Presses a button of a message or a view, or picks an option (value) of a menu there.',
    input: {
      ...object({ message, view, button }, ['button']),
      anyOf: [{ required: ['message'] }, { required: ['view'] }],
    },
    perform: (world, as, pressed: Pressed) => press(world, personCalled(world, as), pressed),
  },
  submit: {
    says: 'Fills a modal in (values by action id, or by block and action id) and sends it off.',
    input: object({ view, values: { type: 'object' } }, ['view']),
    perform: (
      world,
      as,
      { view: given, values = {} }: { view: string | { id: string }; values?: Values },
    ) => {
      const person = personCalled(world, as);
      return { view: viewView(submit(world, person, viewSeen(world, person, given), values)) };
    },
  },
  closeView: {
    says: 'Closes a modal without sending it off.',
    input: object({ view }, ['view']),
    perform: (world, as, { view: given }: { view: string | { id: string } }) => {
      closeView(world, viewSeen(world, personCalled(world, as), given), false);
      return {};
    },
  },
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
  setSocketMode: {
    says: 'Switches Socket Mode of an app on or off; off, its connections are told so and closed.',
    input: object({ app: name, on: { type: 'boolean' } }, ['app', 'on']),
    perform: (world, _as, { app, on }: { app: string; on: boolean }) => {
      const changed = setSocketMode(world, appCalled(world, app), on);
      return { app: changed.id, socketMode: changed.socket_mode };
    },
  },
  enableEvents: {
    says: 'Switches an app’s events on again after Slack switched them off for their many failures.',
    input: object({ app: name }, ['app']),
    perform: (world, _as, { app }: { app: string }) => ({
      app: resumeEvents(world, appCalled(world, app)).id,
    }),
  },
  setRequestUrl: {
    says: 'Sets the address at which an app hears of events; Slack checks it with a challenge.',
    input: object({ app: name, url: { type: 'string', minLength: 1, maxLength: 2_000 } }, ['app', 'url']),
    perform: (world, _as, { app, url }: { app: string; url: string }) => {
      const changed = verify(world, appCalled(world, app), url);
      return { app: changed.id, url, verified: changed.events.verified };
    },
  },
};

function press(world: World, person: User, pressed: Pressed): unknown {
  const place: Place = pressed.message
    ? messageSeen(world, person, pressed.message)
    : { view: viewSeen(world, person, pressed.view as string) };
  const shown = 'view' in place ? place.view.blocks : blocksOf(place.message);
  const { action: wanted, value } = pressed.button;
  const candidates = interactive(shown).filter(({ element }) => element.action_id === wanted);
  const found = candidates.find(({ element }) => value === undefined || offers(element, value));
  if (!found)
    throw cannot(
      'no_such_button',
      `there is no ${wanted}${value === undefined ? '' : ` with the value ${value}`} to press; there are: ${
        interactive(shown)
          .map(({ element }) => element.action_id)
          .join(', ') || 'none'
      }`,
    );
  const app = ownerOf(world, place);
  const delivered = actOn(world, app, person, place, found.block, acted(found.element, value));
  return { app: app.id, action: wanted, delivered };
}

function blocksOf(shown: { blocks?: Json[]; attachments?: Json[] }): Json[] {
  const attached = (shown.attachments ?? []).flatMap((one) => (Array.isArray(one.blocks) ? one.blocks : []));
  return [...(shown.blocks ?? []), ...attached];
}

/** Is `value` what this button carries, or among what this menu offers? */
function offers(element: Json, value: string): boolean {
  if (element.type === 'button') return element.value === value;
  return !Array.isArray(element.options) || element.options.some((one: Json) => one.value === value);
}

/** What an element says of itself when it was used. */
function acted(element: Json, value: string | undefined): Json {
  const { type, action_id } = element;
  if (type !== 'button') return { action_id, ...stateOf(element, type === 'checkboxes' ? [value] : value) };
  const { text, value: own, style } = element;
  return { action_id, text, ...(own === undefined ? {} : { value: own }), ...(style ? { style } : {}), type };
}

function ownerOf(world: World, place: Place): App {
  const id = 'view' in place ? place.view.app_id : place.message.app_id;
  const app = id === undefined ? undefined : world.get(apps, id);
  if (!app) throw cannot('no_app', 'no app stands behind this message');
  return app;
}

function viewSeen(world: World, person: User, given: string | { id: string }): View {
  const id = isObject(given) ? String(given.id) : String(given);
  const known = world.get(views, id);
  if (!known || known.user !== person.id)
    throw cannot('view_not_found', `${person.real_name} has no view ${id} on the screen`);
  return known;
}

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
      trigger_id: newTrigger(world, app, person.id).id,
    },
  });
  return { app: app.id, delivered: true };
}

const commandOf = (app: App, wanted: string) =>
  app.uninstalled ? undefined : app.commands.find((one) => one.command === wanted);
