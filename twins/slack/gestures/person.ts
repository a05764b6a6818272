/** The people and places that gestures speak of, found as a person would find them on the screen. */
import type { World } from '../../../src/world/world.ts';
import { cannot } from '../errors.ts';
import { canSee } from '../model/channels/access.ts';
import { channelMeant } from '../model/channels/channel.ts';
import { directConversation } from '../model/channels/conversation.ts';
import { USER_SCOPES } from '../scopes.ts';
import {
  type App,
  apps,
  type Channel,
  type Ephemeral,
  ephemerals,
  type Message,
  messages,
  type Token,
  type User,
  users,
} from '../world.ts';

/** The member with this e-mail. */
export function personCalled(world: World, email: string): User {
  const user = world.list(users, { index: 'email', equals: email.toLowerCase() }).first();
  if (!user || user.deleted)
    throw cannot('unknown-person', `nobody in this workspace has the e-mail ${email}`);
  return user;
}

/** What a person acts by in Slack's own screens: a token that nobody was given. */
export const ownToken = ({ id }: User): Token =>
  ({ user: id, kind: 'user', scopes: USER_SCOPES, app: '', bot: '' }) as unknown as Token;

/** The app with this name or id. */
export function appCalled(world: World, name: string): App {
  const app =
    world.get(apps, name) ?? world.list(apps, { index: 'name', equals: name.toLowerCase() }).first();
  if (!app || app.deleted) throw cannot('unknown-app', `no app of this workspace is called ${name}`);
  return app;
}

/** The same, in the workspace: what people see of it is there. */
export function installedApp(world: World, name: string): App {
  const app = appCalled(world, name);
  if (app.uninstalled) throw cannot('not-installed', `${app.name} is not installed in this workspace`);
  return app;
}

/** A conversation by id, name, or whom it is with: an e-mail, or `@` and an app's name. */
export function placeCalled(world: World, person: User, place: string): Channel {
  const other = memberCalled(world, place);
  const channel = other
    ? directConversation(world, [person.id, other]).channel
    : channelMeant(world, person.id, place);
  if (!channel) throw cannot('channel_not_found', `${person.real_name} sees no channel ${place}`);
  return channel;
}

/** The user id behind an e-mail, or behind `@` and the name of an app; undefined where it is neither. */
export function memberCalled(world: World, text: string): string | undefined {
  if (text.startsWith('@'))
    return world.list(apps, { index: 'name', equals: text.slice(1).toLowerCase() }).first()?.bot_user;
  return text.includes('@') ? personCalled(world, text).id : undefined;
}

/** What a message is named by. */
export interface MessageName {
  channel: string;
  ts: string;
}

/** A message that the person can see, and the conversation it is in. */
export function messageSeen(
  world: World,
  person: User,
  name: MessageName,
): { channel: Channel; message: Message | Ephemeral; ephemeral: boolean } {
  const channel = placeCalled(world, person, name.channel);
  if (!canSee(world, channel, person.id))
    throw cannot('channel_not_found', `${person.real_name} cannot see this conversation`);
  const key = `${channel.id}/${name.ts}`;
  const message = world.get(messages, key);
  if (message) return { channel, message, ephemeral: false };
  const whispered = world.get(ephemerals, key);
  if (whispered?.to === person.id) return { channel, message: whispered, ephemeral: true };
  throw cannot('message_not_found', `${person.real_name} sees no message ${name.ts} there`);
}
