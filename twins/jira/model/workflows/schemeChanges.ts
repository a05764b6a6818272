/**
 * Schemes put into force: a draft published, a project given another scheme, a scheme changed with its projects in it.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-workflow-schemes/#api-rest-api-3-workflowscheme-update-post
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden, missing } from '../../errors.ts';
import {
  type DocumentVersion,
  issues,
  type Project,
  projects,
  type Task,
  type User,
  type WorkflowScheme,
  workflowSchemes,
  workflows,
} from '../../world.ts';
import { may } from '../permissions/may.ts';
import { projectNamed } from '../projects/projects.ts';
import { requireAdminister } from './administration.ts';
import { requireDraft } from './schemeEdits.ts';
import { lacks, routesFor, startChange } from './schemeMigration.ts';
import { type Mapping, nameOf, noteScheme, requireScheme, rewriteScheme } from './schemes.ts';
import { DEFAULT_SCHEME, systemWorkflow } from './systemWorkflow.ts';
import { projectsWith } from './workflowOf.ts';

export interface PublishInput {
  statusMappings?: { issueTypeId: string; statusId: string; newStatusId: string }[] | null;
}

/** Publishes a scheme's draft by a task; `validateOnly`: only looks whether it could. 400 for mappings that lack. */
export function publishDraft(
  world: World,
  user: User,
  id: string,
  { statusMappings }: PublishInput,
  validateOnly: boolean,
): Task | undefined {
  const scheme = requireScheme(world, user, id);
  const { defaultWorkflow, issueTypeMappings } = requireDraft(world, user, id);
  const mapping = { defaultWorkflow, issueTypeMappings };
  const routes = routesFor(
    world,
    lacks(world, projectsWith(world, scheme), mapping),
    (lack, statusId) =>
      (statusMappings ?? []).find((one) => one.issueTypeId === lack.issueTypeId && one.statusId === statusId)
        ?.newStatusId,
  );
  if (validateOnly) return undefined;
  return startChange(world, user, scheme, { kind: 'scheme', schemeId: scheme.id, ...mapping }, routes);
}

interface StatusPair {
  oldStatusId?: string | null;
  newStatusId?: string | null;
}

export interface TypeOverride {
  issueTypeId?: string | null;
  statusMappings?: StatusPair[] | null;
}

const overridden = (
  overrides: readonly TypeOverride[] | null | undefined,
  issueTypeId: string,
  statusId: string,
): string | undefined =>
  (overrides ?? [])
    .find((one) => one.issueTypeId === issueTypeId)
    ?.statusMappings?.find((one) => one.oldStatusId === statusId)?.newStatusId ?? undefined;

export interface SwitchInput {
  projectId?: string | null;
  targetSchemeId?: string | null;
  mappingsByIssueTypeOverride?: TypeOverride[] | null;
}

/** Gives a project another scheme by a task that takes its issues along. */
export function switchScheme(world: World, user: User, input: SwitchInput): Task {
  const project = requireClassic(world, user, input.projectId);
  const scheme = world.require(workflowSchemes, input.targetSchemeId ?? '', () =>
    missing('The workflow scheme was not found.'),
  );
  if (scheme.scope) throw missing('The workflow scheme was not found.');
  const routes = routesFor(world, lacks(world, [project], scheme), (lack, statusId) =>
    overridden(input.mappingsByIssueTypeOverride, lack.issueTypeId, statusId),
  );
  return startChange(
    world,
    user,
    scheme,
    { kind: 'project', projectId: project.id, schemeId: scheme.id },
    routes,
  );
}

/** Gives a project without issues another scheme, `null` the default one; 400 where it has issues. */
export function assignScheme(
  world: World,
  user: User,
  { projectId, workflowSchemeId }: { projectId: string; workflowSchemeId?: string | null },
): void {
  const project = requireClassic(world, user, projectId);
  const scheme = world.get(workflowSchemes, workflowSchemeId ?? DEFAULT_SCHEME);
  if (!scheme || scheme.scope) throw missing('The workflow scheme was not found.');
  if (world.list(issues, { index: 'project', equals: project.id }).first())
    throw badQuery('The workflow scheme can only be assigned to a project without issues.');
  world.update(projects, project.id, { workflowScheme: { id: scheme.id } });
  noteScheme(world, user, 'Workflow scheme added to project', scheme, project);
}

