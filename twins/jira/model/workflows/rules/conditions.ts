/** Whether a person is shown a transition: its conditions, asked of the issue as it is. */
import type { World } from '../../../../../src/world/world.ts';
import { type ConditionGroup, type Issue, issues, type User, type WorkflowRule } from '../../../world.ts';
import { childrenOf, levelOf } from '../../issues/issueNamed.ts';
import { inGroup, inRole } from '../../permissions/holders.ts';
import { may } from '../../permissions/may.ts';
import { projectOf } from '../../projects/projects.ts';
import { idsIn } from './catalogue.ts';
import { compared } from './comparison.ts';
import { movesOf } from './moves.ts';
import { textsOf } from './values.ts';

export interface Asking {
  world: World;
  issue: Issue;
  user: User | undefined;
  /** A program asks to do it, or to be shown what is hidden from people. */
  remote: boolean;
}

type Condition = (asking: Asking, parameters: Readonly<Record<string, string>>) => boolean;

/** Whether a tree of conditions lets a transition through; no tree lets everybody. */
export function holds(asking: Asking, group: ConditionGroup | undefined): boolean {
  if (!group) return true;
  const parts = [
    ...group.conditions.map((rule) => () => conditionHolds(asking, rule)),
    ...group.conditionGroups.map((inner) => () => holds(asking, inner)),
  ];
  if (parts.length === 0) return true;
  return group.operation === 'ANY' ? parts.some((part) => part()) : parts.every((part) => part());
}

/** One condition; what belongs to apps lets everybody through, no app being asked here. */
const conditionHolds = (asking: Asking, { ruleKey, parameters }: WorkflowRule): boolean =>
  CONDITIONS[ruleKey]?.(asking, parameters) ?? true;

const CONDITIONS: Readonly<Record<string, Condition>> = {
  'system:restrict-issue-transition': mayMove,
  'system:check-field-value': compared,
  'system:previous-status-condition': wasBefore,
  'system:parent-or-child-blocking-condition': ({ world, issue }, { statusIds }) => {
    const allowed = idsIn(statusIds);
    return childrenOf(world, issue)
      .filter((child) => levelOf(world, child) === -1)
      .every((child) => allowed.includes(child.fields.status.id));
  },
  'system:separation-of-duties': ({ world, issue, user }, { fromStatusId, toStatusId }) =>
    !movesOf(world, issue).some(
      (one) =>
        one.author === user?.accountId &&
        (!fromStatusId || one.from === fromStatusId) &&
        (!toStatusId || one.to === toStatusId),
    ),
  'system:restrict-from-all-users': ({ remote }, { restrictMode }) => remote && restrictMode === 'users',
  // Approvals belong to Jira Service Management: there is none that could be given or pending.
  'system:block-in-progress-approval': () => true,
  'system:jsd-approvals-block-until-approved': () => false,
  'system:jsd-approvals-block-until-rejected': () => false,
};

/** Any one of what the parameters name lets a person through; those in a denying field are not. */
function mayMove({ world, issue, user }: Asking, parameters: Readonly<Record<string, string>>): boolean {
  if (!user) return false;
  const subject = { issue, fields: issue.fields };
  const named = (fields: string | undefined) => idsIn(fields).flatMap((id) => textsOf(world, subject, id));
  if (named(parameters.denyUserCustomFields).includes(user.accountId)) return false;
  const project = projectOf(world, issue.fields.project);
  const ways = [
    ...idsIn(parameters.accountIds).map((id) => isAccount(issue, user, id)),
    ...idsIn(parameters.roleIds).map((id) => inRole(world, project, id, user.accountId)),
    ...idsIn(parameters.groupIds).map((id) => inGroup(world, id, user.accountId)),
    ...idsIn(parameters.permissionKeys).map((key) => may(world, user, key, project, issue)),
    ...named(parameters.groupCustomFields).map((id) => inGroup(world, id, user.accountId)),
    ...idsIn(parameters.allowUserCustomFields).map((id) =>
      textsOf(world, subject, id).includes(user.accountId),
    ),
  ];
  return ways.length === 0 || ways.includes(true);
}

function isAccount(issue: Issue, user: User, id: string): boolean {
  if (id === 'allow-assignee') return issue.fields.assignee?.accountId === user.accountId;
  if (id === 'allow-reporter') return issue.fields.reporter?.accountId === user.accountId;
  return id === user.accountId;
}

function wasBefore({ world, issue }: Asking, parameters: Readonly<Record<string, string>>): boolean {
  const before = movesOf(world, issue)
    .filter((one) => parameters.ignoreLoopTransitions !== 'true' || one.from !== one.to)
    .map((one) => one.from);
  const seen = parameters.includeCurrentStatus === 'true' ? [...before, issue.fields.status.id] : before;
  const counted = parameters.mostRecentStatusOnly === 'true' ? seen.slice(-1) : seen;
  const wanted = idsIn(parameters.previousStatusIds);
  return counted.some((id) => wanted.includes(id)) !== (parameters.not === 'true');
}

/** The issue above, where there is one. */
export const parentOf = (world: World, issue: Pick<Issue, 'fields'>): Issue | undefined =>
  issue.fields.parent ? world.get(issues, issue.fields.parent.id) : undefined;
