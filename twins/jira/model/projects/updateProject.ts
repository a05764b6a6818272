/**
 * What people change of a project. A new key gives its issues new keys; the old ones still lead to them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-put
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden } from '../../errors.ts';
import { issues, type Project, projects, type User } from '../../world.ts';
import { may } from '../permissions/may.ts';
import { given } from '../sentText.ts';
import { audit, changesOf } from '../site/audit.ts';
import { happened } from '../webhooks/happened.ts';
import { type DetailsInput, readDetails } from './projectDetails.ts';

/** What `PUT /project/{projectIdOrKey}` takes. */
export interface ProjectChange extends DetailsInput {
  releasedProjectKeys?: readonly string[] | null;
}

const OF_ADMINISTRATORS = ['key', 'permissionScheme', 'notificationScheme', 'issueSecurityScheme'] as const;

/** Changes what is given; `badFields` with every detail that is wrong, 403 for what only administrators of the site may. */
export function updateProject(world: World, user: User, project: Project, input: ProjectChange): Project {
  if (OF_ADMINISTRATORS.some((key) => given(input[key])) && !may(world, user, 'ADMINISTER'))
    throw forbidden('You must have global administrator rights in order to modify this.');
  const { projectCategory, ...details } = readDetails(world, input, project);
  const { projectCategory: before, ...rest } = project;
  const category = projectCategory ?? before;
  const formerKeys = keysBefore(project, details.key, input.releasedProjectKeys);
  const after = world.put(projects, {
    ...rest,
    ...details,
    ...(category?.id ? { projectCategory: category } : {}),
    ...(formerKeys ? { formerKeys } : {}),
  });
  if (after.key !== project.key) rekey(world, after);
  audit(world, {
    summary: 'Project updated',
    category: 'projects',
    author: user,
    object: { id: after.id, name: after.name, typeName: 'PROJECT' },
    changedValues: changesOf(shownOf(project), shownOf(after)),
  });
  happened(world, { event: 'project_updated', user, project: after });
  return after;
}

const shownOf = ({ name, key, description, url, lead, assigneeType }: Project) => ({
  Name: name,
  Key: key,
  Description: description,
  URL: url,
  Lead: lead.accountId,
  'Default Assignee': assigneeType,
});

/** The keys that still lead to a project, less those that are released; 400 for one that it never had. */
function keysBefore(
  project: Project,
  key: string | undefined,
  released: readonly string[] | null | undefined,
): readonly string[] | undefined {
  const known = project.formerKeys ?? [];
  for (const one of released ?? [])
    if (!known.includes(one)) throw badQuery(`The key '${one}' is not a previous key of this project.`);
  if (key === undefined && !released) return project.formerKeys;
  const moved = key !== undefined && key !== project.key ? [...known, project.key] : known;
  return moved.filter((one) => one !== key && !released?.includes(one));
}

function rekey(world: World, project: Project): void {
  for (const issue of world.list(issues, { index: 'project', equals: project.id }).toArray()) {
    const key = `${project.key}-${issue.key.slice(issue.key.lastIndexOf('-') + 1)}`;
    const formerKeys = [...(issue.formerKeys ?? []), issue.key].filter((one) => one !== key);
    world.put(issues, { ...issue, key, formerKeys });
  }
}
