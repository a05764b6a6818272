/** Permissions in the words of the second version. */
import type { World } from '../../../../../src/world/world.ts';
import type { PermissionInput } from '../../model/permission.ts';
import { rootV2 } from './fileV2.ts';

type Fields = Record<string, unknown>;

/** What v3 says of a permission, in v2's words. */
export function permissionV2(world: World, fileId: string, shown: Fields): Fields {
  const { allowFileDiscovery, role, expirationTime, displayName, kind: _kind, id, ...rest } = shown;
  const { permissionDetails: _details, teamDrivePermissionDetails: _old, ...kept } = rest;
  const link = `${rootV2(world)}/files/${fileId}/permissions/${id}`;
  return {
    kind: 'drive#permission',
    etag: `"${Buffer.from(`${id} ${role}`).toString('base64url')}"`,
    id,
    selfLink: link,
    ...(role === 'commenter' ? { role: 'reader', additionalRoles: ['commenter'] } : { role }),
    ...kept,
    ...(displayName === undefined ? {} : { name: displayName }),
    ...(allowFileDiscovery === undefined ? {} : { withLink: !allowFileDiscovery }),
    ...(expirationTime === undefined ? {} : { expirationDate: expirationTime }),
  };
}

/** A body of the second version. */
export interface PermissionBodyV2 {
  type?: string;
  role?: string;
  additionalRoles?: string[];
  /** An address or a domain. */
  value?: string;
  emailAddress?: string;
  domain?: string;
  withLink?: boolean;
  expirationDate?: string;
}

/** The same body in v3's words. */
export function permissionInputOf(body: PermissionBodyV2): PermissionInput {
  const { type, role, value, withLink, expirationDate } = body;
  const given = {
    type,
    role: body.additionalRoles?.includes('commenter') ? 'commenter' : role,
    emailAddress: type === 'user' || type === 'group' ? (value ?? body.emailAddress) : body.emailAddress,
    domain: type === 'domain' ? (value ?? body.domain) : body.domain,
    allowFileDiscovery: withLink === undefined ? undefined : !withLink,
    expirationTime: expirationDate,
  };
  return Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined)) as PermissionInput;
}
