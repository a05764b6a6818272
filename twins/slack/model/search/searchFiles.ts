/** Searching files by their names, titles and what they say. https://docs.slack.dev/reference/methods/search.files */
import type { World } from '../../../../src/world/world.ts';
import { files, placesOf, type SlackFile, type Token } from '../../world.ts';
import { seesFile } from '../files/fileShare.ts';
import { familyOf } from '../files/fileType.ts';
import { type DayModifier, fits, lacking, parseSearch, type Term, wordingOf } from './query.ts';
import { offsetOf, personMeant, placeMeant } from './searchTerm.ts';
import type { Found, SearchOrder } from './searchWalk.ts';
import { spanOf } from './span.ts';

/** `type:` by its words; the rest are the families of `files.list`. */
const TYPES: Readonly<Record<string, (file: SlackFile) => boolean>> = {
  canvases: (file) => file.mode === 'quip',
  lists: (file) => file.mode === 'list',
  audio: (file) => familyOf(file) === 'audios',
  documents: (file) => ['doc', 'docx', 'gdoc'].includes(file.filetype),
  spreadsheets: (file) => ['xls', 'xlsx', 'csv', 'gsheet'].includes(file.filetype),
  presentations: (file) => ['ppt', 'pptx', 'gpres'].includes(file.filetype),
};
const FAMILIES = ['images', 'videos', 'audios', 'zips', 'pdfs', 'gdocs', 'snippets', 'spaces'];

/** The files that match `query`, the newest first; what is said of messages only (`has:`, `is:`) finds none. */
export function searchFiles(
  world: World,
  actor: Token,
  query: string,
  { ascending, offset, limit }: Pick<SearchOrder, 'ascending' | 'offset' | 'limit'>,
): Found<SlackFile> {
  const tests = parseSearch(query).map((term) => {
    const test = testOf(world, actor, term);
    return term.negated ? (file: SlackFile) => !test(file) : test;
  });
  const range = world.list(files, {
    index: 'recent',
    reverse: !ascending,
    where: (file) =>
      file.mode !== 'tombstone' && seesFile(world, actor.user, file) && tests.every((test) => test(file)),
  });
  return { total: range.count(), items: range.page({ limit, offset }).items };
}

function testOf(world: World, actor: Token, term: Term): (file: SlackFile) => boolean {
  const { kind, value } = term;
  switch (kind) {
    case 'text': {
      const wording = wordingOf(term);
      return (file) =>
        wording.words.length === 0 || fits(wording, `${file.title} ${file.name} ${file.said ?? ''}`);
    }
    case 'from':
    case 'creator': {
      const maker = personMeant(world, actor, value)?.id;
      return (file) => file.user === maker;
    }
    case 'in': {
      const place = placeMeant(world, actor, value)?.id;
      return (file) => place !== undefined && placesOf(file).includes(place);
    }
    case 'type': {
      const test = TYPES[value];
      if (!test && !FAMILIES.includes(value)) throw lacking(`type:${value}`);
      return test ?? ((file) => familyOf(file) === value);
    }
    case 'before':
    case 'after':
    case 'on':
    case 'during':
      return within(world, actor, kind, value);
    default:
      return () => false;
  }
}

function within(world: World, actor: Token, kind: DayModifier, value: string) {
  const { from, to } = spanOf(kind, value, world.now(), offsetOf(world, actor));
  return ({ created }: SlackFile): boolean => created * 1_000 >= from && created * 1_000 < to;
}
