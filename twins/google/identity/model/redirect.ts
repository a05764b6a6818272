/**
 * Where a program may have people led back to.
 * https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation
 */
import { oauthError } from '../../errors.ts';
import type { OAuthClient } from '../world/client.ts';

const OWN_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
const POLICY = "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy";

/** Throws `invalid_request`, `redirect_uri_mismatch` for an address that is not the client's to use. */
export function checkRedirect(client: OAuthClient, uri: string): void {
  if (uri.startsWith('urn:ietf:wg:oauth:2.0:oob'))
    throw oauthError(
      'invalid_request',
      `${POLICY} for keeping apps secure. The out-of-band (OOB) flow has been blocked in order to keep users secure.`,
    );
  if (!isOf(client, uri)) throw oauthError('redirect_uri_mismatch', `${POLICY}: redirect_uri=${uri}`);
}

function isOf({ kind, redirectUris }: OAuthClient, uri: string): boolean {
  if (kind === 'tv') return false;
  const url = webAddress(uri);
  if (!url) return false;
  const own = url.protocol === 'http:' && OWN_HOSTS.has(url.hostname);
  if (kind === 'desktop') return own;
  return redirectUris ? redirectUris.includes(uri) : own || url.protocol === 'https:';
}

/** What the cloud console takes: nothing behind `#`, nobody before `@`. */
function webAddress(text: string): URL | undefined {
  if (!URL.canParse(text) || text.includes('#')) return undefined;
  const url = new URL(text);
  return url.username || url.password ? undefined : url;
}
