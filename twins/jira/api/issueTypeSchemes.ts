/** Issue type schemes and the projects that have them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import {
  addTypes,
  assignIssueTypeScheme,
  createIssueTypeScheme,
  deleteIssueTypeScheme,
  type IssueTypeSchemeInput,
  issueTypeSchemes,
  projectsOfTypes,
  removeTypeFrom,
  reorderTypes,
  updateIssueTypeScheme,
} from '../model/issueTypes/issueTypeSchemes.ts';
import { requireAdmin } from '../model/permissions/may.ts';
import { requireIssueType } from '../model/schemes.ts';
import type { IssueTypeScheme } from '../world.ts';
import { type Address, addressOf, caller, doc, listParameter } from './address.ts';
import { embedded } from './embeddedPages.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { projectDetails } from './projectViews.ts';
import { listedIssueType } from './schemeViews.ts';
import { body, oneOf, rowId, text } from './shapes.ts';

type Json = Record<string, unknown>;

const GROUP = 'issue-type-schemes';
const PATH = '/rest/api/3/issuetypescheme';

function administered(call: Call): void {
  requireAdmin(call.world, caller(call), 'Only Jira administrators can access issue type schemes.');
}

const ids = { issueTypeIds: { type: 'array', items: rowId } };

const view = (scheme: IssueTypeScheme): Json => ({
  id: scheme.id,
  name: scheme.name,
  description: scheme.description,
  ...(scheme.defaultIssueTypeId === undefined ? {} : { defaultIssueTypeId: scheme.defaultIssueTypeId }),
  ...(scheme.isDefault ? { isDefault: true } : {}),
});

const expanded = (at: Address, scheme: IssueTypeScheme, expand: readonly string[]): Json => ({
  ...view(scheme),
  ...(expand.includes('projects')
    ? { projects: embedded(projectsOfTypes(at.world, scheme).map((one) => projectDetails(at, one))) }
    : {}),
  ...(expand.includes('issueTypes')
    ? {
        issueTypes: embedded(
          scheme.issueTypeIds.map((id) => listedIssueType(at, requireIssueType(at.world, id))),
        ),
      }
    : {}),
});

/** The schemes that a parameter names; all where it names none. */
const named = (call: Call, parameter: string): IssueTypeScheme[] => {
  const wanted = listParameter(call.query, parameter);
  return issueTypeSchemes(call.world).filter(({ id }) => wanted.length === 0 || wanted.includes(id));
};

