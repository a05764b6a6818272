/** Pictures in a document. https://developers.google.com/workspace/docs/api/how-tos/images */
import { BASE64URL } from '../../../../../src/ids.ts';
import { shortFloat } from '../../../sheets/model/color.ts';
import type { Fields } from '../../world/content.ts';
import { changeParagraphs } from '../content/edit.ts';
import { insertRuns } from '../content/insertText.ts';
import { elementRun } from '../content/runs.ts';
import { endOf } from '../content/walk.ts';
import { fetchedImage } from '../image/fetchedImage.ts';
import type { Pixels } from '../image/imageBytes.ts';
import {
  type Job,
  newId,
  outside,
  putContent,
  putTab,
  refuse,
  segmentOf,
  segmentsOf,
  spotOf,
  tabOf,
  type Where,
} from './job.ts';
import { paragraphSpot } from './paragraphSpot.ts';

/** Points of a pixel at 96 pixels an inch, and those of a line of US letter. */
const POINTS_PER_PIXEL = 0.75;
const WIDTH_MAX = 468;
const MARGIN: Fields = { magnitude: 9, unit: 'PT' };

interface Size {
  width?: { magnitude?: number; unit?: string };
  height?: { magnitude?: number; unit?: string };
}
interface Points {
  width: number;
  height: number;
}

/** `insertInlineImage` */
export function insertInlineImage(
  job: Job,
  input: { uri?: string; objectSize?: Size; location?: Where; endOfSegmentLocation?: Where },
): object {
  const { segment, index } = spotOf(job, input);
  if (segment.kind === 'footnotes') throw refuse(job, 'Inline images cannot be inserted inside a footnote.');
  const at = paragraphSpot(job, segment, index);
  const size = sizeFor(job, fetchedImage(job, input.uri), input.objectSize);
  const objectId = newId(job, 'kix');
  const content = insertRuns(segment.content, at, (style) => [
    elementRun('inlineObjectElement', { inlineObjectId: objectId }, style),
  ]);
  if (!content) throw outside(job);
  putContent(job, segment, content, [{ at, removed: 0, inserted: 1 }]);
  const tab = tabOf(job, segment.tab.tabId);
  const made = { embeddedObject: imageObject(job, String(input.uri), size, {}) };
  putTab(job, { ...tab, inlineObjects: { ...tab.inlineObjects, [objectId]: made } });
  return { objectId };
}

/** `replaceImage`: the new picture fills the frame of the old and is cropped evenly; effects on the old one go. */
export function replaceImage(
  job: Job,
  input: { imageObjectId?: string; uri?: string; tabId?: string },
): void {
  const tab = tabOf(job, input.tabId);
  const id = input.imageObjectId ?? '';
  const held = id in tab.inlineObjects ? 'inlineObjects' : 'positionedObjects';
  const object = tab[held][id];
  const embedded = object?.embeddedObject as Fields | undefined;
  if (!object || !embedded?.imageProperties)
    throw refuse(job, `The object with ID ${id} could not be found.`);
  const pixels = fetchedImage(job, input.uri);
  const size = pointsOf(embedded.size as Size);
  const { title, description, ...rest } = embedded;
  const next = {
    ...rest,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    imageProperties: imageProperties(job, String(input.uri), cropped(pixels, size)),
  };
  putTab(job, { ...tab, [held]: { ...tab[held], [id]: { ...object, embeddedObject: next } } });
}

/** `deletePositionedObject` */
export function deletePositionedObject(job: Job, input: { objectId?: string; tabId?: string }): void {
  const tab = tabOf(job, input.tabId);
  const id = input.objectId ?? '';
  const { [id]: gone, ...positionedObjects } = tab.positionedObjects;
  if (!gone) throw refuse(job, `The object with ID ${id} could not be found.`);
  putTab(job, { ...tab, positionedObjects });
  for (const { segmentId } of segmentsOf(tab)) {
    const segment = segmentOf(job, { tabId: tab.tabId, segmentId });
    const content = changeParagraphs(segment.content, 0, endOf(segment.content), (paragraph) => {
      const { positionedObjectIds, ...plain } = paragraph;
      if (!positionedObjectIds?.includes(id)) return paragraph;
      const kept = positionedObjectIds.filter((one) => one !== id);
      return kept.length > 0 ? { ...plain, positionedObjectIds: kept } : plain;
    });
    putContent(job, segment, content);
  }
}

/** An image as Docs keeps it. */
export const imageObject = (job: Job, uri: string, size: Points, crop: Fields): Fields => ({
  imageProperties: imageProperties(job, uri, crop),
  embeddedObjectBorder: {
    color: { color: { rgbColor: {} } },
    width: { unit: 'PT' },
    dashStyle: 'SOLID',
    propertyState: 'NOT_RENDERED',
  },
  size: { height: points(size.height), width: points(size.width) },
  marginTop: MARGIN,
  marginBottom: MARGIN,
  marginRight: MARGIN,
  marginLeft: MARGIN,
});

/** How large a picture is put in: as asked, in its own proportions, or as its pixels say. Throws 400. */
export function sizeFor(job: Job, { width, height }: Pixels, asked: Size = {}): Points {
  for (const side of [asked.width, asked.height]) {
    if (side && side.unit !== 'PT')
      throw refuse(job, `Unsupported dimension unit: ${side.unit ?? 'UNIT_UNSPECIFIED'}`);
    if (side && (side.magnitude ?? 0) <= 0) throw refuse(job, 'The size of an object must be positive.');
  }
  const [wide, high] = [asked.width?.magnitude, asked.height?.magnitude];
  const natural = { width: width * POINTS_PER_PIXEL, height: height * POINTS_PER_PIXEL };
  const scales = [
    ...(wide === undefined ? [] : [wide / natural.width]),
    ...(high === undefined ? [] : [high / natural.height]),
  ];
  const scale = scales.length > 0 ? Math.min(...scales) : Math.min(1, WIDTH_MAX / natural.width);
  return { width: natural.width * scale, height: natural.height * scale };
}

const imageProperties = (job: Job, sourceUri: string, cropProperties: Fields): Fields => ({
  contentUri: `https://lh7-rt.googleusercontent.com/docsz/AD_4nX${job.world.draw('google.docs.image').chars(BASE64URL, 160)}`,
  sourceUri,
  cropProperties,
});

/** What is cut off of a picture so that it fills a frame of other proportions. */
function cropped({ width, height }: Pixels, frame: Points): Fields {
  const [image, wanted] = [width / height, frame.width / frame.height];
  const offset = shortFloat(Math.abs(1 - Math.min(image / wanted, wanted / image)) / 2);
  if (offset === 0) return {};
  return image > wanted
    ? { offsetLeft: offset, offsetRight: offset }
    : { offsetTop: offset, offsetBottom: offset };
}

const pointsOf = ({ width, height }: Size): Points => ({
  width: width?.magnitude ?? 1,
  height: height?.magnitude ?? 1,
});
const points = (magnitude: number): Fields => ({ magnitude, unit: 'PT' });
