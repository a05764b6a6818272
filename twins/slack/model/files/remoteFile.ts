/** Files that are kept elsewhere and made known by an app. https://docs.slack.dev/messaging/working-with-files/#remote */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { EXTERNAL_ID_CHARS_MAX, REMOTE_TITLE_CHARS_MAX, SNIPPET_SHOWN_BYTES_MAX } from '../../limits.ts';
import { files, type SlackFile, type Token, uploads } from '../../world.ts';
import { deleteFile, theFile } from './file.ts';
import { tellOfFile } from './fileShare.ts';
import { imageSize, typeOfName, typeOfSyntax } from './fileType.ts';
import { newFile } from './newFile.ts';

/** What an app says of a file that it keeps. */
export interface RemoteDraft {
  title?: string;
  external_url?: string;
  filetype?: string;
  /** Words for searches. */
  contents?: Uint8Array;
  preview?: Uint8Array;
}

/** Makes a file known; one that this app has made known by the same id is described anew. Throws `bad_title`, `invalid_external_id`, `bad_image`. */
export function addRemote(
  world: World,
  actor: Token,
  external_id: string,
  draft: RemoteDraft & { title: string; external_url: string },
): SlackFile {
  if (external_id === '' || external_id.length > EXTERNAL_ID_CHARS_MAX) throw refuse('invalid_external_id');
  if (draft.title.length > REMOTE_TITLE_CHARS_MAX) throw refuse('bad_title');
  const known = byExternalId(world, actor, external_id);
  if (known) return describeRemote(world, actor, known, draft);
  const file = newFile(world, {
    name: draft.title,
    title: draft.title,
    filetype: 'remote',
    pretty_type: 'Remote',
    user: actor.user,
    mode: 'external',
    external_type: 'app',
    external_id,
    external_url: draft.external_url,
    app_id: actor.app,
    bot_id: actor.bot,
  });
  return write(world, file, draft);
}

/** Describes the app's own file anew. Throws `file_not_found`, `invalid_title`, `invalid_url`, `bad_image`. */
export function describeRemote(world: World, actor: Token, file: SlackFile, draft: RemoteDraft): SlackFile {
  if (file.app_id !== actor.app) throw refuse('file_not_found');
  if (draft.title !== undefined && (draft.title === '' || draft.title.length > REMOTE_TITLE_CHARS_MAX))
    throw refuse('invalid_title');
  if (draft.external_url !== undefined && !URL.canParse(draft.external_url)) throw refuse('invalid_url');
  const changed = write(world, file, draft);
  tellOfFile(world, 'file_change', changed, { user_id: file.user });
  return changed;
}

/**
 * The remote file that an id of Slack's or one of the app's names. Throws `invalid_args`, `too_many_ids`,
 * `file_not_found`.
 */
export function theRemote(
  world: World,
  actor: Token,
  named: { file: string | undefined; external: string | undefined },
  both: 'either' | 'refused' = 'refused',
): SlackFile {
  const { file, external } = named;
  if (!file && !external) throw refuse('invalid_args');
  if (file && external && both === 'refused') throw refuse('too_many_ids');
  const found = file ? theFile(world, actor, file) : byExternalId(world, actor, external as string);
  if (found?.mode !== 'external') throw refuse('file_not_found');
  return found;
}

/** Takes away what the app has made known. Throws `file_not_found` for another app's. */
export function removeRemote(world: World, actor: Token, file: SlackFile): void {
  if (file.app_id !== actor.app) throw refuse('file_not_found');
  deleteFile(world, actor, file);
}

function byExternalId(world: World, actor: Token, id: string): SlackFile | undefined {
  const all = world.list(files, { index: 'external', equals: `${actor.app}/${id}` });
  return all.toArray().find((file) => file.mode === 'external');
}

function write(world: World, file: SlackFile, draft: RemoteDraft): SlackFile {
  const size = draft.preview && imageSize(draft.preview);
  if (draft.preview && !size) throw refuse('bad_image');
  if (draft.preview) keepPreview(world, file, draft.preview);
  const { filetype } = draft;
  const known = filetype && (typeOfSyntax(filetype) ?? typeOfName(`x.${filetype}`, new Uint8Array()));
  return world.update(files, file.id, {
    ...(draft.title === undefined ? {} : { title: draft.title, name: draft.title }),
    ...(draft.external_url === undefined ? {} : { external_url: draft.external_url }),
    ...(known ? { ...known, filetype } : {}),
    ...(draft.contents
      ? { said: Buffer.from(draft.contents).toString('utf8', 0, SNIPPET_SHOWN_BYTES_MAX).toLowerCase() }
      : {}),
    ...(size ? { facts: { ...file.facts, original_w: size.width, original_h: size.height } } : {}),
  });
}

/** The picture is kept where uploaded bytes are. */
function keepPreview(world: World, file: SlackFile, bytes: Uint8Array): void {
  const before = world.list(uploads, { index: 'file', equals: file.id }).first();
  world.put(uploads, {
    secret: before?.secret ?? world.secret(['slack.upload', file.id], 64, BASE64URL),
    file: file.id,
    filename: file.name,
    length: bytes.length,
    user: file.user,
    bytes: Buffer.from(bytes).toString('base64'),
    completed: true,
  });
}
