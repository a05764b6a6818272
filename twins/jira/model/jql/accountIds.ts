/** Queries that name people by names and addresses, written with their account ids. */
import type { World } from '../../../../src/world/world.ts';
import { userNamed } from '../people/people.ts';
import { encoded } from './encode.ts';
import { fieldNamed } from './fieldNamed.ts';
import { rewritten } from './rewrite.ts';

/** The query with account ids, and whether everybody in it was found; throws `badQuery` where it cannot be read. */
export function withAccountIds(world: World, jql: string): { converted: string; known: boolean } {
  let known = true;
  const converted = rewritten(jql, ({ field }, { text }) => {
    if (fieldNamed(world, field.name)?.field.type !== 'user') return undefined;
    const person = userNamed(world, text);
    if (!person) known = false;
    return person ? encoded(person.accountId) : 'unknown';
  });
  return { converted, known };
}
