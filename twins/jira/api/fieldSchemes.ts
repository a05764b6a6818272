/** Field schemes, and the projects that have them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { assignSchemes, KEPT } from '../model/fields/fieldSchemeItems.ts';
import {
  associatedFields,
  createFieldScheme,
  deleteFieldScheme,
  fieldSchemeOf,
  isAssociated,
  projectsOfFieldScheme,
  requireFieldScheme,
  updateFieldScheme,
} from '../model/fields/fieldSchemes.ts';
import { fieldById } from '../model/fields/fields.ts';
import { classicProjects } from '../model/fields/projectSchemes.ts';
import { type FieldParameters, type FieldScheme, fieldSchemes } from '../world.ts';
import { type Address, addressOf, doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { outcomes } from './fieldSchemeItems.ts';
import { rangeOf } from './meta.ts';
import { projectAvatars } from './schemeViews.ts';
import { body, text } from './shapes.ts';

const GROUP = 'field-schemes';
const ROOT = '/rest/api/3/config/fieldschemes';
const page = { style: 'values', default: 50, max: 100 };
const TEXTS = body({ name: text, description: text }, { strict: true });

const admin = (call: Call) => administrator(call, 'Only Jira administrators can access field schemes.');

const named = (call: Call): FieldScheme => {
  admin(call);
  return requireFieldScheme(call.world, call.params.id ?? '');
};

const brief = (at: Address, { id, name, description }: FieldScheme) => ({
  id,
  name,
  description,
  links: {
    associations: `${at.rest}/config/fieldschemes/${id}/fields`,
    projects: `${at.rest}/config/fieldschemes/${id}/projects`,
  },
});

const view = (at: Address, scheme: FieldScheme) => ({
  ...brief(at, scheme),
  fieldsCount: associatedFields(at.world, scheme).length,
  isDefault: scheme.isDefault,
});

const parametersView = ({ description = '', isRequired = false }: FieldParameters = {}) => ({
  description,
  isRequired,
});

export const fieldSchemeEndpoints = [
  endpoint(
    {
      id: 'getFieldAssociationSchemes',
      route: `GET ${ROOT}`,
      page,
      doc: doc(GROUP, 'config-fieldschemes-get'),
    },
    (call) => {
      admin(call);
      const at = addressOf(call);
      const ids = listParameter(call.query, 'projectId');
      const query = call.query.get('query');
      const matchedFilters = {
        ...(ids.length > 0 ? { projectIds: ids.map(Number) } : {}),
        ...(query ? { query } : {}),
      };
      const filtered = Object.keys(matchedFilters).length > 0;
      return list(rangeOf(found(call, ids, query ?? '')), (row) => ({
        ...view(at, row),
        ...(filtered ? { matchedFilters } : {}),
      }));
    },
  ),
  endpoint(
    {
      id: 'createFieldAssociationScheme',
      route: `POST ${ROOT}`,
      input: TEXTS,
      doc: doc(GROUP, 'config-fieldschemes-post'),
    },
    (call) => {
      admin(call);
      return brief(addressOf(call), createFieldScheme(call.world, given(call)));
    },
  ),
  endpoint(
    {
      id: 'getFieldAssociationSchemeById',
      route: `GET ${ROOT}/{id}`,
      doc: doc(GROUP, 'config-fieldschemes-id-get'),
    },
    (call) => {
      const scheme = named(call);
      return { ...view(addressOf(call), scheme), id: String(scheme.id) };
    },
  ),
  endpoint(
    {
      id: 'updateFieldAssociationScheme',
      route: `PUT ${ROOT}/{id}`,
      input: TEXTS,
      doc: doc(GROUP, 'config-fieldschemes-id-put'),
    },
    (call) => brief(addressOf(call), updateFieldScheme(call.world, named(call), given(call))),
  ),
  endpoint(
    {
      id: 'deleteFieldAssociationScheme',
      route: `DELETE ${ROOT}/{id}`,
      doc: doc(GROUP, 'config-fieldschemes-id-delete'),
    },
    (call) => {
      const scheme = named(call);
      deleteFieldScheme(call.world, scheme);
      return { deleted: true, id: String(scheme.id) };
    },
  ),
  endpoint(
    {
      id: 'cloneFieldAssociationScheme',
      route: `POST ${ROOT}/{id}/clone`,
      input: TEXTS,
      doc: doc(GROUP, 'config-fieldschemes-id-clone-post'),
    },
    (call) => brief(addressOf(call), createFieldScheme(call.world, given(call), named(call))),
  ),
  endpoint(
    {
      id: 'searchFieldAssociationSchemeFields',
      route: `GET ${ROOT}/{id}/fields`,
      page,
      doc: doc(GROUP, 'config-fieldschemes-id-fields-get'),
    },
    (call) => {
      const scheme = named(call);
      const ids = listParameter(call.query, 'fieldId');
      const wanted = associatedFields(call.world, scheme).filter(
        (id) => ids.length === 0 || ids.includes(id),
      );
      return list(rangeOf(wanted.map((id) => ({ id }))), ({ id }) => associationView(scheme, id));
    },
  ),
  endpoint(
    {
      id: 'getFieldAssociationSchemeItemParameters',
      route: `GET ${ROOT}/{id}/fields/{fieldId}/parameters`,
      doc: doc(GROUP, 'config-fieldschemes-id-fields-fieldid-parameters-get'),
    },
    (call) => {
      const scheme = named(call);
      const { fieldId } = call.params;
      if (!fieldById(call.world, fieldId) || !isAssociated(scheme, fieldId))
        throw missing(`The field '${fieldId}' is not associated with the scheme '${scheme.id}'.`);
      const { parameters, workTypeParameters = {} } = scheme.fields[fieldId] ?? {};
      return {
        fieldId,
        parameters: parametersView(parameters),
        workTypeParameters: Object.entries(workTypeParameters).map(([id, said]) => ({
          ...parametersView({ ...parameters, ...said }),
          workTypeId: Number(id),
        })),
      };
    },
  ),
  endpoint(
    {
      id: 'searchFieldAssociationSchemeProjects',
      route: `GET ${ROOT}/{id}/projects`,
      page,
      doc: doc(GROUP, 'config-fieldschemes-id-projects-get'),
    },
    (call) => {
      const at = addressOf(call);
      const ids = listParameter(call.query, 'projectId');
      const rows = projectsOfFieldScheme(call.world, named(call).id).filter(
        ({ id }) => ids.length === 0 || ids.includes(id),
      );
      return list(rangeOf(rows), (project) => ({
        id: project.id,
        key: project.key,
        name: project.name,
        avatarUrls: projectAvatars(at, project),
        deleted: project.deleted !== undefined,
      }));
    },
  ),
  endpoint(
    {
      id: 'getProjectsWithFieldSchemes',
      route: `GET ${ROOT}/projects`,
      page,
      doc: doc(GROUP, 'config-fieldschemes-projects-get'),
    },
    (call) => {
      admin(call);
      const ids = listParameter(call.query, 'projectId');
      const rows = classicProjects(call.world).filter(({ id }) => ids.length === 0 || ids.includes(id));
      return list(rangeOf(rows), ({ id }) => ({
        projectId: Number(id),
        schemeId: fieldSchemeOf(call.world, id).id,
      }));
    },
  ),
  endpoint(
    {
      id: 'associateProjectsToFieldAssociationSchemes',
      route: `PUT ${ROOT}/projects`,
      input: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: { projectIds: { type: 'array', items: { type: 'integer' } } },
          required: ['projectIds'],
        },
      },
      doc: doc(GROUP, 'config-fieldschemes-projects-put'),
    },
    (call) => {
      admin(call);
      return outcomes(assignSchemes(call.world, given(call)));
    },
  ),
];

/** Schemes that a text and projects ask for. */
function found({ world }: Call, projectIds: readonly string[], query: string): FieldScheme[] {
  const used = new Set(projectIds.map((id) => fieldSchemeOf(world, id).id));
  return world
    .list(fieldSchemes, {
      where: ({ id, name, description }) =>
        (projectIds.length === 0 || used.has(id)) &&
        `${name}\n${description}`.toLowerCase().includes(query.toLowerCase()),
    })
    .toArray();
}

/** A field of a scheme with what is said of it. */
function associationView({ fields }: FieldScheme, fieldId: string): Record<string, unknown> {
  const { restrictedToWorkTypes = [], parameters, workTypeParameters = {} } = fields[fieldId] ?? {};
  return {
    fieldId,
    allowedOperations: KEPT.has(fieldId)
      ? ['CHANGE_DESCRIPTION']
      : ['REMOVE', 'CHANGE_REQUIRED', 'CHANGE_DESCRIPTION'],
    parameters: parametersView(parameters),
    restrictedToWorkTypes,
    workTypeParameters: Object.entries(workTypeParameters).map(([workTypeId, said]) => ({
      ...parametersView({ ...parameters, ...said }),
      workTypeId,
    })),
  };
}
