/** Functions that formulas may call. A name that is not here shows `#NAME?`, as an unknown one does in Sheets. */
import { ANNUITY } from './functions/annuity.ts';
import { ARRAY } from './functions/array.ts';
import { BONDS } from './functions/bond.ts';
import { CASH_FLOW } from './functions/cashFlow.ts';
import { COMPLEX } from './functions/complex.ts';
import { CONDITIONAL } from './functions/conditional.ts';
import { CONTINUOUS } from './functions/continuous.ts';
import { DATABASE } from './functions/database.ts';
import { DATES } from './functions/date.ts';
import type { Definition, Family } from './functions/definition.ts';
import { DISCRETE } from './functions/discrete.ts';
import { ENGINEERING } from './functions/engineering.ts';
import { FILTER } from './functions/filter.ts';
import { INFERENCE } from './functions/inference.ts';
import { INFO } from './functions/info.ts';
import { LOGICAL } from './functions/logical.ts';
import { LOOKUP } from './functions/lookup.ts';
import { MATH } from './functions/math.ts';
import { OPERATOR, PARSER } from './functions/operator.ts';
import { OUTSIDE } from './functions/outside.ts';
import { QUERY } from './functions/query.ts';
import { RANKS } from './functions/rank.ts';
import { REGEX } from './functions/regex.ts';
import { REGRESSION } from './functions/regression.ts';
import { STATISTICAL } from './functions/statistical.ts';
import { TEXT } from './functions/text.ts';
import { TRIGONOMETRY } from './functions/trigonometry.ts';

const FAMILIES: readonly Family[] = [
  MATH,
  TRIGONOMETRY,
  CONDITIONAL,
  STATISTICAL,
  RANKS,
  CONTINUOUS,
  DISCRETE,
  INFERENCE,
  REGRESSION,
  TEXT,
  REGEX,
  DATES,
  LOGICAL,
  INFO,
  OPERATOR,
  PARSER,
  LOOKUP,
  FILTER,
  ARRAY,
  QUERY,
  DATABASE,
  ANNUITY,
  CASH_FLOW,
  BONDS,
  ENGINEERING,
  COMPLEX,
  OUTSIDE,
];

/** Every function by its name. */
export const FUNCTIONS: ReadonlyMap<string, Definition> = new Map(
  FAMILIES.flatMap((family) => Object.entries(family)),
);
