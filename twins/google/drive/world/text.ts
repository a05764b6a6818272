/** What files are found by: words of what is in them, and facts by which lists are narrowed. */
import { table, words } from '../../../../src/table.ts';
import type { FileRow } from '../world.ts';
import { seers } from './seen.ts';

/** The words inside of one file. */
export interface FileText {
  id: string;
  /** Each once, parted by spaces. */
  words: string;
  /** Text that an app gave to find the file by. */
  hint?: string;
  /** The inside was changed since its words were read. */
  stale?: boolean;
}

export const fileTexts = table<FileText>({
  name: 'google.fileTexts',
  key: (row) => row.id,
  indexes: { stale: { keys: (row) => (row.stale ? 'stale' : undefined), holdsRows: true } },
  texts: {
    words: {
      terms: (row) => (row.words ? row.words.split(' ') : []),
      place: (key) => key,
      same: (before, after) => before.words === after.words,
    },
  },
});

/** Words of a file's name and description. */
export const nameWords = {
  terms: (row: FileRow): readonly string[] => words(`${row.name} ${row.description ?? ''}`),
  place: (key: string): string => key,
  same: (before: FileRow, after: FileRow): boolean =>
    before.name === after.name && before.description === after.description,
};

/** Facts of a file, each a term of a text index, so that it is known how many files share one. */
export const facets = {
  terms: facetsOf,
  place: (key: string): string => key,
  same: (before: FileRow, after: FileRow): boolean =>
    FACET_FIELDS.every((field) => before[field] === after[field]),
};

/** How the terms of facts are written. */
export const facet = {
  seenBy: (who: string): string => `s:${who}`,
  name: (name: string): string => `n:${name.toLowerCase()}`,
  mimeType: (type: string): string => `m:${type}`,
  parent: (id: string): string => `f:${id}`,
  drive: (id: string): string => `d:${id}`,
  owner: (email: string): string => `o:${email.toLowerCase()}`,
  starredBy: (email: string): string => `*:${email.toLowerCase()}`,
  trashed: 't',
  property: (key: string, value: string): string => `p:${JSON.stringify([key, value])}`,
  appProperty: (app: string, key: string, value: string): string => `a:${JSON.stringify([app, key, value])}`,
  target: (id: string): string => `x:${id}`,
  /** Whoever is of the domain (or anyone) finds it without having been told. */
  findable: (domain: string): string => `v:${domain.toLowerCase()}`,
} as const;

const FACET_FIELDS: readonly (keyof FileRow)[] = [
  'name',
  'mimeType',
  'parents',
  'driveId',
  'owner',
  'permissions',
  'starredBy',
  'trashed',
  'properties',
  'appProperties',
  'shortcutDetails',
];

function facetsOf(row: FileRow): readonly string[] {
  const found = [facet.name(row.name), facet.mimeType(row.mimeType), ...row.parents.map(facet.parent)];
  found.push(...seers(row).map(facet.seenBy), ...row.starredBy.map(facet.starredBy));
  if (row.driveId) found.push(facet.drive(row.driveId));
  if (row.owner) found.push(facet.owner(row.owner));
  if (row.trashed) found.push(facet.trashed);
  if (row.shortcutDetails) found.push(facet.target(row.shortcutDetails.targetId));
  for (const [key, value] of Object.entries(row.properties ?? {})) found.push(facet.property(key, value));
  for (const [app, given] of Object.entries(row.appProperties ?? {}))
    for (const [key, value] of Object.entries(given)) found.push(facet.appProperty(app, key, value));
  for (const one of row.permissions) if (one.allowFileDiscovery) found.push(facet.findable(one.domain ?? ''));
  return [...new Set(found)];
}
