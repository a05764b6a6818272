/**
 * The token inline hook: a program sees the tokens that a custom authorization server is about to sign, and may change
 * what they say and how long they last. https://developer.okta.com/docs/reference/token-hook/
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { sessions } from '../../world/security.ts';
import { inlineHooks } from '../../world.ts';
import { scopesOf } from '../authServers/authServerPart.ts';
import type { Who } from '../log/log.ts';
import { clientIdOf, clientWho, settingsOf } from '../oauth/client.ts';
import type { Wanted } from '../oauth/mint.ts';
import type { Draft, Minting } from '../oauth/token.ts';
import { briefProfile, type User, whoIs } from '../people/user.ts';
import { callHook, envelope, type HookCommand, logCall, requestContext } from './callHook.ts';
import { type PatchRules, patched } from './patch.ts';

/** The tokens that are about to be signed. */
export interface Drafts {
  access?: Draft;
  identity?: Draft;
}

/**
 * The drafts as the hook of the rule would have them; as they are where there is no hook, it is off, its program does
 * not answer, or asks for something that cannot be done. Throws `server_error` where the program refuses.
 */
export function askTokenHook(world: World, of: Minting, wanted: Wanted, drafts: Drafts): Drafts {
  const hook = world.get(inlineHooks, wanted.lifetimes.by?.inlineHookId ?? '');
  if (hook?.status !== 'ACTIVE') return drafts;
  const who = callerOf(of);
  const source = `${world.base()}${world.behind?.path.split('?', 1)[0] ?? ''}`;
  const reply = callHook(
    world,
    who,
    hook,
    envelope(world, hook, dataOf(world, of, wanted, drafts), { source }),
    1,
  );
  if ('failure' in reply) return drafts;
  if (reply.error)
    throw oauthError('server_error', reply.error.errorSummary || 'The callback service returned an error');
  const changed = apply(drafts, reply.commands);
  logCall(world, who, hook, 'response.processed', typeof changed === 'string' ? changed : undefined);
  return typeof changed === 'string' ? drafts : changed;
}

const callerOf = ({ app, user }: Minting): Who => (user ? whoIs(user) : clientWho(app));

const KINDS = { 'com.okta.identity.patch': 'identity', 'com.okta.access.patch': 'access' } as const;

/** https://developer.okta.com/docs/reference/token-hook/ : the claims that are the server's own. */
const RULES: Readonly<Record<keyof Drafts, PatchRules>> = {
  access: { reserved: new Set('ver jti iss iat exp cid uid scp cnf auth_time'.split(' ')) },
  identity: {
    reserved: new Set('sub ver iss aud iat exp jti amr idp nonce auth_time at_hash c_hash'.split(' ')),
  },
};

/** All commands or none; why, where none. */
function apply(drafts: Drafts, commands: readonly HookCommand[]): Drafts | string {
  let changed = drafts;
  for (const { type, value } of commands) {
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type as keyof typeof KINDS] : undefined;
    const draft = kind && changed[kind];
    if (!kind || !draft || !Array.isArray(value)) return `INVALID_COMMAND: ${type}`;
    const next = patched(draft, value, RULES[kind]);
    if (typeof next === 'string') return next;
    changed = { ...changed, [kind]: next };
  }
  return changed;
}

function dataOf(
  world: World,
  of: Minting,
  { lifetimes, refreshId, form }: Wanted,
  { access, identity }: Drafts,
): Record<string, unknown> {
  const { app, issuer, user } = of;
  const { by } = lifetimes;
  return {
    context: {
      request: requestContext(world, true),
      protocol: {
        type: 'OAUTH2.0',
        request: shown(form),
        issuer: { uri: issuer.url },
        client: {
          id: clientIdOf(app),
          name: app.label,
          type: settingsOf(app).application_type === 'service' || isSecret(of) ? 'CONFIDENTIAL' : 'PUBLIC',
        },
      },
      ...(user ? { session: sessionOf(world, user), user: userContext(world, user) } : {}),
      policy: { id: by?.policyId, rule: { id: by?.ruleId } },
    },
    ...(identity ? { identity: tokenView(identity) } : {}),
    ...(access ? { access: { ...tokenView(access), scopes: scopeView(world, of) } } : {}),
    ...(refreshId ? { refresh_token: { jti: refreshId } } : {}),
  };
}

const isSecret = ({ app }: Minting): boolean =>
  app.credentials.oauthClient?.token_endpoint_auth_method !== 'none';

const tokenView = ({ claims, seconds }: Draft) => ({ claims, token: { lifetime: { expiration: seconds } } });

/** What the program asked for, less everything that proves something. */
const shown = (form: Wanted['form']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      value === undefined || PROOFS.has(name) ? [] : [[name, value]],
    ),
  );

const PROOFS: ReadonlySet<string> = new Set(
  (
    'code code_verifier client_secret client_assertion client_assertion_type password refresh_token ' +
    'device_code subject_token actor_token assertion'
  ).split(' '),
);

function scopeView(world: World, { issuer, scopes }: Minting): Record<string, unknown> {
  const known = issuer.server ? scopesOf(world, issuer.server.id) : [];
  return Object.fromEntries(
    scopes.map((name) => [name, { id: known.find((one) => one.name === name)?.id, action: 'GRANT' }]),
  );
}

/** The person's latest session, where there is one. */
function sessionOf(world: World, user: User): Record<string, unknown> | undefined {
  const session = world
    .list(sessions, { index: 'user', equals: user.id })
    .toArray()
    .filter((one) => Date.parse(one.expiresAt) > world.now())
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))[0];
  if (!session) return undefined;
  const { id, userId, createdAt, expiresAt, status, lastPasswordVerification, idp, mfaActive } = session;
  return {
    ...{ id, userId, login: user.profile.login, createdAt, expiresAt, status },
    ...{ lastPasswordVerification, amr: ['PASSWORD'], idp, mfaActive },
  };
}

/** `data.context.user`: who a call is about. */
export function userContext(world: World, { id, passwordChanged, profile }: User): Record<string, unknown> {
  const at = `${world.base()}/api/v1/users/${id}`;
  return {
    id,
    passwordChanged,
    profile: briefProfile(profile),
    _links: { groups: { href: `${at}/groups` }, factors: { href: `${at}/factors` } },
  };
}
