/** Names that become references: `#general`, `@here`, `@team`. https://docs.slack.dev/messaging/formatting-message-text#automatic-parsing */
import type { World } from '../../../../src/world/world.ts';
import { channels, userGroups, users } from '../../world.ts';

const NAME = /(^|[\s(])([#@])([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu;
const EVERYBODY = new Set(['here', 'channel', 'everyone']);

/** A text whose names of channels and groups (with `people`, of people too) are references; others stay as they are. */
export const named = (world: World, text: string, people: boolean): string =>
  text.replace(NAME, (all, before: string, sign: string, name: string) => {
    const found = sign === '#' ? channelNamed(world, name) : handleNamed(world, name, people);
    return found === undefined ? all : `${before}${found}`;
  });

function channelNamed(world: World, name: string): string | undefined {
  const channel = world.list(channels, { index: 'name', equals: name }).first();
  return channel && !channel.is_private ? `<#${channel.id}|${channel.name}>` : undefined;
}

function handleNamed(world: World, name: string, people: boolean): string | undefined {
  if (EVERYBODY.has(name)) return `<!${name}>`;
  const group = world.list(userGroups, { index: 'handle', equals: name }).first();
  if (group && group.date_delete === 0) return `<!subteam^${group.id}|@${group.handle}>`;
  const user = people ? world.list(users, { index: 'name', equals: name }).first() : undefined;
  return user ? `<@${user.id}>` : undefined;
}
