/** Field configuration schemes, and the projects that have them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import {
  assignFieldConfigurationScheme,
  type ConfigurationMapping,
  createFieldConfigurationScheme,
  deleteFieldConfigurationScheme,
  removeIssueTypes,
  requireFieldConfigurationScheme,
  schemesOfProjects,
  setMappings,
  updateFieldConfigurationScheme,
} from '../model/fields/fieldConfigurationSchemes.ts';
import { type FieldConfigurationScheme, fieldConfigurationSchemes } from '../world.ts';
import { doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { CONFIGURATION_ADMINS } from './fieldConfigurations.ts';
import { rangeOf } from './meta.ts';
import { body, listOf, part, text } from './shapes.ts';

const GROUP = 'issue-field-configurations';
const ROOT = '/rest/api/3/fieldconfigurationscheme';

const named = (call: Call): FieldConfigurationScheme => {
  administrator(call, CONFIGURATION_ADMINS);
  return requireFieldConfigurationScheme(call.world, call.params.id ?? '');
};

const view = ({ id, name, description }: FieldConfigurationScheme) => ({ id, name, description });

const page = { style: 'values', default: 50, max: 100 };
const TEXTS = body({ name: text, description: text }, { strict: true });
const MAPPING = part({ issueTypeId: text, fieldConfigurationId: text });

export const fieldConfigurationSchemeEndpoints = [
  endpoint(
    {
      id: 'getAllFieldConfigurationSchemes',
      route: `GET ${ROOT}`,
      page,
      doc: doc(GROUP, 'fieldconfigurationscheme-get'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      const ids = listParameter(call.query, 'id');
      const where = (row: FieldConfigurationScheme) => ids.length === 0 || ids.includes(row.id);
      return list(call.world.list(fieldConfigurationSchemes, { where }), view);
    },
  ),
  endpoint(
    {
      id: 'createFieldConfigurationScheme',
      route: `POST ${ROOT}`,
      status: 201,
      input: TEXTS,
      doc: doc(GROUP, 'fieldconfigurationscheme-post'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      return view(createFieldConfigurationScheme(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'getFieldConfigurationSchemeMappings',
      route: `GET ${ROOT}/mapping`,
      page,
      doc: doc(GROUP, 'fieldconfigurationscheme-mapping-get'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      return list(rangeOf(mappings(call)), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getFieldConfigurationSchemeProjectMapping',
      route: `GET ${ROOT}/project`,
      page,
      doc: doc(GROUP, 'fieldconfigurationscheme-project-get'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      const rows = schemesOfProjects(call.world, listParameter(call.query, 'projectId'));
      return list(rangeOf(rows), ({ scheme, projectIds }) => ({
        ...(scheme ? { fieldConfigurationScheme: view(scheme) } : {}),
        projectIds,
      }));
    },
  ),
  endpoint(
    {
      id: 'assignFieldConfigurationSchemeToProject',
      route: `PUT ${ROOT}/project`,
      status: 204,
      input: body({ fieldConfigurationSchemeId: text, projectId: text }, { strict: true }),
      doc: doc(GROUP, 'fieldconfigurationscheme-project-put'),
    },
    (call) => {
      administrator(call, CONFIGURATION_ADMINS);
      const { projectId = '', fieldConfigurationSchemeId } = given<Record<string, string>>(call);
      assignFieldConfigurationScheme(call.world, projectId, fieldConfigurationSchemeId);
    },
  ),
  endpoint(
    {
      id: 'updateFieldConfigurationScheme',
      route: `PUT ${ROOT}/{id}`,
      status: 204,
      input: TEXTS,
      doc: doc(GROUP, 'fieldconfigurationscheme-id-put'),
    },
    (call) => {
      updateFieldConfigurationScheme(call.world, named(call), given(call));
    },
  ),
  endpoint(
    {
      id: 'deleteFieldConfigurationScheme',
      route: `DELETE ${ROOT}/{id}`,
      status: 204,
      doc: doc(GROUP, 'fieldconfigurationscheme-id-delete'),
    },
    (call) => deleteFieldConfigurationScheme(call.world, named(call)),
  ),
  endpoint(
    {
      id: 'setFieldConfigurationSchemeMapping',
      route: `PUT ${ROOT}/{id}/mapping`,
      status: 204,
      input: body({ mappings: listOf(MAPPING) }, { strict: true }),
      doc: doc(GROUP, 'fieldconfigurationscheme-id-mapping-put'),
    },
    (call) => {
      const { mappings: lines = [] } = given<{ mappings?: ConfigurationMapping[] }>(call);
      setMappings(call.world, named(call), lines);
    },
  ),
  endpoint(
    {
      id: 'removeIssueTypesFromGlobalFieldConfigurationScheme',
      route: `POST ${ROOT}/{id}/mapping/delete`,
      status: 204,
      input: body({ issueTypeIds: listOf(text) }, { strict: true }),
      doc: doc(GROUP, 'fieldconfigurationscheme-id-mapping-delete-post'),
    },
    (call) => {
      const { issueTypeIds = [] } = given<{ issueTypeIds?: string[] }>(call);
      removeIssueTypes(call.world, named(call), issueTypeIds);
    },
  ),
];

/** The lines of the schemes that are named; of all where none is. 404 where none of those named is there. */
function mappings({ world, query }: Call): object[] {
  const ids = listParameter(query, 'fieldConfigurationSchemeId');
  const schemes = world
    .list(fieldConfigurationSchemes, { where: ({ id }) => ids.length === 0 || ids.includes(id) })
    .toArray();
  if (ids.length > 0 && schemes.length === 0) throw missing('The field configuration scheme was not found.');
  return schemes.flatMap((scheme) =>
    Object.entries(scheme.mappings).map(([issueTypeId, fieldConfigurationId]) => ({
      fieldConfigurationSchemeId: scheme.id,
      issueTypeId,
      fieldConfigurationId,
    })),
  );
}
