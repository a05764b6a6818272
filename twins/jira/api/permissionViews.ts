/** Permissions, grants and schemes as answers show them. */
import { fieldById } from '../model/fields/fields.ts';
import type { Permission } from '../model/permissions/permissions.ts';
import { roleById } from '../model/permissions/roles.ts';
import { grantsOfScheme } from '../model/permissions/schemes.ts';
import { groups, type Holder, type PermissionGrant, type PermissionScheme } from '../world.ts';
import type { Address } from './address.ts';
import { groupName } from './groupViews.ts';
import { personView } from './peopleView.ts';
import { siteRole } from './roleViews.ts';

type Json = Record<string, unknown>;

/** A permission by itself. */
export const permissionView = ({ key, name, type, description }: Permission): Json => ({
  key,
  name,
  type,
  description,
});

/** What `expand` may ask for at holders; each brings the grants of a scheme along. */
const EXPANDS = ['user', 'group', 'projectRole', 'field', 'all'];

/** A scheme; `expand` (or `grants`) shows what it grants. */
export function schemeView(
  at: Address,
  scheme: PermissionScheme,
  expand: readonly string[],
  grants = false,
): Json {
  const shown = grants || expand.some((one) => one === 'permissions' || EXPANDS.includes(one));
  return {
    expand: 'permissions,user,group,projectRole,field,all',
    id: scheme.id,
    self: `${at.rest}/permissionscheme/${scheme.id}`,
    name: scheme.name,
    description: scheme.description,
    ...(scheme.scope ? { scope: scheme.scope } : {}),
    ...(shown
      ? { permissions: grantsOfScheme(at.world, scheme.id).map((one) => grantView(at, one, expand)) }
      : {}),
  };
}

/** One grant of a scheme. */
export const grantView = (at: Address, grant: PermissionGrant, expand: readonly string[]): Json => ({
  id: grant.id,
  self: `${at.rest}/permissionscheme/${grant.schemeId}/permission/${grant.id}`,
  holder: holderView(at, grant.holder, expand),
  permission: grant.permission,
});

/** A holder: its type, what it names, and that in full where `expand` asks for it. */
export function holderView(at: Address, { type, value }: Holder, expand: readonly string[] = []): Json {
  if (value === undefined) return { type };
  const wants = (what: string) => expand.includes(what) || expand.includes('all');
  switch (type) {
    case 'group': {
      const group = at.world.get(groups, value);
      const full = group && wants('group') ? { group: groupName(at, group) } : {};
      return { type, parameter: group?.name ?? value, value, ...full, expand: 'group' };
    }
    case 'projectRole': {
      const role = roleById(at.world, value);
      const { actors: _, ...shown } = role ? siteRole(at, role) : {};
      const full = role && wants('projectRole') ? { projectRole: shown } : {};
      return { type, parameter: value, value, ...full, expand: 'projectRole' };
    }
    case 'user': {
      const full = wants('user') ? { user: personView(at, { accountId: value }) } : {};
      return { type, parameter: value, value, ...full, expand: 'user' };
    }
    case 'userCustomField':
    case 'groupCustomField': {
      const full = wants('field') ? { field: fieldById(at.world, value) } : {};
      return { type, parameter: value, value, ...full, expand: 'field' };
    }
    default:
      return { type, parameter: value, value };
  }
}
