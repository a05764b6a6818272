/**
 * How a Web API method may be called; whatever breaks this is refused before anybody asks for a token.
 * https://docs.slack.dev/apis/web-api/#methods
 */

import type { ApiError } from '../../../src/error.ts';
import type { Call } from '../../../src/twin.ts';
import { header, mediaType } from '../../../src/wire.ts';
import { type Args, isHalved } from '../args.ts';
import { refuse } from '../errors.ts';
import { isObject } from '../world.ts';

const TYPES = new Set([
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
]);

/** The refusal of a request that breaks the calling conventions; undefined where it keeps them. */
export function violation(call: Call): ApiError | undefined {
  const { body, request } = call;
  if (body.kind !== 'none') {
    const type = header(request.headers, 'content-type');
    if (type === undefined) return refuse('missing_post_type');
    // Slack compares the type as it stands: `Application/Json` is none that it knows.
    if (!TYPES.has(type.split(';', 1)[0]?.trim() ?? '')) return refuse('invalid_post_type');
    if (body.kind === 'malformed')
      return refuse(mediaType(request.headers) === 'application/json' ? 'invalid_json' : 'invalid_form_data');
    if (body.kind === 'json') {
      if (isHalved(body.text ?? '', body.value)) return refuse('invalid_json');
      if (!isObject(body.value)) return refuse('json_not_object');
    }
  }
  if (request.query !== '')
    for (const name of call.query.keys()) {
      const wrong = badName(name);
      if (wrong) return wrong;
    }
  for (const [name] of body.fields ?? []) {
    const wrong = badName(name);
    if (wrong) return wrong;
  }
  return undefined;
}

/** Query and body in one; the body wins. Files of a multipart body are left out. */
export function argumentsOf(call: Call): Args {
  const given = isObject(call.body.value) ? call.body.value : {};
  return call.request.query === '' ? given : { ...Object.fromEntries(call.query), ...given };
}

/** A method's JSON body that does not say its charset is taken, with a warning. */
export function lacksCharset(call: Call): boolean {
  const { method, path, headers } = call.request;
  const type = method === 'POST' && isMethodPath(path) ? header(headers, 'content-type') : undefined;
  return type?.startsWith('application/json') === true && !/;\s*charset=/i.test(type);
}

/** Is this path the Web API's? Response URLs, uploads and pages have manners of their own. */
export const isMethodPath = (path: string): boolean => /^\/+api\//.test(path);

function badName(name: string): ApiError | undefined {
  if (name.includes('[')) return refuse('invalid_array_arg');
  return /^[\w.:-]+$/.test(name) ? undefined : refuse('invalid_arg_name');
}
