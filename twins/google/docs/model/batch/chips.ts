/** People, links and dates that stand in the text as one thing. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request#InsertPersonRequest */
import { canSee } from '../../../drive/model/access.ts';
import { files } from '../../../drive/world.ts';
import type { ElementKind, Fields } from '../../world/content.ts';
import { insertRuns } from '../content/insertText.ts';
import { elementRun } from '../content/runs.ts';
import { type DateProperties, shownDate } from '../shownDate.ts';
import { type Job, newId, outside, putContent, refuse, spotOf, type Where } from './job.ts';
import { paragraphSpot } from './paragraphSpot.ts';

interface Spot {
  location?: Where;
  endOfSegmentLocation?: Where;
}

/** `insertPerson` */
export function insertPerson(
  job: Job,
  input: Spot & { personProperties?: { name?: string; email?: string } },
): void {
  const { name, email } = input.personProperties ?? {};
  if (!email || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw refuse(job, 'The email address of the person is invalid.');
  const personProperties = { ...(name ? { name } : {}), email };
  insertElement(job, input, 'person', { personId: newId(job, 'kix'), personProperties });
}

/** `insertRichLink`: a file of Drive gives its title and type, as far as the caller may see it. */
export function insertRichLink(
  job: Job,
  input: Spot & { richLinkProperties?: { title?: string; uri?: string; mimeType?: string } },
): void {
  const { uri, title, mimeType } = input.richLinkProperties ?? {};
  if (!uri || !/^https?:\/\//.test(uri) || !URL.canParse(uri))
    throw refuse(job, 'The URI of the rich link is invalid.');
  const [, id] =
    /^https:\/\/(?:docs|drive)\.google\.com\/.*?(?:\/d\/|\/folders\/|[?&]id=)([\w-]+)/.exec(uri) ?? [];
  const file = id === undefined ? undefined : job.world.get(files, id);
  if (id !== undefined && (!file || !canSee(job.world, job.viewer, file)))
    throw refuse(job, 'The resource of the rich link was not found.');
  const richLinkProperties = {
    title: file?.name ?? title ?? uri,
    uri,
    ...(file ? { mimeType: file.mimeType } : mimeType ? { mimeType } : {}),
  };
  insertElement(job, input, 'richLink', { richLinkId: newId(job, 'kix'), richLinkProperties });
}

/** `insertDate` */
export function insertDate(job: Job, input: Spot & { dateElementProperties?: DateProperties }): void {
  const properties = input.dateElementProperties ?? {};
  const displayText = shownDate(properties);
  if (displayText === undefined) throw refuse(job, 'The date element properties are invalid.');
  const dateElementProperties: Fields = {
    timestamp: properties.timestamp,
    timeZoneId: properties.timeZoneId || 'etc/UTC',
    locale: properties.locale || 'en',
    dateFormat: properties.dateFormat ?? 'DATE_FORMAT_MONTH_DAY_YEAR_ABBREVIATED',
    timeFormat: properties.timeFormat ?? 'TIME_FORMAT_DISABLED',
    displayText,
  };
  insertElement(job, input, 'dateElement', { dateId: newId(job, 'kix'), dateElementProperties });
}

/** Puts something of one index into a paragraph. Throws 400 outside of one. */
function insertElement(job: Job, spot: Spot, kind: ElementKind, properties: Fields): void {
  const { segment, index } = spotOf(job, spot);
  const at = paragraphSpot(job, segment, index);
  const content = insertRuns(segment.content, at, (style) => [elementRun(kind, properties, style)]);
  if (!content) throw outside(job);
  putContent(job, segment, content, [{ at, removed: 0, inserted: 1 }]);
}
