/** Messages with links that apps said are theirs. https://docs.slack.dev/reference/events/link_shared */
import { HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import type { App, Channel, Message } from '../../world.ts';
import { isMember } from '../channels/access.ts';
import { tellEach } from '../events/event.ts';
import { unescaped } from './text.ts';

/** Tells the apps to whose domains a message links, wherever it stands; an app is not told of its own messages. */
export function tellLinks(world: World, channel: Channel, message: Message): void {
  if (!message.text.includes('<http')) return;
  const urls = linksIn(message);
  tellEach(world, 'link_shared', (app) => {
    if (message.app_id === app.id) return undefined;
    const links = urls.flatMap((url) => {
      const domain = domainOf(app, url);
      return domain === undefined ? [] : [{ url, domain }];
    });
    if (links.length === 0) return undefined;
    return {
      user: message.user ?? '',
      channel: channel.id,
      message_ts: message.ts,
      ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
      links,
      source: 'conversations_history',
      unfurl_id: unfurlId(world, channel.id, message.ts),
      is_bot_user_member: isMember(world, channel.id, app.bot_user),
      event_ts: message.ts,
    };
  });
}

/** The addresses that a message links to. */
export const linksIn = ({ text }: Message): string[] =>
  [...text.matchAll(/<(https?:\/\/[^|>\s]+)[^>]*>/g)].map(([, url]) => unescaped(url as string));

/** The domain of an app's that an address lies in. */
export const domainOf = (app: App, url: string): string | undefined =>
  app.unfurl_domains?.find((one) => isOf(url, one));

/** The name by which `chat.unfurl` may call a message with links. */
export const unfurlId = (world: World, channel: string, ts: string): string =>
  `${channel}.${ts}.${world.drawFor('slack.unfurl', channel, ts).chars(HEX, 64)}`;

function isOf(url: string, domain: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
