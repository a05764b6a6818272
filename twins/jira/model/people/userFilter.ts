/** People narrowed down to those whom a search means: by words, by account id, by a property. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { properties, type User, users } from '../../world.ts';
import { findUsers } from './people.ts';

export interface UserFilter {
  query: string | null;
  accountId: string | null;
  /** `key.path.of.value=text` */
  property?: string | null;
}

/** The active people whom a filter finds, in the order of their account ids; 400 where two exclude one another. */
export function filteredUsers(world: World, { query, accountId, property = null }: UserFilter): User[] {
  if (query !== null && accountId !== null)
    throw badQuery("Only one of the 'query' or 'accountId' parameters must be provided.");
  if (accountId !== null) {
    const one = world.get(users, accountId);
    return one?.active ? [one] : [];
  }
  const wanted = property === null ? undefined : readProperty(property);
  return findUsers(world, query ?? '').filter(
    (user) => user.active && (!wanted || hasProperty(world, user, wanted.path, wanted.value)),
  );
}

function readProperty(text: string): { path: string[]; value: string } {
  const equals = text.indexOf('=');
  const path = text.slice(0, equals).split('.');
  if (equals < 1 || path.length < 2 || path.some((part) => part === ''))
    throw badQuery(`The property query '${text}' is not valid.`);
  return { path, value: text.slice(equals + 1) };
}

/** Whether a person's property (the first step of the path is its key) has a value at a path. */
export function hasProperty(
  world: World,
  user: User,
  [key = '', ...path]: readonly string[],
  value: string,
): boolean {
  const row = world.get(properties, `user/${user.accountId}/${key}`);
  const found = path.reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? (at as Record<string, unknown>)[step]
        : undefined,
    row?.value,
  );
  return found !== undefined && typeof found !== 'object' && String(found) === value;
}
