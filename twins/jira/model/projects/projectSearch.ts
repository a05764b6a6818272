/** Projects found by what programs know of them. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { issues, type Project, projectCategories, projects, properties, type User } from '../../world.ts';
import { may, maySee } from '../permissions/may.ts';

/** The projects that a person may see and that are neither archived nor in the bin, by key. */
export const allProjects = (world: World, user: User | undefined): Project[] =>
  world
    .list(projects, {
      where: (row) => !row.deleted && !row.archived && maySee(world, user, row),
      orderBy: [{ by: (row) => row.key }],
    })
    .toArray();

export type ProjectStatus = 'live' | 'archived' | 'deleted';

/** What `/project/search` filters by. */
export interface ProjectFilter {
  query: string | null;
  ids: readonly string[];
  keys: readonly string[];
  types: readonly string[];
  categoryId: string | null;
  /** What the caller must be able to do there. */
  action: string | null;
  statuses: readonly string[];
  propertyQuery: string | null;
}

const ACTIONS: Readonly<Record<string, (world: World, user: User | undefined, project: Project) => boolean>> =
  {
    view: maySee,
    browse: (world, user, project) => may(world, user, 'BROWSE_PROJECTS', project),
    edit: (world, user, project) => may(world, user, 'ADMINISTER_PROJECTS', project),
    create: (world, user, project) => may(world, user, 'CREATE_ISSUES', project),
  };

const IDS_MAX = 50;

/** The projects that fit every part of a filter; 400 for a part that makes no sense. */
export function searchProjects(world: World, user: User | undefined, filter: ProjectFilter): Project[] {
  const may = ACTIONS[filter.action ?? 'view'];
  if (!may) throw badQuery(`The action '${filter.action}' is not supported.`);
  for (const list of [filter.ids, filter.keys])
    if (list.length > IDS_MAX) throw badQuery(`Up to ${IDS_MAX} projects can be asked for.`);
  const wanted = filter.query?.toLowerCase() ?? '';
  const keys = filter.keys.map((key) => key.toUpperCase());
  const holds = propertyTest(world, filter.propertyQuery);
  const states = filter.statuses.length === 0 ? ['live'] : filter.statuses;
  const among = (list: readonly string[], one: string): boolean => list.length === 0 || list.includes(one);
  return world
    .list(projects, {
      where: (row) =>
        states.includes(statusOf(row)) &&
        (row.key.toLowerCase().includes(wanted) || row.name.toLowerCase().includes(wanted)) &&
        among(filter.ids, row.id) &&
        among(keys, row.key) &&
        among(filter.types, row.projectTypeKey) &&
        (filter.categoryId === null || (row.projectCategory?.id ?? '-1') === filter.categoryId) &&
        holds(row) &&
        may(world, user, row),
    })
    .toArray();
}

const statusOf = (project: Project): ProjectStatus =>
  project.deleted ? 'deleted' : project.archived ? 'archived' : 'live';

/**
 * The test that `[key].path.to.value=text` stands for.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-search-get
 */
function propertyTest(world: World, query: string | null): (project: Project) => boolean {
  if (query === null || query === '') return () => true;
  const [, key = '', path = '', wanted = ''] = /^\[([^\]]+)\]((?:\.[^.=]+)*)=(.*)$/s.exec(query) ?? [];
  if (key === '') throw badQuery(`The property query '${query}' is not valid.`);
  const steps = path.split('.').slice(1);
  const text = wanted.replace(/^"(.*)"$/, '$1');
  return ({ id }) => {
    let value: unknown = world.get(properties, `project/${id}/${key}`)?.value;
    for (const step of steps) value = (value as Record<string, unknown> | null | undefined)?.[step];
    return value !== undefined && typeof value !== 'object' && String(value) === text;
  };
}

/** How many issues a project has, and when one of them last changed. */
export function insightOf(world: World, { id }: Project): { total: number; lastUpdate?: string } {
  const last = world.list(issues, { index: 'byUpdate', prefix: `${id}/`, reverse: true }).first();
  return {
    total: world.list(issues, { index: 'project', equals: id }).count(),
    ...(last ? { lastUpdate: last.fields.updated } : {}),
  };
}

/** What projects may be listed by. */
export const projectOrders = (world: World): Readonly<Record<string, (row: Project) => string | number>> => ({
  category: (row) =>
    (row.projectCategory && world.get(projectCategories, row.projectCategory.id)?.name.toLowerCase()) ?? '',
  issueCount: (row) => insightOf(world, row).total,
  key: (row) => row.key,
  lastIssueUpdatedDate: (row) => insightOf(world, row).lastUpdate ?? '',
  lastIssueUpdatedTime: (row) => insightOf(world, row).lastUpdate ?? '',
  name: (row) => row.name.toLowerCase(),
  owner: (row) => row.lead.accountId,
  archivedDate: (row) => row.archived?.at ?? '',
  deletedDate: (row) => row.deleted?.at ?? '',
});
