/** Requests that say in a header which method they mean, for clients behind what lets only GET and POST through. */
import { header, mediaType, type WireRequest } from '../../../src/wire.ts';

const METHODS = new Set(['GET', 'PUT', 'PATCH', 'DELETE']);

/**
 * `X-HTTP-Method-Override` of a POST. A GET meant so may bring its query in the body, where it is too long for an
 * address, as Google's Python client does. https://developers.google.com/gdata/docs/2.0/basics#DeletingEntry
 */
export function meant(request: WireRequest): WireRequest {
  if (request.method !== 'POST') return request;
  const method = header(request.headers, 'x-http-method-override')?.trim().toUpperCase() ?? '';
  if (!METHODS.has(method)) return request;
  if (method !== 'GET') return { ...request, method };
  const isForm = mediaType(request.headers) === 'application/x-www-form-urlencoded';
  const said = isForm && request.body ? Buffer.from(request.body).toString('utf8') : '';
  const query = [request.query, said].filter(Boolean).join('&');
  return { ...request, method, query, body: undefined };
}
