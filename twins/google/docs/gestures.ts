/** What a person does in Docs: type, suggest, take suggestions up, place a picture. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { fileNamed, viewerFor } from '../drive/fileNamed.ts';
import { atLeast, roleOf } from '../drive/model/access.ts';
import { type FileRow, MIME } from '../drive/world.ts';
import { gesture, shape } from '../gesture.ts';
import { batchUpdate, type Request } from './model/batch/batch.ts';
import { foundIn } from './model/foundIn.ts';
import { placeImage } from './model/placeImage.ts';
import { openSuggestions } from './model/suggestion/suggestion.ts';

const name = { type: 'string', minLength: 1, maxLength: 1_000 } as const;
const words = { type: 'string', minLength: 1, maxLength: 100_000 } as const;

export const documentGestures: Readonly<Record<string, Gesture>> = {
  typeText: gesture<{ file: string; text: string }>(
    'Types text at the end of a document; who may only comment suggests it.',
    shape({ file: name, text: words }, ['file', 'text']),
    (world, as, { file, text }) => {
      const document = documentNamed(world, as, file);
      const editor = atLeast(roleOf(world, document, as), 'writer');
      edit(world, as, document, [{ insertText: { text, endOfSegmentLocation: {} } }], !editor);
    },
  ),
  suggest: gesture<{ file: string; find?: string; text?: string }>(
    'Suggests text at the end of a document, or in the place of the first text like `find`; no text takes that out.',
    shape({ file: name, find: words, text: words }, ['file']),
    (world, as, { file, find, text }) => {
      const document = documentNamed(world, as, file);
      const range = find === undefined ? undefined : foundIn(world, document.id, find);
      const spot = range ? { location: { index: range.endIndex } } : { endOfSegmentLocation: {} };
      const requests = [
        ...(range ? [{ deleteContentRange: { range } }] : []),
        ...(text ? [{ insertText: { text, ...spot } }] : []),
      ];
      return { suggestions: edit(world, as, document, requests, true) };
    },
  ),
  acceptSuggestion: resolving(
    'Takes up a suggestion of a document (its id; all open ones unless said).',
    'acceptSuggestion',
  ),
  rejectSuggestion: resolving(
    'Drops a suggestion of a document (its id; all open ones unless said).',
    'rejectSuggestion',
  ),
  placeImage: gesture<{ file: string; url: string }>(
    'Places a picture from the web beside the first paragraph of a document, so that text flows around it.',
    shape({ file: name, url: { type: 'string', format: 'uri', maxLength: 2_000 } }, ['file', 'url']),
    (world, as, { file, url }) => ({
      objectId: placeImage(world, viewerFor(world, as), documentNamed(world, as, file).id, url),
    }),
  ),
};

/** Resolves one suggestion or all that are open. */
function resolving(says: string, kind: 'acceptSuggestion' | 'rejectSuggestion'): Gesture {
  return gesture<{ file: string; suggestion?: string }>(
    says,
    shape({ file: name, suggestion: name }, ['file']),
    (world, as, { file, suggestion }) => {
      const document = documentNamed(world, as, file);
      const ids = suggestion === undefined ? openSuggestions(world, document.id) : [suggestion];
      const requests = ids.map((suggestionId) => ({ [kind]: { suggestionId } }));
      edit(world, as, document, requests, false);
    },
  );
}

const documentNamed = (world: World, as: string, file: string): FileRow =>
  fileNamed(world, viewerFor(world, as), file, MIME.document);

/** Does requests in a person's name; gives the ids of the suggestions that they made or changed. */
function edit(world: World, as: string, { id }: FileRow, requests: Request[], suggests: boolean): string[] {
  const control = suggests ? { writeMode: 'SUGGEST' } : {};
  const { affected } = batchUpdate(world, viewerFor(world, as), id, requests, control);
  return [...new Set(affected.flatMap(({ created, updated }) => [...created, ...updated]))];
}
