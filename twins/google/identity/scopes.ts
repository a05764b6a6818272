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

/** Scopes that say who the person is; all else is access to what they have. */
export const IDENTITY_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  `${PREFIX}userinfo.email`,
  `${PREFIX}userinfo.profile`,
]);

/** What a scope allows, as the consent page says it; the scope's own name where we have no words. */
export const scopeInWords = (scope: string): string => WORDS[shortScope(scope)] ?? shortScope(scope);

/** https://developers.google.com/identity/protocols/oauth2/scopes */
const WORDS: Readonly<Record<string, string>> = {
  openid: 'Associate you with your personal info on Google',
  'userinfo.email': 'See your primary Google Account email address',
  'userinfo.profile': "See your personal info, including any personal info you've made publicly available",
  drive: 'See, edit, create, and delete all of your Google Drive files',
  'drive.readonly': 'See and download all your Google Drive files',
  'drive.file': 'See, edit, create, and delete only the specific Google Drive files you use with this app',
  'drive.metadata': 'View and manage metadata of files in your Google Drive',
  'drive.metadata.readonly': 'See information about your Google Drive files',
  'drive.appdata': 'See, create, and delete its own configuration data in your Google Drive',
  spreadsheets: 'See, edit, create, and delete all your Google Sheets spreadsheets',
  'spreadsheets.readonly': 'See all your Google Sheets spreadsheets',
  documents: 'See, edit, create, and delete all your Google Docs documents',
  'documents.readonly': 'See all your Google Docs documents',
  calendar: 'See, edit, share, and permanently delete all the calendars you can access using Google Calendar',
  'calendar.readonly': 'See and download any calendar you can access using your Google Calendar',
  'calendar.events': 'View and edit events on all your calendars',
  'gmail.readonly': 'View your email messages and settings',
  'gmail.send': 'Send email on your behalf',
  'gmail.modify': 'Read, compose, and send emails from your Gmail account',
  'mail.google.com': 'Read, compose, send, and permanently delete all your email from Gmail',
};
