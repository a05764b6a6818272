import { describe, expect, it } from 'vitest';
import { compileTwin } from '../../../src/pipeline.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { jiraPath } from '../../../twins/jira/wire.ts';
import { mutations } from '../mutations.ts';
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
  const match = router.match('GET', jiraPath(path.split('?', 1)[0] ?? ''));
  return 'target' in match && match.target.endpoint !== undefined;
};

/** A teller that sends every body wrong in each way first, and looks at what that left. */
function mutating(teller: Teller, wrongs: string[]): Teller {
  const { site } = teller;
  const changed = new Set<string>();
  site.universe.journal.watch((_entry, changes) => {
    for (const { table } of changes) changed.add(table.name);
  });
  const sendWrong = async (method: string, path: string, body: unknown) => {
    const before = site.universe.snapshot('before', 'before');
    for (const mutation of body === undefined || body instanceof FormData ? [] : mutations(body)) {
      changed.clear();
      const { status } = await site.call(method, path, mutation.body);
      const says = `${method} ${path}: ${mutation.says}`;
      if (status >= 500) wrongs.push(`${says} answered ${status}`);
      if (status >= 400 && changed.size > 0) wrongs.push(`${says} changed ${[...changed]}`);
      if (changed.size > 0 && status < 400) {
        for (const read of [path, path.replace(/\/[^/]*$/, '')])
          if (answers(read) && (await site.call('GET', read)).status >= 500)
            wrongs.push(`${says} made GET ${read} fail`);
        site.universe.restore(before);
      }
    }
  };
  return {
    ...teller,
    async send(method, path, body) {
      await sendWrong(method, atRoot(path), body);
      return teller.send(method, path, body);
    },
    async ask(method, path, body) {
      await sendWrong(method, atRoot(path), body);
      return teller.ask(method, path, body);
    },
  };
}
