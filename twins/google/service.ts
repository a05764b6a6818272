/** Which of Google's APIs a request is for: by the host that the client named, else by the path alone. */
import type { WireRequest } from '../../src/twin.ts';

/** A family of operations with one error style, one set of headers and one quota. */
export interface Service {
  name:
    | ('drive' | 'sheets' | 'docs' | 'gmail' | 'calendar' | 'people' | 'directory')
    | ('discovery' | 'oauth' | 'userinfo' | 'iam');
  /** As quota errors and `ErrorInfo` name it. */
  host: string;
  /**
   * `classic`: `error.errors[]` with `reason` and `domain` (Drive); `calendar`: the same without `status`;
   * `status`: `error.status` and `details` (Sheets, Docs); `oauth`: `{error, error_description}` (RFC 6749).
   */
  style: 'classic' | 'calendar' | 'status' | 'oauth';
}

const SERVICES = {
  drive: { name: 'drive', host: 'drive.googleapis.com', style: 'classic' },
  sheets: { name: 'sheets', host: 'sheets.googleapis.com', style: 'status' },
  docs: { name: 'docs', host: 'docs.googleapis.com', style: 'status' },
  gmail: { name: 'gmail', host: 'gmail.googleapis.com', style: 'classic' },
  calendar: { name: 'calendar', host: 'calendar-json.googleapis.com', style: 'calendar' },
  people: { name: 'people', host: 'people.googleapis.com', style: 'status' },
  directory: { name: 'directory', host: 'admin.googleapis.com', style: 'classic' },
  discovery: { name: 'discovery', host: 'www.googleapis.com', style: 'classic' },
  userinfo: { name: 'userinfo', host: 'www.googleapis.com', style: 'status' },
  iam: { name: 'iam', host: 'iamcredentials.googleapis.com', style: 'status' },
  oauth: { name: 'oauth', host: 'oauth2.googleapis.com', style: 'oauth' },
} as const satisfies Record<Service['name'], Service>;

const BY_PATH: readonly (readonly [prefix: string, service: Service])[] = [
  ['/v4/spreadsheets', SERVICES.sheets],
  ['/drive/', SERVICES.drive],
  ['/upload/drive/', SERVICES.drive],
  ['/v1/documents', SERVICES.docs],
  ['/batch/drive/', SERVICES.drive],
  ['/batch/gmail/', SERVICES.gmail],
  ['/batch/calendar/', SERVICES.calendar],
  ['/batch/admin/', SERVICES.directory],
  ['/gmail/', SERVICES.gmail],
  ['/upload/gmail/', SERVICES.gmail],
  ['/calendar/', SERVICES.calendar],
  ['/admin/directory', SERVICES.directory],
  ['/discovery/', SERVICES.discovery],
  ['/$discovery/', SERVICES.discovery],
  ['/oauth2/v2/userinfo', SERVICES.userinfo],
  ['/oauth2/v1/userinfo', SERVICES.userinfo],
  ['/userinfo/v2/me', SERVICES.userinfo],
  ['/v1/projects/-/serviceAccounts/', SERVICES.iam],
  ['/v1/people', SERVICES.people],
  ['/v1/contactGroups', SERVICES.people],
  ['/v1/otherContacts', SERVICES.people],
];

const BY_HOST: readonly (readonly [host: string, service: Service])[] = [
  ['sheets.googleapis.com', SERVICES.sheets],
  ['docs.googleapis.com', SERVICES.docs],
  ['gmail.googleapis.com', SERVICES.gmail],
  ['people.googleapis.com', SERVICES.people],
  ['admin.googleapis.com', SERVICES.directory],
  ['drive.googleapis.com', SERVICES.drive],
];

/** The service that `request` asks; the OAuth server where neither path nor host says another. */
export function serviceOf(request: WireRequest): Service {
  const byPath = BY_PATH.find(([prefix]) => request.path.startsWith(prefix));
  if (byPath) return byPath[1];
  const byHost = BY_HOST.find(([host]) => host === request.host);
  if (byHost) return byHost[1];
  // The path that the newer APIs have at a host of their own.
  return request.path.startsWith('/batch') ? SERVICES.sheets : SERVICES.oauth;
}
