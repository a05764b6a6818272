/**
 * How issues move: transitions of the project's workflow, global ones and those that start from some statuses.
 * Reaching a status of the category `done` sets a resolution; leaving it takes the resolution away.
 */
import type { World } from '../../../../src/world/world.ts';
import { refused } from '../../errors.ts';
import { type Issue, issues, type Status, type Transition, type User } from '../../world.ts';
import { categoryId, DONE_RESOLUTION } from '../defaults.ts';
import { screenOf } from '../fields/screens.ts';
import { afterwards } from '../issues/afterwards.ts';
import { differences, record } from '../issues/history.ts';
import { type Draft, drafted, draftOf, type FieldInput, fillIn } from '../issues/issueFields.ts';
import { issueTypeOf, projectOf, statusOf } from '../projects/projects.ts';
import type { TextForm } from '../text/richText.ts';
import { stamp } from '../time.ts';
import { tellChange } from '../webhooks/issueNews.ts';
import { destination, transitionsOf } from './transitions.ts';

/** Moves an issue; 400 for an unknown transition or one that does not start here. */
export function transitionIssue(
  world: World,
  issue: Issue,
  user: User,
  input: FieldInput & { transition?: unknown },
  form: TextForm,
): Issue {
  const wanted = (input.transition ?? {}) as { id?: unknown };
  if (typeof input.transition !== 'object' || wanted.id === undefined || wanted.id === null)
    throw refused('badRequest', "Missing 'transition' identifier");
  const transition = transitionsOf(world, issue, user).find((one) => one.id === String(wanted.id));
  if (!transition)
    throw refused('badRequest', `Transition id '${String(wanted.id)}' is not valid for this issue.`);
  const project = projectOf(world, issue.fields.project);
  const type = issueTypeOf(world, issue.fields.issuetype);
  const draft = draftOf(issue);
  const screen = new Set([...screenOf(world, project, type, 'edit'), 'resolution']);
  fillIn({ world, project, type, draft, form, screen }, input);
  arrive(world, draft, statusOf(world, { id: destination(transition, issue) }));
  const saved = save(world, issue, draft, user);
  afterwards(world, saved, user, input, form);
  return saved;
}

/** Puts a draft into a status, with what that brings about. */
export function arrive(world: World, { fields }: Draft, status: Status): void {
  const now = stamp(world.now());
  const before = statusOf(world, fields.status);
  fields.status = { id: status.id };
  if (before.statusCategory.id !== status.statusCategory.id) fields.statuscategorychangedate = now;
  if (status.statusCategory.id === categoryId('done')) {
    fields.resolution ??= { id: DONE_RESOLUTION };
    fields.resolutiondate ??= now;
  } else {
    fields.resolution = null;
    fields.resolutiondate = null;
  }
}

/** Writes a changed issue and its changelog; an issue that stayed the same only gets a new `updated`. */
export function save(world: World, issue: Issue, draft: Draft, user: User): Issue {
  const items = differences(world, issue.fields, draft.fields);
  draft.fields.updated = stamp(world.now());
  const saved = world.put(issues, drafted(issue, draft));
  tellChange(world, user, record(world, issue.id, user, items));
  return saved;
}

/** The transition that takes an issue to the status called `name`; 400 where none does. */
export function transitionTo(world: World, issue: Issue, user: User, name: string): Transition {
  const found = transitionsOf(world, issue, user).find(
    (one) => statusOf(world, { id: destination(one, issue) }).name.toLowerCase() === name.toLowerCase(),
  );
  if (!found) throw refused('badRequest', `No transition leads from here to the status '${name}'.`);
  return found;
}
