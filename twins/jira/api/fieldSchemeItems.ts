/** Fields in field schemes, changed many at once, and fields of projects. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { setAssociations } from '../model/fields/associations.ts';
import {
  associate,
  dissociate,
  type Outcome,
  removeParameters,
  setParameters,
} from '../model/fields/fieldSchemeItems.ts';
import { doc, given } from './address.ts';
import { administrator } from './askers.ts';
import { body, listOf, part, text } from './shapes.ts';

const GROUP = 'field-schemes';
const ROOT = '/rest/api/3/config/fieldschemes/fields';

const admin = (call: Call) => administrator(call, 'Only Jira administrators can access field schemes.');

/** How parts of a request went: 200 where all did, 207 where some did, 400 where none did. */
export function outcomes(results: readonly Outcome[]): unknown {
  const good = results.filter((one) => one.success).length;
  const status = good === results.length ? 200 : good > 0 ? 207 : 400;
  return reply({ status, body: { results } });
}

const IDS = { type: 'array', items: { type: 'integer' } };
const PARAMETERS = { description: text, isRequired: { type: ['boolean', 'null'] } };

/** By field: one object, or a list of them. */
const byField = (value: object) => ({ type: 'object', additionalProperties: value });
const item = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const items = (properties: object, ...required: string[]) => ({
  type: 'array',
  items: item(properties, ...required),
});

const ASSOCIATIONS = body(
  {
    associationContexts: listOf(part({ type: text })),
    fields: listOf(part({ type: text })),
  },
  { strict: true },
);

export const fieldSchemeItemEndpoints = [
  endpoint(
    {
      id: 'updateFieldsAssociatedWithSchemes',
      route: `PUT ${ROOT}`,
      input: byField(items({ schemeIds: IDS, restrictedToWorkTypes: IDS }, 'schemeIds')),
      doc: doc(GROUP, 'config-fieldschemes-fields-put'),
    },
    (call) => {
      admin(call);
      return outcomes(associate(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'removeFieldsAssociatedWithSchemes',
      route: `DELETE ${ROOT}`,
      input: byField(item({ schemeIds: IDS }, 'schemeIds')),
      doc: doc(GROUP, 'config-fieldschemes-fields-delete'),
    },
    (call) => {
      admin(call);
      return outcomes(dissociate(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'updateFieldAssociationSchemeItemParameters',
      route: `PUT ${ROOT}/parameters`,
      input: byField(
        items({
          schemeIds: IDS,
          parameters: item(PARAMETERS),
          workTypeParameters: items({ ...PARAMETERS, workTypeId: { type: 'integer' } }),
        }),
      ),
      doc: doc(GROUP, 'config-fieldschemes-fields-parameters-put'),
    },
    (call) => {
      admin(call);
      return outcomes(setParameters(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'removeFieldAssociationSchemeItemParameters',
      route: `DELETE ${ROOT}/parameters`,
      input: byField(
        items({
          schemeId: { type: 'integer' },
          workTypeIds: IDS,
          parameters: { type: 'array', items: { enum: ['description', 'isRequired'] } },
        }),
      ),
      doc: doc(GROUP, 'config-fieldschemes-fields-parameters-delete'),
    },
    (call) => {
      admin(call);
      return outcomes(removeParameters(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'createAssociations',
      route: 'PUT /rest/api/3/field/association',
      status: 204,
      input: ASSOCIATIONS,
      doc: doc('issue-custom-field-associations', 'field-association-put'),
    },
    (call) => {
      administrator(call);
      setAssociations(call.world, given(call), true);
    },
  ),
  endpoint(
    {
      id: 'removeAssociations',
      route: 'DELETE /rest/api/3/field/association',
      status: 204,
      input: ASSOCIATIONS,
      doc: doc('issue-custom-field-associations', 'field-association-delete'),
    },
    (call) => {
      administrator(call);
      setAssociations(call.world, given(call), false);
    },
  ),
];
