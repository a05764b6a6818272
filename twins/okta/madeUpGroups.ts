/** Groups of a world that says how many it wants, not which. */
import { spread } from '../../src/world/cast.ts';
import type { OktaGroupPart } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';

/** People in a group of a world that does not say how many. */
const MEMBERS = 20;
const PLACES =
  'Berlin Boston Dublin Lagos Lisbon London Madrid Mumbai Osaka Paris Perth Quito Riga Seoul Tunis Vienna'.split(
    ' ',
  );
const TEAMS = (
  'Engineering Design Support Finance Legal Sales Marketing People Security Data Research Operations ' +
  'Procurement Facilities Partners Quality'
).split(' ');

/** `count` groups with `members` people of the cast each; names never repeat. */
export const madeUpGroups = (world: World, count: number, members: number = MEMBERS): OktaGroupPart[] =>
  Array.from({ length: count }, (_, nth) => {
    const round = Math.floor(nth / (PLACES.length * TEAMS.length));
    const name = `${TEAMS[nth % TEAMS.length]} ${PLACES[Math.floor(nth / TEAMS.length) % PLACES.length]}`;
    const first = world.drawFor('okta.groupMembers', nth).u32();
    return {
      name: round === 0 ? name : `${name} ${round + 1}`,
      members: spread(world.cast, members, first).map((one) => one.email),
    };
  });
