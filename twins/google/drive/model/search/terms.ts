/**
 * What files can be searched by, and which files a search means.
 * https://developers.google.com/workspace/drive/api/guides/ref-search-terms
 */
import { hasPlace, type Places } from '../../../../../src/postings.ts';
import { words } from '../../../../../src/table.ts';
import type { World } from '../../../../../src/world/world.ts';
import { fileTexts, nameWords } from '../../world/text.ts';
import type { FileRow } from '../../world.ts';
import { resolveAlias, type Viewer } from '../access.ts';
import { holdsLabel, isLabelTerm, labelTerm } from '../label/search.ts';
import { staleTexts, wholeText, wordsNow } from '../text.ts';
import {
  type Condition,
  compares,
  type Operator,
  parseCondition,
  type Term,
  type Test,
  timeOf,
} from './condition.ts';

const TEXT: readonly Operator[] = ['contains', '=', '!='];
const EQUAL: readonly Operator[] = ['=', '!='];
const TIME: readonly Operator[] = ['<=', '<', '=', '!=', '>', '>='];
const VISIBILITIES = ['anyoneCanFind', 'anyoneWithLink', 'domainCanFind', 'domainWithLink', 'limited'];

const TERMS: Readonly<Record<string, Term>> = {
  name: { operators: TEXT, value: 'text' },
  fullText: { operators: ['contains'], value: 'text' },
  mimeType: { operators: TEXT, value: 'text' },
  modifiedTime: { operators: TIME, value: 'time' },
  viewedByMeTime: { operators: TIME, value: 'time' },
  createdTime: { operators: TIME, value: 'time' },
  sharedWithMeTime: { operators: TIME, value: 'time' },
  trashed: { operators: EQUAL, value: 'flag' },
  starred: { operators: EQUAL, value: 'flag' },
  sharedWithMe: { operators: EQUAL, value: 'flag' },
  visibility: { operators: EQUAL, value: 'text', choices: VISIBILITIES },
  'shortcutDetails.targetId': { operators: EQUAL, value: 'text' },
  parents: { operators: ['in'], value: 'text' },
  owners: { operators: ['in'], value: 'text' },
  writers: { operators: ['in'], value: 'text' },
  readers: { operators: ['in'], value: 'text' },
  labels: { operators: ['in'], value: 'text' },
  properties: { operators: ['has'], value: 'text' },
  appProperties: { operators: ['has'], value: 'text' },
};

/** What the older API calls terms. */
const V2_NAMES: Readonly<Record<string, string>> = {
  title: 'name',
  modifiedDate: 'modifiedTime',
  lastViewedByMeDate: 'viewedByMeTime',
  createdDate: 'createdTime',
};

/** The condition that a search of files says; `v2` in the older API's words. Throws `invalid` (location `q`). */
export function parseQuery(text: string, v2: boolean = false): Condition {
  const term = (word: string): Term | undefined =>
    (Object.hasOwn(TERMS, word) ? TERMS[word] : undefined) ?? (isLabelTerm(word) ? labelTerm : undefined);
  if (!v2) return parseCondition(text, term);
  return renamed(parseCondition(text, (word) => term(V2_NAMES[word] ?? word)));
}

function renamed(condition: Condition): Condition {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { ...condition, parts: condition.parts.map(renamed) };
    case 'not':
      return { ...condition, part: renamed(condition.part) };
    case 'property':
      return condition.visibility === 'PUBLIC' ? condition : { ...condition, term: 'appProperties' };
    default:
      return { ...condition, term: V2_NAMES[condition.term] ?? condition.term };
  }
}

/** Whether a file is what one part of a search means. */
export function holds(
  world: World,
  viewer: Viewer,
  file: FileRow,
  leaf: Extract<Condition, { kind: 'test' | 'property' }>,
): boolean {
  if (leaf.kind === 'property') {
    const map = leaf.term === 'properties' ? file.properties : file.appProperties?.[viewer.app];
    return map?.[leaf.key] === leaf.value;
  }
  if (leaf.term === 'labels' || isLabelTerm(leaf.term)) return holdsLabel(world, file, leaf);
  const time = TERMS[leaf.term]?.value === 'time' ? timeFor(file, viewer, leaf.term) : undefined;
  if (TERMS[leaf.term]?.value === 'time')
    return time !== undefined && compares(Date.parse(time), leaf.operator, timeOf(String(leaf.value)));
  return says(world, viewer, file, leaf) !== (leaf.operator === '!=');
}

