/** The webhooks that a transition calls by itself, once the issue has moved. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { webhooks } from '../../world/webhooks.ts';
import type { Issue, Transition, User } from '../../world.ts';
import { statusOf } from '../projects/projects.ts';
import { callWebhook } from '../webhooks/happened.ts';
import { workflowOfIssue } from './workflowOf.ts';

/** Calls what the post functions `system:trigger-webhook` name; those that are gone or switched off are passed by. */
export function callWebhooks(world: World, user: User, issue: Issue, transition: Transition): void {
  for (const { ruleKey, parameters } of transition.actions) {
    if (ruleKey !== 'system:trigger-webhook' || !/^\d{1,12}$/.test(parameters.webhookId ?? '')) continue;
    const webhook = world.get(webhooks, `admin/${sortable(Number(parameters.webhookId))}`);
    if (!webhook?.enabled) continue;
    const more = { transition: told(world, issue, transition) };
    callWebhook(world, webhook, { event: 'jira:issue_updated', user, issue }, more);
  }
}

/** The transition as such a call tells of it. */
function told(world: World, issue: Issue, { id, name }: Transition): Record<string, unknown> {
  const workflow = workflowOfIssue(world, issue.fields);
  return {
    workflowId: workflow.id,
    workflowName: workflow.name,
    transitionId: Number(id),
    transitionName: name,
    to_status: statusOf(world, issue.fields.status).name,
  };
}
