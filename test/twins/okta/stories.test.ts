import { describe, it } from 'vitest';
import { lookStories } from './stories/look.ts';
import { peopleStories } from './stories/people.ts';
import { openTeller } from './stories/teller.ts';

describe('resources, each told from beginning to end', () => {
  for (const { says, tell } of [...peopleStories, ...lookStories])
    it(says, async () => tell(await openTeller()));
});
