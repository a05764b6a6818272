/** Messages with links that apps said are theirs. https://docs.slack.dev/reference/events/link_shared */
import { HEX } from '../../../src/ids.ts';
import type { World } from '../../../src/world/world.ts';
import type { Channel, Message } from '../world.ts';
import { isMember } from './access.ts';
import { tellEach } from './event.ts';

/** Tells the apps to whose domains a message links, wherever it stands; an app is not told of its own messages. */
export function tellLinks(world: World, channel: Channel, message: Message): void {
  if (!message.text.includes('<http')) return;
  const urls = [...message.text.matchAll(/<(https?:\/\/[^|>\s]+)[^>]*>/g)].map(([, url]) =>
    plain(url as string),
  );
  tellEach(world, 'link_shared', (app) => {
    if (message.app_id === app.id) return undefined;
    const links = urls.flatMap((url) => {
      const domain = app.unfurl_domains?.find((one) => isOf(url, one));
      return domain === undefined ? [] : [{ url, domain }];
    });
    if (links.length === 0) return undefined;
    const secret = world.drawFor('slack.unfurl', channel.id, message.ts).chars(HEX, 64);
    return {
      user: message.user ?? '',
      channel: channel.id,
      message_ts: message.ts,
      ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
      links,
      source: 'conversations_history',
      unfurl_id: `${channel.id}.${message.ts}.${secret}`,
      is_bot_user_member: isMember(world, channel.id, app.bot_user),
      event_ts: message.ts,
    };
  });
}

/** The texts of messages write `&`, `<` and `>` as entities. */
const plain = (url: string): string =>
  url.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function isOf(url: string, domain: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === domain || hostname.endsWith(`.${domain}`);
}
