/** Fields of requests of which only one may be said. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request */
import { badField } from '../../../errors.ts';
import type { Job } from './job.ts';

/** The names of the unions, with their fields. */
const ONEOFS: Readonly<Record<string, readonly string[]>> = {
  insertion_location: ['location', 'endOfSegmentLocation'],
  cells: ['tableRange', 'tableStartLocation'],
  named_range_reference: ['namedRangeId', 'name', 'namedRangeName'],
};

/** Throws 400 in the words of protobuf's reader. */
export function checkOneofs(job: Job, input: object): void {
  for (const [union, fields] of Object.entries(ONEOFS)) {
    const [, second] = Object.keys(input).filter((name) => fields.includes(name));
    if (second === undefined) continue;
    const at = job.asked.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    throw badField(
      `Invalid value at '${at}' (oneof), oneof field '${union}' is already set. Cannot set '${second}'`,
      at,
    );
  }
}
