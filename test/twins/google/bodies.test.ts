import { describe, expect, it } from 'vitest';
import { mutated } from '../teller.ts';
import { STORIES } from './stories/all.ts';
import { endpointAt, openTeller, type Teller } from './stories/teller.ts';

describe('bodies with something of a wrong type in them', () => {
  for (const { says, world, tell } of STORIES)
    it(`are no mistake of the domain's, and change nothing where they are refused: ${says}`, async () => {
      const wrongs: string[] = [];
      await tell(mutating(await openTeller(world), wrongs));
      expect(wrongs).toEqual([]);
    });
});

const answers = (path: string): boolean => endpointAt('GET', path) !== undefined;

/** A teller that sends every body wrong in each way first, and looks at what that left. */
function mutating(teller: Teller, wrongs: string[]): Teller {
  const { universe } = teller.domain;
  return {
    ...teller,
    ...mutated(teller, { universe, send: teller.request, answers }, wrongs),
    as: (email) => mutating(teller.as(email), wrongs),
  };
}
