/** A picture beside a paragraph, which programs can only delete: people place them. */
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { touchFile } from '../../drive/model/file.ts';
import type { Content, Fields } from '../world/content.ts';
import { documents } from '../world.ts';
import { imageObject, sizeFor } from './batch/images.ts';
import { type Job, newId, nothingAffected } from './batch/job.ts';
import { keepEdits } from './batch/rebase.ts';
import { openDocument } from './document.ts';
import { fetchedImage } from './image/fetchedImage.ts';

const ZERO: Fields = { unit: 'PT' };

/** Ties a picture to the first paragraph of the first tab; gives its object id. Throws `forbidden`, 400. */
export function placeImage(world: World, viewer: Viewer, documentId: string, uri: string): string {
  const { file, row } = openDocument(world, viewer, documentId, 'writer');
  const job: Job = {
    world,
    viewer,
    file,
    row,
    asked: 'image',
    edits: [],
    suggests: false,
    affected: nothingAffected(),
  };
  const objectId = newId(job, 'kix');
  const made = {
    positioning: { layout: 'WRAP_TEXT', leftOffset: ZERO, topOffset: ZERO },
    embeddedObject: imageObject(job, uri, sizeFor(job, fetchedImage(job, uri)), {}),
  };
  const tabs = row.tabs.map((tab, nth) =>
    nth > 0
      ? tab
      : {
          ...tab,
          body: tied(tab.body, objectId),
          positionedObjects: { ...tab.positionedObjects, [objectId]: made },
        },
  );
  const revision = row.revision + 1;
  world.update(documents, documentId, { tabs, revision });
  keepEdits(world, documentId, revision, []);
  touchFile(world, viewer, file);
  return objectId;
}

function tied(content: Content, objectId: string): Content {
  const first = content.findIndex((block) => block.kind === 'paragraph');
  return content.map((block, nth) =>
    nth === first && block.kind === 'paragraph'
      ? { ...block, positionedObjectIds: [...(block.positionedObjectIds ?? []), objectId] }
      : block,
  );
}
