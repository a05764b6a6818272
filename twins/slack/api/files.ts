/** `files.*`: uploading in three steps, reading, taking away. */
import { type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import type { Args } from '../args.ts';
import { integer, objects, required, text } from '../args.ts';
import { invalidArguments, invalidBlocks, pageNotFound, refuse } from '../errors.ts';
import { FILES_PER_COMPLETION_MAX } from '../limits.ts';
import { theOwnChannel } from '../model/access.ts';
import { blockErrors } from '../model/blocks/grammar.ts';
import { bytesOf, complete, fileView, receive, requestUpload, share, theFile } from '../model/file.ts';
import type { Draft } from '../model/message.ts';
import { uploadUrl } from '../model/url.ts';
import { files, type Token } from '../world.ts';
import { both, method } from './method.ts';

const writing = both('files:write');
const reading = both('files:read');
const UPLOADING = 'https://docs.slack.dev/messaging/working-with-files#uploading_files';

export const fileMethods: readonly Endpoint[] = [
  method(
    'files.getUploadURLExternal',
    { ...writing, tier: 'Tier4', required: ['filename', 'length'] },
    ({ world, actor, args }) => {
      const length = integer(args, 'length') ?? 0;
      if (length < 1) throw invalidArguments(['must be greater than 0 [json-pointer:/length]']);
      const upload = requestUpload(world, actor, required(args, 'filename'), length);
      return { upload_url: uploadUrl(world, upload.secret), file_id: upload.file };
    },
  ),
  method(
    'files.completeUploadExternal',
    { ...writing, tier: 'Tier4', required: ['files'] },
    ({ world, actor, args }) => {
      const asked = filesIn(args);
      const draft = commentIn(args);
      const made = complete(world, actor, asked);
      for (const id of channelsIn(args)) share(world, actor, theOwnChannel(world, actor, id), made, draft);
      return { files: made.map((file) => fileView(world, theFile(world, file.id))) };
    },
  ),
  method('files.info', { ...reading, tier: 'Tier4', required: ['file'] }, ({ world, args }) => ({
    file: fileView(world, theFile(world, required(args, 'file'))),
    comments: [],
    response_metadata: { next_cursor: '' },
  })),
  method('files.list', { ...reading, tier: 'Tier3' }, ({ world, args }) => {
    const count = Math.min(integer(args, 'count') ?? 100, 1_000) || 100;
    const page = Math.max(integer(args, 'page') ?? 1, 1);
    const channel = text(args, 'channel');
    const user = text(args, 'user');
    const range = world.list(files, {
      reverse: true,
      where: (row) =>
        (!user || row.user === user) &&
        (!channel || [...row.channels, ...row.groups, ...row.ims].includes(channel)),
    });
    const total = range.count();
    const rows = range.page({ limit: count, offset: (page - 1) * count }).items;
    return {
      files: rows.map((row) => fileView(world, row)),
      paging: { count, total, page, pages: Math.max(Math.ceil(total / count), 1) },
    };
  }),
  method('files.delete', { ...writing, tier: 'Tier3', required: ['file'] }, ({ world, actor, args }) => {
    const file = theFile(world, required(args, 'file'));
    if (file.user !== actor.user) throw refuse('cant_delete_file');
    world.remove(files, file.id);
    return {};
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
  ...['/files-pri/{place}/{name}', '/files-pri/{place}/download/{name}'].map((path) =>
    endpoint<Token, string>(
      {
        id: path.includes('download') ? 'downloadFile' : 'viewFile',
        route: `GET ${path}`,
        scopes: ['files:read'],
        traits: { grants: { bot: ['files:read'], user: ['files:read'] } },
        doc: UPLOADING,
      },
      ({ world, params }) => {
        const id = (params as Record<string, string>).place?.split('-')[1] ?? '';
        if (!world.get(files, id)) throw pageNotFound();
        return reply({
          raw: true,
          headers: [['content-type', 'application/octet-stream']],
          body: bytesOf(world, id),
        });
      },
    ),
  ),
];

function filesIn(args: Args): { id: string; title?: string }[] {
  const given = objects(args, 'files', 'invalid_arguments') ?? [];
  if (given.length === 0 || given.length > FILES_PER_COMPLETION_MAX)
    throw invalidArguments(['no fewer than 1 items allowed [json-pointer:/files]']);
  return given.map((one) => ({
    id: String(one.id),
    ...(one.title === undefined ? {} : { title: String(one.title) }),
  }));
}

function commentIn(args: Args): Draft {
  const comment = text(args, 'initial_comment');
  const blocks = objects(args, 'blocks', 'invalid_blocks');
  const errors = blocks ? blockErrors(blocks) : [];
  if (errors.length > 0) throw invalidBlocks(errors);
  const thread = text(args, 'thread_ts');
  return {
    ...(comment ? { text: comment } : {}),
    ...(blocks ? { blocks } : {}),
    ...(thread ? { thread_ts: thread } : {}),
  };
}

const channelsIn = (args: Args): string[] => {
  const one = text(args, 'channel_id');
  const several = text(args, 'channels');
  return one ? [one] : (several?.split(',').filter(Boolean) ?? []);
};
