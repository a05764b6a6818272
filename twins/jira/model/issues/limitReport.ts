/** Issues on which lists have grown to their limits, or near them. */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  ATTACHMENTS_PER_ISSUE_MAX,
  COMMENTS_PER_ISSUE_MAX,
  LINKS_PER_ISSUE_MAX,
  NEAR_LIMIT,
  WORKLOGS_PER_ISSUE_MAX,
} from '../../limits.ts';
import { attachments, comments, issueLinks, remoteLinks, type User, worklogs } from '../../world.ts';
import { mayBrowse, requireAdmin } from '../permissions/may.ts';
import { issueNamed } from './issueNamed.ts';

/** What an issue holds many of, by the name of its field: the most of them, and the issues of one. */
const LISTS = {
  attachment: [ATTACHMENTS_PER_ISSUE_MAX, attachments],
  comment: [COMMENTS_PER_ISSUE_MAX, comments],
  issuelinks: [LINKS_PER_ISSUE_MAX, issueLinks],
  remoteIssueLinks: [LINKS_PER_ISSUE_MAX, remoteLinks],
  worklog: [WORKLOGS_PER_ISSUE_MAX, worklogs],
} as const;

export interface LimitReport {
  limits: Record<string, number>;
  /** By field, by issue: how many. */
  issuesApproachingLimit: Record<string, Record<string, number>>;
  issuesBreachingLimit: Record<string, Record<string, number>>;
}

/** The report, of the issues that an administrator may browse; `keys` names issues by key. */
export function limitReport(world: World, user: User, keys: boolean): LimitReport {
  requireAdmin(world, user);
  const report: LimitReport = { issuesApproachingLimit: {}, issuesBreachingLimit: {}, limits: {} };
  for (const [field, [limit, rows]] of Object.entries(LISTS)) {
    report.limits[field] = limit;
    for (const [id, count] of counted(world, rows as unknown as Table<Counted>)) {
      const issue = count >= limit * NEAR_LIMIT ? issueNamed(world, id) : undefined;
      if (!issue || !mayBrowse(world, user, issue)) continue;
      const part = count > limit ? report.issuesBreachingLimit : report.issuesApproachingLimit;
      part[field] = { ...part[field], [keys ? issue.key : issue.id]: count };
    }
  }
  return report;
}

type Counted = { issueId: string } | { inwardIssue: { id: string }; outwardIssue: { id: string } };

function counted(world: World, rows: Table<Counted>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const row of world.list(rows)) {
    if ('issueId' in row) add(row.issueId);
    else for (const { id } of [row.inwardIssue, row.outwardIssue]) add(id);
  }
  return counts;
}
