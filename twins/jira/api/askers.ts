/** Who asks, where an operation is for administrators or for those who may look at people only. */
import type { Call } from '../../../src/twin.ts';
import { forbidden } from '../errors.ts';
import { may, requireAdmin } from '../model/permissions/may.ts';
import type { User } from '../world.ts';
import { caller } from './address.ts';

type Here = Pick<Call, 'world' | 'actor'>;

/** The administrator of Jira who asks; 401 for nobody, 403 with `message` for anybody else. */
export function administrator(call: Here, message?: string): User {
  const me = caller(call);
  requireAdmin(call.world, me, message);
  return me;
}

/** The same, in the words of lists that a site shares: priorities, resolutions, schemes of notifications. */
export const privileged = (call: Here): User =>
  administrator(
    call,
    'You are not authorized to perform this action. Administrator privileges are required.',
  );

/** The administrator of the site who asks; 403 for anybody else. */
export function siteAdministrator(call: Here): User {
  const me = caller(call);
  if (!may(call.world, me, 'SYSTEM_ADMIN'))
    throw forbidden(
      'You are not authorized to perform this action. Site administrator privileges are required.',
    );
  return me;
}

/** The person who asks, if they may browse users and groups; 403 for others. */
export function browser(call: Here): User {
  const me = caller(call);
  if (!may(call.world, me, 'USER_PICKER'))
    throw forbidden('You are not authorized to browse users and groups.');
  return me;
}
