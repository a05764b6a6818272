/** Conditional requests: a change that is made only while the thing is what the client last saw. */
import { createHash } from 'node:crypto';
import type { Call } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { refuse } from '../errors.ts';

/** Weak, of everything but the address by which it was asked for. */
export function etag(view: Record<string, unknown>): string {
  const { _links: _, _embedded: __, ...thing } = view;
  return `W/"${createHash('sha256').update(JSON.stringify(thing)).digest('hex')}"`;
}

/** Throws E0000242 for an `If-Match` that cannot be read, E0000231 for one of something that has changed since. */
export function checkMatch({ request }: Pick<Call, 'request'>, view: Record<string, unknown>): void {
  const sent = header(request.headers, 'if-match')?.trim();
  if (!sent || sent === '*') return;
  const tags = sent.split(/\s*,\s*/);
  if (!tags.every((tag) => /^(W\/)?"[^"]*"$/.test(tag))) throw refuse('E0000242');
  const now = etag(view).slice(2);
  if (!tags.some((tag) => tag.replace(/^W\//, '') === now)) throw refuse('E0000231');
}
