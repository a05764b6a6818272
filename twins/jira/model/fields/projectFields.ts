/** Which fields kinds of issue have in projects, for programs that draw their forms. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden } from '../../errors.ts';
import { type Project, projects, type User } from '../../world.ts';
import { maySee } from '../permissions/may.ts';
import { issueTypesOf } from '../projects/projects.ts';
import { fieldsOf } from './fields.ts';
import { treatmentsOf } from './fieldTreatment.ts';
import { applicable } from './screens.ts';

export interface ProjectField {
  projectId: number;
  workTypeId: number;
  fieldId: string;
  isRequired: boolean;
  description: string;
}

/** Every field that these kinds of issue have in these projects; 400 where none is named, 403 where one may not be seen. */
export function projectFields(
  world: World,
  user: User,
  projectIds: readonly string[],
  typeIds: readonly string[],
  fieldIds: readonly string[],
): ProjectField[] {
  if (projectIds.length === 0) throw badQuery('The projectId parameter is required.');
  if (typeIds.length === 0) throw badQuery('The workTypeId parameter is required.');
  const wanted = new Set(fieldIds);
  const ids = fieldsOf(world)
    .filter((field) => field.orderable && (wanted.size === 0 || wanted.has(field.id)))
    .map((field) => field.id);
  return projectIds.flatMap((id) => {
    const project = visible(world, user, id);
    const types = issueTypesOf(world, project).filter((type) => typeIds.includes(type.id));
    return types.flatMap((type) => {
      const treatments = treatmentsOf(world, project, type);
      return applicable(world, project, type, ids).map((fieldId) => ({
        projectId: Number(project.id),
        workTypeId: Number(type.id),
        fieldId,
        isRequired: treatments.of(fieldId).isRequired ?? REQUIRED.has(fieldId),
        description: treatments.of(fieldId).description ?? '',
      }));
    });
  });
}

const REQUIRED = new Set(['summary', 'issuetype']);

function visible(world: World, user: User, id: string): Project {
  const project = world.get(projects, id);
  if (!project || !maySee(world, user, project))
    throw forbidden('You do not have permission to view one or more of the projects.');
  return project;
}
