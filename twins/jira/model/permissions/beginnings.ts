/** What a new site has of groups, products, roles and schemes: whoever is signed in works in every project. */
import { uuid } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  applicationRoles,
  type Group,
  groups,
  type Holder,
  permissionGrants,
  permissionSchemes,
  projectRoles,
  roleActors,
  type User,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { enter } from '../people/groups.ts';
import { PERMISSIONS } from './permissions.ts';

const ROLES = [
  {
    id: 10_002,
    name: 'Administrators',
    description: 'A project role that represents administrators in a project.',
    admin: true,
    default: false,
  },
  {
    id: 10_003,
    name: 'atlassian-addons-project-access',
    description:
      'A project role that represents Connect add-ons declaring a scope that requires more than read issue permissions.',
    admin: false,
    default: false,
  },
  {
    id: 10_004,
    name: 'Member',
    description: 'A project role that represents the members of a project.',
    admin: false,
    default: true,
  },
  {
    id: 10_005,
    name: 'Viewer',
    description: 'A project role that represents people who may look at a project.',
    admin: false,
    default: false,
  },
];

/** The role of a project's administrators, and that of apps. */
export const ADMINISTRATORS = 10_002;
export const ADDONS = 10_003;

/** The scheme of company-managed software projects. */
export const SOFTWARE_SCHEME = 10_000;

const SCHEMES = [
  {
    id: 0,
    name: 'Default Permission Scheme',
    description:
      'This is the default Permission Scheme. Any new projects that are created will be assigned this scheme.',
  },
  {
    id: SOFTWARE_SCHEME,
    name: 'Default software scheme',
    description: 'Default scheme for Software projects.',
  },
];

/** Lays the site's groups, its product, its roles and its permission schemes. */
export function beginPermissions(world: World, siteName: string): void {
  const [users] = [
    group(world, `jira-users-${siteName}`),
    group(world, 'site-admins', 'site'),
    group(world, 'administrators', 'site'),
    group(world, 'jira-administrators', 'jira'),
    group(world, `jira-admins-${siteName}`, 'jira'),
  ];
  world.insert(applicationRoles, {
    key: 'jira-software',
    name: 'Jira',
    groups: world
      .list(groups)
      .toArray()
      .map(({ groupId }) => groupId),
    defaultGroups: users ? [users.groupId] : [],
    selectedByDefault: true,
    numberOfSeats: 35_000,
  });
  // A site that counts its roles goes on after these.
  for (const role of ROLES)
    world.insert(projectRoles, { ...role, id: Number(nextId(world, 'projectRole', ROLES[0]?.id)) });
  const admins = world.list(groups, { index: 'name', equals: 'jira-administrators' }).first();
  if (admins)
    world.insert(roleActors, {
      id: Number(nextId(world, 'roleActor')),
      roleId: ADMINISTRATORS,
      projectId: '',
      type: 'atlassian-group-role-actor',
      holder: admins.groupId,
    });
  for (const scheme of SCHEMES) {
    world.insert(permissionSchemes, scheme);
    for (const { key, type, begins } of PERMISSIONS)
      if (type === 'PROJECT')
        for (const holder of begins === 'everybody' ? EVERYBODY : ADMINISTRATION)
          world.insert(permissionGrants, {
            id: Number(nextId(world, 'permissionGrant')),
            schemeId: scheme.id,
            permission: key,
            holder,
          });
  }
}

const role = (id: number): Holder => ({ type: 'projectRole', value: String(id) });
const EVERYBODY: readonly Holder[] = [{ type: 'applicationRole' }, role(ADDONS)];
const ADMINISTRATION: readonly Holder[] = [role(ADMINISTRATORS), role(ADDONS)];

const group = (world: World, name: string, administers?: Group['administers']): Group =>
  world.insert(groups, {
    groupId: uuid(world.drawFor('jira.group', name)),
    name,
    ...(administers ? { administers } : {}),
  });

/** Makes a person administrator of the site: a member of every group that administers it. */
export function makeAdministrator(world: World, user: User): void {
  for (const { groupId, administers } of world.list(groups).toArray())
    if (administers) enter(world, groupId, user.accountId);
}
