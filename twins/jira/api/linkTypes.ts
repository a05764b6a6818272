/** Types of links between issues. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { linkTypes, requireLinkType } from '../model/issues/links.ts';
import { createLinkType, deleteLinkType, type LinkTypeInput, updateLinkType } from '../model/linkTypes.ts';
import { may } from '../model/permissions/may.ts';
import { addressOf, caller, doc } from './address.ts';
import { linkTypeView } from './schemeViews.ts';
import { body, text } from './shapes.ts';

const GROUP = 'issue-link-types';
const input = body({ id: text, name: text, inward: text, outward: text, self: text });

/** Who does not administer the site is told that there is nothing here, as the vendor does. */
function administered(call: Call): void {
  if (!may(call.world, caller(call), 'ADMINISTER'))
    throw missing('You do not have permission to manage issue link types.');
}

export const linkTypeEndpoints = [
  endpoint(
    { id: 'getIssueLinkTypes', route: 'GET /rest/api/3/issueLinkType', doc: doc(GROUP, 'issuelinktype-get') },
    (call) => ({ issueLinkTypes: linkTypes(call.world).map((type) => linkTypeView(addressOf(call), type)) }),
  ),
  endpoint(
    {
      id: 'createIssueLinkType',
      route: 'POST /rest/api/3/issueLinkType',
      status: 201,
      input,
      doc: doc(GROUP, 'issuelinktype-post'),
    },
    (call) => {
      administered(call);
      return linkTypeView(addressOf(call), createLinkType(call.world, call.input as LinkTypeInput));
    },
  ),
  endpoint(
    {
      id: 'getIssueLinkType',
      route: 'GET /rest/api/3/issueLinkType/{issueLinkTypeId}',
      doc: doc(GROUP, 'issuelinktype-issuelinktypeid-get'),
    },
    (call) => linkTypeView(addressOf(call), requireLinkType(call.world, { id: call.params.issueLinkTypeId })),
  ),
  endpoint(
    {
      id: 'updateIssueLinkType',
      route: 'PUT /rest/api/3/issueLinkType/{issueLinkTypeId}',
      input,
      doc: doc(GROUP, 'issuelinktype-issuelinktypeid-put'),
    },
    (call) => {
      administered(call);
      const saved = updateLinkType(call.world, call.params.issueLinkTypeId, call.input as LinkTypeInput);
      return linkTypeView(addressOf(call), saved);
    },
  ),
  endpoint(
    {
      id: 'deleteIssueLinkType',
      route: 'DELETE /rest/api/3/issueLinkType/{issueLinkTypeId}',
      status: 204,
      doc: doc(GROUP, 'issuelinktype-issuelinktypeid-delete'),
    },
    (call) => {
      administered(call);
      deleteLinkType(call.world, call.params.issueLinkTypeId);
    },
  ),
];
