/** Issue type screen schemes, and the projects that have them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import {
  appendMappings,
  assignIssueTypeScreenScheme,
  createIssueTypeScreenScheme,
  deleteIssueTypeScreenScheme,
  projectsOfScreenScheme,
  removeMappings,
  requireIssueTypeScreenScheme,
  type ScreenMapping,
  setDefaultMapping,
  updateIssueTypeScreenScheme,
} from '../model/fields/issueTypeScreenSchemes.ts';
import { projectScreenScheme } from '../model/fields/projectSchemes.ts';
import { type IssueTypeScreenScheme, issueTypeScreenSchemes, projects } from '../world.ts';
import { type Address, addressOf, doc, given, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { embedded, schemeRows } from './schemeRows.ts';
import { projectView } from './schemeViews.ts';
import { body, listOf, part, text } from './shapes.ts';

const TYPE_SCHEMES = '/rest/api/3/issuetypescreenscheme';
const GROUP = 'issue-type-screen-schemes';

const ofTypes = (call: Call) =>
  administrator(call, 'Only Jira administrators can access issue type screen schemes.');

const typeScheme = (call: Call): IssueTypeScreenScheme => {
  ofTypes(call);
  return requireIssueTypeScreenScheme(call.world, call.params.issueTypeScreenSchemeId ?? '');
};

const page = { style: 'values', default: 100, max: 100 };

/** A scheme as it is listed. */
export const typeSchemeView = ({ id, name, description }: IssueTypeScreenScheme) => ({
  id,
  name,
  description,
});

const projectsShown = (at: Address, id: string) =>
  projectsOfScreenScheme(at.world, id).map((project) => projectView(at, project));

const MAPPINGS = listOf(part({ issueTypeId: text, screenSchemeId: text }));

