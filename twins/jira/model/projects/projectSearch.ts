/** Projects found by what programs know of them. */
import type { Order, Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { type Project, projects } from '../../world.ts';

/** All projects, by name. */
export const allProjects = (world: World): Range<Project> =>
  world.list(projects, { orderBy: [{ by: (row) => row.key }] });

/** What `/project/search` filters by. */
export interface ProjectFilter {
  query: string | null;
  ids: readonly string[];
  keys: readonly string[];
  types: readonly string[];
  orderBy: string | null;
}

const ORDERS: Readonly<Record<string, (row: Project) => string | number>> = {
  category: () => '',
  issueCount: () => 0,
  key: (row) => row.key,
  lastIssueUpdatedTime: () => 0,
  name: (row) => row.name.toLowerCase(),
  owner: (row) => row.lead.accountId,
};

/** The projects that fit every part of a filter; 400 for an order that is not known. */
export function searchProjects(world: World, filter: ProjectFilter): Range<Project> {
  const wanted = filter.query?.toLowerCase();
  const keys = filter.keys.map((key) => key.toUpperCase());
  return world.list(projects, {
    where: (row) =>
      (wanted === undefined ||
        row.key.toLowerCase().includes(wanted) ||
        row.name.toLowerCase().includes(wanted)) &&
      (filter.ids.length === 0 || filter.ids.includes(row.id)) &&
      (keys.length === 0 || keys.includes(row.key)) &&
      (filter.types.length === 0 || filter.types.includes(row.projectTypeKey)),
    orderBy: [orderOf(filter.orderBy ?? 'key')],
  });
}

function orderOf(text: string): Order<Project> {
  const by = ORDERS[text.replace(/^[+-]/, '')];
  if (!by) throw badQuery(`The orderBy field '${text}' is not supported.`);
  return { by, descending: text.startsWith('-') };
}
