/** Channels of notifications. https://developers.google.com/workspace/drive/api/reference/rest/v3/channels */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { addressOf } from '../../address.ts';
import { FILE_CHANNEL_MS_MAX } from '../../limits.ts';
import { visibleFile } from '../model/access.ts';
import { type ChannelInput, openChannel, stopChannel } from '../model/watch.ts';
import type { Channel } from '../world/channels.ts';
import { CHANNEL_BODY } from './schema.ts';
import { driveViewer, said } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3';
const READ = [
  ...['drive', 'drive.appdata', 'drive.file', 'drive.meet.readonly', 'drive.metadata'],
  ...['drive.metadata.readonly', 'drive.photos.readonly', 'drive.readonly'],
];
type ChannelCall = Call<GoogleActor>;

export const channelEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, 'POST /drive/v3/files/{fileId}/watch'>(
    {
      id: 'drive.files.watch',
      route: 'POST /drive/v3/files/{fileId}/watch',
      input: CHANNEL_BODY,
      scopes: READ,
      tier: 'drive',
      doc: `${DOC}/files/watch`,
    },
    (call) => watchFile(call, call.params.fileId),
  ),
  endpoint<GoogleActor, string>(
    {
      id: 'drive.channels.stop',
      route: 'POST /drive/v3/channels/stop',
      input: CHANNEL_BODY,
      scopes: READ,
      tier: 'drive',
      status: 204,
      doc: `${DOC}/channels/stop`,
    },
    (call) => stopChannel(call.world, driveViewer(call), channelInput(call)),
  ),
];

function watchFile(call: ChannelCall, fileId: string): Record<string, unknown> {
  const viewer = driveViewer(call);
  const file = visibleFile(call.world, viewer, fileId);
  const channel = openChannel(call.world, viewer, channelInput(call), {
    fileId: file.id,
    who: [],
    resource: `file ${file.id}`,
    resourceUri: watchedUri(call, `files/${file.id}`, {
      acknowledgeAbuse: said(call, 'acknowledgeAbuse'),
      supportsAllDrives: said(call, 'supportsAllDrives'),
    }),
    restrictToMyDrive: false,
    includeRemoved: true,
    livesMsMax: FILE_CHANNEL_MS_MAX,
  });
  return channelView(channel);
}

export const channelInput = (call: ChannelCall): ChannelInput => (call.input ?? {}) as ChannelInput;

/** A channel as its opener is told of it; where it leads is known to them. */
export const channelView = (channel: Channel): Record<string, unknown> => ({
  kind: 'api#channel',
  id: channel.id,
  resourceId: channel.resourceId,
  resourceUri: channel.resourceUri,
  ...(channel.token === undefined ? {} : { token: channel.token }),
  expiration: String(channel.expiresAt),
});

/** What is watched, as an address of the API. */
export function watchedUri(
  { world }: ChannelCall,
  path: string,
  query: Record<string, string | number | boolean>,
): string {
  const search = new URLSearchParams({
    alt: 'json',
    ...Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
  });
  return `${addressOf(world, 'www.googleapis.com')}/drive/v3/${path}?${search}`;
}