export const issueTypeScreenSchemeEndpoints = [
  endpoint(
    {
      id: 'getIssueTypeScreenSchemes',
      route: `GET ${TYPE_SCHEMES}`,
      page,
      doc: doc(GROUP, 'issuetypescreenscheme-get'),
    },
    (call) => {
      ofTypes(call);
      const at = addressOf(call);
      const expand = listParameter(call.query, 'expand').includes('projects');
      return list(rangeOf(schemeRows(call, issueTypeScreenSchemes)), (row) => ({
        ...typeSchemeView(row),
        ...(expand ? { projects: embedded(projectsShown(at, row.id)) } : {}),
      }));
    },
  ),
  endpoint(
    {
      id: 'createIssueTypeScreenScheme',
      route: `POST ${TYPE_SCHEMES}`,
      status: 201,
      input: body({ name: text, description: text, issueTypeMappings: MAPPINGS }, { strict: true }),
      doc: doc(GROUP, 'issuetypescreenscheme-post'),
    },
    (call) => {
      ofTypes(call);
      return { id: createIssueTypeScreenScheme(call.world, given(call)).id };
    },
  ),
  endpoint(
    {
      id: 'getIssueTypeScreenSchemeMappings',
      route: `GET ${TYPE_SCHEMES}/mapping`,
      page,
      doc: doc(GROUP, 'issuetypescreenscheme-mapping-get'),
    },
    (call) => {
      ofTypes(call);
      const ids = listParameter(call.query, 'issueTypeScreenSchemeId');
      const rows = call.world
        .list(issueTypeScreenSchemes, { where: ({ id }) => ids.length === 0 || ids.includes(id) })
        .toArray()
        .flatMap(({ id, mappings }) =>
          Object.entries(mappings).map(([issueTypeId, screenSchemeId]) => ({
            issueTypeScreenSchemeId: id,
            issueTypeId,
            screenSchemeId,
          })),
        );
      return list(rangeOf(rows), (row) => row);
    },
  ),
  endpoint(
    {
      id: 'getIssueTypeScreenSchemeProjectAssociations',
      route: `GET ${TYPE_SCHEMES}/project`,
      page,
      doc: doc(GROUP, 'issuetypescreenscheme-project-get'),
    },
    (call) => {
      ofTypes(call);
      return list(rangeOf(associations(call)), ({ scheme, projectIds }) => ({
        issueTypeScreenScheme: typeSchemeView(scheme),
        projectIds,
      }));
    },
  ),
  endpoint(
    {
      id: 'assignIssueTypeScreenSchemeToProject',
      route: `PUT ${TYPE_SCHEMES}/project`,
      status: 204,
      input: body({ issueTypeScreenSchemeId: text, projectId: text }, { strict: true }),
      doc: doc(GROUP, 'issuetypescreenscheme-project-put'),
    },
    (call) => {
      ofTypes(call);
      const { issueTypeScreenSchemeId = '', projectId = '' } = given<Record<string, string>>(call);
      assignIssueTypeScreenScheme(call.world, projectId, issueTypeScreenSchemeId);
    },
  ),
  endpoint(
    {
      id: 'updateIssueTypeScreenScheme',
      route: `PUT ${TYPE_SCHEMES}/{issueTypeScreenSchemeId}`,
      status: 204,
      input: body({ name: text, description: text }, { strict: true }),
      doc: doc(GROUP, 'issuetypescreenscheme-issuetypescreenschemeid-put'),
    },
    (call) => updateIssueTypeScreenScheme(call.world, typeScheme(call), given(call)),
  ),
  endpoint(
    {
      id: 'deleteIssueTypeScreenScheme',
      route: `DELETE ${TYPE_SCHEMES}/{issueTypeScreenSchemeId}`,
      status: 204,
      doc: doc(GROUP, 'issuetypescreenscheme-issuetypescreenschemeid-delete'),
    },
    (call) => deleteIssueTypeScreenScheme(call.world, typeScheme(call)),
  ),
  endpoint(
    {
      id: 'appendMappingsForIssueTypeScreenScheme',
      route: `PUT ${TYPE_SCHEMES}/{issueTypeScreenSchemeId}/mapping`,
      status: 204,
      input: body({ issueTypeMappings: MAPPINGS }, { strict: true }),
      doc: doc(GROUP, 'issuetypescreenscheme-issuetypescreenschemeid-mapping-put'),
    },
    (call) => {
      const { issueTypeMappings = [] } = given<{ issueTypeMappings?: ScreenMapping[] }>(call);
      appendMappings(call.world, typeScheme(call), issueTypeMappings);
    },
  ),
  endpoint(
    {
      id: 'updateDefaultScreenScheme',
      route: `PUT ${TYPE_SCHEMES}/{issueTypeScreenSchemeId}/mapping/default`,
      status: 204,
      input: body({ screenSchemeId: text }, { strict: true }),
      doc: doc(GROUP, 'issuetypescreenscheme-issuetypescreenschemeid-mapping-default-put'),
    },
    (call) =>
      setDefaultMapping(
        call.world,
        typeScheme(call),
        given<{ screenSchemeId?: string }>(call).screenSchemeId,
      ),
  ),
  endpoint(
    {
      id: 'removeMappingsFromIssueTypeScreenScheme',
      route: `POST ${TYPE_SCHEMES}/{issueTypeScreenSchemeId}/mapping/remove`,
      status: 204,
      input: body({ issueTypeIds: listOf(text) }, { strict: true }),
      doc: doc(GROUP, 'issuetypescreenscheme-issuetypescreenschemeid-mapping-remove-post'),
    },
    (call) => {
      const { issueTypeIds = [] } = given<{ issueTypeIds?: string[] }>(call);
      removeMappings(call.world, typeScheme(call), issueTypeIds);
    },
  ),
  endpoint(
    {
      id: 'getProjectsForIssueTypeScreenScheme',
      route: `GET ${TYPE_SCHEMES}/{issueTypeScreenSchemeId}/project`,
      page,
      doc: doc(GROUP, 'issuetypescreenscheme-issuetypescreenschemeid-project-get'),
    },
    (call) => {
      const at = addressOf(call);
      const part = (call.query.get('query') ?? '').toLowerCase();
      const rows = projectsOfScreenScheme(call.world, typeScheme(call).id).filter((project) =>
        `${project.key} ${project.name}`.toLowerCase().includes(part),
      );
      return list(rangeOf(rows), (project) => projectView(at, project));
    },
  ),
];

/** Schemes with those of the named projects that have them. */
function associations({ world, query }: Call): { scheme: IssueTypeScreenScheme; projectIds: string[] }[] {
  const bySchemeId = new Map<string, { scheme: IssueTypeScreenScheme; projectIds: string[] }>();
  for (const id of listParameter(query, 'projectId')) {
    if (world.get(projects, id)?.style !== 'classic') continue;
    const scheme = projectScreenScheme(world, id);
    const row = bySchemeId.get(scheme.id) ?? { scheme, projectIds: [] };
    row.projectIds.push(id);
    bySchemeId.set(scheme.id, row);
  }
  return [...bySchemeId.values()].sort((a, b) => Number(a.scheme.id) - Number(b.scheme.id));
}
