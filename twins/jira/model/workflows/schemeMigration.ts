/**
 * What a change of a scheme asks of the issues that it reaches: which statuses their new workflows lack, and the task
 * that puts the change into force and takes the issues along.
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing, refused } from '../../errors.ts';
import { type Project, statuses, type Task, type User, type WorkflowScheme } from '../../world.ts';
import { issueTypesOf } from '../projects/projects.ts';
import { type Application, type Route, runningMigration, startMigration } from './migration.ts';
import type { Mapping } from './schemes.ts';
import { mappedTo, schemeOf, workflowNamed } from './workflowOf.ts';

/** A kind of issue in a project whose new workflow lacks statuses of the old one. */
export interface Lack {
  projectId: string;
  issueTypeId: string;
  oldWorkflow: string;
  newWorkflow: string;
  statusIds: string[];
}

/** What is lacking where projects get another mapping than the one of their scheme. */
export const lacks = (world: World, projects: readonly Project[], next: Mapping): Lack[] =>
  projects.flatMap((project) => {
    const now = schemeOf(world, project);
    return issueTypesOf(world, project).flatMap(({ id: issueTypeId }) => {
      const [oldWorkflow, newWorkflow] = [mappedTo(now, issueTypeId), mappedTo(next, issueTypeId)];
      const has = new Set(statusIdsOf(world, newWorkflow));
      const statusIds = statusIdsOf(world, oldWorkflow).filter((id) => !has.has(id));
      return statusIds.length === 0
        ? []
        : [{ projectId: project.id, issueTypeId, oldWorkflow, newWorkflow, statusIds }];
    });
  });

const statusIdsOf = (world: World, workflow: string): string[] =>
  workflowNamed(world, workflow).statuses.map((one) => one.statusReference);

/** Where a request sends the issues of a lack from a status. */
export type Mapped = (lack: Lack, statusId: string) => string | undefined;

/** Ways for all that is lacking; 400 where a status is sent nowhere or astray, 404 for a status that is not there. */
export function routesFor(world: World, found: readonly Lack[], mapped: Mapped): Route[] {
  const open = found.flatMap((lack) => {
    const statusIds = lack.statusIds.filter((id) => mapped(lack, id) === undefined);
    return statusIds.length > 0 ? [{ issueTypeId: lack.issueTypeId, statusIds }] : [];
  });
  if (open.length > 0) throw badQuery(...new Set(open.map(missingMapping)));
  return found.map((lack) => ({
    projectId: lack.projectId,
    issueTypeId: lack.issueTypeId,
    statuses: Object.fromEntries(
      lack.statusIds.map((id) => [id, arrival(world, lack, mapped(lack, id) ?? '')]),
    ),
  }));
}

const missingMapping = ({ issueTypeId, statusIds }: { issueTypeId: string; statusIds: string[] }): string =>
  `Issue type with ID '${issueTypeId}' is missing the mappings required for statuses with IDs ${statusIds.join(', ')}.`;

function arrival(world: World, { newWorkflow }: Lack, statusId: string): string {
  if (!world.get(statuses, statusId)) throw missing(`Status with ID '${statusId}' was not found.`);
  if (!statusIdsOf(world, newWorkflow).includes(statusId))
    throw badQuery(
      `Status with ID '${statusId}' is not in the workflow '${workflowNamed(world, newWorkflow).name}'.`,
    );
  return statusId;
}

/** Starts the task that puts a change into force; 409 while another one runs for the scheme. */
export function startChange(
  world: World,
  user: User,
  scheme: Pick<WorkflowScheme, 'id' | 'name'>,
  apply: Application,
  routes: readonly Route[],
): Task {
  if (runningMigration(world, scheme.id))
    throw refused('conflict', 'Another workflow configuration update task is ongoing.');
  return startMigration(world, user, `Update workflow scheme ${scheme.name}`, scheme.id, routes, apply);
}
