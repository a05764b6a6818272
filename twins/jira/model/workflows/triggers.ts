/**
 * Transitions that happen by themselves when something happens to a branch, a commit or a pull request of an issue.
 * They ask no conditions, validators or permissions.
 * https://support.atlassian.com/jira-cloud-administration/docs/configure-workflow-triggers/
 */
import type { World } from '../../../../src/world/world.ts';
import { type Issue, issues, type Transition } from '../../world.ts';
import { personOf, siteOf, userByEmail } from '../people/people.ts';
import { idsIn } from './rules/catalogue.ts';
import { startingAt } from './transitions.ts';
import { carry } from './workflow.ts';

/** The rule of transitions that are triggered so. */
export const TRIGGER_RULE = 'system:development-triggers';
const TYPE = 'com.atlassian.jira.plugins.jira-development-integration-plugin:';

/** The type by which a rule names what happened, as `branch-created`. */
export const triggerType = (event: string): string => `${TYPE}${event}-trigger`;

/** What happened, to which issue, by whom. */
export interface Trigger {
  issueId: string;
  event: string;
  email?: string;
}

/** Moves issues by the first transition that what happened triggers; the site's owner acts for who is not of it. */
export function trigger(world: World, triggers: readonly Trigger[]): void {
  for (const { issueId, event, email } of triggers) {
    const issue = world.get(issues, issueId);
    const way = issue && wayOf(world, issue, event);
    const user = (email && userByEmail(world, email)) || personOf(world, siteOf(world).owner);
    if (issue && way && user) carry(world, user, issue, way);
  }
}

const wayOf = (world: World, issue: Issue, event: string): Transition | undefined =>
  startingAt(world, issue).find(({ triggers }) =>
    triggers.some(
      ({ ruleKey, parameters }) =>
        ruleKey === TRIGGER_RULE && idsIn(parameters.enabledTriggers).includes(triggerType(event)),
    ),
  );
