import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../src/pipeline.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { jiraPath } from '../../../twins/jira/wire.ts';
import { mutated, type Send } from '../teller.ts';
import { STORIES } from './stories/all.ts';
import { atRoot, openTeller, type Teller } from './stories/teller.ts';

const { router } = compileTwin(jira);

describe('bodies with something of a wrong type in them', () => {
  for (const { says, world, tell } of STORIES)
    it(`are no mistake of the site's, and change nothing where they are refused: ${says}`, async () => {
      const teller = await openTeller(world);
      const wrongs: string[] = [];
      await tell(mutating(teller, wrongs));
      expect(wrongs).toEqual([]);
    });
});

const answers = (path: string): boolean => {
  const match = router.match('GET', jiraPath(atRoot(path.split('?', 1)[0] ?? '')));
  return 'target' in match && match.target.endpoint !== undefined;
};

/** A teller that sends every body wrong in each way first, and looks at what that left. */
function mutating(teller: Teller, wrongs: string[]): Teller {
  const { universe, call } = teller.site;
  const send: Send = (method, path, body) => call(method, atRoot(path), body);
  return { ...teller, ...mutated(teller, { universe, send, answers }, wrongs) };
}
