/** Which scopes stand for which. https://docs.slack.dev/legacy/legacy-app-migration/migrating-classic-apps */

/** Scopes of classic apps that stand for a newer one. */
const CLASSIC: Readonly<Record<string, readonly string[]>> = {
  'chat:write': ['chat:write:bot', 'chat:write:user'],
  'rtm:stream': ['client'],
};

/** What the bot of a classic app may do, whose token says `bot:basic` and nothing more. */
const BASIC = new Set(
  (
    'channels:history channels:read chat:write dnd:read emoji:read files:read files:write groups:history groups:read ' +
    'im:history im:read im:write mpim:history mpim:read mpim:write pins:read pins:write reactions:read ' +
    'reactions:write rtm:stream team:read usergroups:read users:read users.profile:read users:write'
  ).split(' '),
);

/** Do a token's scopes cover one that is asked for? */
export const holds = (scopes: readonly string[], scope: string): boolean =>
  scopes.includes(scope) ||
  (CLASSIC[scope]?.some((old) => scopes.includes(old)) ?? false) ||
  (BASIC.has(scope) && scopes.includes('bot:basic'));
