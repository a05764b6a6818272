/**
 * How issues move: by transitions of their workflow, past its validators, with what its post functions do.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-post
 */
import type { World } from '../../../../src/world/world.ts';
import { objected, refused } from '../../errors.ts';
import { type Issue, issues, type Status, type Transition, type User } from '../../world.ts';
import { categoryId, DONE_RESOLUTION } from '../defaults.ts';
import { SPRINT } from '../fields/fields.ts';
import { requiredFields } from '../fields/screens.ts';
import { afterwards } from '../issues/afterwards.ts';
import { differences, record } from '../issues/history.ts';
import { readHistoryMetadata } from '../issues/historyMetadata.ts';
import { type Draft, drafted, draftOf, type FieldInput, fillIn } from '../issues/issueFields.ts';
import { fillable } from '../permissions/fillable.ts';
import { issueTypeOf, projectOf, statusOf } from '../projects/projects.ts';
import { takeSubtasksAlong } from '../software/issueSprints.ts';
import type { TextForm } from '../text/richText.ts';
import { stamp } from '../time.ts';
import { tellChange } from '../webhooks/issueNews.ts';
import { callWebhooks } from './calledWebhooks.ts';
import { perform } from './rules/postFunctions.ts';
import { objections } from './rules/validators.ts';
import { screenFieldsOf } from './transitionScreen.ts';
import { destination, transitionsOf } from './transitions.ts';
import { initialOf, workflowOfIssue } from './workflowOf.ts';

/** Moves an issue; 400 for an unknown transition or one that does not start here. */
export function transitionIssue(
  world: World,
  issue: Issue,
  user: User,
  input: FieldInput & { transition?: unknown; historyMetadata?: unknown },
  form: TextForm,
): Issue {
  const wanted = (input.transition ?? {}) as { id?: unknown };
  if (typeof input.transition !== 'object' || wanted.id === undefined || wanted.id === null)
    throw refused('badRequest', "Missing 'transition' identifier");
  const transition = transitionsOf(world, issue, user, true).find((one) => one.id === String(wanted.id));
  if (!transition)
    throw refused('badRequest', `Transition id '${String(wanted.id)}' is not valid for this issue.`);
  const project = projectOf(world, issue.fields.project);
  const type = issueTypeOf(world, issue.fields.issuetype);
  const draft = draftOf(issue);
  const screen = fillable(world, user, screenFieldsOf(world, issue, transition), project, issue);
  const required = requiredFields(world, project, type, screen);
  fillIn({ world, project, type, draft, form, screen, required }, input);
  pass(world, user, issue, draft, transition);
  const saved = goAlong(world, user, issue, draft, transition, input.historyMetadata);
  afterwards(world, saved, user, input, form);
  callWebhooks(world, user, world.get(issues, saved.id) ?? saved, transition);
  return saved;
}

/** Moves an issue by a transition that nothing is asked of and nothing is sent along with. */
export function carry(world: World, user: User, issue: Issue, transition: Transition): Issue {
  const saved = goAlong(world, user, issue, draftOf(issue), transition);
  callWebhooks(world, user, saved, transition);
  return saved;
}

/** The status, the post functions and the changelog. */
function goAlong(
  world: World,
  user: User,
  issue: Issue,
  draft: Draft,
  transition: Transition,
  historyMetadata?: unknown,
): Issue {
  enter(world, draft, destination(transition, issue));
  perform({ world, user, draft }, transition.actions);
  if (projectOf(world, issue.fields.project).simplified) settle(world, draft);
  return save(world, issue, draft, user, historyMetadata);
}

/** Begins an issue: the validators, the status and the post functions of its workflow's first transition. */
export function begin(world: World, user: User, draft: Draft): void {
  const first = initialOf(workflowOfIssue(world, draft.fields));
  pass(world, user, { id: '', key: '', fields: draft.fields }, draft, first);
  enter(world, draft, first.toStatusReference ?? '');
  perform({ world, user, draft }, first.actions);
  if (projectOf(world, draft.fields.project).simplified) settle(world, draft);
  draft.fields.resolutiondate = draft.fields.resolution ? stamp(world.now()) : null;
}

/** 400 with what the validators of a transition object to in the values that an issue is about to have. */
function pass(world: World, user: User, issue: Issue, { fields }: Draft, transition: Transition): void {
  const screen = new Set(screenFieldsOf(world, { fields }, transition));
  const found = objections({ world, user, issue, fields, screen }, transition.validators);
  if (found.length > 0) throw objected(found);
}

/** Puts a draft into a status. */
function enter(world: World, { fields }: Draft, statusId: string): void {
  const before = statusOf(world, fields.status);
  const status = statusOf(world, { id: statusId });
  fields.status = { id: status.id };
  if (before.statusCategory.id !== status.statusCategory.id)
    fields.statuscategorychangedate = stamp(world.now());
}

/** Resolves what is done, and takes the resolution from what is not: what team-managed projects do by themselves. */
function settle(world: World, { fields }: Draft): void {
  const done = statusOf(world, fields.status).statusCategory.id === categoryId('done');
  fields.resolution = done ? (fields.resolution ?? { id: DONE_RESOLUTION }) : null;
}

/** Puts a draft into a status by no transition: a world file says so, or its old status is gone. */
export function arrive(world: World, draft: Draft, status: Status): void {
  enter(world, draft, status.id);
  settle(world, draft);
}

/** Writes a changed issue and its changelog; an issue that stayed the same only gets a new `updated`. */
export function save(world: World, issue: Issue, draft: Draft, user: User, historyMetadata?: unknown): Issue {
  const metadata = readHistoryMetadata(historyMetadata);
  const items = differences(world, issue.fields, draft.fields);
  const now = stamp(world.now());
  draft.fields.updated = now;
  if (issue.fields.resolution?.id !== draft.fields.resolution?.id)
    draft.fields.resolutiondate = draft.fields.resolution ? now : null;
  const saved = world.put(issues, drafted(issue, draft));
  if (items.some(({ fieldId }) => fieldId === SPRINT)) takeSubtasksAlong(world, saved);
  tellChange(world, user, record(world, issue.id, user, items, metadata));
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
