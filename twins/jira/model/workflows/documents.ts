/** Workflows and schemes as documents with versions: written whole, each writing under a new version. */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { WORKFLOW_HISTORY_DAYS } from '../../limits.ts';
import {
  type DocumentVersion,
  type Transition,
  type UserRef,
  type Workflow,
  type WorkflowRule,
  workflows,
  workflowVersions,
} from '../../world.ts';
import { DAY_MS, momentOf, stamp } from '../time.ts';

/** The first version of a document; an update counts on from it. */
export const firstVersion = (world: World): DocumentVersion => ({
  id: uuid(world.draw('jira.documentVersion')),
  versionNumber: 1,
});

/** The version after `before`. */
export const nextVersion = (world: World, before: DocumentVersion): DocumentVersion => ({
  ...firstVersion(world),
  versionNumber: before.versionNumber + 1,
});

/** What of a workflow its writer says. */
export type WorkflowDraft = Omit<Workflow, 'id' | 'version' | 'created' | 'updated'>;

/** Adds a workflow; its history begins with it. */
export function addWorkflow(world: World, draft: WorkflowDraft, author?: UserRef): Workflow {
  const now = stamp(world.now());
  const workflow = world.insert(workflows, {
    id: uuid(world.draw('jira.workflow')),
    ...draft,
    version: firstVersion(world),
    created: now,
    updated: now,
  });
  keepVersion(world, workflow, author);
  return workflow;
}

/** Writes a workflow anew, under its next version. */
export function rewriteWorkflow(
  world: World,
  before: Workflow,
  draft: WorkflowDraft,
  author: UserRef | undefined,
): Workflow {
  const workflow = world.put(workflows, {
    ...draft,
    id: before.id,
    version: nextVersion(world, before.version),
    created: before.created,
    updated: stamp(world.now()),
  });
  keepVersion(world, workflow, author);
  return workflow;
}

/** Keeps what a workflow is now, and forgets what it was too long ago. */
function keepVersion(world: World, document: Workflow, author: UserRef | undefined): void {
  const since = world.now() - WORKFLOW_HISTORY_DAYS * DAY_MS;
  for (const row of world.list(workflowVersions, { prefix: `${document.id}/` }).toArray())
    if ((momentOf(row.writtenAt) ?? 0) < since) world.remove(workflowVersions, workflowVersions.key(row));
  world.insert(workflowVersions, {
    workflowId: document.id,
    writtenAt: document.updated,
    ...(author ? { author: { accountId: author.accountId } } : {}),
    document,
  });
}

/** A rule with an id of its own. */
export const rule = (
  world: World,
  ruleKey: string,
  parameters: Readonly<Record<string, string>>,
): WorkflowRule => ({ id: ruleId(world), ruleKey, parameters });

/** An id for a rule. */
export const ruleId = (world: World): string => uuid(world.draw('jira.workflowRule'));

/** A transition that does nothing but lead somewhere. */
export const plainTransition = (
  one: Pick<Transition, 'id' | 'name' | 'type'> & Partial<Transition>,
): Transition => ({
  description: '',
  links: [],
  validators: [],
  actions: [],
  triggers: [],
  properties: {},
  ...one,
});