export const issueTypeSchemeEndpoints = [
  endpoint(
    {
      id: 'getAllIssueTypeSchemes',
      route: `GET ${PATH}`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'issuetypescheme-get'),
    },
    (call) => {
      administered(call);
      const wanted = call.query.get('queryString')?.toLowerCase() ?? '';
      const found = named(call, 'id').filter(({ name }) => name.toLowerCase().includes(wanted));
      const ordered = orderedBy(found, call.query.get('orderBy'), {
        name: (one) => one.name.toLowerCase(),
        id: (one) => Number(one.id),
      });
      const expand = listParameter(call.query, 'expand');
      return list(rangeOf(ordered), (one) => expanded(addressOf(call), one, expand));
    },
  ),
  endpoint(
    {
      id: 'createIssueTypeScheme',
      route: `POST ${PATH}`,
      status: 201,
      input: {
        ...body({ name: text, description: text, defaultIssueTypeId: rowId, ...ids }),
        required: ['issueTypeIds'],
      },
      doc: doc(GROUP, 'issuetypescheme-post'),
    },
    (call) => {
      administered(call);
      return { issueTypeSchemeId: createIssueTypeScheme(call.world, call.input as IssueTypeSchemeInput).id };
    },
  ),
  endpoint(
    {
      id: 'getIssueTypeSchemesMapping',
      route: `GET ${PATH}/mapping`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'issuetypescheme-mapping-get'),
    },
    (call) => {
      administered(call);
      const rows = named(call, 'issueTypeSchemeId').flatMap(({ id, issueTypeIds }) =>
        issueTypeIds.map((issueTypeId) => ({ issueTypeSchemeId: id, issueTypeId })),
      );
      return list(rangeOf(rows), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getIssueTypeSchemeForProjects',
      route: `GET ${PATH}/project`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'issuetypescheme-project-get'),
    },
    (call) => {
      administered(call);
      const wanted = listParameter(call.query, 'projectId');
      if (wanted.length === 0) throw badQuery('The project IDs have to be provided.');
      const rows = issueTypeSchemes(call.world)
        .map((scheme) => ({
          issueTypeScheme: view(scheme),
          projectIds: projectsOfTypes(call.world, scheme)
            .map(({ id }) => id)
            .filter((id) => wanted.includes(id)),
        }))
        .filter(({ projectIds }) => projectIds.length > 0);
      return list(rangeOf(rows), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'assignIssueTypeSchemeToProject',
      route: `PUT ${PATH}/project`,
      status: 204,
      input: {
        ...body({ issueTypeSchemeId: rowId, projectId: rowId }),
        required: ['issueTypeSchemeId', 'projectId'],
      },
      doc: doc(GROUP, 'issuetypescheme-project-put'),
    },
    (call) => {
      administered(call);
      const { issueTypeSchemeId, projectId } = call.input as {
        issueTypeSchemeId: unknown;
        projectId: unknown;
      };
      assignIssueTypeScheme(call.world, String(issueTypeSchemeId), String(projectId));
    },
  ),
  endpoint(
    {
      id: 'deleteIssueTypeScheme',
      route: `DELETE ${PATH}/{issueTypeSchemeId}`,
      status: 204,
      doc: doc(GROUP, 'issuetypescheme-issuetypeschemeid-delete'),
    },
    (call) => {
      administered(call);
      deleteIssueTypeScheme(call.world, call.params.issueTypeSchemeId);
    },
  ),
  endpoint(
    {
      id: 'updateIssueTypeScheme',
      route: `PUT ${PATH}/{issueTypeSchemeId}`,
      status: 204,
      input: body({ name: text, description: text, defaultIssueTypeId: rowId }),
      doc: doc(GROUP, 'issuetypescheme-issuetypeschemeid-put'),
    },
    (call) => {
      administered(call);
      updateIssueTypeScheme(call.world, call.params.issueTypeSchemeId, call.input as IssueTypeSchemeInput);
    },
  ),
  endpoint(
    {
      id: 'addIssueTypesToIssueTypeScheme',
      route: `PUT ${PATH}/{issueTypeSchemeId}/issuetype`,
      status: 204,
      input: { ...body(ids), required: ['issueTypeIds'] },
      doc: doc(GROUP, 'issuetypescheme-issuetypeschemeid-issuetype-put'),
    },
    (call) => {
      administered(call);
      const { issueTypeIds } = call.input as IssueTypeSchemeInput;
      addTypes(call.world, call.params.issueTypeSchemeId, issueTypeIds);
    },
  ),
  endpoint(
    {
      id: 'reorderIssueTypesInIssueTypeScheme',
      route: `PUT ${PATH}/{issueTypeSchemeId}/issuetype/move`,
      status: 204,
      input: {
        ...body({ ...ids, after: rowId, position: oneOf('First', 'Last') }),
        required: ['issueTypeIds'],
      },
      doc: doc(GROUP, 'issuetypescheme-issuetypeschemeid-issuetype-move-put'),
    },
    (call) => {
      administered(call);
      reorderTypes(call.world, call.params.issueTypeSchemeId, call.input as object);
    },
  ),
  endpoint(
    {
      id: 'removeIssueTypeFromIssueTypeScheme',
      route: `DELETE ${PATH}/{issueTypeSchemeId}/issuetype/{issueTypeId}`,
      status: 204,
      doc: doc(GROUP, 'issuetypescheme-issuetypeschemeid-issuetype-issuetypeid-delete'),
    },
    (call) => {
      administered(call);
      removeTypeFrom(call.world, call.params.issueTypeSchemeId, call.params.issueTypeId);
    },
  ),
];