function requireClassic(world: World, user: User, id: string | null | undefined): Project {
  if (!may(world, user, 'ADMINISTER'))
    throw forbidden('Only Jira administrators can access workflow scheme associations.');
  const project = projectNamed(world, id ?? '');
  if (!project) throw missing('The project was not found.');
  if (project.simplified) throw badQuery('Only classic projects can have workflow schemes assigned.');
  return project;
}

/** The kinds of issue that get a workflow. */
export interface Association {
  workflowId: string;
  issueTypeIds: string[];
}

export interface MappingInput {
  id: string;
  defaultWorkflowId?: string | null;
  workflowsForIssueTypes?: Association[] | null;
}

export interface SchemeUpdate extends MappingInput {
  name: string;
  description: string;
  version: Partial<DocumentVersion>;
  statusMappingsByWorkflows?:
    | { oldWorkflowId: string; newWorkflowId: string; statusMappings: StatusPair[] }[]
    | null;
  statusMappingsByIssueTypeOverride?: TypeOverride[] | null;
}

/** Changes a scheme at once; where issues have to move, by a task. 400 for another version, or mappings that lack. */
export function updateScheme(world: World, user: User, input: SchemeUpdate): Task | undefined {
  const scheme = requireOwn(world, user, input.id);
  const { id, versionNumber } = input.version;
  if (id !== scheme.version.id || versionNumber !== scheme.version.versionNumber)
    throw badQuery('The workflow scheme has been changed since this version.');
  const texts = { name: nameOf(world, input.name, scheme), description: input.description };
  const mapping = mappingOf(world, scheme, input);
  const found = lacks(world, projectsWith(world, scheme), mapping);
  const routes = routesFor(
    world,
    found,
    (lack, statusId) =>
      overridden(input.statusMappingsByIssueTypeOverride, lack.issueTypeId, statusId) ??
      input.statusMappingsByWorkflows
        ?.find((one) => one.oldWorkflowId === lack.oldWorkflow && one.newWorkflowId === lack.newWorkflow)
        ?.statusMappings.find((one) => one.oldStatusId === statusId)?.newStatusId ??
      undefined,
  );
  if (routes.length === 0) {
    rewriteScheme(world, user, scheme, { ...texts, ...mapping });
    return undefined;
  }
  const renamed = rewriteScheme(world, user, scheme, texts);
  return startChange(world, user, renamed, { kind: 'scheme', schemeId: scheme.id, ...mapping }, routes);
}

/** A scheme of any kind whose project, or whose site, the person administers; 400 where it is not there. */
export function requireOwn(world: World, user: User, id: string): WorkflowScheme {
  const scheme = world.get(workflowSchemes, id);
  if (!scheme || scheme.id === DEFAULT_SCHEME) {
    requireAdminister(world, user, undefined);
    throw badQuery(`The workflow scheme with ID '${id}' does not exist.`);
  }
  requireAdminister(world, user, scheme.scope);
  return scheme;
}

/** The mapping that a request asks for; 400 for workflows that are not there or not of the scheme's kind. */
export function mappingOf(world: World, scheme: WorkflowScheme, input: MappingInput): Mapping {
  const known = (id: string): string => {
    const workflow = world.get(workflows, id);
    if (!workflow || workflow.scope?.project.id !== scheme.scope?.project.id)
      throw badQuery(`The workflow with ID '${id}' does not exist.`);
    return id;
  };
  const fallback = scheme.scope ? scheme.defaultWorkflow : systemWorkflow(world).id;
  const pairs = (input.workflowsForIssueTypes ?? []).flatMap(({ workflowId, issueTypeIds }) =>
    issueTypeIds.map((type) => [type, known(workflowId)] as const),
  );
  const types = pairs.map(([type]) => type);
  if (new Set(types).size < types.length) throw badQuery('An issue type can only be mapped to one workflow.');
  return {
    defaultWorkflow: input.defaultWorkflowId ? known(input.defaultWorkflowId) : fallback,
    issueTypeMappings: Object.fromEntries(pairs),
  };
}
