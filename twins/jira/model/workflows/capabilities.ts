/** Which rules a workflow may have: those of the service. Apps bring none here. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type User, workflows } from '../../world.ts';
import { requireAdminister } from './administration.ts';
import { workflowAt } from './readWorkflows.ts';
import { RULES } from './rules/catalogue.ts';
import { TRIGGER_RULE, triggerType } from './triggers.ts';

/** What the capabilities of a workflow are asked by: its id, or a kind of issue in a project. */
export interface CapabilitiesQuery {
  workflowId?: string;
  projectId?: string;
  issueTypeId?: string;
}

/** The rules that a workflow may have, as the vendor shows them; 400 where it is not there. */
export function capabilitiesOf(
  world: World,
  user: User,
  { workflowId, projectId, issueTypeId }: CapabilitiesQuery,
): Record<string, unknown> {
  if (workflowId === undefined && (projectId === undefined || issueTypeId === undefined))
    throw badQuery('Either workflowId, or both projectId and issueTypeId must be provided.');
  const workflow =
    workflowId === undefined
      ? workflowAt(world, projectId ?? '', issueTypeId ?? '')
      : world.get(workflows, workflowId);
  if (!workflow) throw badQuery('The workflow was not found.');
  requireAdminister(world, user, workflow.scope);
  return {
    editorScope: workflow.scope ? 'PROJECT' : 'GLOBAL',
    projectTypes: ['software', 'business'],
    systemRules: Object.entries(RULES)
      .filter(([, { app }]) => app !== true)
      .map(([ruleKey, { ruleType, name, description, initial }]) => ({
        ruleKey,
        ruleType,
        name,
        description,
        incompatibleRuleKeys: [],
        isAvailableForInitialTransition: initial,
        isVisible: true,
      })),
    connectRules: [],
    forgeRules: [],
    triggerRules: [{ ruleKey: TRIGGER_RULE, availableTypes: TRIGGERS }],
  };
}

/** What of connected repositories may move an issue. */
const TRIGGERS = (
  [
    ['branch-created', 'Branch created', 'a related branch is created in a connected repository'],
    ['commit-created', 'Commit created', 'a related commit is made in a connected repository'],
    ['pull-request-created', 'Pull request created', 'a related pull request is created'],
    ['pull-request-merged', 'Pull request merged', 'a related pull request is merged'],
    ['pull-request-declined', 'Pull request declined', 'a related pull request is declined'],
    ['pull-request-reopened', 'Pull request reopened', 'a related pull request is reopened'],
  ] as const
).map(([event, name, when]) => ({
  type: triggerType(event),
  name,
  description: `Automatically transitions the issue when ${when}`,
}));
