/** Faults between the API's form (presets, durations as text) and the kernel's. */
import { type ActiveFault, type FaultInput, Faults } from '../fault.ts';
import { FAULT_KINDS } from '../faults/index.ts';
import { type FaultText, faultsFrom } from '../preset.ts';
import type { Twin } from '../twin.ts';
import { asProblem, type FieldError, invalid } from './problem.ts';

/** One fault as the API shows it. */
export type FaultDocument = Omit<ActiveFault, 'since'> & { since: string };

/**
 * The kernel's faults for what somebody wrote, all of them tried out beside those that `already` are there, so that
 * putting them in cannot fail half way. Throws a Problem whose pointers begin with `at` (and the place in the list).
 */
export function readFaults(
  texts: readonly FaultText[],
  twins: readonly Twin[],
  options: { at?: string; single?: boolean; already?: readonly ActiveFault[] } = {},
): FaultInput[] {
  const trial = new Faults(FAULT_KINDS, 0);
  for (const fault of options.already ?? []) trial.add(fault, 0);
  const errors: FieldError[] = [];
  const faults = texts.flatMap((text, i) => {
    const at = (options.at ?? '') + (options.single ? '' : `/${i}`);
    try {
      const read = faultsFrom(text, twins);
      for (const fault of read) trial.add(fault, 0);
      return read;
    } catch (error) {
      errors.push(...placed(error, at));
      return [];
    }
  });
  if (errors.length > 0) throw invalid(errors, 'the fault cannot be put in');
  return faults;
}

/** An active fault as the API shows it. */
export function faultDocument(fault: ActiveFault): FaultDocument {
  return { ...fault, since: new Date(fault.since).toISOString() };
}

/** Where a refusal belongs: an expression that cannot be read, an id that is taken, no more room. */
function placed(error: unknown, at: string): readonly FieldError[] {
  if (error instanceof TypeError || error instanceof RangeError) {
    const { message } = error;
    const field = message.startsWith('when:') ? '/match/when' : /there is a fault/.test(message) ? '/id' : '';
    return [{ pointer: at + field, detail: message.replace(/^when: /, '').split('\n')[0] as string }];
  }
  const { errors, status, detail } = asProblem(error, at).init;
  if (status === 500) throw error;
  return errors ?? [{ pointer: at, detail }];
}
