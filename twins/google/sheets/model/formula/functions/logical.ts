/** Logical functions that look at all their arguments. https://support.google.com/docs/table/25273 (Logical) */
import { CellError, flagOf, type Value } from '../value.ts';
import { type Family, plain, refusal } from './definition.ts';

/** The truth values among arguments: in ranges texts and empty cells are passed over. Throws `VALUE` for none. */
function flags(args: readonly Value[]): boolean[] {
  const found = args.flatMap((arg): boolean[] => {
    if (!Array.isArray(arg)) return arg === null ? [false] : [flagOf(arg)];
    return arg.flat().flatMap((cell): boolean[] => {
      if (cell instanceof CellError) throw cell;
      return typeof cell === 'boolean' || typeof cell === 'number' ? [Boolean(cell)] : [];
    });
  });
  if (found.length === 0)
    throw refusal('VALUE', 'Function {name} has no logical values among its parameters.');
  return found;
}

/** Truth. */
export const LOGICAL: Family = {
  AND: plain('value, value...', (...args) => flags(args).every(Boolean)),
  OR: plain('value, value...', (...args) => flags(args).some(Boolean)),
  XOR: plain('value, value...', (...args) => flags(args).filter(Boolean).length % 2 === 1),
  NOT: plain('flag', (value) => !value),
  TRUE: plain('', () => true),
  FALSE: plain('', () => false),
};
