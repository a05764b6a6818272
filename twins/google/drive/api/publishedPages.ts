/** Pages of editors' files that somebody published on the web. https://support.google.com/docs/answer/183965 */
import { escaped } from '../../../../src/html.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { googleError, missingPart } from '../../errors.ts';
import { isOfDomain } from '../model/access.ts';
import { editRevisionsOf, publishedFile, publishedRevision } from '../model/editRevision.ts';
import { insideText } from '../model/native.ts';
import { EDITOR_PAGES } from './links.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/revisions';

export const publishedPageEndpoints: readonly Endpoint[] = Object.values(EDITOR_PAGES).map((editor) =>
  endpoint<GoogleActor, string>(
    { id: 'publishedPage', route: `GET /${editor}/d/e/{key}/pub`, auth: 'none', doc: DOC },
    (call) => page(call),
  ),
);

/** Open to everybody, or to the domain's people where it was not published beyond. */
function page(call: Call<GoogleActor>) {
  const { world } = call;
  const actor = call.actor as GoogleActor | undefined;
  const file = publishedFile(world, call.params.key ?? '');
  const revision = file && publishedRevision(world, file);
  if (!file || !revision) throw googleError('notFound');
  if (!revision.publishedOutsideDomain && !(actor && isOfDomain(world, actor.email)))
    throw googleError('forbidden');
  if (editRevisionsOf(world, file).at(-1)?.id !== revision.id)
    throw missingPart('a published revision that was edited since');
  const text = escaped(insideText(world, file)).replace(/\n/g, '<br>');
  return reply({
    raw: true,
    headers: [['content-type', 'text/html; charset=utf-8']],
    body: `<!DOCTYPE html>\n<title>${escaped(file.name)}</title>\n<div id="contents">${text}</div>\n`,
  });
}
