/** Takes credentials out of what the journal shows. */
import type { HeaderMap } from './wire.ts';

const MASK = '***';
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-orrery-key',
  'dpop',
]);
const SECRET_FIELD =
  'token|access_token|verification_token|clientSecret|refresh_token|id_token|client_secret|client_assertion|assertion|password|passCode|passcode|apiToken|code_verifier|device_code|sessionToken|private_key|signing_secret|sharedSecret|answer|refreshToken|accessToken';
const JSON_FIELD = new RegExp(`"(${SECRET_FIELD})"(\\s*):(\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'g');
/** `"password": {"value": …}` and the like: the secret is a field of its own inside. */
const JSON_VALUE = /("(?:password|authScheme|secret)"\s*:\s*\{[^{}]*?"value"\s*:\s*)"(?:[^"\\]|\\.)*"/g;
const FORM_FIELD = new RegExp(`(^|[&?#])(${SECRET_FIELD}|code|ticket)=[^&#\\s"]*`, 'g');
/** A page that hands an answer on: `name="code" value="…"`. */
const HTML_FIELD = new RegExp(`(name="(?:${SECRET_FIELD}|code)" value=")[^"]*`, 'g');
const SHAPED =
  /xox[abeprs](?:\.xox[bp])?-[\w-]{8,}|xapp-[\w-]{8,}|ya29\.[\w.-]{8,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|ATATT[\w=-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/g;

/** The last part of an incoming webhook's address, its slashes escaped or not. */
const WEBHOOK = /(services\\?\/T\w+\\?\/B\w+\\?\/)\w{8,}/g;

/** Headers with credentials masked; the scheme of an `authorization` stays. */
export function maskHeaders(headers: HeaderMap): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const name of Object.keys(headers).sort()) {
    const value = headers[name];
    if (value === undefined) continue;
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (!SECRET_HEADERS.has(name)) shown[name] = maskText(text);
    else
      shown[name] =
        name === 'authorization' && text.includes(' ') ? `${text.split(' ', 1)[0]} ${MASK}` : MASK;
  }
  return shown;
}

/** A body, path or query with credentials masked. */
export const maskText = (text: string): string =>
  text
    .replace(JSON_FIELD, `"$1"$2:$3"${MASK}"`)
    .replace(JSON_VALUE, `$1"${MASK}"`)
    .replace(FORM_FIELD, `$1$2=${MASK}`)
    .replace(HTML_FIELD, `$1${MASK}`)
    .replace(WEBHOOK, `$1${MASK}`)
    .replace(SHAPED, MASK);

/** A row of a table that holds credentials, with their fields and everything of their shape masked. */
export const maskRow = (row: object): object => JSON.parse(maskText(JSON.stringify(row))) as object;
