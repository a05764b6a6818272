/** Whether cells meet a condition, as conditional formats and filters ask it. */
import type { BooleanCondition, ConditionValue } from '../../world/objects.ts';
import type { CellRow } from '../../world.ts';
import type { Calculator, Place } from '../calculator.ts';
import { entryOf } from '../entry.ts';
import { copiedFormula } from '../formula/rewrite.ts';
import { CellError, type Scalar } from '../formula/value.ts';
import type { Setting } from '../locale.ts';
import { isDateFormat } from '../numberFormat.ts';
import { dateOf, serialOf } from '../serial.ts';

/** A value that is written as a formula, with `=` or `+` before it. */
export const isFormula = (text: string): boolean => /^[=+]./s.test(text);

export type Test = (cell: CellRow) => boolean;

/**
 * A test of cells. Formulas in the condition stand at `origin`, the first cell of what is tested, and their relative
 * references move along with the cell.
 */
export function judge(calculator: Calculator, condition: BooleanCondition, origin: Place): Test {
  const operands = (condition.values ?? []).map((value) => operandOf(calculator, value, origin));
  return (cell) => {
    const given = operands.map((operand) => operand(cell));
    if (given.some((one) => one instanceof CellError)) return false;
    return meets(condition.type, lookAt(calculator, cell), given as Scalar[]);
  };
}

/** What a condition sees of a cell. */
export interface Look {
  value: Scalar | CellError;
  shown: string;
  isDate: boolean;
}

/** Whether what is seen meets a condition of that type; operands are in order. */
export const meets = (type: string | undefined, look: Look, operands: Scalar[]): boolean =>
  TESTS[type ?? '']?.(look, operands) ?? true;

function lookAt(calculator: Calculator, cell: CellRow): Look {
  const effective = calculator.effective(cell);
  const value =
    effective?.numberValue ??
    effective?.stringValue ??
    effective?.boolValue ??
    (effective?.errorValue ? new CellError(effective.errorValue.type, effective.errorValue.message) : null);
  return {
    value,
    shown: calculator.shown(cell) ?? '',
    isDate: typeof value === 'number' && isDateFormat(calculator.format(cell)),
  };
}

const numeric =
  (holds: (n: number, a: number, b: number) => boolean) =>
  ({ value }: Look, [a, b]: Scalar[]): boolean =>
    typeof value === 'number' && typeof a === 'number' && holds(value, a, typeof b === 'number' ? b : a);

const textual =
  (holds: (text: string, part: string) => boolean) =>
  ({ shown, value }: Look, [part]: Scalar[]): boolean =>
    !(value instanceof CellError) && holds(shown.toLowerCase(), String(part ?? '').toLowerCase());

/** Whole days are compared: a time of day does not count. */
const dated =
  (holds: (day: number, wanted: number) => boolean) =>
  ({ value, isDate }: Look, [wanted]: Scalar[]): boolean =>
    isDate && typeof wanted === 'number' && holds(Math.floor(value as number), Math.floor(wanted));

const between = (n: number, a: number, b: number): boolean => n >= Math.min(a, b) && n <= Math.max(a, b);

const TESTS: Readonly<Record<string, (look: Look, operands: Scalar[]) => boolean>> = {
  NUMBER_GREATER: numeric((n, a) => n > a),
  NUMBER_GREATER_THAN_EQ: numeric((n, a) => n >= a),
  NUMBER_LESS: numeric((n, a) => n < a),
  NUMBER_LESS_THAN_EQ: numeric((n, a) => n <= a),
  NUMBER_EQ: numeric((n, a) => n === a),
  NUMBER_NOT_EQ: numeric((n, a) => n !== a),
  NUMBER_BETWEEN: numeric(between),
  NUMBER_NOT_BETWEEN: numeric((n, a, b) => !between(n, a, b)),
  TEXT_CONTAINS: textual((text, part) => text.includes(part)),
  TEXT_NOT_CONTAINS: textual((text, part) => !text.includes(part)),
  TEXT_STARTS_WITH: textual((text, part) => text.startsWith(part)),
  TEXT_ENDS_WITH: textual((text, part) => text.endsWith(part)),
  TEXT_EQ: textual((text, part) => text === part),
  DATE_EQ: dated((day, wanted) => day === wanted),
  DATE_BEFORE: dated((day, wanted) => day < wanted),
  DATE_AFTER: dated((day, wanted) => day > wanted),
  BLANK: ({ value }) => value === null || value === '',
  NOT_BLANK: ({ value }) => value !== null && value !== '',
  CUSTOM_FORMULA: (_look, [value]) => value === true || (typeof value === 'number' && value !== 0),
};

function operandOf(
  calculator: Calculator,
  condition: ConditionValue,
  origin: Place,
): (cell: CellRow) => Scalar | CellError {
  const { userEnteredValue = '' } = condition;
  if (!condition.relativeDate && isFormula(userEnteredValue)) {
    const formula = `=${userEnteredValue.slice(1)}`;
    return ({ sheetId, row, column }) =>
      calculator.evaluate(copiedFormula(formula, row - origin.row, column - origin.column), {
        sheetId,
        row,
        column,
      }).value;
  }
  const constant = constantOf(
    condition,
    (formula) => calculator.evaluate(formula, origin).value,
    calculator.setting,
  );
  return () => constant;
}

/** A condition's value that is the same for all cells: a number, a text, a relative date, a formula that stays. */
export function constantOf(
  { userEnteredValue = '', relativeDate }: ConditionValue,
  evaluate: (formula: string) => Scalar | CellError,
  setting: Setting,
): Scalar | CellError {
  if (relativeDate) return relativeDay(evaluate('=TODAY()'), relativeDate);
  if (isFormula(userEnteredValue)) return evaluate(`=${userEnteredValue.slice(1)}`);
  return entryOf(userEnteredValue, true, setting).value?.numberValue ?? userEnteredValue;
}

/** The serial number of a relative date, by the spreadsheet's own today. */
function relativeDay(today: Scalar | CellError, relative: string): Scalar {
  const moved = MOVES[relative];
  if (!moved || typeof today !== 'number') return null;
  const date = dateOf(today + (moved.days ?? 0));
  const month = date.getUTCMonth() + 1 + (moved.months ?? 0);
  const year = date.getUTCFullYear() + Math.floor((month - 1) / 12);
  for (let day = date.getUTCDate(); day > 0; day--) {
    const serial = serialOf(year, ((month + 11) % 12) + 1, day);
    if (serial !== undefined) return serial;
  }
  return today;
}

const MOVES: Readonly<Record<string, { days?: number; months?: number }>> = {
  TODAY: {},
  TOMORROW: { days: 1 },
  YESTERDAY: { days: -1 },
  PAST_WEEK: { days: -7 },
  PAST_MONTH: { months: -1 },
  PAST_YEAR: { months: -12 },
};
