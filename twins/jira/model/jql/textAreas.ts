/** The texts of issues that are searched together: fields, comments, work logs. */
import type { Places } from '../../../../src/postings.ts';
import { between } from '../../../../src/postings.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type Comment,
  comments,
  customFields,
  type Issue,
  issues,
  type User,
  worklogs,
} from '../../world.ts';
import { commentsSeen } from '../issues/comments.ts';
import { sees } from '../permissions/visibility.ts';
import { plainText } from '../text/adf.ts';
import { idAtPlace, TEXTS, textOf } from './facets.ts';
import { saying, these } from './found.ts';

export const commentTexts = (world: World, issue: Issue, me: User | undefined): string[] =>
  [...commentsSeen(world, me, issue)].map((comment) => plainText(comment.body));

/** The issues in a comment of which, that `me` may see, a word stands. */
export function commented(world: World, stemmed: string, me: User | undefined): Places[] {
  const places = world.postings(comments, 'words').get(stemmed);
  if (places === undefined) return [];
  const ids: string[] = [];
  for (const place of between(places, '', '\uffff', false)) {
    const comment = world.get(comments, idAtPlace(place));
    if (comment && seesComment(world, me, comment)) ids.push(comment.issueId);
  }
  return these(ids);
}

function seesComment(world: World, me: User | undefined, { visibility, issueId }: Comment): boolean {
  const issue = visibility && world.get(issues, issueId);
  return !issue || sees(world, me, issue, visibility);
}

export const worklogTexts = (world: World, issue: Issue, me: User | undefined): string[] =>
  world
    .list(worklogs, { index: 'issue', equals: issue.id })
    .toArray()
    .filter((row) => sees(world, me, issue, row.visibility))
    .flatMap((row) => (row.comment ? [plainText(row.comment)] : []));

/** The site's own fields that hold text: worked out once in a transaction. */
function customTexts(world: World): readonly string[] {
  const known = customTextsOf.get(world);
  if (known) return known;
  const rows = world.list(customFields, {
    where: (row) => row.trashed === undefined && /:(text|readonly)/.test(row.type),
  });
  const made = rows.toArray().map((row) => row.id);
  customTextsOf.set(world, made);
  return made;
}

const customTextsOf = new WeakMap<World, readonly string[]>();

/** All texts but comments. */
export const fieldTexts = (world: World, { fields }: Issue): string[] => [
  ...TEXTS.map((field) => textOf(fields[field])),
  ...customTexts(world).map((id) => textOf(fields[id as 'customfield_1'])),
];

/** The issues in a text field of which a word stands. */
export const said = (world: World, stemmed: string): Places[] =>
  saying(world, [...TEXTS, ...customTexts(world)], stemmed);
