/**
 * The registration inline hook: a program sees who registers, may say no, and may change what their profile holds.
 * https://developer.okta.com/docs/reference/registration-hook/
 */
import type { World } from '../../../../src/world/world.ts';
import { inlineHooks } from '../../world.ts';
import { SYSTEM } from '../log/log.ts';
import { callHook, envelope, type HookAnswer, requestContext } from './callHook.ts';

type Profile = Record<string, unknown>;

/** The profile to register with, or why nobody is; `field` is the attribute that is wrong, where one is. */
export type Registering = { profile: Profile } | { refused: string; field?: string };

const DENIED = 'There was an error creating your account. Please try registering again';

/** Asks the active hooks of the rule, one after the other. Who does not answer lets nobody in. */
export function askRegistrationHooks(world: World, hookIds: readonly string[], sent: Profile): Registering {
  let profile = sent;
  for (const id of hookIds) {
    const hook = world.get(inlineHooks, id);
    if (hook?.status !== 'ACTIVE') continue;
    const data = { context: { request: requestContext(world) }, userProfile: profile, action: 'ALLOW' };
    const more = { source: hook.id, requestType: 'self.service.registration' };
    const reply = callHook(world, SYSTEM, hook, envelope(world, hook, data, more), 2);
    if ('failure' in reply) return { refused: DENIED };
    if (reply.error || isDenied(reply)) return refusal(reply.error);
    profile = { ...profile, ...changesIn(reply) };
  }
  return { profile };
}

const isDenied = ({ commands }: HookAnswer): boolean =>
  commands.some(
    ({ type, value }) =>
      type === 'com.okta.action.update' && (value as { registration?: unknown })?.registration === 'DENY',
  );

const changesIn = ({ commands }: HookAnswer): Profile =>
  Object.assign(
    {},
    ...commands.filter(({ type }) => type === 'com.okta.user.profile.update').map(({ value }) => value),
  );

/** What the program says of the first thing that is wrong. */
function refusal(error: HookAnswer['error']): { refused: string; field?: string } {
  const causes = (error?.errorCauses ?? []) as { errorSummary?: string; location?: string }[];
  const [cause] = Array.isArray(causes) ? causes : [];
  const field = /^data\.userProfile\.(\w+)$/.exec(cause?.location ?? '')?.[1];
  return { refused: cause?.errorSummary ?? error?.errorSummary ?? DENIED, ...(field ? { field } : {}) };
}
