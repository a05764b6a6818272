/**
 * The preview of an inline hook: what an administrator sends goes to the program as it is, and its answer comes back.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/InlineHook/#operation/executeInlineHook
 */
import type { World } from '../../../../src/world/world.ts';
import { invalid, refuse } from '../../errors.ts';
import type { Who } from '../log/log.ts';
import { callHook } from './callHook.ts';
import { findInlineHook } from './inlineHook.ts';

/** The program's answer. Throws E0000007, E0000001 for a hook that is off or gives no proper answer, E0000208. */
export function executeHook(
  world: World,
  who: Who,
  id: string,
  payload: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const hook = findInlineHook(world, id);
  if (hook.status !== 'ACTIVE')
    throw invalid('inlineHook', 'inlineHook: An inactive inline hook cannot be executed.');
  const reply = callHook(world, who, hook, payload, 2);
  if (!('failure' in reply)) return reply.body;
  const [, reason] = /^TOKEN_REQUEST_FAILED: (.*)$/.exec(reply.failure) ?? [];
  if (reason !== undefined) throw refuse('E0000208', { args: [reason], keepsChanges: true });
  throw refuse('E0000001', {
    args: ['inlineHook'],
    causes: [`The inline hook request failed: ${reply.failure}`],
    keepsChanges: true,
  });
}
