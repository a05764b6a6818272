/** The project that a path names, and what the caller may do there. */
import type { Call } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { maySee, requireMay } from '../model/permissions/may.ts';
import { requireVisibleProject } from '../model/permissions/visible.ts';
import { projectOf } from '../model/projects/projects.ts';
import type { Project, Ref } from '../world.ts';
import { addressOf, caller } from './address.ts';

type Here = Pick<Call, 'world' | 'request' | 'actor'>;

/** The project with this id or key; 404 in the vendor's words where there is none that the caller may see. */
export const projectAt = (call: Here, idOrKey: string): Project =>
  requireVisibleProject(call.world, addressOf(call).me, idOrKey);

/** The project that the path's `projectIdOrKey` names. */
export const projectIn = (call: Call): Project => projectAt(call, call.params.projectIdOrKey as string);

/** The project of a row of its; 404 with the row's own words where the caller may not see it. */
export function projectSeen(call: Here, projectId: string, gone: string): Project {
  const project = projectOf(call.world, { id: projectId } satisfies Ref);
  if (!maySee(call.world, addressOf(call).me, project)) throw missing(gone);
  return project;
}

/** 403 unless the caller administers the project. */
export function administers(call: Call, project: Project): void {
  requireMay(
    call.world,
    caller(call),
    'ADMINISTER_PROJECTS',
    project,
    'You must have global or project administrator rights in order to modify this.',
  );
}
