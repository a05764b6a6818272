/** The access desk pack: everything in it is valid before anything runs. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadCandidate } from '../../harness/candidate.ts';
import { loadPolicy } from '../../harness/policy.ts';
import { prepareScenario } from '../../harness/prepare.ts';
import { loadScenarios } from '../../harness/scenario.ts';
import { InvalidFile } from '../../harness/schema/problem.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const pack = at('scenarios/access-desk');
const builds = at('fixtures/candidates/access-desk');

async function problemsOf(work: () => unknown): Promise<readonly unknown[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof InvalidFile) return error.problems;
    throw error;
  }
}

describe('the access desk pack', () => {
  it('has at least eight scenarios, every expression of which compiles', async () => {
    const problems = await problemsOf(async () => {
      const scenarios = await loadScenarios(pack);
      expect(scenarios.length).toBeGreaterThanOrEqual(8);
      scenarios.forEach(prepareScenario);
    });
    expect(problems).toEqual([]);
  });

  it('has a policy that the gate can read', async () => {
    expect(await problemsOf(() => loadPolicy(`${pack}/release.policy.yaml`))).toEqual([]);
  });

  it('says in words what every expectation means to the user', async () => {
    const silent = (await loadScenarios(pack)).flatMap(({ scenario, expect: expectations }) =>
      Object.values(expectations)
        .flat()
        .filter(({ says }) => !says)
        .map(({ id }) => `${scenario}#${id}`),
    );
    expect(silent).toEqual([]);
  });

  it.each(['v1', 'v2', 'v3'])('has the build %s, with a file that the harness can read', async (build) => {
    expect(await problemsOf(() => loadCandidate(`${builds}/${build}/candidate.yaml`))).toEqual([]);
  });
});
