/** Which issues a board's query finds, and which projects it is sure to be about. */
import type { World } from '../../../../src/world/world.ts';
import { type Board, filters, type Project, projects } from '../../world.ts';
import type { Expression } from '../jql/ast.ts';
import { parseJql } from '../jql/parse.ts';
import { projectNamed, projectOf } from '../projects/projects.ts';

/** A board's query: that of its filter, or all of the project that it came with. Nothing is found once the filter is gone. */
export function boardJql(world: World, board: Board): string {
  if (board.filterId !== undefined) return world.get(filters, board.filterId)?.jql ?? NOTHING;
  return `project = ${projectOf(world, { id: board.projectId ?? '' }).key} ORDER BY Rank ASC`;
}

const NOTHING = 'project is EMPTY';

/** The same in an order at all events: by rank where it says none. */
export function rankedJql(world: World, board: Board): string {
  const jql = boardJql(world, board);
  return parseJql(jql).orderBy.length > 0 ? jql : `${jql} ORDER BY Rank ASC`;
}

/** The projects of which a board's query names that its issues are, by name; none where it leaves that open. */
export function boardProjects(world: World, board: Board): Project[] {
  const { where } = parseJql(boardJql(world, board));
  return (where ? (named(world, where) ?? []) : []).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The projects that every hit is in one of; undefined where the expression does not say. */
function named(world: World, node: Expression): Project[] | undefined {
  if (node.kind === 'not') return undefined;
  if (node.kind === 'clause')
    return node.field.name.toLowerCase() === 'project' ? ofClause(world, node) : undefined;
  const sets = node.parts.map((part) => named(world, part));
  if (node.kind === 'and')
    return sets.reduce((a, b) => (a && b ? a.filter((one) => b.includes(one)) : (a ?? b)), undefined);
  return sets.every((set) => set !== undefined) ? [...new Set(sets.flat() as Project[])] : undefined;
}

function ofClause(
  world: World,
  { operator, operand }: Expression & { kind: 'clause' },
): Project[] | undefined {
  if (operator !== '=' && operator !== 'in') return undefined;
  const values = operand.kind === 'list' ? operand.values : [operand];
  return values.flatMap((value) =>
    value.kind === 'value' ? (projectNamed(world, value.text) ?? projectCalled(world, value.text) ?? []) : [],
  );
}

const projectCalled = (world: World, name: string): Project | undefined =>
  world.list(projects, { index: 'name', equals: name.toLowerCase() }).first();
