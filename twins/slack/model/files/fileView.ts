/** A file as Slack shows it: to who asks for it, and inside of a message. https://docs.slack.dev/reference/objects/file-object */
import type { World } from '../../../../src/world/world.ts';
import { files, type Json, type SlackFile } from '../../world.ts';
import { theTeam } from '../people/team.ts';
import { fileUrls, thumbnailUrl } from '../url.ts';

/** All that Slack says of a file. */
export function fileView(world: World, file: SlackFile): Json {
  const { shares, channels, groups, ims } = file;
  return {
    ...ofFile(world, file),
    comments_count: 0,
    is_starred: false,
    shares,
    channels,
    groups,
    ims,
    has_more_shares: false,
    has_rich_preview: false,
    file_access: 'visible',
  };
}

/** A file inside of a message, which says nothing of other places; of one that was deleted a tombstone is left. */
export function fileInMessage(world: World, { id }: { id: string }): Json {
  const file = world.get(files, id);
  if (!file || file.mode === 'tombstone') return { id, mode: 'tombstone' };
  return { ...ofFile(world, file), is_starred: false, has_rich_preview: false, file_access: 'visible' };
}

function ofFile(world: World, file: SlackFile): Json {
  const { url_private, url_private_download, permalink, permalink_public } = fileUrls(world, file);
  const external = file.mode === 'external';
  return {
    id: file.id,
    created: file.created,
    timestamp: file.timestamp,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.filetype,
    pretty_type: file.pretty_type,
    user: file.user,
    user_team: theTeam(world).id,
    editable: file.editable,
    size: file.size,
    mode: file.mode,
    is_external: external,
    external_type: file.external_type,
    ...(external
      ? { external_id: file.external_id, external_url: file.external_url, app_id: file.app_id }
      : {}),
    is_public: file.is_public,
    public_url_shared: file.public_url_shared,
    display_as_bot: false,
    username: '',
    ...(external ? { url_private: file.external_url } : { url_private, url_private_download }),
    media_display_type: 'unknown',
    ...file.facts,
    ...thumbnails(world, file),
    permalink,
    ...(external ? {} : { permalink_public }),
    ...(file.mode === 'snippet' ? { edit_link: `${permalink}/edit` } : {}),
  };
}

/** Sides of the small pictures in pixels; those from 360 on keep the proportions and are not larger than the picture. */
const SQUARES = [64, 80, 160];
const FITTING = [360, 480, 720, 800, 960, 1024];

function thumbnails(world: World, file: SlackFile): Json {
  const { original_w: width, original_h: height } = file.facts as Record<string, number | undefined>;
  if (width === undefined || height === undefined) return {};
  const shown: Json = {};
  for (const side of SQUARES) shown[`thumb_${side}`] = thumbnailUrl(world, file, side);
  const longest = Math.max(width, height);
  for (const side of FITTING.filter((one) => one === FITTING[0] || one < longest)) {
    const scale = Math.min(1, side / longest);
    shown[`thumb_${side}`] = thumbnailUrl(world, file, side);
    shown[`thumb_${side}_w`] = Math.round(width * scale);
    shown[`thumb_${side}_h`] = Math.round(height * scale);
  }
  return shown;
}
