/** The forms of formulas that see their arguments before they are computed, by name. */
import { ARRAYS } from './forms/arrays.ts';
import { CONDITIONS } from './forms/conditions.ts';
import { LAMBDAS } from './forms/lambdas.ts';
import { OUTSIDE } from './forms/outside.ts';
import { PIVOTS } from './forms/pivot.ts';
import { PLACES } from './forms/places.ts';
import { REFERENCES } from './forms/references.ts';
import { SUBTOTALS } from './forms/subtotal.ts';
import { VOLATILE } from './forms/volatile.ts';
import type { Form } from './operand.ts';

export const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    ...ARRAYS,
    ...CONDITIONS,
    ...LAMBDAS,
    ...OUTSIDE,
    ...PIVOTS,
    ...PLACES,
    ...REFERENCES,
    ...SUBTOTALS,
    ...VOLATILE,
  }),
);
