/** Permissions as the vendor shows them: one for each who has access, whatever it comes from. */
import type { Permission, Role } from '../../world.ts';
import { atLeast } from '../access.ts';

/** What somebody has on an item, with where it comes from. */
export interface Effective extends Permission {
  details: { role: Role; inheritedFrom?: string }[];
}

/** One for each grantee: with the strongest role, and as inherited only where nothing is their own. */
export function effectivePermissions(permissions: readonly Permission[]): Effective[] {
  const byId = new Map<string, Permission[]>();
  for (const one of permissions) {
    const known = byId.get(one.id);
    if (known) known.push(one);
    else byId.set(one.id, [one]);
  }
  return [...byId.values()].map(merged);
}

function merged(all: readonly Permission[]): Effective {
  const strongest = all.reduce((best, one) => (atLeast(best.role, one.role) && !best.view ? best : one));
  const own = all.find((one) => one.inheritedFrom === undefined);
  const { inheritedFrom, ...base } = own ?? strongest;
  return {
    ...base,
    role: strongest.role,
    ...(own === undefined && inheritedFrom !== undefined ? { inheritedFrom } : {}),
    details: all.map((one) => ({
      role: one.role,
      ...(one.inheritedFrom === undefined ? {} : { inheritedFrom: one.inheritedFrom }),
    })),
  };
}
