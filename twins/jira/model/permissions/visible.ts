/** Issues and projects as those see them who may: for whom they are hidden, they are not there. */
import type { World } from '../../../../src/world/world.ts';
import { issueNotFound } from '../../errors.ts';
import type { Issue, Project, User } from '../../world.ts';
import { archivedNamed, issueNamed } from '../issues/issueNamed.ts';
import { mended } from '../issues/mended.ts';
import { projectNamed, projectNotFound } from '../projects/projects.ts';
import { mayBrowse, maySee } from './may.ts';

/** The issue with this id or key, if `user` may see it; else undefined. */
export function visibleIssue(world: World, user: User | undefined, idOrKey: string): Issue | undefined {
  const found = issueNamed(world, idOrKey);
  return found && mayBrowse(world, user, found) ? found : undefined;
}

/** The same; 404 `Issue does not exist or you do not have permission to see it.` */
export function requireVisibleIssue(world: World, user: User | undefined, idOrKey: string): Issue {
  const found = visibleIssue(world, user, idOrKey);
  if (!found) throw issueNotFound();
  return found;
}

/** The same, also where it was archived: what may still be read of it. */
export function requireReadableIssue(world: World, user: User | undefined, idOrKey: string): Issue {
  const archived = archivedNamed(world, idOrKey);
  const found = issueNamed(world, idOrKey) ?? (archived && mended(world, archived));
  if (!found || !mayBrowse(world, user, found)) throw issueNotFound();
  return found;
}

/** The project with this id or key, if `user` may see it; 404 in the vendor's words else. */
export function requireVisibleProject(world: World, user: User | undefined, idOrKey: string): Project {
  const found = projectNamed(world, idOrKey);
  if (!found || !maySee(world, user, found)) throw projectNotFound(idOrKey);
  return found;
}
