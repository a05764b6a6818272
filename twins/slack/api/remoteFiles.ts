/** `files.remote.*`: files that an app keeps elsewhere. */
import { type Endpoint, list } from '../../../src/twin.ts';
import { type Args, ids, integer, required, text } from '../args.ts';
import { LIST_LIMIT_MAX } from '../limits.ts';
import { theOwnChannel } from '../model/channels/access.ts';
import { filesOf, share } from '../model/files/file.ts';
import { fileView } from '../model/files/fileView.ts';
import {
  addRemote,
  describeRemote,
  type RemoteDraft,
  removeRemote,
  theRemote,
} from '../model/files/remoteFile.ts';
import { files } from '../world.ts';
import { both, type MethodCall, method } from './method.ts';

const reading = both('remote_files:read');
const writing = { bot: ['remote_files:write'] };

export const remoteFileMethods: readonly Endpoint[] = [
  method(
    'files.remote.add',
    { ...writing, tier: 'Tier2', required: ['external_id', 'external_url', 'title'] },
    (call) => {
      const { world, actor, args } = call;
      const title = required(args, 'title');
      const external_url = required(args, 'external_url');
      const draft = { ...draftIn(call), title, external_url };
      return { file: fileView(world, addRemote(world, actor, required(args, 'external_id'), draft)) };
    },
  ),
  method('files.remote.info', { ...reading, tier: 'Tier2' }, ({ world, actor, args }) => ({
    file: fileView(world, theRemote(world, actor, named(args))),
  })),
  method(
    'files.remote.list',
    {
      ...reading,
      tier: 'Tier2',
      page: { style: 'cursor', key: 'files', default: 100, max: LIST_LIMIT_MAX },
      cursor: 'file',
    },
    ({ world, actor, args }) => {
      const channel = text(args, 'channel');
      const range = filesOf(world, actor, {
        external: true,
        ...(channel ? { channel } : {}),
        ...span(args),
      });
      return list(range, (row) => fileView(world, row));
    },
  ),
  method('files.remote.remove', { ...writing, tier: 'Tier2' }, ({ world, actor, args }) => {
    removeRemote(world, actor, theRemote(world, actor, named(args)));
    return {};
  }),
  method(
    'files.remote.share',
    { ...both('remote_files:share'), tier: 'Tier2', required: ['channels'] },
    ({ world, actor, args }) => {
      const file = theRemote(world, actor, named(args), 'either');
      const places = ids(args, 'channels').map((id) => theOwnChannel(world, actor, id));
      for (const place of places) share(world, actor, place, [file.id], {});
      return { file: fileView(world, world.get(files, file.id) ?? file) };
    },
  ),
  method('files.remote.update', { ...writing, tier: 'Tier2' }, (call) => {
    const { world, actor, args } = call;
    const file = theRemote(world, actor, named(args), 'either');
    return { file: fileView(world, describeRemote(world, actor, file, draftIn(call))) };
  }),
];

const named = (args: Args) => ({ file: text(args, 'file'), external: text(args, 'external_id') });

function span(args: Args): { from?: number; to?: number } {
  const from = integer(args, 'ts_from');
  const to = text(args, 'ts_to') === 'now' ? undefined : integer(args, 'ts_to');
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

function draftIn({ args, call }: MethodCall): RemoteDraft {
  const part = (name: string) => call.body.files?.find((one) => one.name === name)?.bytes;
  const title = text(args, 'title');
  const external_url = text(args, 'external_url');
  const filetype = text(args, 'filetype');
  const preview = part('preview_image');
  const contents = part('indexable_file_contents');
  return {
    ...(title === undefined ? {} : { title }),
    ...(external_url === undefined ? {} : { external_url }),
    ...(filetype === undefined ? {} : { filetype }),
    ...(preview === undefined ? {} : { preview }),
    ...(contents === undefined ? {} : { contents }),
  };
}
