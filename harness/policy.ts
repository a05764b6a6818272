/** Policies: what a build must show to go out, as thresholds in data. */
import { resolve } from 'node:path';
import { policySchema } from './schema/policy.ts';
import { readValid } from './schema/validate.ts';

export type UnknownCause = 'gap' | 'harness' | 'infrastructure' | 'judge';

export interface GateRule {
  /** CEL over `satisfaction`, `scenario(…)`, `never`, `change`, `unknown`, `latency(…)`. */
  that: string;
  because?: string;
  else: 'reject' | 'escalate' | 'inconclusive' | 'note';
  to?: string;
}

export interface Policy {
  policy: string;
  /** One-sided, for the whole gate. Default 0.025. */
  alpha?: number;
  looks?: 'fixed' | 'anytime' | { at: number[] };
  trials?: { min?: number; max?: number; perScenario?: boolean };
  unknown?: { of?: ('candidate' | UnknownCause)[]; as?: 'unsatisfied' | 'left-out' };
  gate: GateRule[];
}

export interface LoadedPolicy extends Policy {
  file: string;
  text: string;
}

/** Reads a policy file. Throws `InvalidFile` with all problems. */
export function loadPolicy(path: string): LoadedPolicy {
  const file = resolve(path);
  const { value, source } = readValid<Policy>(file, policySchema);
  return { ...value, file, text: source.text };
}
