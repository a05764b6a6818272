import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/twin.ts';
import { slack } from '../../../twins/slack/twin.ts';
import type { Grants } from '../../../twins/slack/wire/credential.ts';
import { current, described, hasSpecs } from './specs.ts';
import { ANN, type Answer, BOB, openWorkspace, type Workspace } from './workspace.ts';

type Kind = 'bot' | 'user' | 'app' | 'config';
const KINDS: readonly Kind[] = ['bot', 'user', 'app', 'config'];
/** A scope that no method asks for. */
const IDLE = 'incoming-webhook';

const methods = slack.endpoints.filter((one) => one.route.includes(' /api/'));
const guarded = methods.filter((one) => one.auth !== 'none');
const grantsOf = (one: Endpoint): Grants => (one.traits?.grants ?? {}) as Grants;

/** Tokens that are no good, and what Slack calls each; made in one workspace. */
const BAD: readonly [what: string, error: string, token: (w: Workspace) => string | Promise<string>][] = [
  ['no token', 'not_authed', () => ''],
  ['a text that is no token', 'invalid_auth', () => 'hello'],
  ['half a token', 'invalid_auth', (w) => w.bot.slice(0, -1)],
  [
    'a token of another universe',
    'invalid_auth',
    async () => (await openWorkspace(undefined, { seed: 9 })).bot,
  ],
  ['an expired bot token', 'token_expired', (w) => w.mint({ kind: 'bot', expiresInMs: 0 })],
  ['an expired user token', 'token_expired', (w) => w.mint({ kind: 'user', expiresInMs: 0 })],
  ['an expired configuration token', 'token_expired', expiredConfiguration],
  ['a revoked bot token', 'token_revoked', (w) => revoked(w, 'bot')],
  ['a revoked user token', 'token_revoked', (w) => revoked(w, 'user')],
  ['a revoked app token', 'token_revoked', (w) => revoked(w, 'app')],
  ['the token of somebody who left', 'account_inactive', ofTheGone],
];

async function revoked(w: Workspace, kind: Kind): Promise<string> {
  const token = w.mint({ kind, as: BOB });
  await w.api('auth.revoke', {}, token);
  return token;
}

function ofTheGone(w: Workspace): string {
  const token = w.mint({ kind: 'user', as: BOB });
  w.gesture('deactivate', ANN, { member: BOB });
  return token;
}

async function expiredConfiguration(w: Workspace): Promise<string> {
  const token = w.mint({ kind: 'config', as: BOB });
  await w.universe.advance(w.universe.now() + 13 * 3_600_000);
  return token;
}

/** Answers of every guarded method to one token that are not as `says` says. */
async function misanswered(
  w: Workspace,
  token: string,
  says: (method: Endpoint) => object | undefined,
): Promise<Answer[]> {
  const wrong: Answer[] = [];
  const writes: string[] = [];
  w.universe.journal.watch((_entry, changes) => writes.push(...changes.map((one) => one.table.name)));
  for (const method of guarded) {
    const expected = says(method);
    if (!expected) continue;
    const answer = await w.api(method.id, {}, token);
    const same = Object.entries(expected).every(([key, value]) => answer[key] === value);
    if (!same || writes.length > 0) wrong.push({ method: method.id, answer, writes: writes.splice(0) });
  }
  return wrong;
}

describe('every method', () => {
  it.each(BAD)('answers %s with %s, and does nothing', async (_what, error, make) => {
    const w = await openWorkspace();
    expect(await misanswered(w, await make(w), () => ({ ok: false, error }))).toEqual([]);
  });

  it.each(KINDS)('refuses a %s token where it takes other kinds', async (kind) => {
    const w = await openWorkspace();
    const refused = (method: Endpoint) =>
      grantsOf(method)[kind] ? undefined : { ok: false, error: 'not_allowed_token_type' };
    expect(await misanswered(w, w.mint({ kind, as: BOB }), refused)).toEqual([]);
  });

  // Configuration tokens always hold all that there is to hold.
  it.each(['bot', 'user', 'app'] as const)(
    'tells a %s token that lacks a scope which it needs and which it has',
    async (kind) => {
      const w = await openWorkspace();
      const token = w.mint({ kind, as: BOB, scopes: [IDLE] });
      const provided = kind === 'user' ? `identify,${IDLE}` : IDLE;
      const lacking = (method: Endpoint) => {
        const { [kind]: wanted, classic } = grantsOf(method);
        if (!wanted?.length) return undefined;
        if (classic) return { ok: false, error: 'not_allowed_token_type' };
        return { ok: false, error: 'missing_scope', needed: wanted.join(','), provided };
      };
      expect(await misanswered(w, token, lacking)).toEqual([]);
    },
  );
});

/** Where the twin takes other tokens or scopes than Slack's reference says, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'users.identity':
    'identity.basic is what apps ask for and hold; the reference has the scope’s new name alone',
  'rtm.connect': 'named by no reference; classic apps hold client or rtm:stream',
  'apps.icon.set': 'its scope is one of configuration tokens, which are a person’s',
  'apps.user.connection.update': 'the reference’s argument `token` allows bots',
  'apps.activities.list': 'people read logs with the token of their configuration as well',
};
/** People work on the datastores of their apps with Slack's command line, under their own token. */
const LENT = 'apps.datastore.';
/** The reference has `channels:write` among what bots need: it is what older bots hold, as people do. */
const OLDER = 'channels:write';

describe.skipIf(!hasSpecs)('the scopes of a method', () => {
  it('are those of the reference', () => {
    const differing = methods
      .filter(
        (one) =>
          current.includes(one.id) &&
          described[one.id]?.scope &&
          !OTHERWISE[one.id] &&
          !one.id.startsWith(LENT),
      )
      .map((one) => ({ id: one.id, twin: heldBy(one), reference: askedBy(one.id) }))
      .filter(({ twin, reference }) => JSON.stringify(twin) !== JSON.stringify(reference));
    expect(differing).toEqual([]);
  });
});

function heldBy(method: Endpoint): Record<string, string[]> {
  const grants = grantsOf(method);
  const kinds = KINDS.filter((kind) => grants[kind] !== undefined);
  return Object.fromEntries(kinds.map((kind) => [kind, [...(grants[kind] ?? [])].sort()]));
}

/** What the reference asks for, in the twin's words. */
function askedBy(id: string): Record<string, string[]> {
  const { none, configuration, seamless_user, bot, ...rest } = described[id]?.scope ?? {};
  if (none) return heldBy(methods.find((one) => one.id === id) as Endpoint);
  const asked = {
    ...(bot ? { bot: bot.filter((scope) => scope !== OLDER || bot.length === 1) } : {}),
    ...rest,
    ...(configuration ? { config: configuration } : {}),
  };
  return Object.fromEntries(
    KINDS.filter((kind) => kind in asked).map((kind) => [kind, [...((asked as Grants)[kind] ?? [])].sort()]),
  );
}
