/** Requests about alternating colours: `BandedRange`. */
import { assign } from '../../../fields.ts';
import type { BandedRange, BandingProperties, ObjectRow } from '../../world/objects.ts';
import { type Area, gridArea } from '../area.ts';
import { withColors } from '../color.ts';
import { bandsOf } from '../object/appearance.ts';
import { overlap } from '../object/overlap.ts';
import { spoken } from '../object/spoken.ts';
import { addObject, freeObjectId, objectWith, removeObject, saveObject } from '../object/store.ts';
import { type Job, maskOf, refuse } from './job.ts';

export function addBandingRequest(job: Job, { bandedRange = {} }: { bandedRange?: BandedRange }): object {
  const given = bandedRange.bandedRangeId;
  if (given !== undefined && objectWith(job.world, job.spreadsheetId, 'banding', given))
    throw refuse(job, `A banded range with ID ${given} already exists.`);
  const area = checked(job, bandedRange, undefined);
  const id = given ?? freeObjectId(job.world, job.spreadsheetId, ['banding']);
  const made = shaped({ ...bandedRange, bandedRangeId: id });
  addObject(
    job.world,
    { spreadsheetId: job.spreadsheetId, sheetId: area.sheet.properties.sheetId },
    'banding',
    id,
    made,
  );
  return { bandedRange: made };
}

export function updateBandingRequest(
  job: Job,
  { bandedRange = {}, fields }: { bandedRange?: BandedRange; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const row = bandingWith(job, bandedRange.bandedRangeId);
  const next = { ...assign(row.object, bandedRange, mask), bandedRangeId: row.object.bandedRangeId };
  const area = checked(job, next, row.object);
  saveObject(job.world, row, { object: shaped(next), sheetId: area.sheet.properties.sheetId });
}

export function deleteBandingRequest(job: Job, { bandedRangeId }: { bandedRangeId?: number }): void {
  removeObject(job.world, bandingWith(job, bandedRangeId));
}

function bandingWith(job: Job, id: number = 0): ObjectRow<'banding'> {
  const found = objectWith(job.world, job.spreadsheetId, 'banding', id);
  if (!found) throw refuse(job, `No banded range with id: ${id}`);
  return found;
}

function checked(job: Job, band: BandedRange, itself: BandedRange | undefined): Area {
  if (!band.range) throw refuse(job, 'bandedRange.range is required.');
  const area = gridArea(job.world, job.spreadsheetId, band.range, job.asked);
  if (!band.rowProperties && !band.columnProperties)
    throw refuse(job, 'At least one of rowProperties or columnProperties must be specified.');
  for (const properties of [band.rowProperties, band.columnProperties])
    if (properties) checkBands(job, properties);
  const others = bandsOf(job.world, job.spreadsheetId, area.sheet.properties.sheetId);
  if (others.some((other) => other !== itself && overlap(other.range ?? {}, area)))
    throw refuse(
      job,
      'You cannot add alternating background colors to a range that already has alternating background colors.',
    );
  return area;
}

function checkBands(job: Job, properties: BandingProperties): void {
  for (const name of ['firstBandColor', 'secondBandColor'] as const)
    if (!properties[name] && !properties[`${name}Style`]) throw refuse(job, `${name} is required.`);
}

const shaped = (band: BandedRange): BandedRange => withColors(spoken(band));
