/** Slack's envelope: `ok`, warnings, headers, and JSON in which every slash is escaped. */
import type { ApiError } from '../../../src/error.ts';
import type { Call } from '../../../src/twin.ts';
import type { WireReply } from '../../../src/wire.ts';
import type { Json, Token } from '../world.ts';
import { lacksCharset } from './conventions.ts';

/** A success: `ok` first, then what the method says; `warning` joins those of the calling conventions. */
export function success(call: Call<Token>, value: unknown, status: number): WireReply {
  return reply(call, status, warned(call, { ok: true, ...(value as Json) }), []);
}

/** A refusal in Slack's envelope; pages of slack.com that do not exist are HTML. */
export function failure(call: Call<Token>, error: ApiError): WireReply {
  if (error.name === 'page_not_found') return page(404, PAGE_NOT_FOUND, []);
  if (call.endpoint.traits?.plain === true) return plain(error);
  if (error.name === 'moved') return page(301, '', [['location', String(error.data.location)]]);
  const body = warned(call, { ok: false, error: error.name, ...error.data });
  return reply(call, error.status, body, error.headers);
}

/** A webhook answers in plain text, and says with the status what is wrong. */
const plain = ({ name, status, headers }: ApiError): WireReply => ({
  status: status < 400 ? 400 : status,
  headers: [['content-type', 'text/html'], ...headers.map(([key, value]): [string, string] => [key, value])],
  body: name,
});

/** JSON as Slack writes it. */
export const encoded = (value: unknown): string => JSON.stringify(value).replaceAll('/', '\\/');

/** Whether a reply is a success to Slack's clients, who look at `ok`. */
export function outcome(sent: WireReply): 'ok' | 'fail' {
  const refused = typeof sent.body === 'string' && sent.body.startsWith('{"ok":false');
  return sent.status < 400 && !refused ? 'ok' : 'fail';
}

function warned(call: Call, body: Json): Json {
  const lacks = lacksCharset(call);
  if (!lacks && body.warning === undefined) return body;
  const warnings = [
    ...(lacks ? ['missing_charset'] : []),
    ...(body.warning === undefined ? [] : [String(body.warning)]),
  ];
  const metadata = body.response_metadata as Json | undefined;
  return { ...body, warning: warnings.join(','), response_metadata: { ...metadata, warnings } };
}

/**
 * Pages anywhere may ask, with their token in the form: `authorization` is no header that Slack lets them send.
 * https://docs.slack.dev/reference/methods/api.test
 */
export const preflight = (): WireReply => ({
  status: 200,
  headers: [
    ['access-control-allow-origin', '*'],
    [
      'access-control-allow-headers',
      'slack-route, x-slack-version-ts, x-b3-traceid, x-b3-spanid, x-b3-parentspanid, x-b3-sampled, x-b3-flags',
    ],
  ],
  body: undefined,
});

const ALWAYS: readonly [string, string][] = [
  ['content-type', 'application/json; charset=utf-8'],
  ['x-slack-backend', 'r'],
  ['x-content-type-options', 'nosniff'],
  ['vary', 'Accept-Encoding'],
  ['access-control-allow-origin', '*'],
  ['access-control-expose-headers', 'x-slack-req-id, retry-after'],
];
const UNCACHED: readonly [string, string][] = [
  ['expires', 'Sat, 26 Jul 1997 05:00:00 GMT'],
  ['cache-control', 'private, no-cache, no-store, must-revalidate'],
  ['pragma', 'no-cache'],
];

function reply(
  call: Call<Token>,
  status: number,
  body: Json,
  more: readonly (readonly [string, string])[],
): WireReply {
  const headers: [string, string][] = [...ALWAYS, ['x-slack-req-id', requestId(call)]];
  const actor = call.actor as Token | undefined;
  if (actor) headers.push(...UNCACHED, ['x-oauth-scopes', actor.scopes.join(',')]);
  if (call.endpoint.scopes) headers.push(['x-accepted-oauth-scopes', call.endpoint.scopes.join(',')]);
  for (const [name, value] of more) headers.push([name, value]);
  return { status, headers, body: encoded(body) };
}

function requestId({ world }: Call<Token>): string {
  const drawn = world.drawFor('slack.request', world.exchange);
  return word(drawn) + word(drawn) + word(drawn) + word(drawn);
}

/** Eight hexadecimal digits. */
function word(drawn: { u32(): number }): string {
  const bits = drawn.u32();
  return octet(bits >>> 24) + octet((bits >>> 16) & 255) + octet((bits >>> 8) & 255) + octet(bits & 255);
}

const OCTETS = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));
const octet = (n: number): string => OCTETS[n] as string;

const page = (status: number, body: string, more: readonly [string, string][]): WireReply => ({
  status,
  headers: [['content-type', 'text/html; charset=utf-8'], ['x-slack-backend', 'r'], ...more],
  body,
});

const PAGE_NOT_FOUND =
  '<!DOCTYPE html><html lang="en-US"><head><title>There’s been a glitch… | Slack</title></head>' +
  '<body><h1>There’s been a glitch…</h1><p>We’re not quite sure what went wrong.</p></body></html>';
