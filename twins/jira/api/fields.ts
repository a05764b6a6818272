/** The fields of a site: those it has, those that administrators make, and those in the trash. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { contextsOf } from '../model/fields/contexts.ts';
import {
  createField,
  deleteField,
  requireCustomField,
  restoreField,
  trashField,
  updateField,
} from '../model/fields/customFields.ts';
import { type Field, fieldById, fieldOfRow, fieldsOf } from '../model/fields/fields.ts';
import { projectFields } from '../model/fields/projectFields.ts';
import { fieldsFound, projectsWith, screensWith, trashedFields } from '../model/fields/search.ts';
import type { CustomField } from '../world.ts';
import { addressOf, bodyObject, caller, doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { fieldView, foundField, trashedField } from './fieldViews.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { body, text } from './shapes.ts';
import { taskStarted } from './tasks.ts';

const GROUP = 'issue-fields';
const EDITORS = 'Only Jira administrators can edit custom fields.';
const READERS = 'Only Jira administrators can access fields.';

const DETAILS = { name: text, description: text, searcherKey: text };

/** What a search for fields asks. */
const asked = ({ query }: Call) => ({
  text: query.get('query') ?? '',
  ids: listParameter(query, 'id'),
  types: listParameter(query, 'type'),
  projectIds: listParameter(query, 'projectIds'),
});

const fieldOrders = (world: World) => ({
  name: (field: Field) => field.name.toLowerCase(),
  contextsCount: (field: Field) => contextsOf(world, field.id).length,
  screensCount: (field: Field) => screensWith(world, field.id).length,
  projectsCount: (field: Field) => projectsWith(world, field.id).length,
  lastUsed: () => 0,
});

const since = (row: CustomField) => row.trashed?.at ?? 0;

const trashOrders = (world: World) => ({
  name: (row: CustomField) => row.name.toLowerCase(),
  trashDate: since,
  plannedDeletionDate: since,
  projectsCount: (row: CustomField) => projectsWith(world, row.id).length,
});

export const fieldEndpoints = [
  endpoint({ id: 'getFields', route: 'GET /rest/api/3/field', doc: doc(GROUP, 'field-get') }, (call) =>
    fieldsOf(call.world).map(fieldView),
  ),
  endpoint(
    {
      id: 'createCustomField',
      route: 'POST /rest/api/3/field',
      status: 201,
      input: body({ ...DETAILS, type: text }, { strict: true }),
      doc: doc(GROUP, 'field-post'),
    },
    (call) => {
      const me = administrator(call, 'Only Jira administrators can create custom fields.');
      return fieldView(fieldOfRow(createField(call.world, me, given(call))));
    },
  ),
  endpoint(
    {
      id: 'getFieldsPaginated',
      route: 'GET /rest/api/3/field/search',
      page: { style: 'values', default: 50, max: 50 },
      doc: doc(GROUP, 'field-search-get'),
    },
    (call) => {
      caller(call);
      const expand = listParameter(call.query, 'expand');
      const found = fieldsFound(call.world, asked(call));
      return list(rangeOf(orderedBy(found, call.query.get('orderBy'), fieldOrders(call.world))), (field) =>
        foundField(call.world, field, expand),
      );
    },
  ),
  endpoint(
    {
      id: 'getTrashedFieldsPaginated',
      route: 'GET /rest/api/3/field/search/trashed',
      page: { style: 'values', default: 50, max: 50 },
      doc: doc(GROUP, 'field-search-trashed-get'),
    },
    (call) => {
      administrator(call, READERS);
      const at = addressOf(call);
      const found = trashedFields(call.world, asked(call));
      return list(rangeOf(orderedBy(found, call.query.get('orderBy'), trashOrders(call.world))), (row) =>
        trashedField(at, row),
      );
    },
  ),
  endpoint(
    {
      id: 'updateCustomField',
      route: 'PUT /rest/api/3/field/{fieldId}',
      status: 204,
      input: body(DETAILS, { strict: true }),
      doc: doc(GROUP, 'field-fieldid-put'),
    },
    (call) => {
      updateField(call.world, administrator(call, EDITORS), call.params.fieldId, bodyObject(call));
    },
  ),
  endpoint(
    {
      id: 'deleteCustomField',
      route: 'DELETE /rest/api/3/field/{id}',
      status: 303,
      doc: doc(GROUP, 'field-id-delete'),
    },
    (call) =>
      taskStarted(addressOf(call), deleteField(call.world, administrator(call, EDITORS), call.params.id)),
  ),
  endpoint(
    {
      id: 'trashCustomField',
      route: 'POST /rest/api/3/field/{id}/trash',
      doc: doc(GROUP, 'field-id-trash-post'),
    },
    (call) => {
      trashField(call.world, administrator(call, EDITORS), call.params.id);
      return {};
    },
  ),
  endpoint(
    {
      id: 'restoreCustomField',
      route: 'POST /rest/api/3/field/{id}/restore',
      doc: doc(GROUP, 'field-id-restore-post'),
    },
    (call) => {
      restoreField(call.world, administrator(call, EDITORS), call.params.id);
      return {};
    },
  ),
  endpoint(
    {
      id: 'getContextsForFieldDeprecated',
      route: 'GET /rest/api/3/field/{fieldId}/contexts',
      page: { style: 'values', default: 20, max: 50 },
      doc: doc(GROUP, 'field-fieldid-contexts-get'),
    },
    (call) => {
      administrator(call, READERS);
      const all = fieldById(call.world, call.params.fieldId)
        ? contextsOf(call.world, call.params.fieldId)
        : [];
      return list(rangeOf(all), ({ id, name }) => ({ id: Number(id), name }));
    },
  ),
  endpoint(
    {
      id: 'getFieldProjectAssociations',
      route: 'GET /rest/api/3/field/{fieldId}/association/project',
      page: { style: 'values', default: 50, max: 100 },
      doc: doc(GROUP, 'field-fieldid-association-project-get'),
    },
    (call) => {
      administrator(call, READERS);
      const { id } = requireCustomField(call.world, call.params.fieldId);
      return list(rangeOf(projectsWith(call.world, id)), (project) => ({ projectId: project.id }));
    },
  ),
  endpoint(
    {
      id: 'getProjectFields',
      route: 'GET /rest/api/3/projects/fields',
      page: { style: 'values', default: 50, max: 100 },
      doc: doc(GROUP, 'projects-fields-get'),
    },
    (call) => {
      const ids = (name: string) => listParameter(call.query, name);
      const found = projectFields(
        call.world,
        caller(call),
        ids('projectId'),
        ids('workTypeId'),
        ids('fieldId'),
      );
      return list(rangeOf(found), (one) => one);
    },
  ),
];
