/** Hits that a person may see: what is hidden from them is not found, nor what is in an archived project. */
import type { World } from '../../../../src/world/world.ts';
import { customFields, type Issue, issues, type Project, projects, type User } from '../../world.ts';
import { browsableProjects, browsing } from '../permissions/may.ts';
import { narrowedTo } from './choiceClause.ts';
import type { Hits } from './compilation.ts';
import { SECURED } from './facets.ts';
import { holding } from './found.ts';

/** The same hits, less those that `me` may not browse. */
export function visibleHits(world: World, me: User | undefined, hits: Hits): Hits {
  const sees = browsing(world, me);
  const browsed = browsableProjects(world, me);
  const archived = new Set(browsed.filter((project) => project.archived).map(({ id }) => id));
  const open = browsed.filter((project) => !archived.has(project.id) && sees(nobodys(project)));
  const secured = world.postings(issues, 'facets').get(SECURED) !== undefined;
  if (open.length === world.list(projects).count() && !secured) return hits;
  const ids = open.map((project) => project.id);
  return {
    ...hits,
    test: (issue) => hits.test(issue) && !archived.has(issue.fields.project.id) && sees(issue),
    within: [...hits.within, narrowedTo([...holding(world, 'project', ids), ...own(world, me)])],
    exact: false,
  };
}

/** An issue that is nobody's: who may see it sees all of its project. */
const nobodys = ({ id }: Project): Issue =>
  ({
    id: '',
    key: '',
    fields: { project: { id }, assignee: null, reporter: null, creator: { accountId: '' } },
  }) as never;

/** Issues that say of somebody that they are theirs: some may be seen in projects that are not. */
function own(world: World, me: User | undefined) {
  if (!me) return [];
  const fields = world
    .list(customFields, { where: (row) => /:(multi)?userpicker$/.test(row.type) })
    .toArray();
  return ['assignee', 'reporter', 'creator', ...fields.map((row) => row.id)].flatMap((field) =>
    holding(world, field, [me.accountId]),
  );
}
