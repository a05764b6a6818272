/** Sharing of filters, and what is shared from the start. */

import { ApiError } from '../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { addShare, removeShare, requireFilter, requireShare } from '../model/filters/filter.ts';
import { setShareScope, shareScopeOf } from '../model/filters/sharing.ts';
import type { Filter } from '../world.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { shareView } from './shareViews.ts';

/** The filter of the path: 404 here, where filters themselves say 400. */
function filterIn(call: Call): Filter {
  try {
    return requireFilter(call.world, addressOf(call).me, call.params.id as string);
  } catch (error) {
    throw error instanceof ApiError ? missing(error.message) : error;
  }
}

const anonymous = { anonymous: true };

export const filterSharingEndpoints: readonly Endpoint[] = [
  endpoint(
    {
      id: 'getDefaultShareScope',
      route: 'GET /rest/api/3/filter/defaultShareScope',
      doc: doc('filter-sharing', 'filter-defaultsharescope-get'),
    },
    (call) => ({ scope: shareScopeOf(call.world, caller(call)) }),
  ),
  endpoint(
    {
      id: 'setDefaultShareScope',
      route: 'PUT /rest/api/3/filter/defaultShareScope',
      doc: doc('filter-sharing', 'filter-defaultsharescope-put'),
    },
    (call) => {
      setShareScope(call.world, caller(call), bodyObject(call).scope);
      return { scope: shareScopeOf(call.world, caller(call)) };
    },
  ),
  endpoint(
    {
      id: 'getSharePermissions',
      route: 'GET /rest/api/3/filter/{id}/permission',
      traits: anonymous,
      doc: doc('filter-sharing', 'filter-id-permission-get'),
    },
    (call) => filterIn(call).sharePermissions.map((one) => shareView(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'addSharePermission',
      route: 'POST /rest/api/3/filter/{id}/permission',
      doc: doc('filter-sharing', 'filter-id-permission-post'),
    },
    (call) => {
      const { id } = filterIn(call);
      const shares = addShare(call.world, caller(call), id, bodyObject(call));
      return reply({ status: 201, body: shares.map((one) => shareView(addressOf(call), one)) });
    },
  ),
  endpoint(
    {
      id: 'getSharePermission',
      route: 'GET /rest/api/3/filter/{id}/permission/{permissionId}',
      traits: anonymous,
      doc: doc('filter-sharing', 'filter-id-permission-permissionid-get'),
    },
    (call) => shareView(addressOf(call), requireShare(filterIn(call), call.params.permissionId)),
  ),
  endpoint(
    {
      id: 'deleteSharePermission',
      route: 'DELETE /rest/api/3/filter/{id}/permission/{permissionId}',
      status: 204,
      doc: doc('filter-sharing', 'filter-id-permission-permissionid-delete'),
    },
    (call) => removeShare(call.world, caller(call), call.params.id, call.params.permissionId),
  ),
];
