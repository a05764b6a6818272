/**
 * Where a file can be fetched without signing in, for a while: the API leads there, as the real one leads to the
 * vendor's media service.
 */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { forbidden } from '../../errors.ts';
import { siteBase } from '../../hosts.ts';
import { MEDIA_ADDRESS_MS } from '../../limits.ts';
import { type Attachment, attachments } from '../../world.ts';

/** `binary`, or its `image` for a thumbnail. */
export type Rendition = 'binary' | 'image';

/** The address of a file, good for ten minutes. */
export function mediaAddress(world: World, file: Attachment, rendition: Rendition): string {
  const until = world.now() + MEDIA_ADDRESS_MS;
  const query = new URLSearchParams({
    token: tokenOf(world, file.id, until),
    client: uuid(world.drawFor('jira.media.client')),
    dl: 'true',
    name: file.filename,
  });
  return `${siteBase(world)}/file/${file.id}/${rendition}?${query}`;
}

/** The file that an address is for; 403 for an address that is not good, or no longer. */
export function fileAt(world: World, id: string, token: string): Attachment {
  const until = Number(token.split('.', 1)[0]);
  const file = world.get(attachments, id);
  if (!file || !(until > world.now()) || token !== tokenOf(world, id, until))
    throw forbidden('The media token is not valid.');
  return file;
}

const tokenOf = (world: World, id: string, until: number): string =>
  `${until}.${world.secret(['jira', 'media', id, until], 40)}`;
