/** What apps keep about fields of their own. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import {
  type ConfigurationInput,
  configurationsOf,
  keepConfigurations,
} from '../model/fields/appConfigurations.ts';
import { type AppField, requireAppField, requireOwner } from '../model/fields/appFields.ts';
import type { FieldContext } from '../world.ts';
import { bodyObject, caller, doc, listParameter, texts } from './address.ts';
import { rangeOf } from './meta.ts';
import { body, listOf, text } from './shapes.ts';

const GROUP = 'issue-custom-field-configuration--apps-';
const ROOT = '/rest/api/3/app/field/{fieldIdOrKey}/context/configuration';
const page = { style: 'values', default: 100, max: 1_000 };

/** A field of an app, for the app and for administrators. */
function owned(call: Call, keyOrId: string): AppField {
  const field = requireAppField(call.world, keyOrId);
  requireOwner(call.world, caller(call), call.actor?.app, field);
  return field;
}

const asked = ({ query }: Call) => ({
  ids: listParameter(query, 'id'),
  contextIds: listParameter(query, 'fieldContextId'),
  issueId: query.get('issueId'),
  project: query.get('projectKeyOrId'),
  issueTypeId: query.get('issueTypeId'),
});

const view = ({ id, configuration }: FieldContext) => ({ id, fieldContextId: id, ...configuration });

export const appFieldConfigurationEndpoints = [
  endpoint(
    {
      id: 'getCustomFieldsConfigurations',
      route: 'POST /rest/api/3/app/field/context/configuration/list',
      page,
      support: 'stored',
      input: body(
        { fieldIdsOrKeys: { type: 'array', items: { type: 'string' }, minItems: 1 } },
        { strict: true },
      ),
      doc: doc(GROUP, 'app-field-context-configuration-list-post'),
    },
    (call) => {
      const fields = texts(bodyObject(call).fieldIdsOrKeys).map((one) => owned(call, one));
      const found = fields.flatMap((field) => configurationsOf(call.world, field, asked(call)));
      return list(rangeOf(found), (row) => ({ customFieldId: row.fieldId, ...view(row) }));
    },
  ),
  endpoint(
    {
      id: 'getCustomFieldConfiguration',
      route: `GET ${ROOT}`,
      page,
      support: 'stored',
      doc: doc(GROUP, 'app-field-fieldidorkey-context-configuration-get'),
    },
    (call) => {
      const field = owned(call, call.params.fieldIdOrKey);
      return list(rangeOf(configurationsOf(call.world, field, asked(call))), view);
    },
  ),
  endpoint(
    {
      id: 'updateCustomFieldConfiguration',
      route: `PUT ${ROOT}`,
      support: 'stored',
      input: body(
        { configurations: listOf({ type: 'object', properties: { id: text }, required: ['id'] }) },
        { strict: true },
      ),
      doc: doc(GROUP, 'app-field-fieldidorkey-context-configuration-put'),
    },
    (call) => {
      const { configurations } = bodyObject(call) as { configurations?: ConfigurationInput[] | null };
      keepConfigurations(call.world, owned(call, call.params.fieldIdOrKey), configurations ?? []);
      return {};
    },
  ),
];
