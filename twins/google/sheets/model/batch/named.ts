/** Requests about names of ranges. https://support.google.com/docs/answer/63175 */
import { assign } from '../../../fields.ts';
import { type NamedRange, type SpreadsheetRow, sheets, spreadsheets } from '../../world.ts';
import { parseA1 } from '../a1.ts';
import { sheetsOf } from '../area.ts';
import { followName } from '../follow.ts';
import { spoken } from '../object/spoken.ts';
import { areaIn, type Job, maskOf, refuse } from './job.ts';
import { NAMED_RANGE } from './shapes.ts';

/** Characters of a name. */
const NAME_CHARS_MAX = 250;

export function addNamedRangeRequest(
  job: Job,
  { namedRange = {} }: { namedRange?: Partial<NamedRange> },
): object {
  const id = namedRange.namedRangeId;
  const name = checkedName(job, namedRange.name, undefined);
  if (!namedRange.range) throw refuse(job, 'A range must be specified.');
  areaIn(job, namedRange.range);
  if (id !== undefined && rowOf(job).namedRanges.some((one) => one.namedRangeId === id))
    throw refuse(job, `A named range with id: ${id} already exists.`);
  const made: NamedRange = {
    namedRangeId: id || String(job.world.draw('google.namedRange').int(1, 2 ** 31 - 1)),
    name,
    range: spoken(namedRange.range),
  };
  save(job, [...rowOf(job).namedRanges, made]);
  return { namedRange: made };
}

export function updateNamedRangeRequest(
  job: Job,
  { namedRange = {}, fields }: { namedRange?: Partial<NamedRange>; fields?: string },
): void {
  const mask = maskOf(job, fields, NAMED_RANGE);
  const old = namedRangeOf(job, namedRange.namedRangeId);
  const next = assign(old, { ...namedRange, range: namedRange.range && spoken(namedRange.range) }, mask);
  checkedName(job, next.name, old.namedRangeId);
  if (!next.range) throw refuse(job, 'A range must be specified.');
  areaIn(job, next.range);
  const changed = { ...next, namedRangeId: old.namedRangeId };
  save(
    job,
    rowOf(job).namedRanges.map((one) => (one === old ? changed : one)),
  );
  if (next.name !== old.name) followName(job.world, job.spreadsheetId, old.name, next.name);
}

/** What was protected by its name keeps the range that it named. */
export function deleteNamedRangeRequest(job: Job, { namedRangeId }: { namedRangeId?: string }): void {
  const old = namedRangeOf(job, namedRangeId);
  save(
    job,
    rowOf(job).namedRanges.filter((one) => one !== old),
  );
  for (const sheet of sheetsOf(job.world, job.spreadsheetId)) {
    if (!sheet.protectedRanges.some((one) => one.namedRangeId === old.namedRangeId)) continue;
    const protectedRanges = sheet.protectedRanges.map(({ namedRangeId: id, ...one }) =>
      id === old.namedRangeId
        ? { ...one, range: old.range }
        : { ...one, ...(id ? { namedRangeId: id } : {}) },
    );
    job.world.update(sheets, sheets.key(sheet), { protectedRanges });
  }
}

const rowOf = (job: Job): SpreadsheetRow =>
  job.world.require(spreadsheets, job.spreadsheetId, () => refuse(job, 'No spreadsheet'));

const save = (job: Job, namedRanges: NamedRange[]): void =>
  void job.world.update(spreadsheets, job.spreadsheetId, { namedRanges });

/** Letters, digits and `_`; nothing that reads as a reference or a truth value. */
function checkedName(job: Job, name: string | undefined, besides: string | undefined): string {
  const reads =
    name !== undefined && (parseA1(name) !== undefined || /^(true|false|r\d*c\d*|r|c)$/i.test(name));
  if (!name || !/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name) || name.length > NAME_CHARS_MAX || reads)
    throw refuse(job, `The name "${name ?? ''}" is not valid for a named range.`);
  const taken = rowOf(job).namedRanges.some(
    (one) => one.name.toLowerCase() === name.toLowerCase() && one.namedRangeId !== besides,
  );
  if (taken) throw refuse(job, `A named range with name: ${name} already exists.`);
  return name;
}

function namedRangeOf(job: Job, id: string | undefined): NamedRange {
  const found = rowOf(job).namedRanges.find((one) => one.namedRangeId === id);
  if (!found) throw refuse(job, `Cannot find named range with id: ${id ?? ''}`);
  return found;
}
