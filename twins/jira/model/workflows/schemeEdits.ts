/**
 * Changes of what a scheme, or its draft, maps: its default, the workflow of one kind of issue, the kinds of one
 * workflow. A scheme in use is left alone and its draft changed, where the request allows it.
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import {
  type User,
  type WorkflowScheme,
  type WorkflowSchemeDraft,
  workflowSchemeDrafts,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { stamp } from '../time.ts';
import {
  isInUse,
  type Mapping,
  nameOf,
  remapped,
  requireScheme,
  requireType,
  requireWorkflowNamed,
  rewriteScheme,
  type SchemeInput,
} from './schemes.ts';
import { systemWorkflow } from './systemWorkflow.ts';

/** One change of a mapping. */
export type MappingChange = (world: World, before: Mapping) => Mapping;

/** Gives the default workflow; Jira's own where none is named. */
export const defaultTo =
  (name?: string | null): MappingChange =>
  (world, before) => ({
    ...before,
    defaultWorkflow: (name === undefined ? systemWorkflow(world) : requireWorkflowNamed(world, name)).id,
  });

/** Gives a kind of issue its workflow; none takes its mapping away. */
export const typeTo =
  (issueType: string, name?: string | null): MappingChange =>
  (world, before) => {
    const { [requireType(world, issueType)]: _, ...others } = before.issueTypeMappings;
    if (name === undefined) return { ...before, issueTypeMappings: others };
    const { id } = requireWorkflowNamed(world, name);
    return { ...before, issueTypeMappings: { ...others, [issueType]: id } };
  };

/** Gives a workflow exactly these kinds of issue, and makes it the default where that is said. */
export const workflowTo =
  (name: string, types: readonly string[] | null | undefined, isDefault?: boolean | null): MappingChange =>
  (world, before) => {
    const { id } = requireWorkflowNamed(world, name);
    const wanted = (types ?? []).map((type) => requireType(world, type));
    const kept = Object.entries(before.issueTypeMappings).filter(
      ([type, workflow]) => !wanted.includes(type) && (types ? workflow !== id : true),
    );
    const dropped = isDefault === false && before.defaultWorkflow === id;
    const other = dropped ? systemWorkflow(world).id : before.defaultWorkflow;
    return {
      defaultWorkflow: isDefault ? id : other,
      issueTypeMappings: Object.fromEntries([...kept, ...wanted.map((type) => [type, id] as const)]),
    };
  };

/** Takes a workflow out of a mapping; 404 where it is not in it. */
export const without =
  (name: string): MappingChange =>
  (world, before) => {
    const { id } = requireWorkflowNamed(world, name);
    const kept = Object.entries(before.issueTypeMappings).filter(([, workflow]) => workflow !== id);
    return {
      defaultWorkflow: before.defaultWorkflow === id ? systemWorkflow(world).id : before.defaultWorkflow,
      issueTypeMappings: Object.fromEntries(kept),
    };
  };

/** Whatever a whole scheme in a request says. */
export const toInput =
  (input: SchemeInput): MappingChange =>
  (world, before) =>
    remapped(world, before, input);

/** Changes a scheme, or its draft where it is in use; 400 where that is not allowed. */
export function editScheme(
  world: World,
  user: User,
  id: string,
  change: MappingChange,
  { updateDraftIfNeeded, name, description }: SchemeInput,
): WorkflowScheme | WorkflowSchemeDraft {
  const scheme = requireScheme(world, user, id);
  const texts = {
    name: nameOf(world, name, scheme),
    description: description ?? scheme.description,
  };
  if (!isInUse(world, scheme))
    return rewriteScheme(world, user, scheme, { ...texts, ...change(world, scheme) });
  if (updateDraftIfNeeded !== true)
    throw badQuery(
      'The workflow scheme is active and cannot be edited. Set updateDraftIfNeeded to true to update its draft.',
    );
  return writeDraft(world, user, scheme, { ...texts, ...change(world, draftOrScheme(world, scheme)) });
}

/** The draft of a scheme; 404 `Draft workflow scheme was not found.` */
export const requireDraft = (world: World, user: User, id: string): WorkflowSchemeDraft =>
  world.require(workflowSchemeDrafts, requireScheme(world, user, id).id, () =>
    missing('Draft workflow scheme was not found.'),
  );

/** Makes a draft that is as its scheme is; 400 where there is one, or where no project uses the scheme. */
export function createDraft(world: World, user: User, id: string): WorkflowSchemeDraft {
  const scheme = requireScheme(world, user, id);
  if (!isInUse(world, scheme))
    throw badQuery('A draft can only be created for a workflow scheme that is used by a project.');
  if (world.get(workflowSchemeDrafts, scheme.id)) throw badQuery('The workflow scheme already has a draft.');
  const { name, description, defaultWorkflow, issueTypeMappings } = scheme;
  return writeDraft(world, user, scheme, { name, description, defaultWorkflow, issueTypeMappings });
}

/** Changes the draft that a scheme has. */
export function editDraft(world: World, user: User, id: string, change: MappingChange): WorkflowSchemeDraft {
  const draft = requireDraft(world, user, id);
  const { name, description } = draft;
  return writeDraft(world, user, requireScheme(world, user, id), {
    name,
    description,
    ...change(world, draft),
  });
}

/** Changes a scheme's draft, making it where there is none yet. */
export function updateDraft(world: World, user: User, id: string, input: SchemeInput): WorkflowSchemeDraft {
  const scheme = requireScheme(world, user, id);
  if (!isInUse(world, scheme)) throw missing('Draft workflow scheme was not found.');
  const before = draftOrScheme(world, scheme);
  return writeDraft(world, user, scheme, {
    name: input.name ? nameOf(world, input.name, scheme) : before.name,
    description: input.description ?? before.description,
    ...remapped(world, before, input),
  });
}

/** Throws a scheme's draft away. */
export function deleteDraft(world: World, user: User, id: string): void {
  world.remove(workflowSchemeDrafts, requireDraft(world, user, id).parent);
}

/** What a change of a scheme in use starts from. */
export const draftOrScheme = (
  world: World,
  scheme: WorkflowScheme,
): Mapping & Pick<WorkflowScheme, 'name' | 'description'> =>
  world.get(workflowSchemeDrafts, scheme.id) ?? scheme;

function writeDraft(
  world: World,
  user: User,
  scheme: WorkflowScheme,
  values: Mapping & Pick<WorkflowScheme, 'name' | 'description'>,
): WorkflowSchemeDraft {
  const before = world.get(workflowSchemeDrafts, scheme.id);
  return world.put(workflowSchemeDrafts, {
    id: before?.id ?? nextId(world, 'workflowScheme'),
    parent: scheme.id,
    name: values.name,
    description: values.description,
    defaultWorkflow: values.defaultWorkflow,
    issueTypeMappings: values.issueTypeMappings,
    lastModified: stamp(world.now()),
    lastModifiedUser: { accountId: user.accountId },
  });
}
