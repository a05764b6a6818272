/** What of branches, commits and pull requests that a tool tells of may move the issues that they are about. */
import type { World } from '../../../../src/world/world.ts';
import type { DevOpsEntity } from '../../world.ts';
import type { Trigger } from '../workflows/triggers.ts';
import { entityOf } from './submissions.ts';

/** What is new or has got on; the rows are not kept yet. */
export const triggeringOf = (world: World, rows: readonly DevOpsEntity[]): Trigger[] =>
  rows.flatMap((row) => {
    const event = eventOf(entityOf(world, row.provider, row.kind, row.id), row);
    const email = (row.data.author as { email?: unknown } | undefined)?.email;
    return event === undefined
      ? []
      : row.issues.map((issueId) => ({ issueId, event, ...(typeof email === 'string' ? { email } : {}) }));
  });

function eventOf(
  before: DevOpsEntity | undefined,
  { kind, data, sequence }: DevOpsEntity,
): string | undefined {
  if (before && before.sequence >= sequence) return undefined;
  if (kind === 'branch') return before ? undefined : 'branch-created';
  if (kind === 'commit') return before ? undefined : 'commit-created';
  if (kind !== 'pullRequest' || before?.data.status === data.status) return undefined;
  if (data.status === 'OPEN') return before ? 'pull-request-reopened' : 'pull-request-created';
  return ENDS[String(data.status)];
}

const ENDS: Readonly<Record<string, string>> = {
  MERGED: 'pull-request-merged',
  DECLINED: 'pull-request-declined',
};
