/** The schemes that a project is given: each must be there, and be one that projects may share. */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  issueTypeSchemes,
  notificationSchemes,
  type Project,
  permissionSchemes,
  securitySchemes,
  workflowSchemes,
} from '../../world.ts';
import { type DetailsInput, idIn, type Note } from './projectDetails.ts';

/** The schemes of a project that a caller may name. */
export type Schemes = Partial<
  Pick<
    Project,
    'issueTypeScheme' | 'workflowScheme' | 'notificationScheme' | 'permissionScheme' | 'securityScheme'
  >
>;

/** The schemes that were named. */
export function schemesIn(world: World, input: DetailsInput, note: Note): Schemes {
  const found: Schemes = {};
  const named = (
    field: keyof DetailsInput,
    what: string,
    rowOf: (id: string) => object | undefined,
  ): string | undefined => {
    const id = idIn(input[field] as string | number | null | undefined);
    if (id === undefined) return undefined;
    const row = rowOf(id);
    const there = row !== undefined && !('scope' in row);
    return note(field, there ? undefined : `The ${what} scheme with id '${id}' does not exist.`)
      ? id
      : undefined;
  };
  const types = named('issueTypeScheme', 'issue type', (id) => world.get(issueTypeSchemes, id));
  if (types) found.issueTypeScheme = { id: types };
  const workflow = named('workflowScheme', 'workflow', (id) => world.get(workflowSchemes, id));
  if (workflow) found.workflowScheme = { id: workflow };
  const mails = named('notificationScheme', 'notification', (id) => world.get(notificationSchemes, id));
  if (mails) found.notificationScheme = { id: mails };
  const permission = named('permissionScheme', 'permission', (id) =>
    world.get(permissionSchemes, sortable(Number(id))),
  );
  if (permission) found.permissionScheme = Number(permission);
  const security = named('issueSecurityScheme', 'issue security', (id) =>
    world.get(securitySchemes, sortable(Number(id))),
  );
  if (security) found.securityScheme = Number(security);
  return found;
}
