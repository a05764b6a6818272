/** People of the domain by any of their addresses, and what the domain makes of news of them. */
import { ApiError } from '../../../../src/error.ts';
import type { PersonNews } from '../../../../src/wiring.ts';
import type { World } from '../../../../src/world/world.ts';
import { type Account, accountOf, accounts } from '../world.ts';

/** The account with this address. */
export const accountWith = (world: World, email: string): Account | undefined =>
  world.get(accounts, email.toLowerCase()) ??
  world.list(accounts, { index: 'alias', equals: email.toLowerCase() }).first();

/** The person with this address; throws 422 `unknown-person`. */
export function personNamed(world: World, email: string): Account {
  const found = accountWith(world, email);
  if (!found || found.serviceAccount)
    throw new ApiError({
      name: 'unknown-person',
      status: 422,
      message: `nobody in this domain has the e-mail ${email}`,
    });
  return found;
}

/** Takes news of a person. Who has another address keeps the old one as their primary, the new one as an alias. */
export function hear(world: World, { person, formerEmail, standing }: PersonNews): void {
  const known = accountWith(world, formerEmail ?? person.email) ?? accountWith(world, person.email);
  const active = standing === 'active';
  if (!known) {
    if (active) world.insert(accounts, accountOf(world, person, false));
    return;
  }
  const { suspended: _, ...kept } = known;
  const addresses = [known.primaryEmail, ...(known.aliases ?? [])];
  const isNew = addresses.every((one) => one.toLowerCase() !== person.email.toLowerCase());
  world.put(accounts, {
    ...kept,
    name: { givenName: person.firstName, familyName: person.lastName, fullName: person.name },
    ...(isNew ? { aliases: [...(known.aliases ?? []), person.email] } : {}),
    ...(active ? {} : { suspended: true }),
  });
}

/** Whether somebody's account is closed for now. */
export const isSuspended = (world: World, email: string): boolean =>
  world.get(accounts, email.toLowerCase())?.suspended === true;
