/** Steps in which a simulated person does something in a vendor's own screens: `slack.post`, `slack.click`, … */
import type { HostUniverse } from '../host.ts';
import { emailOf, text } from '../lens/lens.ts';
import type { Step } from '../scenario.ts';
import { fill, refer, type Scope } from './scope.ts';

/** Keys of a gesture whose value names something that earlier steps found, rather than being a text. */
export const REFERENCES = new Set(['message', 'thread', 'view', 'to', 'user', 'issue', 'file', 'prompt']);

/** The `twin.gesture` key of a step, if it has one. */
export function gestureKey(step: Step): string | undefined {
  return Object.keys(step).find((key) => /^(slack|okta|jira|google)\.[a-z]\w*$/.test(key));
}

/** Does the gesture; gives what it led to, with `message` where a message came of it. */
export async function doGesture(
  step: Step,
  universe: HostUniverse,
  scope: Scope,
): Promise<Record<string, unknown>> {
  const key = gestureKey(step) ?? '';
  const [twin = '', gesture = ''] = key.split('.');
  const as = emailOf(refer(step.as ?? '', scope));
  const given = resolveAll(step[key] as Record<string, unknown>, scope);
  const result = await universe.gesture({ twin, gesture, as, with: given });
  const channel = text(result, 'channel');
  const ts = text(result, 'ts');
  const message = channel && ts ? { ...(result.message as object | undefined), channel, ts } : undefined;
  return { ...result, ...(message && { message }) };
}

function resolveAll(given: Record<string, unknown>, scope: Scope): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, resolveOne(key, value, scope)]),
  );
}

function resolveOne(key: string, value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    return REFERENCES.has(key) ? handle(refer(value, scope)) : fill(value, scope);
  }
  if (Array.isArray(value)) return value.map((item) => resolveOne('', item, scope));
  if (typeof value === 'object' && value !== null) return resolveAll(value as Record<string, unknown>, scope);
  return value;
}

/** A person goes to a twin as an e-mail, a message as its channel and timestamp. */
function handle(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('email' in value) return value.email;
  if ('ts' in value && 'channel' in value) {
    const { channel, ts } = value as Record<string, unknown>;
    return { channel, ts };
  }
  return value;
}
