/**
 * Priorities: administrators make, order and delete them; every new one joins the default scheme.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-priorities/
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { DESCRIPTION_CHARS_MAX, SHORT_NAME_CHARS_MAX } from '../../limits.ts';
import {
  issues,
  type Priority,
  type PriorityScheme,
  prioritySchemes,
  priorities as rows,
  type UserRef,
} from '../../world.ts';
import { avatarOfOwner } from '../avatars/avatars.ts';
import { PRIORITY_SCHEME } from '../defaults.ts';
import { nextId } from '../ids.ts';
import { draftOf } from '../issues/issueFields.ts';
import { requireUser } from '../people/people.ts';
import { prioritySchemeOf, projectOf } from '../projects/projects.ts';
import { priorities } from '../schemes.ts';
import { descriptionIn, given, uniqueName } from '../sentText.ts';
import { moved, type SequenceMove } from '../sequence.ts';
import { save } from '../workflows/workflow.ts';

const NAME = { of: 'priority', charsMax: SHORT_NAME_CHARS_MAX };

/** What `POST` and `PUT /priority` take. */
export interface PriorityInput {
  name?: string | null;
  description?: string | null;
  statusColor?: string | null;
  iconUrl?: string | null;
  avatarId?: number | null;
}

/** 404 in the words of the calls that change priorities. */
export const priorityById = (world: World, id: string): Priority =>
  world.require(rows, id, () => missing(`Priority with ID ${id} not found.`));

/** Adds a priority behind the others, and to the default scheme; 400 for what is missing, taken or too long. */
export function createPriority(world: World, input: PriorityInput): Priority {
  if (!input.name) throw badQuery('The name has to be provided.');
  if (!input.statusColor) throw badQuery('The status color has to be provided.');
  if (!input.iconUrl && !given(input.avatarId))
    throw badQuery('Either the iconUrl or avatarId has to be provided.');
  const row = world.insert(rows, {
    id: nextId(world, 'priority'),
    name: '',
    description: '',
    statusColor: '',
    isDefault: false,
    sequence: priorities(world).length,
    ...detailsOf(world, input),
  });
  world.update(prioritySchemes, PRIORITY_SCHEME.id, (scheme) => ({
    ...scheme,
    priorityIds: [...scheme.priorityIds, row.id],
  }));
  return row;
}

/** Changes what is given; 400 where that is nothing. */
export function updatePriority(world: World, id: string, input: PriorityInput): Priority {
  const { icon, iconUrl, avatarId, ...before } = priorityById(world, id);
  const details = detailsOf(world, input, id);
  if (Object.keys(details).length === 0) throw badQuery('At least one property has to be provided.');
  const pictured = 'iconUrl' in details || 'avatarId' in details;
  return world.put(rows, {
    ...before,
    ...(pictured
      ? {}
      : {
          ...(icon === undefined ? {} : { icon }),
          ...(iconUrl === undefined ? {} : { iconUrl }),
          ...(avatarId === undefined ? {} : { avatarId }),
        }),
    ...details,
  });
}

function detailsOf(world: World, input: PriorityInput, self?: string): Partial<Priority> {
  const { name, description, statusColor, iconUrl, avatarId } = input;
  descriptionIn(description, DESCRIPTION_CHARS_MAX);
  if (given(statusColor) && !/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(statusColor))
    throw badQuery('The status color has to be in 3-digit or 6-digit hexadecimal format.');
  if (iconUrl && !/^(https?:\/\/|\/images\/icons\/priorities\/\w+\.(png|svg)$)/.test(iconUrl))
    throw badQuery('The icon URL is not valid.');
  if (given(avatarId) && !avatarOfOwner(world, 'priority', self ?? '', String(avatarId)))
    throw badQuery(`The avatar with ID ${avatarId} does not exist.`);
  return {
    ...(given(name) ? { name: uniqueName(world, rows, name, NAME, self) } : {}),
    ...(given(description) ? { description } : {}),
    ...(given(statusColor) ? { statusColor } : {}),
    ...(given(avatarId) ? { avatarId } : iconUrl ? { iconUrl } : {}),
  };
}

/** Makes a priority the site's default, that is the default scheme's. */
export function setDefaultPriority(world: World, id: string): void {
  priorityById(world, id);
  for (const row of priorities(world))
    if (row.isDefault !== (row.id === id)) world.update(rows, row.id, { isDefault: row.id === id });
  world.update(prioritySchemes, PRIORITY_SCHEME.id, { defaultPriorityId: id });
}

/** Gives priorities another place among all. */
export function movePriorities(world: World, move: SequenceMove): void {
  const order = moved(
    priorities(world).map(({ id }) => id),
    move,
    (id) => missing(`Priority with ID ${id} not found.`),
  );
  for (const [sequence, id] of order.entries()) world.update(rows, id, { sequence });
}

const schemesWith = (world: World, id: string): PriorityScheme[] =>
  world.list(prioritySchemes, { index: 'priority', equals: id }).toArray();

/** Whether a priority may go: 404 for one that is not there, 400 for the default of some scheme. */
export function requireDeletablePriority(world: World, id: string): Priority {
  const priority = priorityById(world, id);
  const scheme = schemesWith(world, id).find((one) => one.defaultPriorityId === id);
  if (scheme)
    throw badQuery(
      `The priority with ID ${id} is the default of the scheme '${scheme.name}' and cannot be deleted.`,
    );
  return priority;
}

/** Deletes a priority, as a task: its issues get the one of `newPriority`, or the default of their project. */
export function deletePriorityLater(
  world: World,
  { id, newPriority }: { id: string; newPriority?: string },
  submitter: UserRef,
): void {
  requireDeletablePriority(world, id);
  for (const issue of world.list(issues, { index: 'priority', equals: id }).toArray()) {
    const { priorityIds, defaultPriorityId } = prioritySchemeOf(
      world,
      projectOf(world, issue.fields.project),
    );
    const draft = draftOf(issue);
    const fits = newPriority !== undefined && priorityIds.includes(newPriority);
    draft.fields.priority = { id: fits ? newPriority : defaultPriorityId };
    save(world, issue, draft, requireUser(world, submitter.accountId));
  }
  for (const scheme of schemesWith(world, id))
    world.update(prioritySchemes, scheme.id, { priorityIds: scheme.priorityIds.filter((one) => one !== id) });
  world.remove(rows, id);
}
