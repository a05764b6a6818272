/**
 * Changes that a program asks for in a token: JSON Patch with the vendor's own limits. All of them are made or none.
 * https://developer.okta.com/docs/reference/token-hook/#supported-commands
 */
import type { Draft } from '../oauth/token.ts';

/** What a program may not touch. */
export interface PatchRules {
  reserved: ReadonlySet<string>;
}

const LIFETIME = '/token/lifetime/expiration';
const SECONDS_MIN = 300;
const SECONDS_MAX = 86_400;
const OPERATIONS_MAX = 1_000;

/** The token as the operations leave it, or why they cannot be done. */
export function patched(
  draft: Draft,
  operations: readonly unknown[],
  { reserved }: PatchRules,
): Draft | string {
  const claims = JSON.parse(JSON.stringify(draft.claims)) as Record<string, unknown>;
  let { seconds } = draft;
  if (operations.length > OPERATIONS_MAX) return 'INVALID_PATCH: too many operations';
  for (const operation of operations as { op?: unknown; path?: unknown; value?: unknown }[]) {
    const { op, path, value } = operation ?? {};
    const why = `INVALID_PATCH: ${String(op)} ${String(path)}`;
    if (typeof path !== 'string' || (op !== 'add' && op !== 'replace' && op !== 'remove')) return why;
    if (path === LIFETIME) {
      if (op !== 'replace' || !isLifetime(value)) return why;
      seconds = value;
      continue;
    }
    const [root, ...keys] = path.split('/').slice(1).map(unescaped);
    const [claim = ''] = keys;
    if (root !== 'claims' || claim === '' || reserved.has(claim)) return why;
    if (!changed(claims, keys, op, value)) return why;
  }
  return { claims, seconds };
}

const isLifetime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= SECONDS_MIN && value <= SECONDS_MAX;

/** RFC 6901, 4. */
const unescaped = (part: string): string => part.replace(/~1/g, '/').replace(/~0/g, '~');

/** Makes one change in the copy; says whether it could be made. */
function changed(
  claims: Record<string, unknown>,
  keys: readonly string[],
  op: 'add' | 'replace' | 'remove',
  value: unknown,
): boolean {
  let holder: unknown = claims;
  for (const key of keys.slice(0, -1))
    holder = isHolder(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
  const last = keys.at(-1) ?? '';
  if (Array.isArray(holder)) return changedList(holder, last, op, value);
  if (!isHolder(holder) || last === '__proto__') return false;
  if (op !== 'add' && !Object.hasOwn(holder, last)) return false;
  if (op === 'remove') delete holder[last];
  else holder[last] = value;
  return true;
}

function changedList(
  list: unknown[],
  key: string,
  op: 'add' | 'replace' | 'remove',
  value: unknown,
): boolean {
  const at = key === '-' ? list.length : /^\d{1,6}$/.test(key) ? Number(key) : -1;
  if (at < 0 || at > list.length - (op === 'add' ? 0 : 1)) return false;
  if (op === 'add') list.splice(at, 0, value);
  else if (op === 'remove') list.splice(at, 1);
  else list[at] = value;
  return true;
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
