/** Where the bytes of files are: with a token that may see them, or for everybody once they were made public. */
import { type Call, type Endpoint, endpoint, type Reply, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { pageNotFound } from '../errors.ts';
import { holds } from '../model/apps/scope.ts';
import { canvasPage } from '../model/files/canvas.ts';
import { bytesOf } from '../model/files/file.ts';
import { seesFile } from '../model/files/fileShare.ts';
import { type ExportFormat, exported } from '../model/files/listExport.ts';
import { fileUrls, publicSecret } from '../model/url.ts';
import { files, type SlackFile, type Token } from '../world.ts';
import { signIn } from './pages.ts';

const DOC = 'https://docs.slack.dev/messaging/working-with-files#authenticating_requests';

export const fileByteEndpoints: readonly Endpoint[] = [
  endpoint<Token, string>(
    { id: 'viewFile', route: 'GET /files-pri/{place}/{name}', auth: 'none', doc: DOC },
    (call) => guarded(call, (file) => sent(call.world, file, 'inline')),
  ),
  endpoint<Token, string>(
    { id: 'downloadFile', route: 'GET /files-pri/{place}/download/{name}', auth: 'none', doc: DOC },
    (call) => guarded(call, (file) => sent(call.world, file, 'attachment')),
  ),
  ...(['csv', 'json'] as const).map((format) =>
    endpoint<Token, string>(
      { id: `${format}Export`, route: `GET /files-pri/{place}/${format}/{name}`, auth: 'none', doc: DOC },
      (call) => guarded(call, (file) => sentExport(call.world, file, format), ['files:read', 'lists:read']),
    ),
  ),
  endpoint<Token, string>(
    { id: 'viewThumbnail', route: 'GET /files-tmb/{place}/{name}', auth: 'none', doc: DOC },
    (call) => guarded(call, (file) => sent(call.world, file, 'inline')),
  ),
  endpoint({ id: 'publicFilePage', route: 'GET /{place}', auth: 'none', doc: DOC }, ({ world, params }) => {
    const [, id = '', secret] = params.place.split('-');
    const file = world.require(files, id, pageNotFound);
    if (!isPublic(world, file, secret)) throw pageNotFound();
    const bytes = `${fileUrls(world, file).url_private}?pub_secret=${secret}`;
    return reply({
      raw: true,
      headers: [['content-type', 'text/html; charset=utf-8']],
      body: `<!DOCTYPE html>\n<title>Slack File</title>\n<a class="file_body" href="${bytes}">Download</a>\n`,
    });
  }),
];

const fileNamed = (call: Call<Token>): SlackFile => {
  const id = call.params.place?.split('-')[1] ?? '';
  const file = call.world.require(files, id, pageNotFound);
  if (file.mode === 'tombstone') throw pageNotFound();
  return file;
};

/** Without a token that may see the file, a browser would be led to the sign-in: so is a program. */
function guarded(call: Call<Token>, send: (file: SlackFile) => Reply, scopes = ['files:read']): Reply {
  const file = fileNamed(call);
  const actor = call.actor as Token | undefined;
  const may =
    actor && scopes.some((scope) => holds(actor.scopes, scope)) && seesFile(call.world, actor.user, file);
  if (may || isPublic(call.world, file, call.query.get('pub_secret') ?? undefined)) return send(file);
  return signIn(call);
}

const isPublic = (world: World, file: SlackFile, secret: string | undefined): boolean =>
  file.public_url_shared && file.mode !== 'tombstone' && secret === publicSecret(world, file.id);

function sentExport(world: World, file: SlackFile, format: ExportFormat): Reply {
  if (file.mode !== 'list') throw pageNotFound();
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8';
  return reply({ raw: true, headers: [['content-type', type]], body: exported(world, file.id, format) });
}

function sent(world: World, file: SlackFile, disposition: 'inline' | 'attachment'): Reply {
  const name = encodeURIComponent(file.name);
  const page = canvasPage(world, file);
  if (page !== undefined)
    return reply({ raw: true, headers: [['content-type', 'text/html; charset=utf-8']], body: page });
  return reply({
    raw: true,
    headers: [
      ['content-type', file.mimetype || 'application/octet-stream'],
      ['content-disposition', `${disposition}; filename="${name}"; filename*=UTF-8''${name}`],
    ],
    body: bytesOf(world, file.id),
  });
}
