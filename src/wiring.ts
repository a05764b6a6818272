/**
 * What twins tell one another of people. A twin that keeps people says who changed; after the lag of the wire, on the
 * universe's clock, the twin at its other end hears how that person is. Neither knows the other: the words are no vendor's.
 */
import { durationMs } from './duration.ts';
import type { Faults } from './fault.ts';
import { table } from './table.ts';
import type { Person } from './world/cast.ts';
import type { WorldFile } from './world/file.ts';
import type { World } from './world/world.ts';

/** How somebody stands in the company: `expected` has never begun, `suspended` is to come back, `gone` is not. */
export type Standing = 'expected' | 'active' | 'suspended' | 'gone';

/** How a person is now. */
export interface PersonNews {
  person: Person;
  /** By which they were known until now, where that changed. */
  formerEmail?: string;
  standing: Standing;
  /** Names of groups that they came into and left. */
  joined: readonly string[];
  left: readonly string[];
}

/** What a twin says in a transaction: who it is about, and what is not to be seen of them afterwards. */
export interface Telling {
  formerEmail?: string;
  joined?: string;
  left?: string;
  /** How they are at the end of the transaction; undefined: nobody is to hear of it. */
  describe(world: World): Pick<PersonNews, 'person' | 'standing'> | undefined;
}

/** All that one transaction says of one person, together. */
export type Told = Omit<Telling, 'joined' | 'left'> & Pick<PersonNews, 'joined' | 'left'>;

/** One line of a world's `wiring`. */
export interface WiredTwins {
  from: string;
  to: string;
  lagMs: number;
}

export const wiring = table<WiredTwins>({
  name: '_wiring',
  key: (row) => `${row.from}/${row.to}`,
  indexes: { from: (row) => row.from },
});

/** The name of the timers by which news arrive. */
export const NEWS_TIMER = '_person';

/** Lays the wires that a world names; one that says no lag is as fast as the clock. */
export function plantWiring(world: World, file: WorldFile): void {
  for (const { from, to, lag } of file.wiring ?? [])
    world.put(wiring, { from, to, lagMs: lag === undefined ? 0 : durationMs(lag) });
}

/** Adds to what a transaction says of a person so far. */
export const toldTogether = (before: Told | undefined, { joined, left, ...telling }: Telling): Told => {
  const { joined: come = [], left: gone = [], formerEmail } = before ?? {};
  return {
    ...(formerEmail === undefined ? {} : { formerEmail }),
    ...telling,
    joined: joined === undefined ? come : [...come.filter((one) => one !== joined), joined],
    left: left === undefined ? gone : [...gone.filter((one) => one !== left), left],
  };
};

/** Sends what a transaction told on its way; the last step before it commits. Events can be lost and late here, too. */
export function passOn(world: World, faults: Faults): void {
  const told = [...world.told.values()];
  world.told.clear();
  for (const { to, lagMs } of world.list(wiring, { index: 'from', equals: world.twin }).toArray())
    for (const { describe, ...more } of told) {
      const described = describe(world);
      if (!described) continue;
      const news: PersonNews = { ...described, ...more };
      const effect = faults.delivery(
        {
          twin: world.twin,
          operation: `person.${news.standing}`,
          actor: '',
          request: () => ({ event: news, operation: `person.${news.standing}` }),
        },
        world.now(),
      );
      const at = world.now() + lagMs + (effect?.delayMs ?? 0);
      if (effect?.drop) continue;
      for (let copy = 0; copy < (effect?.copies ?? 1); copy++)
        world.schedule(at, NEWS_TIMER, { from: world.twin, news }, to);
    }
}
