/** Stars: what people picked out for themselves. A star on what they no longer see is kept and not shown. */
import type { World } from '../../../../src/world/world.ts';
import { type Favourite, favourites, type User } from '../../world.ts';

type Kind = Favourite['kind'];

export const isFavourite = (world: World, user: User | undefined, kind: Kind, id: string): boolean =>
  user !== undefined && world.get(favourites, `${kind}/${id}/${user.accountId}`) !== undefined;

/** How many people starred the thing. */
export const favouritedCount = (world: World, kind: Kind, id: string): number =>
  world.list(favourites, { prefix: `${kind}/${id}/` }).count();

/** Stars the thing, or takes the star away. */
export function setFavourite(world: World, user: User, kind: Kind, id: string, wanted: boolean): void {
  const key = `${kind}/${id}/${user.accountId}`;
  if (wanted) world.put(favourites, { kind, id, accountId: user.accountId });
  else if (world.get(favourites, key)) world.remove(favourites, key);
}

/** Ids of what a person starred. */
export const favouritesOf = (world: World, user: User, kind: Kind): string[] =>
  world
    .list(favourites, { index: 'account', equals: `${kind}/${user.accountId}` })
    .toArray()
    .map(({ id }) => id);

/** Takes every star from a thing that goes. */
export function forgetFavourites(world: World, kind: Kind, id: string): void {
  for (const row of world.list(favourites, { prefix: `${kind}/${id}/` }).toArray())
    world.remove(favourites, `${kind}/${id}/${row.accountId}`);
}