/** A test as if its operator said yes. */
function says(world: World, viewer: Viewer, file: FileRow, test: Test): boolean {
  const { term, operator, value } = test;
  const text = String(value);
  switch (term) {
    case 'name':
      return operator === 'contains' ? prefixMatch(file.name, text) : same(file.name, text);
    case 'mimeType':
      return operator === 'contains' ? prefixMatch(file.mimeType, text) : file.mimeType === text;
    case 'fullText':
      return fullText(world, file, test);
    case 'trashed':
      return file.trashed === value;
    case 'starred':
      return file.starredBy.includes(viewer.email) === value;
    case 'sharedWithMe':
      return (sharedTime(file, viewer) !== undefined) === value;
    case 'parents':
      return file.parents.includes(resolveAlias(world, viewer, text));
    case 'owners':
      return file.owner !== undefined && same(file.owner, asEmail(viewer, text));
    case 'writers':
      return granted(file, asEmail(viewer, text), ['owner', 'organizer', 'fileOrganizer', 'writer']);
    case 'readers':
      return granted(file, asEmail(viewer, text), undefined);
    case 'visibility':
      return visibilityOf(file) === text;
    default:
      return file.shortcutDetails?.targetId === text;
  }
}

/** The time that a term means for the viewer; undefined where there is none. */
export function timeFor(file: FileRow, viewer: Viewer, term: string): string | undefined {
  switch (term) {
    case 'createdTime':
      return file.createdTime;
    case 'sharedWithMeTime':
      return sharedTime(file, viewer);
    case 'viewedByMeTime':
      return file.viewedBy?.[viewer.email];
    case 'modifiedByMeTime':
      return file.modifiedBy?.[viewer.email];
    default:
      return file.modifiedTime;
  }
}

/** When somebody else shared the file with the viewer by name. */
function sharedTime(file: FileRow, viewer: Viewer): string | undefined {
  if (file.owner === undefined || same(file.owner, viewer.email)) return undefined;
  return file.permissions.find(
    (one) => one.inheritedFrom === undefined && one.emailAddress && same(one.emailAddress, viewer.email),
  )?.sharedTime;
}

function granted(file: FileRow, email: string, roles: readonly string[] | undefined): boolean {
  return file.permissions.some(
    (one) => one.emailAddress && same(one.emailAddress, email) && (!roles || roles.includes(one.role)),
  );
}

function visibilityOf(file: FileRow): string {
  const anyone = file.permissions.find((one) => one.type === 'anyone');
  if (anyone) return anyone.allowFileDiscovery ? 'anyoneCanFind' : 'anyoneWithLink';
  const domain = file.permissions.find((one) => one.type === 'domain');
  return domain ? (domain.allowFileDiscovery ? 'domainCanFind' : 'domainWithLink') : 'limited';
}

/** `contains` matches beginnings of words only (the vendor documents `HelloWorld` and `World`). */
function prefixMatch(name: string, text: string): boolean {
  const lower = name.toLowerCase();
  const wanted = text.toLowerCase();
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(lower[at - 1] as string) || !/^[\p{L}\p{N}]/u.test(wanted))
      return true;
  return wanted === '';
}

/** Whole words of name, description and content; a quoted text as one phrase. */
function fullText(world: World, file: FileRow, test: Test): boolean {
  const text = String(test.value);
  const phrase = phraseOf(text);
  if (phrase !== undefined) return wholeText(world, file).toLowerCase().includes(phrase.toLowerCase());
  const { wanted, stale } = findings(world, test, text);
  const said = stale.has(file.id) ? wordsNow(world, file) : undefined;
  const isInside = ({ word, insides }: Wanted) =>
    said ? said.has(word) : insides !== undefined && hasPlace(insides, file.id);
  return wanted.every((one) => isInside(one) || isNamed(file, one.word));
}

/** Read off the row at hand: quicker than an index of all names. */
const isNamed = (file: FileRow, word: string): boolean =>
  [file.name, file.description].some((text) => text?.toLowerCase().includes(word)) &&
  nameWords.terms(file).includes(word);

/** A word that is looked for, with the ids of all that hold it inside. */
interface Wanted {
  word: string;
  insides: Places | undefined;
}

interface Findings {
  wanted: Wanted[];
  /** Files whose words are not known. */
  stale: ReadonlySet<string>;
}

/** Of each test of a search, looked up once for all the files that it is put to. */
const FOUND = new WeakMap<Test, Findings>();

function findings(world: World, test: Test, text: string): Findings {
  const known = FOUND.get(test);
  if (known) return known;
  const insides = world.postings(fileTexts, 'words');
  const found: Findings = {
    wanted: words(text).map((word) => ({ word, insides: insides.get(word) })),
    stale: new Set(staleTexts(world).map(({ id }) => id)),
  };
  FOUND.set(test, found);
  return found;
}

/** What stands between double quotes; undefined for words that may stand anywhere. */
const phraseOf = (text: string): string | undefined => /^"(.*)"$/s.exec(text)?.[1];

export const asEmail = (viewer: Viewer, text: string): string => (text === 'me' ? viewer.email : text);
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
