/** The columns that a person's lists of issues show. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { requireUser } from '../model/people/people.ts';
import { resetUserColumns, setUserColumns, userColumnsOf } from '../model/people/userColumns.ts';
import type { User } from '../world.ts';
import { caller, doc } from './address.ts';
import { administrator } from './askers.ts';
import { columnsView, sentColumns } from './columns.ts';

/** The person whose columns are meant: oneself, or for administrators another. */
export function selfOrAny(call: Call): User {
  const me = caller(call);
  const accountId = call.query.get('accountId');
  if (accountId === null || accountId === me.accountId) return me;
  administrator(call);
  return requireUser(call.world, accountId);
}

export const userColumnEndpoints = [
  endpoint(
    {
      id: 'getUserDefaultColumns',
      route: 'GET /rest/api/3/user/columns',
      doc: doc('users', 'user-columns-get'),
    },
    (call) => columnsView(call.world, userColumnsOf(call.world, selfOrAny(call))),
  ),
  endpoint(
    {
      id: 'setUserColumns',
      route: 'PUT /rest/api/3/user/columns',
      traits: { form: true },
      doc: doc('users', 'user-columns-put'),
    },
    (call) => setUserColumns(call.world, selfOrAny(call), call.body.kind === 'none' ? [] : sentColumns(call)),
  ),
  endpoint(
    {
      id: 'resetUserColumns',
      route: 'DELETE /rest/api/3/user/columns',
      status: 204,
      doc: doc('users', 'user-columns-delete'),
    },
    (call) => resetUserColumns(call.world, selfOrAny(call)),
  ),
];
