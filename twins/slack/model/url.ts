/** Addresses that Slack hands out, each by the way by which the client came. */
import { originFor } from '../../../src/way.ts';
import type { World } from '../../../src/world/world.ts';
import type { Message, SlackFile } from '../world.ts';
import { theTeam } from './people/team.ts';

/** The hosts of Slack that programs ask: the API, a workspace's pages, `files.`, `hooks.`, `wss-primary.` and the like. */
export const HOSTS: readonly string[] = ['slack.com', '*.slack.com', 'slack-files.com'];

/** Where the workspace lives on the web; with a slash at its end. */
export const teamUrl = (world: World): string => `${ofHost(world, `${theTeam(world).domain}.slack.com`)}/`;

/** Where the bytes of a file are to be sent. */
export const uploadUrl = (world: World, secret: string): string =>
  `${ofHost(world, 'files.slack.com')}/upload/v1/${secret}`;

/** Where `app` may answer an interaction: it is the app's own way that counts. */
export const responseUrl = (world: World, app: string, id: string): string =>
  `${originFor(world.base(app), HOSTS, 'hooks.slack.com')}/actions/${id}`;

/** Where a webhook listens; `base` is how its app reaches this twin. */
export const webhookUrl = (base: string, path: string): string =>
  `${originFor(base, HOSTS, 'hooks.slack.com')}/services/${path}`;

/** Slack itself, as OpenID Connect names it. */
export const slackUrl = (world: World): string => ofHost(world, 'slack.com');

/** The address of a message on the web. */
export function permalink(world: World, message: Message): string {
  const url = `${teamUrl(world)}archives/${message.channel}/p${message.ts.replace('.', '')}`;
  const inThread = message.thread_ts !== undefined && message.thread_ts !== message.ts;
  return inThread ? `${url}?thread_ts=${message.thread_ts}&cid=${message.channel}` : url;
}

/** Where Slack's own documents live in a workspace. */
const DOCUMENT_ROOMS: Readonly<Record<string, string>> = { quip: 'docs', list: 'lists' };

/** The addresses of a file: its bytes, its page, and the page that it would have if it were public. */
export function fileUrls(
  world: World,
  file: Pick<SlackFile, 'id' | 'user' | 'name' | 'mode'>,
): Record<string, string> {
  const team = theTeam(world).id;
  const place = `${team}-${file.id}`;
  const room = DOCUMENT_ROOMS[file.mode];
  const named = encodeURIComponent(file.name.toLowerCase().replace(/\s+/g, '_'));
  const bytes = `${ofHost(world, 'files.slack.com')}/files-pri/${place}`;
  return {
    url_private: `${bytes}/${named}`,
    url_private_download: `${bytes}/download/${named}`,
    permalink: room
      ? `${teamUrl(world)}${room}/${team}/${file.id}`
      : `${teamUrl(world)}files/${file.user}/${file.id}/${named}`,
    permalink_public: `${ofHost(world, 'slack-files.com')}/${place}-${publicSecret(world, file.id)}`,
  };
}

/** What an address must hold to open a file that was made public. */
export const publicSecret = (world: World, file: string): string =>
  world.drawFor('slack.filePublic', file).chars('0123456789abcdef', 10);

/** A file's picture of this size. */
export function thumbnailUrl(world: World, file: Pick<SlackFile, 'id' | 'name'>, side: number): string {
  const place = `${theTeam(world).id}-${file.id}-${publicSecret(world, file.id)}`;
  const named = encodeURIComponent(
    file.name
      .toLowerCase()
      .replace(/\s+/g, '_')
      .replace(/\.[^.]*$/, ''),
  );
  return `${ofHost(world, 'files.slack.com')}/files-tmb/${place}/${named}_${side}.png`;
}

const ofHost = (world: World, host: string): string => originFor(world.base(), HOSTS, host);
