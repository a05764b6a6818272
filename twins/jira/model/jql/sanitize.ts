/** Queries as somebody may read them: what they may not see stands there by its id, not by its name. */
import type { World } from '../../../../src/world/world.ts';
import { components, projects, type User, versions } from '../../world.ts';
import { may } from '../permissions/may.ts';
import { fieldNamed } from './fieldNamed.ts';
import { rewritten } from './rewrite.ts';

/** The query with ids for what `person` (nobody: undefined) may not see; throws `badQuery` where it cannot be read. */
export function sanitized(world: World, person: User | undefined, jql: string): string {
  const hidden = (projectId: string): boolean => {
    const project = world.get(projects, projectId);
    return project !== undefined && !may(world, person, 'BROWSE_PROJECTS', project);
  };
  return rewritten(jql, ({ field }, value) => {
    const named = fieldNamed(world, field.name)?.field;
    if (value.number || named?.kind !== 'choice') return undefined;
    const [id] = named.find({ world, accountId: person?.accountId }, value);
    const projectId = id === undefined ? undefined : projectBehind(world, named.type, id);
    return projectId !== undefined && hidden(projectId) ? id : undefined;
  });
}

/** The project that a value tells of. */
function projectBehind(world: World, type: string, id: string): string | undefined {
  if (type === 'project') return id;
  if (type === 'version') return world.get(versions, id)?.projectId;
  return type === 'component' ? world.get(components, id)?.projectId : undefined;
}
