/**
 * `BooleanCondition`: what each type takes, and where it may stand.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ConditionType
 */
import type { BooleanCondition, ConditionValue } from '../../world/objects.ts';
import { parseA1, splitA1 } from '../a1.ts';
import { refuse, type Where } from '../batch/job.ts';
import { entryOf } from '../entry.ts';
import { parseFormula } from '../formula/syntax.ts';
import { settingOf } from '../locale.ts';
import { isDateFormat } from '../numberFormat.ts';
import { isFormula } from './judge.ts';

/** Where a condition stands, as refusals name it. */
export type ConditionUse = 'data validation' | 'conditional formats' | 'filters';

interface Takes {
  uses: string;
  least: number;
  most: number;
  value?: 'number' | 'date' | 'range' | 'formula' | 'text' | 'item';
}

const takes = (uses: string, least: number, most: number, value?: Takes['value']): Takes => ({
  uses,
  least,
  most,
  ...(value ? { value } : {}),
});

/** `v`: data validation, `c`: conditional formats, `f`: filters. Those of data sources only stand nowhere else. */
const TYPES: Readonly<Record<string, Takes>> = {
  NUMBER_GREATER: takes('vcf', 1, 1, 'number'),
  NUMBER_GREATER_THAN_EQ: takes('vcf', 1, 1, 'number'),
  NUMBER_LESS: takes('vcf', 1, 1, 'number'),
  NUMBER_LESS_THAN_EQ: takes('vcf', 1, 1, 'number'),
  NUMBER_EQ: takes('vcf', 1, 1, 'number'),
  NUMBER_NOT_EQ: takes('vcf', 1, 1, 'number'),
  NUMBER_BETWEEN: takes('vcf', 2, 2, 'number'),
  NUMBER_NOT_BETWEEN: takes('vcf', 2, 2, 'number'),
  TEXT_CONTAINS: takes('vcf', 1, 1, 'text'),
  TEXT_NOT_CONTAINS: takes('vcf', 1, 1, 'text'),
  TEXT_STARTS_WITH: takes('cf', 1, 1, 'text'),
  TEXT_ENDS_WITH: takes('cf', 1, 1, 'text'),
  TEXT_EQ: takes('vcf', 1, 1, 'text'),
  TEXT_IS_EMAIL: takes('v', 0, 0),
  TEXT_IS_URL: takes('v', 0, 0),
  DATE_EQ: takes('vcf', 1, 1, 'date'),
  DATE_BEFORE: takes('vcf', 1, 1, 'date'),
  DATE_AFTER: takes('vcf', 1, 1, 'date'),
  DATE_ON_OR_BEFORE: takes('v', 1, 1, 'date'),
  DATE_ON_OR_AFTER: takes('v', 1, 1, 'date'),
  DATE_BETWEEN: takes('v', 2, 2, 'date'),
  DATE_NOT_BETWEEN: takes('v', 2, 2, 'date'),
  DATE_IS_VALID: takes('v', 0, 0),
  ONE_OF_RANGE: takes('v', 1, 1, 'range'),
  ONE_OF_LIST: takes('v', 1, 500, 'item'),
  BLANK: takes('cf', 0, 0),
  NOT_BLANK: takes('cf', 0, 0),
  CUSTOM_FORMULA: takes('vcf', 1, 1, 'formula'),
  BOOLEAN: takes('v', 0, 2, 'item'),
  TEXT_NOT_EQ: takes('', 1, 1),
  DATE_NOT_EQ: takes('', 1, 1),
  FILTER_EXPRESSION: takes('', 1, 1),
};

const LETTER: Readonly<Record<ConditionUse, string>> = {
  'data validation': 'v',
  'conditional formats': 'c',
  filters: 'f',
};

const RELATIVE_TYPES = new Set(['DATE_BEFORE', 'DATE_AFTER']);

/** Throws 400 for a type that does not stand there, too many or too few values, values of the wrong kind. */
export function checkCondition(job: Where, condition: BooleanCondition | undefined, use: ConditionUse): void {
  const type = condition?.type;
  if (!condition || !type || type === 'CONDITION_TYPE_UNSPECIFIED')
    throw refuse(job, 'BooleanCondition.type is required.');
  const known = TYPES[type];
  if (!known?.uses.includes(LETTER[use]))
    throw refuse(job, `ConditionType '${type}' is not supported in ${use}.`);
  const values = condition.values ?? [];
  if (values.length < known.least || values.length > known.most) {
    const wanted =
      known.least === known.most
        ? `exactly ${known.least}`
        : values.length < known.least
          ? `at least ${known.least}`
          : `at most ${known.most}`;
    throw refuse(
      job,
      `ConditionType '${type}' requires ${wanted} ConditionValues, but ${values.length} values were specified.`,
    );
  }
  for (const value of values) checkValue(job, type, known, value, use);
}

function checkValue(job: Where, type: string, known: Takes, value: ConditionValue, use: ConditionUse): void {
  const { userEnteredValue: text, relativeDate } = value;
  if (relativeDate !== undefined) {
    if (!RELATIVE_TYPES.has(type) || use === 'data validation')
      throw refuse(job, `Relative dates are not supported for ConditionType: ${type} in ${use}.`);
    return;
  }
  const invalid = () =>
    refuse(job, `Invalid ConditionValue.userEnteredValue: ${text ?? ''} for ConditionType: ${type}`);
  if (text === undefined || (text === '' && known.value !== 'item')) throw invalid();
  const setting = settingOf(job.world, job.spreadsheetId);
  if (known.value === 'item') {
    if (text.startsWith('=')) throw invalid();
  } else if (known.value === 'range') {
    if (!text.startsWith('=') || !isRange(text.slice(1))) throw invalid();
  } else if (isFormula(text)) {
    const node = readFormula(text, setting.locale);
    if (!node) throw invalid();
    if (use === 'conditional formats') checkReferences(job, node, invalid);
  } else if (known.value === 'formula') throw invalid();
  else if (known.value === 'number' && entryOf(text, true, setting).value?.numberValue === undefined)
    throw invalid();
  else if (known.value === 'date' && !isDateFormat(entryOf(text, true, setting).format)) throw invalid();
}

function readFormula(text: string, locale: string): unknown {
  try {
    return parseFormula(`=${text.slice(1)}`, locale);
  } catch {
    return undefined;
  }
}

/** Rules of one sheet look at that sheet only, and know no names. */
function checkReferences(job: Where, node: unknown, invalid: () => Error): void {
  if (node === null || typeof node !== 'object') return;
  const { kind, sheet } = node as { kind?: string; sheet?: string };
  if (kind === 'reference' && sheet !== undefined)
    throw refuse(job, 'Conditional format rule cannot reference a different sheet.');
  if (kind === 'name') throw invalid();
  for (const inner of Object.values(node)) checkReferences(job, inner, invalid);
}

/** A range in A1 notation with or without a sheet, or a name. */
function isRange(text: string): boolean {
  const { title, rest } = splitA1(text.replaceAll('$', ''));
  const part = rest ?? '';
  return (
    (part !== '' && parseA1(part) !== undefined) || title !== undefined || /^[\p{L}_][\w.]*$/u.test(part)
  );
}
