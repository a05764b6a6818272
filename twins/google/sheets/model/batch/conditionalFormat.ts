/** Requests about the rules by which cells look: `ConditionalFormatRule`. The first rule that holds wins. */
import type { ConditionalFormatRule, InterpolationPoint } from '../../world/objects.ts';
import { type GridRange, type SheetRow, sheets } from '../../world.ts';
import { gridArea, sheetIn } from '../area.ts';
import { withColors } from '../color.ts';
import { entryOf } from '../entry.ts';
import { settingOf } from '../locale.ts';
import { checkCondition } from '../object/condition.ts';
import { isFormula } from '../object/judge.ts';
import { spoken } from '../object/spoken.ts';
import { type Job, refuse } from './job.ts';

interface RuleInput {
  rule?: ConditionalFormatRule;
  index?: number;
}

export function addConditionalFormatRuleRequest(job: Job, { rule, index = 0 }: RuleInput): void {
  const made = checkedRule(job, rule);
  const sheet = sheetOf(job, made);
  const rules = [...sheet.conditionalFormats];
  if (index < 0 || index > rules.length)
    throw refuse(
      job,
      `Cannot add conditional format at index: ${index}, there are only ${rules.length} rules.`,
    );
  rules.splice(index, 0, made);
  save(job, sheet, rules);
}

interface UpdateInput extends RuleInput {
  newIndex?: number;
  sheetId?: number;
}

/** With a rule it takes the old one's place; with a new index the rule moves there. */
export function updateConditionalFormatRuleRequest(
  job: Job,
  { rule, index = 0, newIndex, sheetId = 0 }: UpdateInput,
): object {
  if (rule) {
    const made = checkedRule(job, rule);
    const sheet = sheetOf(job, made);
    const oldRule = ruleAt(job, sheet, index);
    save(
      job,
      sheet,
      sheet.conditionalFormats.map((one, i) => (i === index ? made : one)),
    );
    return spoken({ oldRule, newRule: made, newIndex: index });
  }
  if (newIndex === undefined) throw refuse(job, 'Must specify either a rule or a newIndex.');
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const moved = ruleAt(job, sheet, index);
  if (newIndex < 0 || newIndex >= sheet.conditionalFormats.length) throw noRule(job, sheet, newIndex);
  const rules = sheet.conditionalFormats.filter((_, i) => i !== index);
  rules.splice(newIndex, 0, moved);
  save(job, sheet, rules);
  return spoken({ newRule: moved, oldIndex: index, newIndex });
}

export function deleteConditionalFormatRuleRequest(
  job: Job,
  { index = 0, sheetId = 0 }: { index?: number; sheetId?: number },
): object {
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const rule = ruleAt(job, sheet, index);
  save(
    job,
    sheet,
    sheet.conditionalFormats.filter((one) => one !== rule),
  );
  return { rule };
}

function ruleAt(job: Job, sheet: SheetRow, index: number): ConditionalFormatRule {
  const rule = sheet.conditionalFormats[index];
  if (!rule) throw noRule(job, sheet, index);
  return rule;
}

const noRule = (job: Job, sheet: SheetRow, index: number) =>
  refuse(job, `No conditional format on sheet: ${sheet.properties.sheetId} at index: ${index}`);

const sheetOf = (job: Job, { ranges = [] }: ConditionalFormatRule): SheetRow =>
  sheetIn(job.world, job.spreadsheetId, ranges[0]?.sheetId ?? 0, job.asked);

const save = (job: Job, sheet: SheetRow, conditionalFormats: ConditionalFormatRule[]): void =>
  void job.world.update(sheets, sheets.key(sheet), { conditionalFormats });

function checkedRule(job: Job, rule: ConditionalFormatRule | undefined): ConditionalFormatRule {
  const { ranges = [], booleanRule, gradientRule } = rule ?? {};
  if (ranges.length === 0) throw refuse(job, 'At least one range must be specified.');
  checkRanges(job, ranges);
  if (booleanRule) {
    checkCondition(job, booleanRule.condition, 'conditional formats');
    checkFormat(job, booleanRule.format);
  } else if (gradientRule) {
    for (const point of [gradientRule.minpoint, gradientRule.maxpoint]) checkPoint(job, point);
    if (gradientRule.midpoint) checkPoint(job, gradientRule.midpoint);
  } else throw refuse(job, 'A conditional format rule must have a booleanRule or a gradientRule.');
  return withColors(spoken({ ranges, ...(booleanRule ? { booleanRule } : { gradientRule }) }));
}

function checkRanges(job: Job, ranges: readonly GridRange[]): void {
  const ids = new Set(ranges.map((range) => range.sheetId ?? 0));
  for (const range of ranges) gridArea(job.world, job.spreadsheetId, range, job.asked);
  if (ids.size > 1) throw refuse(job, 'All ranges of a conditional format must be on the same grid.');
}

const FORMATS = new Set(['backgroundColor', 'backgroundColorStyle', 'textFormat']);
const TEXT_FORMATS = new Set([
  ...['bold', 'italic', 'strikethrough', 'underline', 'foregroundColor', 'foregroundColorStyle'],
]);

/** "Conditional formatting can only apply a subset of formatting." */
function checkFormat(job: Job, format: object = {}): void {
  const text = (format as { textFormat?: object }).textFormat ?? {};
  const other =
    Object.keys(format).find((name) => !FORMATS.has(name)) ??
    Object.keys(text).find((name) => !TEXT_FORMATS.has(name));
  if (other) throw refuse(job, `CellFormat field '${other}' is not supported in conditional formats.`);
}

function checkPoint(job: Job, point: InterpolationPoint = {}): void {
  const { type, value = '' } = point;
  if (!type || type === 'INTERPOLATION_POINT_TYPE_UNSPECIFIED')
    throw refuse(job, 'No interpolationPointType specified.');
  if (type === 'MIN' || type === 'MAX' || isFormula(value)) return;
  const number = entryOf(value, true, settingOf(job.world, job.spreadsheetId)).value?.numberValue;
  if (number === undefined || (type !== 'NUMBER' && (number < 0 || number > 100)))
    throw refuse(job, `Invalid InterpolationPoint.value: ${value} for InterpolationPointType: ${type}`);
}
