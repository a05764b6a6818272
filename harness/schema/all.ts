/** The schemas that the harness's files are held against, by name; for `/v1/schemas/` and the package. */
import { candidateSchema } from './candidate.ts';
import { policySchema } from './policy.ts';
import { rehearsalSchema } from './rehearsal.ts';
import { scenarioSchema } from './scenario.ts';
import type { JsonSchema } from './validate.ts';

export const harnessSchemas: Readonly<Record<'scenario' | 'candidate' | 'policy' | 'rehearsal', JsonSchema>> =
  {
    scenario: scenarioSchema,
    candidate: candidateSchema,
    policy: policySchema,
    rehearsal: rehearsalSchema,
  };
