/** The schemes that a project is given: each must be there, and be one that projects may share. */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { issueTypeSchemes, type Project, workflowSchemes } from '../../world.ts';
import { type DetailsInput, idIn, type Note } from './projectDetails.ts';

/** The schemes of a project that a caller may name. */
export type Schemes = Partial<Pick<Project, 'issueTypeScheme' | 'workflowScheme' | 'notificationScheme'>>;

/** The schemes that were named. */
export function schemesIn(world: World, input: DetailsInput, note: Note): Schemes {
  const found: Schemes = {};
  const read = <E extends { id: string; scope?: unknown }>(
    field: 'issueTypeScheme' | 'workflowScheme' | 'notificationScheme',
    rows: Table<E>,
    what: string,
  ): void => {
    const id = idIn(input[field]);
    if (id === undefined) return;
    const row = world.get(rows, id);
    const problem = row && !row.scope ? undefined : `The ${what} scheme with id '${id}' does not exist.`;
    if (note(field, problem)) found[field] = { id };
  };
  read('issueTypeScheme', issueTypeSchemes, 'issue type');
  read('workflowScheme', workflowSchemes, 'workflow');
  return found;
}
