/**
 * Many calls in one request: each part is a request of its own, served by itself.
 * https://developers.google.com/workspace/drive/api/guides/performance#batch-requests
 */
import { batch } from '../../src/batch.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../src/twin.ts';
import { header } from '../../src/wire.ts';
import { googleError } from './errors.ts';
import { BATCH_CALLS_MAX, BATCH_PARTS_MAX } from './limits.ts';
import { serviceOf } from './service.ts';
import { type BatchPart, batchReply, partRequest, readParts } from './wire/batchParts.ts';
import { failureReply, headersOf } from './wire/envelope.ts';
import { boundaryOf } from './wire/multipart.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/guides/performance';

/** The path of every API, and the one that each newer API has at its own host. */
export const batchEndpoints: readonly Endpoint[] = ['/batch', '/batch/{api}/{version}'].map((path) =>
  endpoint<never, string>(
    { id: 'batch', route: `POST ${path}`, auth: 'none', traits: { raw: true }, doc: DOC },
    served,
  ),
);

function served(call: Call): unknown {
  // One for all APIs together was turned down in August 2020.
  if (call.request.host === 'www.googleapis.com' && call.request.path === '/batch')
    throw googleError('notFound', { message: 'Not Found' });
  const boundary = boundaryOf(header(call.request.headers, 'content-type') ?? '');
  const parts = boundary === undefined ? [] : readParts(call.body.bytes, boundary, BATCH_PARTS_MAX + 1);
  if (parts.length === 0 || parts.length > BATCH_PARTS_MAX) return unreadable(parts, call.body.bytes.length);
  const sorted = parts.map((part, nth) => ({ part, ...turned(call, part, nth) }));
  const mark = `batch_${call.world.draw('google.batch').chars('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789_-', 32)}`;
  return batch(
    sorted.flatMap(({ request }) => request ?? []),
    (replies) => {
      const left = [...replies];
      const answers = sorted.map(({ part, refused }) => ({ part, reply: refused ?? left.shift() }));
      return batchReply(answers, mark, headersOf(serviceOf(call.request), call));
    },
  );
}

/** A part's request, or why it is not served. */
function turned(call: Call, part: BatchPart, nth: number) {
  if (nth >= BATCH_CALLS_MAX)
    return refusing(call, 'forbidden', 'Exceeds allowed inner batch requests soft limit. Please retry.');
  const request = partRequest(call.request, part);
  if (!request || /^\/(batch|upload)(\/|$)/.test(request.path))
    return refusing(call, 'notFound', 'Not Found');
  return { request, refused: undefined };
}

const refusing = (call: Call, name: 'forbidden' | 'notFound', message: string) => ({
  request: undefined,
  refused: failureReply(call, googleError(name, { message })),
});

/** Said as a list of one, whatever the API: nothing was streamed yet. */
function unreadable(parts: readonly BatchPart[], bytes: number) {
  const message = `Failed to parse batch request, error: ${parts.length} items. Received batch body: (${bytes}) bytes redacted`;
  const errors = [{ message, domain: 'global', reason: 'badRequest' }];
  return reply({
    status: 400,
    body: [{ error: { code: 400, message, errors, status: 'INVALID_ARGUMENT' } }],
  });
}
