/** Requests about protected ranges. https://support.google.com/docs/answer/1218656 */
import { assign } from '../../../fields.ts';
import { type GridRange, type ProtectedRange, type SheetRow, sheets, spreadsheets } from '../../world.ts';
import { sheetsOf } from '../area.ts';
import { spoken } from '../object/spoken.ts';
import { objectWith } from '../object/store.ts';
import { canEdit, REFUSAL } from '../protection.ts';
import { areaIn, type Job, maskOf, refuse } from './job.ts';
import { PROTECTED_RANGE } from './shapes.ts';

interface AddInput {
  protectedRange?: Partial<ProtectedRange>;
}

/** Who asks may always edit, so may the file's owner. */
export function addProtectedRangeRequest(job: Job, { protectedRange = {} }: AddInput): object {
  const { description, warningOnly, editors } = protectedRange;
  const given = protectedRange.protectedRangeId;
  if (given !== undefined && findRange(job, given))
    throw refuse(job, `A protected range with id ${given} already exists.`);
  const { sheet, place } = placeOf(job, protectedRange);
  const users = [...new Set([...(editors?.users ?? []), job.viewer.email])];
  const made: ProtectedRange = {
    protectedRangeId: given ?? job.world.draw('google.protectedRange').int(1, 2 ** 31 - 1),
    ...place,
    ...(description ? { description } : {}),
    ...(warningOnly ? { warningOnly } : { editors: { ...editors, users } }),
    ...checkedHoles(job, place.range, protectedRange.unprotectedRanges),
  };
  job.world.update(sheets, sheets.key(sheet), { protectedRanges: [...sheet.protectedRanges, made] });
  // The reply names the editors that were asked for; reading the sheet names the requester too.
  const named = (editors?.users ?? []).length > 0 ? { users: editors?.users } : {};
  return {
    protectedRange: {
      ...made,
      requestingUserCanEdit: true,
      ...(warningOnly ? {} : { editors: named }),
    },
  };
}

/** A warning that becomes a protection without editors is for all editors of the document. */
export function updateProtectedRangeRequest(
  job: Job,
  { protectedRange = {}, fields }: { protectedRange?: Partial<ProtectedRange>; fields?: string },
): void {
  const mask = maskOf(job, fields, PROTECTED_RANGE);
  const { sheet, one } = protectedRangeOf(job, protectedRange.protectedRangeId);
  mustBeEditor(job, one);
  const writes = (name: string) => mask.all || mask.parts.has('*') || mask.parts.has(name);
  const moves = ['range', 'namedRangeId', 'tableId'].some((name) => writes(name) && name in protectedRange);
  const merged: Partial<ProtectedRange> = { ...assign(one, protectedRange, mask) };
  const { sheet: home, place } = moves
    ? placeOf(job, protectedRange)
    : { sheet, place: { range: one.range, namedRangeId: one.namedRangeId, tableId: one.tableId } };
  const editors = merged.warningOnly
    ? undefined
    : writes('editors')
      ? { ...merged.editors, users: [...new Set([...(merged.editors?.users ?? []), job.viewer.email])] }
      : (one.editors ?? { users: documentEditors(job) });
  const next = without({
    protectedRangeId: one.protectedRangeId,
    ...place,
    description: merged.description || undefined,
    warningOnly: merged.warningOnly || undefined,
    editors,
    ...checkedHoles(job, place.range, merged.unprotectedRanges),
  });
  const left = sheet.protectedRanges.filter((old) => old !== one);
  if (home.properties.sheetId === sheet.properties.sheetId) {
    const protectedRanges = sheet.protectedRanges.map((old) => (old === one ? next : old));
    job.world.update(sheets, sheets.key(sheet), { protectedRanges });
    return;
  }
  job.world.update(sheets, sheets.key(sheet), { protectedRanges: left });
  job.world.update(sheets, sheets.key(home), { protectedRanges: [...home.protectedRanges, next] });
}

export function deleteProtectedRangeRequest(
  job: Job,
  { protectedRangeId }: { protectedRangeId?: number },
): void {
  const { sheet, one } = protectedRangeOf(job, protectedRangeId);
  mustBeEditor(job, one);
  job.world.update(sheets, sheets.key(sheet), {
    protectedRanges: sheet.protectedRanges.filter((old) => old !== one),
  });
}

/** The sheet and what on it is protected: exactly one of a range, a named range, a table. */
function placeOf(job: Job, input: Partial<ProtectedRange>) {
  const { range, namedRangeId, tableId } = input;
  const set = [range, namedRangeId, tableId].filter((one) => one !== undefined);
  if (set.length !== 1) throw refuse(job, 'Exactly one of range, namedRangeId or tableId must be specified.');
  if (range) return { sheet: areaIn(job, range).sheet, place: { range: spoken(range) } };
  if (tableId !== undefined) {
    const table = objectWith(job.world, job.spreadsheetId, 'table', tableId)?.object.range;
    if (!table) throw refuse(job, `No table with id: ${tableId}`);
    return { sheet: areaIn(job, table).sheet, place: { range: table, tableId } };
  }
  const names = job.world.get(spreadsheets, job.spreadsheetId)?.namedRanges ?? [];
  const named = names.find((one) => one.namedRangeId === namedRangeId)?.range;
  if (!named) throw refuse(job, `Cannot find named range with id: ${namedRangeId}`);
  return { sheet: areaIn(job, named).sheet, place: { range: named, namedRangeId } };
}

/** Only a protected sheet has parts that are free. */
function checkedHoles(job: Job, range: GridRange | undefined, holes: readonly GridRange[] = []) {
  if (holes.length === 0) return {};
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = range ?? {};
  const whole = [startRowIndex, endRowIndex, startColumnIndex, endColumnIndex].every(
    (one) => one === undefined,
  );
  if (!whole) throw refuse(job, 'Unprotected ranges are only supported on protected sheets.');
  for (const hole of holes) {
    areaIn(job, hole);
    if ((hole.sheetId ?? 0) !== (range?.sheetId ?? 0))
      throw refuse(job, 'Unprotected ranges must be on the protected sheet.');
  }
  return { unprotectedRanges: holes.map(spoken) };
}

function documentEditors(job: Job): string[] {
  const writing = job.file.permissions.filter(({ role }) => role === 'owner' || role === 'writer');
  return writing.flatMap(({ emailAddress }) => emailAddress ?? []);
}

function mustBeEditor(job: Job, one: ProtectedRange): void {
  if (!canEdit(job.world, job.viewer, job.file, one)) throw refuse(job, REFUSAL);
}

function protectedRangeOf(job: Job, id: number | undefined): { sheet: SheetRow; one: ProtectedRange } {
  const found = findRange(job, id ?? 0);
  if (!found) throw refuse(job, `No protected range with id: ${id ?? 0}`);
  return found;
}

function findRange(job: Job, id: number): { sheet: SheetRow; one: ProtectedRange } | undefined {
  for (const sheet of sheetsOf(job.world, job.spreadsheetId)) {
    const one = sheet.protectedRanges.find((range) => range.protectedRangeId === id);
    if (one) return { sheet, one };
  }
  return undefined;
}

const without = (range: ProtectedRange): ProtectedRange =>
  Object.fromEntries(
    Object.entries(range).filter(([, value]) => value !== undefined),
  ) as unknown as ProtectedRange;
