/**
 * Groups of Active Directory and LDAP, which agents on the customer's premises change. An org has no agents: what can
 * be asked of it is refused as one whose agents are all gone refuses it.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/DirectoriesIntegration/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, refuse } from '../../errors.ts';
import { findApp } from '../apps/app.ts';
import { findGroup } from '../groups/group.ts';

/** Who is put into a group of a directory, or taken out of it. */
export interface DirectoryGroupChange {
  id?: string;
  parameters?: { action?: string; attribute?: string; values?: readonly string[] };
}

/** Throws E0000007 for a directory or group that is not there, E0000001 for a change that is none, else E0000241. */
export function changeDirectoryGroup(world: World, appId: string, change: DirectoryGroupChange): never {
  findDirectory(world, appId);
  const { id, parameters: { action, attribute, values = [] } = {} } = change;
  if (!id) throw blank('id');
  if (action !== 'ADD' && action !== 'REMOVE') throw invalid('action', 'action: Must be ADD or REMOVE');
  if (!attribute) throw blank('attribute');
  if (values.length === 0) throw blank('values');
  findGroup(world, id);
  throw refuse('E0000241');
}

/** Throws as `changeDirectoryGroup` does. */
export function queryDirectoryGroup(
  world: World,
  appId: string,
  groupId: string,
  query: { attributes?: readonly string[] },
): never {
  findDirectory(world, appId);
  findGroup(world, groupId);
  if (!query.attributes?.length) throw blank('attributes');
  throw refuse('E0000241');
}

/** No query was ever taken, so there is no result: E0000007. */
export function queryResult(world: World, appId: string, resultId: string): never {
  findDirectory(world, appId);
  throw notFound(resultId, 'GroupAttributeQueryResult');
}

const DIRECTORIES: ReadonlySet<string> = new Set(['active_directory', 'ldap_sun_one', 'ldap_generic']);

function findDirectory(world: World, appId: string): void {
  if (!DIRECTORIES.has(findApp(world, appId).name)) throw notFound(appId, 'AppInstance');
}
