/** `files.*`: uploading in three steps, reading, opening to the public, taking away. */
import { type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import type { Args } from '../args.ts';
import { blocksIn, integer, objects, required, text, texts } from '../args.ts';
import { invalidArguments, invalidBlocks, refuse } from '../errors.ts';
import { FILE_SHARES_MAX, FILES_LIST_COUNT_MAX, FILES_PER_COMPLETION_MAX } from '../limits.ts';
import { blockErrors } from '../model/blocks/grammar.ts';
import { theOwnChannel } from '../model/channels/access.ts';
import {
  contentOf,
  deleteFile,
  type FileQuery,
  filesOf,
  setPublic,
  share,
  theFile,
} from '../model/files/file.ts';
import type { FileFamily } from '../model/files/fileType.ts';
import { fileView } from '../model/files/fileView.ts';
import { type Completion, complete, receive, requestUpload } from '../model/files/upload.ts';
import { destination } from '../model/messages/destination.ts';
import type { Draft } from '../model/messages/message.ts';
import { isTs } from '../model/messages/timestamp.ts';
import { uploadUrl } from '../model/url.ts';
import { type Channel, type Token, users } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const writing = both('files:write');
const reading = both('files:read');
const UPLOADING = 'https://docs.slack.dev/messaging/working-with-files#uploading_files';
const FAMILIES = ['spaces', 'snippets', 'images', 'gdocs', 'zips', 'pdfs', 'videos', 'audios'];
const INSTEAD =
  'This method is retired and can no longer be used. Please use files.getUploadURLExternal and ' +
  'files.completeUploadExternal instead. Learn more: ' +
  'https://docs.slack.dev/changelog/2024-04-a-better-way-to-upload-files-is-here-to-stay.';

export const fileMethods: readonly Endpoint[] = [
  method(
    'files.getUploadURLExternal',
    { ...writing, tier: 'Tier4', required: ['filename', 'length'] },
    ({ world, actor, args }) => {
      const length = integer(args, 'length') ?? 0;
      if (length < 1) throw invalidArguments(['must be greater than 0 [json-pointer:/length]']);
      const upload = requestUpload(world, actor, {
        filename: required(args, 'filename'),
        length,
        ...texts(args, 'alt_txt', 'snippet_type'),
      });
      return { upload_url: uploadUrl(world, upload.secret), file_id: upload.file };
    },
  ),
  method(
    'files.completeUploadExternal',
    { ...writing, tier: 'Tier4', required: ['files'] },
    ({ world, actor, args }) => {
      const asked = filesIn(args);
      const draft = commentIn(args);
      const places = placesIn(world, actor, args, draft);
      const made = complete(world, actor, asked);
      for (const place of places) share(world, actor, place, ids(asked), draft);
      // Slack shares them when it has answered.
      return { files: made.map((file) => fileView(world, file)) };
    },
  ),
  method('files.upload', { ...writing, tier: 'Tier2' }, () => {
    throw refuse('method_deprecated', { response_metadata: { messages: [`[ERROR] ${INSTEAD}`] } });
  }),
  method('files.info', { ...reading, tier: 'Tier4', required: ['file'] }, ({ world, actor, args }) => {
    const file = theFile(world, actor, required(args, 'file'));
    const count = integer(args, 'count');
    return {
      file: fileView(world, file),
      ...contentOf(world, file),
      comments: [],
      ...(count === undefined
        ? { response_metadata: { next_cursor: '' } }
        : { paging: { count, total: 0, page: integer(args, 'page') ?? 1, pages: 0 } }),
    };
  }),
  method('files.list', { ...reading, tier: 'Tier3' }, ({ world, actor, args }) => {
    const count = Math.min(Math.max(integer(args, 'count') ?? 100, 1), FILES_LIST_COUNT_MAX);
    const page = Math.max(integer(args, 'page') ?? 1, 1);
    const range = filesOf(world, actor, queryIn(args));
    const total = range.count();
    const rows = range.page({ limit: count, offset: (page - 1) * count }).items;
    return {
      files: rows.map((row) => fileView(world, row)),
      paging: { count, total, page, pages: Math.max(Math.ceil(total / count), 1) },
    };
  }),
  method('files.delete', { ...writing, tier: 'Tier3', required: ['file'] }, ({ world, actor, args }) => {
    deleteFile(world, actor, theFile(world, actor, required(args, 'file')));
    return {};
  }),
  method('files.sharedPublicURL', { user: ['files:write'], tier: 'Tier3', required: ['file'] }, (call) =>
    opened(call, true),
  ),
  method('files.revokePublicURL', { ...writing, tier: 'Tier3', required: ['file'] }, (call) =>
    opened(call, false),
  ),
  // Comments have become threads: no file has any left that could be deleted.
  method('files.comments.delete', { ...writing, tier: 'Tier2', required: ['file', 'id'] }, (call) => {
    theFile(call.world, call.actor, required(call.args, 'file'));
    throw refuse('cant_delete');
  }),
  endpoint(
    { id: 'upload', route: 'POST|PUT /upload/v1/{secret}', auth: 'none', doc: UPLOADING },
    ({ world, params, body }) => {
      const count = receive(world, params.secret, body.files?.[0]?.bytes ?? body.bytes);
      return reply({
        raw: true,
        headers: [['content-type', 'text/plain; charset=utf-8']],
        body: `OK - ${count}`,
      });
    },
  ),
];

function opened({ world, actor, args }: MethodCall, open: boolean) {
  return { file: fileView(world, setPublic(world, theFile(world, actor, required(args, 'file')), open)) };
}

function filesIn(args: Args): Completion[] {
  const given = objects(args, 'files', 'invalid_arguments') ?? [];
  if (given.length === 0 || given.length > FILES_PER_COMPLETION_MAX)
    throw invalidArguments(['no fewer than 1 items allowed [json-pointer:/files]']);
  return given.map((one) => ({
    id: String(one.id),
    ...texts(one, 'title', 'highlight_type'),
  }));
}

const ids = (asked: readonly Completion[]): string[] => asked.map(({ id }) => id);

/** What is said beside the files; a comment in words leaves no place for blocks. Throws `invalid_blocks`. */
function commentIn(args: Args): Draft {
  const comment = text(args, 'initial_comment');
  const blocks = comment ? undefined : blocksIn(args, 'invalid_blocks');
  const errors = blocks ? blockErrors(blocks) : [];
  if (errors.length > 0) throw invalidBlocks(errors);
  return {
    ...(comment ? { text: comment } : {}),
    ...(blocks ? { blocks } : {}),
    ...texts(args, 'thread_ts', 'username', 'icon_url', 'icon_emoji'),
  };
}

/** Where the files are to be shared: `channels` may name people too. Throws `channels_limit_exceeded`, `invalid_thread_ts`. */
function placesIn(world: World, actor: Token, args: Args, draft: Draft): Channel[] {
  const one = text(args, 'channel_id');
  const named = one ? [one] : (text(args, 'channels')?.split(',').filter(Boolean) ?? []);
  if (named.length > FILE_SHARES_MAX) throw refuse('channels_limit_exceeded');
  if (draft.thread_ts !== undefined && !isTs(draft.thread_ts)) throw refuse('invalid_thread_ts');
  return named.map((id) =>
    world.get(users, id) ? destination(world, actor, id, draft) : theOwnChannel(world, actor, id),
  );
}

function queryIn(args: Args): FileQuery {
  const types = (text(args, 'types') || 'all').split(',').map((one) => one.trim());
  const unknown = types.find((one) => one !== 'all' && !FAMILIES.includes(one));
  if (unknown !== undefined) throw refuse('unknown_type');
  const from = Number(text(args, 'ts_from') || 0);
  const to = Number(text(args, 'ts_to') === 'now' ? 0 : text(args, 'ts_to') || 0);
  return {
    ...texts(args, 'user', 'channel'),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(types.includes('all') ? {} : { families: new Set(types as FileFamily[]) }),
  };
}
