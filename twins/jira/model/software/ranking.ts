/** Moving issues among others: the rank field, which orders them on every board. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden } from '../../errors.ts';
import { RANK_CHARS_MAX } from '../../limits.ts';
import { type Issue, issues, type User } from '../../world.ts';
import { RANK } from '../fields/fields.ts';
import { draftOf } from '../issues/issueFields.ts';
import { may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { save } from '../workflows/workflow.ts';
import { movedIssues, visibleIssue } from './moved.ts';
import { nthRank, rankBetween, rankOf } from './rank.ts';

/** What `rankBeforeIssue`, `rankAfterIssue` and `rankCustomFieldId` of a body say. */
export interface RankInput {
  rankBeforeIssue?: unknown;
  rankAfterIssue?: unknown;
  rankCustomFieldId?: unknown;
}

/** How ranking one issue went, as a 207 tells of it. */
export interface RankEntry {
  issueId: number;
  issueKey: string;
  status: number;
  errors?: readonly string[];
}

/**
 * Ranks issues right before or right after another, in the order in which they are given; says for each how it went.
 * 400 for a body that names no place, or two; 403 where nothing may be ranked.
 */
export function rankIssues(world: World, user: User, keys: unknown, input: RankInput): RankEntry[] {
  const anchor = anchorOf(world, user, input);
  if (!anchor) throw badQuery("Exactly one of 'rankBeforeIssue' and 'rankAfterIssue' must be given.");
  const all = movedIssues(world, user, keys);
  const allowed = all.filter((issue) =>
    may(world, user, 'SCHEDULE_ISSUES', projectOf(world, issue.fields.project), issue),
  );
  if (allowed.length === 0) throw forbidden(MAY_NOT);
  place(world, user, allowed, anchor);
  return all.map((issue) => ({
    issueId: Number(issue.id),
    issueKey: issue.key,
    ...(allowed.includes(issue) ? { status: 200 } : { status: 403, errors: [MAY_NOT] }),
  }));
}

const MAY_NOT = 'You do not have permission to rank issues in this project.';

interface Anchor {
  issue: Issue;
  side: 'before' | 'after';
}

/** The issue beside which a body wants others; undefined where it names none. */
export function anchorOf(world: World, user: User, input: RankInput): Anchor | undefined {
  const { rankBeforeIssue: before, rankAfterIssue: after, rankCustomFieldId: field } = input;
  for (const value of [before, after])
    if (value !== undefined && value !== null && typeof value !== 'string')
      throw badQuery('The issue to rank beside must be given by its id or key.');
  if (field !== undefined && field !== null && field !== RANK_FIELD_ID)
    throw badQuery(`The custom field with id ${String(field)} is not a rank field.`);
  if (typeof before === 'string' && typeof after === 'string')
    throw badQuery("Only one of 'rankBeforeIssue' and 'rankAfterIssue' can be given.");
  if (typeof before === 'string') return { issue: visibleIssue(world, user, before), side: 'before' };
  if (typeof after === 'string') return { issue: visibleIssue(world, user, after), side: 'after' };
  return undefined;
}

/** The number of the field that ranks issues, as boards say it. */
export const RANK_FIELD_ID = Number(RANK.slice('customfield_'.length));

function place(world: World, user: User, moving: readonly Issue[], { issue: anchor, side }: Anchor): void {
  const ids = new Set(moving.map((issue) => issue.id));
  // An issue that is to be ranked beside itself stays, and the others come beside it.
  ids.delete(anchor.id);
  const at = rankOf(anchor);
  const next = neighbour(world, ids, anchor, side === 'after' ? { from: at } : { to: at, reverse: true });
  const neighbours = side === 'after' ? [at, next && rankOf(next)] : [next && rankOf(next), at];
  let [low] = neighbours;
  const [, high] = neighbours;
  for (const issue of moving) {
    if (!ids.has(issue.id)) continue;
    low = rankBetween(low, high);
    if (low === rankOf(issue)) continue;
    const draft = draftOf(issue);
    draft.fields[RANK] = low;
    save(world, issue, draft, user);
  }
  if ((low?.length ?? 0) > RANK_CHARS_MAX) spread(world);
}

/** The nearest issue on one side of another, of those that do not move themselves. */
function neighbour(
  world: World,
  moving: ReadonlySet<string>,
  anchor: Issue,
  where: { from: string } | { to: string; reverse: true },
): Issue | undefined {
  const stays = (issue: Issue) => issue.id !== anchor.id && !moving.has(issue.id);
  return world.list(issues, { index: 'rank', ...where, where: stays }).first();
}

/** Gives all issues short ranks again, in the order in which they are. Nobody is told of it. */
function spread(world: World): void {
  for (const [n, issue] of world.list(issues, { index: 'rank' }).toArray().entries())
    world.put(issues, { ...issue, fields: { ...issue.fields, [RANK]: nthRank(n + 1) } });
}
