/** What a program must know to create or edit issues: projects, kinds, fields. */
import { Range } from '../../../src/range.ts';
import { type Call, endpoint, list, reply } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { may, requireMay } from '../model/permissions/may.ts';
import { allProjects } from '../model/projects/projectSearch.ts';
import { issueTypesOf, requireProject } from '../model/projects/projects.ts';
import type { IssueType, Project } from '../world.ts';
import { type Address, addressOf, doc, listParameter } from './address.ts';
import { fieldMeta } from './fieldMeta.ts';
import { editMeta } from './issues.ts';
import { creatableIssueType, projectAvatars } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** The project of a path, for who may create issues in it; 403 for others, 404 for who does not see it. */
function creatable(call: Call): Project {
  const project = requireProject(call.world, call.params.projectIdOrKey as string);
  const message = 'You do not have permission to create issues in this project.';
  requireMay(call.world, addressOf(call).me, 'CREATE_ISSUES', project, message);
  return project;
}

const DEPRECATED =
  'The issue create meta endpoint has been deprecated. (Deprecation start date: June 03, 2024)';

export const metaEndpoints = [
  endpoint(
    {
      id: 'getCreateIssueMeta',
      route: 'GET /rest/api/3/issue/createmeta',
      doc: doc('issues', 'issue-createmeta-get'),
    },
    (call) => {
      const at = addressOf(call);
      const projects = chosen(
        allProjects(call.world, at.me).filter((one) => may(call.world, at.me, 'CREATE_ISSUES', one)),
        call.query,
        'projectIds',
        'projectKeys',
        (one) => one.key,
      );
      const body = {
        expand: 'projects',
        projects: projects.map((one) => creatableProject(at, one, call.query)),
      };
      return reply({ body, headers: [['warning', DEPRECATED]] });
    },
  ),
  endpoint(
    {
      id: 'getCreateIssueMetaIssueTypes',
      route: 'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes',
      page: { style: 'keyed', key: 'issueTypes', default: 50, max: 200 },
      doc: doc('issues', 'issue-createmeta-projectidorkey-issuetypes-get'),
    },
    (call) => {
      const at = addressOf(call);
      const types = issueTypesOf(call.world, creatable(call));
      return list(rangeOf(types), (type) => creatableIssueType(at, type));
    },
  ),
  endpoint(
    {
      id: 'getCreateIssueMetaIssueTypeId',
      route: 'GET /rest/api/3/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}',
      page: { style: 'keyed', key: 'fields', default: 50, max: 200 },
      doc: doc('issues', 'issue-createmeta-projectidorkey-issuetypes-issuetypeid-get'),
    },
    (call) => {
      const project = creatable(call);
      const type = issueTypesOf(call.world, project).find((one) => one.id === call.params.issueTypeId);
      if (!type)
        throw missing(`The issue type with id '${call.params.issueTypeId}' does not exist in this project.`);
      const fields = Object.entries(
        fieldMeta(addressOf(call), project, type, 'create') as Record<string, object>,
      );
      return list(rangeOf(fields.map(([fieldId, meta]) => ({ ...meta, fieldId }))), (field) => field);
    },
  ),
  endpoint(
    {
      id: 'getEditIssueMeta',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/editmeta',
      doc: doc('issues', 'issue-issueidorkey-editmeta-get'),
    },
    (call) => editMeta(addressOf(call), requireIssue(call.world, call.params.issueIdOrKey)),
  ),
];

/** A short list as something that pages are taken from. */
export const rangeOf = <E extends object>(rows: readonly E[]): Range<E> =>
  new Range<E>({ scan: () => rows.map((row, i) => [String(i), row] as const), size: () => rows.length });

/** Rows that the parameters name by id or by name; all where they name none. */
function chosen<E extends { id: string }>(
  rows: readonly E[],
  query: URLSearchParams,
  idsIn: string,
  namesIn: string,
  nameOf: (row: E) => string,
): E[] {
  const ids = listParameter(query, idsIn);
  const names = listParameter(query, namesIn).map((name) => name.toLowerCase());
  if (ids.length === 0 && names.length === 0) return [...rows];
  return rows.filter((row) => ids.includes(row.id) || names.includes(nameOf(row).toLowerCase()));
}

function creatableProject(at: Address, project: Project, query: URLSearchParams): Json {
  const types = chosen(
    issueTypesOf(at.world, project),
    query,
    'issuetypeIds',
    'issuetypeNames',
    (one) => one.name,
  );
  const fields = listParameter(query, 'expand').includes('projects.issuetypes.fields');
  return {
    ...(fields ? { expand: 'issuetypes' } : {}),
    self: `${at.rest}/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: project.name,
    avatarUrls: projectAvatars(at, project),
    issuetypes: types.map((type) => creatableType(at, project, type, fields)),
  };
}

const creatableType = (at: Address, project: Project, type: IssueType, fields: boolean): Json => ({
  ...creatableIssueType(at, type),
  ...(fields ? { expand: 'fields', fields: fieldMeta(at, project, type, 'create') } : {}),
});
