/** Field configurations, and how each treats the fields. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import {
  configuredFields,
  createFieldConfiguration,
  deleteFieldConfiguration,
  type ItemInput,
  requireFieldConfiguration,
  updateFieldConfiguration,
  updateItems,
} from '../model/fields/fieldConfigurations.ts';
import { type FieldConfiguration, fieldConfigurations } from '../world.ts';
import { doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { body, flag, listOf, part, text } from './shapes.ts';

const GROUP = 'issue-field-configurations';
const ROOT = '/rest/api/3/fieldconfiguration';
export const CONFIGURATION_ADMINS = 'Only Jira administrators can access field configurations.';

const named = (call: Call): FieldConfiguration => {
  administrator(call, CONFIGURATION_ADMINS);
  return requireFieldConfiguration(call.world, call.params.id ?? '');
};

const view = ({ id, name, description, isDefault }: FieldConfiguration) => ({
  id,
  name,
  description,
  ...(isDefault ? { isDefault } : {}),
});

const page = { style: 'values', default: 50, max: 100 };
const TEXTS = body({ name: text, description: text }, { strict: true });
const ITEM = part({ id: text, description: text, isHidden: flag, isRequired: flag, renderer: text });

export const fieldConfigurationEndpoints = [
  endpoint(
    {
      id: 'getAllFieldConfigurations',
      route: `GET ${ROOT}`,
      page,
      doc: doc(GROUP, 'fieldconfiguration-get'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      const ids = listParameter(call.query, 'id');
      const part = (call.query.get('query') ?? '').toLowerCase();
      const rows = call.world.list(fieldConfigurations, {
        where: (row) =>
          (ids.length === 0 || ids.includes(String(row.id))) &&
          (call.query.get('isDefault') !== 'true' || row.isDefault) &&
          `${row.name}\n${row.description}`.toLowerCase().includes(part),
      });
      return list(rows, view);
    },
  ),
  endpoint(
    {
      id: 'createFieldConfiguration',
      route: `POST ${ROOT}`,
      input: TEXTS,
      doc: doc(GROUP, 'fieldconfiguration-post'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      return view(createFieldConfiguration(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'updateFieldConfiguration',
      route: `PUT ${ROOT}/{id}`,
      status: 204,
      input: TEXTS,
      doc: doc(GROUP, 'fieldconfiguration-id-put'),
    },
    (call) => updateFieldConfiguration(call.world, named(call), given(call)),
  ),
  endpoint(
    {
      id: 'deleteFieldConfiguration',
      route: `DELETE ${ROOT}/{id}`,
      status: 204,
      doc: doc(GROUP, 'fieldconfiguration-id-delete'),
    },
    (call) => deleteFieldConfiguration(call.world, named(call)),
  ),
  endpoint(
    {
      id: 'getFieldConfigurationItems',
      route: `GET ${ROOT}/{id}/fields`,
      page,
      doc: doc(GROUP, 'fieldconfiguration-id-fields-get'),
    },
    (call) => list(rangeOf(configuredFields(call.world, named(call))), (field) => field),
  ),
  endpoint(
    {
      id: 'updateFieldConfigurationItems',
      route: `PUT ${ROOT}/{id}/fields`,
      status: 204,
      input: body({ fieldConfigurationItems: listOf(ITEM) }, { strict: true }),
      doc: doc(GROUP, 'fieldconfiguration-id-fields-put'),
    },
    (call) => {
      const { fieldConfigurationItems = [] } = given<{ fieldConfigurationItems?: ItemInput[] }>(call);
      updateItems(call.world, named(call), fieldConfigurationItems);
    },
  ),
];
