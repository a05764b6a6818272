import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCandidate } from '../../harness/candidate.ts';
import { checkPolicy } from '../../harness/gate.ts';
import { loadPolicy } from '../../harness/policy.ts';
import { prepareScenario } from '../../harness/prepare.ts';
import { loadScenario } from '../../harness/scenario.ts';

const EXAMPLES = resolve(import.meta.dirname, '../../../shared/design/examples');

describe.skipIf(!existsSync(EXAMPLES))(
  'the files in their standard form (skipped where ../shared is absent)',
  () => {
    it('the scenario is valid and compiles whole', async () => {
      const scenario = await loadScenario(join(EXAMPLES, 'access-request.scenario.yaml'));
      const { expectations, draws, leftOut } = prepareScenario(scenario ?? expect.unreachable());
      expect(draws.map(({ name }) => name)).toEqual([
        'requester',
        'manager',
        'bystander',
        'group',
        'reason',
        'delay',
      ]);
      expect(expectations).toHaveLength(11);
      expect(leftOut).toEqual([{ id: 'tone', why: 'no judge endpoint' }]);
    });

    it('the candidate is valid', () => {
      // Its working directory lies beside it in a project, so it is read from such a place.
      const home = mkdtempSync(join(tmpdir(), 'orrery-examples-'));
      mkdirSync(join(home, 'fixtures/candidates/access-desk/v3'), { recursive: true });
      mkdirSync(join(home, 'scenarios/access-desk'), { recursive: true });
      const file = join(home, 'scenarios/access-desk/access-desk.candidate.yaml');
      writeFileSync(file, readFileSync(join(EXAMPLES, 'access-desk.candidate.yaml')));
      expect(loadCandidate(file)).toMatchObject({ label: 'access-desk 3.0.0', reuse: 'trial' });
    });

    it('the policy is valid and its expressions compile', () => {
      const policy = loadPolicy(join(EXAMPLES, 'release.policy.yaml'));
      expect(() => checkPolicy(policy)).not.toThrow();
      expect(policy.gate).toHaveLength(8);
    });
  },
);
