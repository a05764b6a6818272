/** OAuth scopes: their long and short names, and which exist. https://developers.google.com/identity/protocols/oauth2/scopes */

const PREFIX = 'https://www.googleapis.com/auth/';
const OTHERS = new Set(['openid', 'email', 'profile', 'https://mail.google.com/']);

/** What the document's credentials, and the service account in people's names, may do. */
export const STANDING_SCOPES: readonly string[] = [
  ...['drive', 'spreadsheets', 'documents', 'userinfo.email', 'userinfo.profile'].map(
    (name) => PREFIX + name,
  ),
  'openid',
];

/** `https://www.googleapis.com/auth/drive.file` → `drive.file`, as endpoints name them. */
export function shortScope(scope: string): string {
  if (scope.startsWith(PREFIX)) return scope.slice(PREFIX.length);
  if (scope === 'email' || scope === 'profile') return `userinfo.${scope}`;
  return scope === 'https://mail.google.com/' ? 'mail.google.com' : scope;
}

/** The name that tokens carry. */
export function longScope(scope: string): string {
  if (scope.includes('://') || scope === 'openid') return scope;
  return scope.startsWith('userinfo.') || !OTHERS.has(scope) ? PREFIX + scope : `${PREFIX}userinfo.${scope}`;
}

/** Whether Google has such a scope: its own prefix, or one of the few without. */
export const isScope = (scope: string): boolean =>
  OTHERS.has(scope) || /^https:\/\/www\.googleapis\.com\/auth\/[a-z][a-z0-9._-]*$/.test(scope);
