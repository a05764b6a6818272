/**
 * Resolutions: administrators make, order and delete them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-resolutions/
 */
import type { World } from '../../../src/world/world.ts';
import { badQuery, missing } from '../errors.ts';
import { DESCRIPTION_CHARS_MAX, SHORT_NAME_CHARS_MAX } from '../limits.ts';
import {
  issues,
  type Resolution,
  resolutions as rows,
  type UserRef,
  type WorkflowRule,
  workflows,
} from '../world.ts';
import { nextId } from './ids.ts';
import { draftOf } from './issues/issueFields.ts';
import { requireUser } from './people/people.ts';
import { resolutions } from './schemes.ts';
import { descriptionIn, uniqueName } from './sentText.ts';
import { moved, type SequenceMove } from './sequence.ts';
import { save } from './workflows/workflow.ts';

const NAME = { of: 'resolution', charsMax: SHORT_NAME_CHARS_MAX };

/** What `POST` and `PUT /resolution` take. */
export interface ResolutionInput {
  name?: string | null;
  description?: string | null;
}

/** 404 in the words of the calls that change resolutions. */
export const resolutionById = (world: World, id: string): Resolution =>
  world.require(rows, id, () => missing(`Resolution with ID ${id} not found.`));

/** Adds a resolution behind the others. */
export const createResolution = (world: World, input: ResolutionInput): Resolution =>
  world.insert(rows, {
    id: nextId(world, 'resolution', 10_004),
    name: uniqueName(world, rows, input.name, NAME),
    description: descriptionIn(input.description, DESCRIPTION_CHARS_MAX) ?? '',
    isDefault: false,
    sequence: resolutions(world).length,
  });

/** Changes a resolution; its name must be given. */
export function updateResolution(world: World, id: string, input: ResolutionInput): Resolution {
  resolutionById(world, id);
  const description = descriptionIn(input.description, DESCRIPTION_CHARS_MAX);
  return world.update(rows, id, {
    name: uniqueName(world, rows, input.name, NAME, id),
    ...(description === undefined ? {} : { description }),
  });
}

/** Makes a resolution the default one; none is with `undefined`. */
export function setDefaultResolution(world: World, id: string | undefined): void {
  if (id !== undefined) resolutionById(world, id);
  for (const row of resolutions(world))
    if (row.isDefault !== (row.id === id)) world.update(rows, row.id, { isDefault: row.id === id });
}

/** Gives resolutions another place among all. */
export function moveResolutions(world: World, move: SequenceMove): void {
  const order = moved(
    resolutions(world).map(({ id }) => id),
    move,
    (id) => missing(`Resolution with ID ${id} not found.`),
  );
  for (const [sequence, id] of order.entries()) world.update(rows, id, { sequence });
}

/** What may take the place of a resolution that goes: 400 where none is named, 404 for one that is not there. */
export function requireReplacement(world: World, id: string, replaceWith: string | null): Resolution {
  resolutionById(world, id);
  if (!replaceWith) throw badQuery('The replaceWith has to be provided.');
  if (replaceWith === id) throw badQuery('The resolution cannot be replaced with itself.');
  return resolutionById(world, replaceWith);
}

/** Deletes a resolution, as a task: its issues have `replaceWith` from then on. */
export function deleteResolutionLater(
  world: World,
  { id, replaceWith }: { id: string; replaceWith: string },
  submitter: UserRef,
): void {
  const other = requireReplacement(world, id, replaceWith);
  for (const issue of world.list(issues, { index: 'resolution', equals: id }).toArray()) {
    const draft = draftOf(issue);
    draft.fields.resolution = { id: other.id };
    save(world, issue, draft, requireUser(world, submitter.accountId));
  }
  renameInWorkflows(world, id, other.id);
  world.remove(rows, id);
}

/** Post functions that set the resolution set the other from then on. */
function renameInWorkflows(world: World, id: string, other: string): void {
  const renamed = (rule: WorkflowRule): WorkflowRule =>
    rule.parameters.field === 'resolution' && rule.parameters.value === id
      ? { ...rule, parameters: { ...rule.parameters, value: other } }
      : rule;
  for (const workflow of world.list(workflows).toArray()) {
    if (!JSON.stringify(workflow.transitions).includes(`"${id}"`)) continue;
    const transitions = workflow.transitions.map((one) => ({ ...one, actions: one.actions.map(renamed) }));
    world.put(workflows, { ...workflow, transitions });
  }
}
