/**
 * `spreadsheets.batchUpdate`: all requests or none. https://developers.google.com/workspace/sheets/api/guides/batchupdate
 */
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import { touchFile } from '../../../drive/model/file.ts';
import { badArgument, badField, missingPart } from '../../../errors.ts';
import { BATCH_REQUESTS_MAX } from '../../../limits.ts';
import { openSpreadsheet } from '../spreadsheet.ts';
import type { Job } from './job.ts';
import { KINDS, MISSING } from './kinds.ts';

/** Does the requests in order and gives their replies, one each. Throws 400 that names the request at fault. */
export function batchUpdate(
  world: World,
  viewer: Viewer,
  spreadsheetId: string,
  requests: readonly Record<string, unknown>[],
): object[] {
  const { file } = openSpreadsheet(world, viewer, spreadsheetId, 'writer');
  if (requests.length === 0) throw badArgument('Must specify at least one request.');
  if (requests.length > BATCH_REQUESTS_MAX) throw badArgument('Too many requests.');
  const job: Job = { world, viewer, file, spreadsheetId, asked: '' };
  const replies = requests.map((request, i) => {
    const [name, ...more] = Object.keys(request ?? {});
    if (name === undefined) throw badArgument(`Invalid requests[${i}]: No request set.`);
    const work = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (!work && MISSING.has(name)) throw missingPart(`sheets.spreadsheets.batchUpdate:${name}`);
    if (!work || more.length > 0) throw unknown(work ? (more[0] ?? '') : name, i);
    job.asked = `requests[${i}].${name}`;
    const reply = work(job, (request[name] ?? {}) as never);
    return reply ? { [name]: reply } : {};
  });
  touchFile(world, viewer, job.file);
  return replies;
}

const unknown = (name: string, i: number) =>
  badField(
    `Invalid JSON payload received. Unknown name "${name}" at 'requests[${i}]': Cannot find field.`,
    `requests[${i}]`,
  );
