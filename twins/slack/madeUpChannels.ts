/** Channels of a world that says how many it wants, not which. */
import { spread } from '../../src/world/cast.ts';
import type { SlackChannelPart } from '../../src/world/file.ts';
import type { World } from '../../src/world/world.ts';

/** People in a channel of a world that does not say how many. */
const MEMBERS = 20;
const AREAS =
  'team proj help incident design data infra sales legal people market support billing search mobile web'.split(
    ' ',
  );
const MATTERS = (
  'planning standup reviews releases questions alerts metrics onboarding research roadmap budget hiring ' +
  'migration quality partners outage'
).split(' ');
/** Of so many channels one is private. */
const PRIVATE_EVERY = 10;

/** #general with everybody, then `count - 1` channels with `members` people of the cast each; names never repeat. */
export function madeUpChannels(world: World, count: number, members: number = MEMBERS): SlackChannelPart[] {
  return Array.from({ length: count }, (_, nth) =>
    nth === 0 ? { name: 'general' } : madeUpChannel(world, nth - 1, members),
  );
}

function madeUpChannel(world: World, nth: number, members: number): SlackChannelPart {
  const names = AREAS.length * MATTERS.length;
  const round = Math.floor(nth / names);
  const name = `${AREAS[nth % AREAS.length]}-${MATTERS[Math.floor(nth / AREAS.length) % MATTERS.length]}`;
  return {
    name: round === 0 ? name : `${name}-${round + 1}`,
    private: nth % PRIVATE_EVERY === PRIVATE_EVERY - 1,
    members: spread(world.cast, members, world.drawFor('slack.channelMembers', nth).u32()).map(
      (one) => one.email,
    ),
  };
}
