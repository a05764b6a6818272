/**
 * Issues that have to leave statuses which their workflow no longer has: which they are, where they are to go, and the
 * task that takes them there, with a row in the changelog of each.
 */
import type { World } from '../../../../src/world/world.ts';
import { missing } from '../../errors.ts';
import {
  type Issue,
  issues,
  projects,
  statuses,
  type Task,
  tasks,
  type User,
  type UserRef,
  users,
  workflowSchemeDrafts,
  workflowSchemes,
  workflows,
} from '../../world.ts';
import { draftOf } from '../issues/issueFields.ts';
import { startTask, type TaskWork } from '../site/tasks.ts';
import { type Mapping, noteScheme, rewriteScheme } from './schemes.ts';
import { arrive, save } from './workflow.ts';

/** Where the issues of one kind in one project go: old status → new. */
export interface Route {
  projectId: string;
  issueTypeId: string;
  statuses: Readonly<Record<string, string>>;
}

/** Which of these statuses issues are in: by project and kind. */
export function occupied(world: World, statusIds: readonly string[]): Occupied[] {
  const found = new Map<string, Occupied>();
  for (const statusId of statusIds)
    for (const { fields } of world.list(issues, { index: 'status', equals: statusId })) {
      const [projectId, issueTypeId] = [fields.project.id, fields.issuetype.id];
      const key = `${projectId}/${issueTypeId}`;
      const at = found.get(key) ?? { projectId, issueTypeId, statusIds: new Set() };
      found.set(key, at);
      at.statusIds.add(statusId);
    }
  return [...found.values()];
}

/** Statuses in which a kind of issue in a project has issues. */
export interface Occupied {
  projectId: string;
  issueTypeId: string;
  statusIds: Set<string>;
}

/** What comes into force when a migration is done. */
export type Application =
  | ({ kind: 'scheme'; schemeId: string } & Mapping)
  | { kind: 'project'; projectId: string; schemeId: string };

/** Starts the task that takes issues along; what waits for it is `subject`, of which one task runs at a time. */
export const startMigration = (
  world: World,
  user: User,
  description: string,
  subject: string,
  routes: readonly Route[],
  apply?: Application,
): Task =>
  startTask(world, {
    description,
    submitter: user,
    work: 'migrateStatuses',
    input: { subject, routes, ...(apply ? { apply } : {}) },
  });

/** The migration that runs for a workflow or a scheme; none where nothing does. */
export const runningMigration = (world: World, subject: string): Task | undefined =>
  world
    .list(tasks, {
      index: 'running',
      equals: 'migrateStatuses',
      where: (row) => row.input.subject === subject,
    })
    .first();

/** The work of such a task: every issue that is still in an old status goes to the new one. */
export const migrateStatuses: TaskWork = (
  world,
  { routes, apply }: { subject: string; routes: readonly Route[]; apply?: Application },
  submitter: UserRef,
) => {
  const user = world.get(users, submitter.accountId);
  if (!user) return undefined;
  if (apply) putIntoForce(world, user, apply);
  for (const { projectId, issueTypeId, statuses: to } of routes)
    for (const [from, into] of Object.entries(to))
      for (const issue of world.list(issues, { index: 'status', equals: from }).toArray())
        if (issue.fields.project.id === projectId && issue.fields.issuetype.id === issueTypeId)
          moveTo(world, user, issue, into);
  return undefined;
};

/** Puts a change into force; 404, which ends the task as failed, where what it names has gone in the meantime. */
function putIntoForce(world: World, user: User, apply: Application): void {
  const gone = () => missing('The workflow scheme was not found.');
  const scheme = world.require(workflowSchemes, apply.schemeId, gone);
  if (apply.kind === 'project') {
    const project = world.require(projects, apply.projectId, () => missing('The project was not found.'));
    world.update(projects, project.id, { workflowScheme: { id: scheme.id } });
    noteScheme(world, user, 'Workflow scheme added to project', scheme, project);
    return;
  }
  const { defaultWorkflow, issueTypeMappings } = apply;
  for (const id of [defaultWorkflow, ...Object.values(issueTypeMappings)])
    world.require(workflows, id, () => missing('The workflow was not found.'));
  world.remove(workflowSchemeDrafts, scheme.id);
  rewriteScheme(world, user, scheme, { defaultWorkflow, issueTypeMappings });
}

function moveTo(world: World, user: User, issue: Issue, statusId: string): void {
  const status = world.get(statuses, statusId);
  if (!status || status.id === issue.fields.status.id) return;
  const draft = draftOf(issue);
  arrive(world, draft, status);
  save(world, issue, draft, user);
}
