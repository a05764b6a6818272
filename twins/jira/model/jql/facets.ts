/**
 * By what queries find issues without looking at each: terms of one index, `status=3` for what a field holds, `status=`
 * where it holds nothing, `summary~export` for the words of a text.
 */
import { stem } from '../../../../src/stem.ts';
import { words } from '../../../../src/table.ts';
import type { Issue, IssueFields } from '../../entities.ts';
import { type AdfNode, plainText } from '../text/adf.ts';

/** Where an issue stands among others: ids that sort as numbers. */
export const placeOfId = (id: string): string => String.fromCharCode(96 + id.length) + id;

/** The id at a place. */
export const idAtPlace = (place: string): string => place.slice(1);

/** The term under which issues are found of which `field` holds `id`; without an id, those of which it holds nothing. */
export const facet = (field: string, id = ''): string => `${field}=${id}`;

/** The term under which issues are found in whose text a word stands. */
export const wordFacet = (field: string, stemmed: string): string => `${field}~${stemmed}`;

/** The words of a text in the form in which they are compared, each once. */
export const stemmedWords = (text: string): string[] => [...new Set(words(text).map(stem))];

/** The term of every issue. */
export const EVERY = 'issue';

/** The term of issues that have a security level. */
export const SECURED = 'security';

/** All terms of an issue. */
export function facetsOf({ fields }: Issue): string[] {
  const terms: string[] = [EVERY, ...('security' in fields && fields.security ? [SECURED] : [])];
  const one = (field: string, id: string | undefined) => void terms.push(facet(field, id));
  const many = (field: string, ids: readonly string[]) => {
    if (ids.length === 0) one(field, undefined);
    for (const id of ids) one(field, id);
  };
  one('project', fields.project.id);
  one('issuetype', fields.issuetype.id);
  one('status', fields.status.id);
  one('priority', fields.priority?.id);
  one('resolution', fields.resolution?.id);
  one('assignee', fields.assignee?.accountId);
  one('reporter', fields.reporter?.accountId);
  one('creator', fields.creator.accountId);
  one('parent', fields.parent?.id);
  many('labels', lowered(fields.labels));
  many('components', idsOf(fields.components));
  many('fixVersions', idsOf(fields.fixVersions));
  many('versions', idsOf(fields.versions));
  many('customfield_10020', heldIds(fields.customfield_10020));
  for (const [id, value] of Object.entries(fields))
    if (id.startsWith('customfield_') && value !== null && id !== 'customfield_10020')
      custom(terms, id, value);
  for (const field of TEXTS)
    for (const word of stemmedWords(textOf(fields[field]))) terms.push(wordFacet(field, word));
  return [...new Set(terms)];
}

/** Texts of every issue that queries search. */
export const TEXTS = ['summary', 'description', 'environment'] as const;

/** Whether two issues have the same terms, told by what they are made of. */
export function sameFacets(before: Issue, after: Issue): boolean {
  const [a, b] = [before.fields, after.fields];
  if (a === b) return true;
  for (const id of new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof IssueFields>)
    if (!UNSEEN.has(id) && a[id] !== b[id]) return false;
  return true;
}

/** Fields that no term is made of. */
const UNSEEN: ReadonlySet<string> = new Set([
  'created',
  'updated',
  'resolutiondate',
  'statuscategorychangedate',
  'duedate',
  'timeoriginalestimate',
  'timeestimate',
  'timespent',
  'customfield_10019',
]);

/** The ids that a custom field's value holds: of options, people, versions, groups, sprints; labels as they are. */
export function heldIds(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(heldIds);
  if (typeof value !== 'object') return [String(value).toLowerCase()];
  const { id, accountId, groupId, child } = value as Record<string, unknown>;
  const own = id ?? accountId ?? groupId;
  return [...(own === undefined ? [] : [String(own)]), ...(child ? heldIds(child) : [])];
}

function custom(terms: string[], id: string, value: unknown): void {
  if (typeof value === 'object') for (const held of heldIds(value)) terms.push(facet(id, held));
  const text = textOf(value);
  if (text !== '') for (const word of stemmedWords(text)) terms.push(wordFacet(id, word));
}

/** A stored text or document as plain text; nothing for anything else. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || (value as AdfNode).type !== 'doc') return '';
  return plainText(value as AdfNode);
}

const idsOf = (refs: readonly { id: string }[]): string[] => refs.map((ref) => ref.id);
const lowered = (texts: readonly string[]): string[] => texts.map((text) => text.toLowerCase());
