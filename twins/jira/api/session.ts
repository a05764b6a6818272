/**
 * The sign-in of old: a site says who is signed in, and starts no session for a password any more.
 * https://developer.atlassian.com/cloud/jira/platform/deprecation-notice-basic-auth-and-cookie-based-auth/
 */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { addressOf, bodyObject } from './address.ts';

const DOC =
  'https://developer.atlassian.com/cloud/jira/platform/deprecation-notice-basic-auth-and-cookie-based-auth/';
const SESSION = '/rest/auth/1/session';

export const sessionEndpoints: readonly Endpoint[] = [
  endpoint(
    { id: 'getSession', route: `GET ${SESSION}`, scopes: [], traits: { anonymous: true }, doc: DOC },
    (call) => {
      const me = signedIn(call);
      return {
        self: `${addressOf(call).origin}/rest/api/latest/user?accountId=${me.accountId}`,
        name: me.emailAddress,
        loginInfo: { loginCount: 1, previousLoginTime: addressOf(call).date(FIRST_LOGIN) },
      };
    },
  ),
  endpoint({ id: 'createSession', route: `POST ${SESSION}`, auth: 'none', scopes: [], doc: DOC }, (call) => {
    const { username, password } = bodyObject(call);
    if (typeof username !== 'string' || typeof password !== 'string') throw refused('badRequest');
    throw refused('loginFailed', undefined, [['x-seraph-loginreason', 'AUTHENTICATED_FAILED']]);
  }),
  endpoint(
    {
      id: 'deleteSession',
      route: `DELETE ${SESSION}`,
      scopes: [],
      status: 204,
      traits: { anonymous: true },
      doc: DOC,
    },
    (call) => {
      signedIn(call);
    },
  ),
];

/** The site keeps no book of sign-ins. */
const FIRST_LOGIN = '2024-01-01T00:00:00.000+0000';

function signedIn(call: Call) {
  const { me } = addressOf(call);
  if (!me) throw refused('notSignedIn', undefined, [['x-seraph-loginreason', 'OUT']]);
  return me;
}
