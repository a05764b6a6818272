/**
 * Workflow schemes of company-managed projects: which workflow each kind of issue has. A scheme that some project uses
 * is not changed directly: its draft is, until that is published.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-schemes/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, missing } from '../../errors.ts';
import { WORKFLOW_NAME_CHARS_MAX } from '../../limits.ts';
import {
  issueTypes,
  type User,
  type Workflow,
  type WorkflowScheme,
  workflowSchemeDrafts,
  workflowSchemes,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { requireAdmin } from '../permissions/may.ts';
import { audit } from '../site/audit.ts';
import { firstVersion, nextVersion } from './documents.ts';
import { workflowCalled } from './readWorkflows.ts';
import { DEFAULT_SCHEME, systemWorkflow } from './systemWorkflow.ts';
import { projectsWith } from './workflowOf.ts';

/** Which workflows a scheme gives, by id. */
export type Mapping = Pick<WorkflowScheme, 'defaultWorkflow' | 'issueTypeMappings'>;

export interface SchemeInput {
  name?: string | null;
  description?: string | null;
  defaultWorkflow?: string | null;
  issueTypeMappings?: Record<string, string> | null;
  updateDraftIfNeeded?: boolean | null;
}

const NOT_FOUND = 'The workflow scheme was not found.';

/** Schemes that a list looks at; a guard of ours, far above what sites have. */
const SCHEMES_MAX = 10_000;

/** A scheme of any kind; 404. */
export const schemeWithId = (world: World, id: string): WorkflowScheme =>
  world.require(workflowSchemes, id, () => missing(NOT_FOUND));

/** A scheme that people see in their lists; 404. 403 for who does not administer Jira. */
export function requireScheme(world: World, user: User, id: string): WorkflowScheme {
  requireAdmin(world, user, 'Only Jira administrators can access workflow schemes.');
  const found = schemeWithId(world, id);
  if (!isListed(found)) throw missing(NOT_FOUND);
  return found;
}

/** Neither a team-managed project's own nor the one that has no id. */
const isListed = ({ id, scope }: WorkflowScheme): boolean => scope === undefined && id !== DEFAULT_SCHEME;

/** The schemes that people see in their lists. */
export function listedSchemes(world: World, user: User): WorkflowScheme[] {
  requireAdmin(world, user, 'Only Jira administrators can access workflow schemes.');
  return world.list(workflowSchemes).toArray(SCHEMES_MAX).filter(isListed);
}

/** Whether some project uses a scheme. */
export const isInUse = (world: World, scheme: WorkflowScheme): boolean =>
  projectsWith(world, scheme).length > 0;

/** Makes a scheme; 400 for its name, 404 for a workflow or a kind of issue that is not there. */
export function createScheme(world: World, user: User, input: SchemeInput): WorkflowScheme {
  requireAdmin(world, user, 'Only Jira administrators can access workflow schemes.');
  const name = nameOf(world, input.name);
  const scheme = world.insert(workflowSchemes, {
    id: nextId(world, 'workflowScheme'),
    name,
    description: input.description ?? '',
    version: firstVersion(world),
    ...remapped(world, { defaultWorkflow: systemWorkflow(world).id, issueTypeMappings: {} }, input),
  });
  noteScheme(world, user, 'Workflow scheme created', scheme);
  return scheme;
}

/** A mapping with what a request says in place of its own. */
export const remapped = (world: World, before: Mapping, input: SchemeInput): Mapping => ({
  defaultWorkflow: input.defaultWorkflow
    ? requireWorkflowNamed(world, input.defaultWorkflow).id
    : before.defaultWorkflow,
  issueTypeMappings: input.issueTypeMappings
    ? Object.fromEntries(
        Object.entries(input.issueTypeMappings).map(([type, name]) => [
          requireType(world, type),
          requireWorkflowNamed(world, name).id,
        ]),
      )
    : before.issueTypeMappings,
});

/** The workflow that a request names; 404. */
export function requireWorkflowNamed(world: World, name: string | null | undefined): Workflow {
  const found = name ? workflowCalled(world, name) : undefined;
  if (!found || found.scope) throw missing(`The workflow '${name ?? ''}' was not found.`);
  return found;
}

/** The id of a kind of issue; 404. */
export function requireType(world: World, id: string): string {
  const type = world.get(issueTypes, id);
  if (!type || type.scope) throw missing(`The issue type with ID '${id}' was not found.`);
  return id;
}

/** The name that a request gives; `badFields` where it is empty, too long or taken. */
export function nameOf(world: World, input: string | null | undefined, before?: WorkflowScheme): string {
  const name = (input ?? before?.name ?? '').trim();
  if (name === '') throw badFields({ name: 'The name of the workflow scheme must be provided.' });
  if (name.length > WORKFLOW_NAME_CHARS_MAX)
    throw badFields({ name: `The name must not exceed ${WORKFLOW_NAME_CHARS_MAX} characters.` });
  const taken = world.list(workflowSchemes, { index: 'name', equals: name.toLowerCase() }).first();
  if (taken && taken.id !== before?.id)
    throw badFields({ name: `A workflow scheme with the name '${name}' already exists.` });
  return name;
}

/** Writes a scheme anew, under its next version; nothing where nothing differs. */
export function rewriteScheme(
  world: World,
  user: User,
  before: WorkflowScheme,
  change: Partial<WorkflowScheme>,
): WorkflowScheme {
  const after = { ...before, ...change };
  if (JSON.stringify(after) === JSON.stringify(before)) return before;
  noteScheme(world, user, 'Workflow scheme updated', after);
  return world.put(workflowSchemes, { ...after, version: nextVersion(world, before.version) });
}

/** Deletes a scheme with its draft; 400 where a project uses it. */
export function deleteScheme(world: World, user: User, id: string): void {
  const scheme = requireScheme(world, user, id);
  if (isInUse(world, scheme))
    throw badQuery('The workflow scheme cannot be deleted as it is used by at least one project.');
  world.remove(workflowSchemeDrafts, scheme.id);
  world.remove(workflowSchemes, scheme.id);
  noteScheme(world, user, 'Workflow scheme deleted', scheme);
}

/** Writes into the audit log what became of a scheme. */
export const noteScheme = (
  world: World,
  user: User,
  summary: string,
  { id, name }: Pick<WorkflowScheme, 'id' | 'name'>,
  project?: { id: string; name: string },
): void =>
  audit(world, {
    summary,
    category: 'workflows',
    author: user,
    object: { id, name, typeName: 'SCHEME' },
    ...(project ? { associatedItems: [{ id: project.id, name: project.name, typeName: 'PROJECT' }] } : {}),
  });
