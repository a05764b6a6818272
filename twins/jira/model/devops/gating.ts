/** Whether a deployment may go on: an issue that it is about stands for the change that people let pass or not. */
import type { World } from '../../../../src/world/world.ts';
import type { DevOpsEntity, Issue } from '../../world.ts';
import { categoryId } from '../defaults.ts';
import { issueNamed } from '../issues/issueNamed.ts';
import { resolutionOf, statusOf } from '../projects/projects.ts';

export interface Gating {
  status: 'allowed' | 'prevented' | 'awaiting' | 'invalid';
  issue?: Issue;
  /** A moment as rows have it. */
  updated?: string;
}

const INITIATE = 'initiate_deployment_gating';

/**
 * A deployment that did not ask to be gated, or is about no issue, is `invalid`. Else it is awaited until the issue is
 * done, and prevented where it was done without being carried out.
 */
export function gatingOf(world: World, { data, issues }: DevOpsEntity): Gating {
  const commands = (data.commands ?? []) as { command?: string }[];
  const issue = issues[0] === undefined ? undefined : issueNamed(world, issues[0]);
  if (!issue || !commands.some(({ command }) => command === INITIATE)) return { status: 'invalid' };
  const { status, resolution, statuscategorychangedate: updated } = issue.fields;
  if (statusOf(world, status).statusCategory.id !== categoryId('done'))
    return { status: 'awaiting', issue, updated };
  const name = resolution ? resolutionOf(world, resolution).name : '';
  return {
    status: /^(won['’]t do|declined|cancell?ed)$/i.test(name) ? 'prevented' : 'allowed',
    issue,
    updated,
  };
}
