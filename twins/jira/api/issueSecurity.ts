/** Issue security: schemes, levels, members, and which project uses which. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, forbidden, missing } from '../errors.ts';
import { may, requireMay } from '../model/permissions/may.ts';
import {
  allSecuritySchemes,
  createSecurityScheme,
  deleteSecurityScheme,
  projectsOfSecurity,
  requireSecurityScheme,
  updateSecurityScheme,
} from '../model/permissions/securitySchemes.ts';
import { startAssociation } from '../model/permissions/securityWorks.ts';
import { projects } from '../world.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { projectAt } from './projectAt.ts';
import { foundScheme, securitySchemeView } from './securityViews.ts';
import { taskStarted } from './tasks.ts';

/** Under which schemes stand, and how they are paged. */
export const SCHEMES = '/rest/api/3/issuesecurityschemes';
export const SCHEMES_PAGE = { style: 'bare', default: 50, max: 50 } as const;
/** The page that describes an operation of theirs. */
export const schemesDoc = (anchor: string) => doc('issue-security-schemes', anchor);

/** The ids that a parameter holds, which may be repeated; 400 for what is none. */
export const askedIds = ({ query }: Call, name: string): Set<string> => {
  const ids = query.getAll(name);
  if (ids.some((id) => !/^\d+$/.test(id))) throw badQuery(`The ${name} parameter must hold ids.`);
  return new Set(ids);
};

/** 403 for who administers neither Jira nor a project that uses the scheme. */
function mayRead(call: Call, schemeId: number): void {
  const me = caller(call);
  if (may(call.world, me, 'ADMINISTER')) return;
  const own = projectsOfSecurity(call.world, schemeId);
  if (!own.some((project) => may(call.world, me, 'ADMINISTER_PROJECTS', project)))
    throw forbidden('You do not have permission to view this issue security scheme.');
}

export const securitySchemeEndpoints = [
  endpoint(
    { id: 'getIssueSecuritySchemes', route: `GET ${SCHEMES}`, doc: schemesDoc('issuesecurityschemes-get') },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      return {
        issueSecuritySchemes: allSecuritySchemes(call.world).map((one) => securitySchemeView(at, one, false)),
      };
    },
  ),
  endpoint(
    {
      id: 'createIssueSecurityScheme',
      route: `POST ${SCHEMES}`,
      status: 201,
      doc: schemesDoc('issuesecurityschemes-post'),
    },
    (call) => {
      const made = createSecurityScheme(call.world, administrator(call), bodyObject(call));
      return { id: String(made.id) };
    },
  ),
  endpoint(
    {
      id: 'searchSecuritySchemes',
      route: `GET ${SCHEMES}/search`,
      page: SCHEMES_PAGE,
      doc: schemesDoc('issuesecurityschemes-search-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      const ids = askedIds(call, 'id');
      const ofProjects = askedIds(call, 'projectId');
      const found = allSecuritySchemes(call.world).filter(
        ({ id }) =>
          (ids.size === 0 || ids.has(String(id))) &&
          (ofProjects.size === 0 || projectsOfSecurity(call.world, id).some((one) => ofProjects.has(one.id))),
      );
      return list(rangeOf(found), (one) => foundScheme(at, one, ofProjects));
    },
  ),
  endpoint(
    {
      id: 'getIssueSecurityScheme',
      route: `GET ${SCHEMES}/{id}`,
      doc: schemesDoc('issuesecurityschemes-id-get'),
    },
    (call) => {
      const scheme = requireSecurityScheme(call.world, call.params.id);
      mayRead(call, scheme.id);
      return securitySchemeView(addressOf(call), scheme, true);
    },
  ),
  endpoint(
    {
      id: 'updateIssueSecurityScheme',
      route: `PUT ${SCHEMES}/{id}`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-id-put'),
    },
    (call) => updateSecurityScheme(call.world, administrator(call), call.params.id, bodyObject(call)),
  ),
  endpoint(
    {
      id: 'deleteSecurityScheme',
      route: `DELETE ${SCHEMES}/{schemeId}`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-schemeid-delete'),
    },
    (call) => deleteSecurityScheme(call.world, administrator(call), call.params.schemeId),
  ),
  endpoint(
    {
      id: 'searchProjectsUsingSecuritySchemes',
      route: `GET ${SCHEMES}/project`,
      page: SCHEMES_PAGE,
      doc: schemesDoc('issuesecurityschemes-project-get'),
    },
    (call) => {
      administrator(call);
      const schemes = askedIds(call, 'issueSecuritySchemeId');
      const ids = askedIds(call, 'projectId');
      const found = call.world.list(projects, {
        where: ({ id, securityScheme }) =>
          securityScheme !== undefined &&
          (schemes.size === 0 || schemes.has(String(securityScheme))) &&
          (ids.size === 0 || ids.has(id)),
      });
      return list(found, ({ id, securityScheme }) => ({
        issueSecuritySchemeId: String(securityScheme),
        projectId: id,
      }));
    },
  ),
  endpoint(
    {
      id: 'associateSchemesToProjects',
      route: `PUT ${SCHEMES}/project`,
      status: 303,
      doc: schemesDoc('issuesecurityschemes-project-put'),
    },
    (call) =>
      taskStarted(addressOf(call), startAssociation(call.world, administrator(call), bodyObject(call))),
  ),
  endpoint(
    {
      id: 'getProjectIssueSecurityScheme',
      route: 'GET /rest/api/3/project/{projectKeyOrId}/issuesecuritylevelscheme',
      doc: doc('project-permission-schemes', 'project-projectkeyorid-issuesecuritylevelscheme-get'),
    },
    (call) => {
      const project = projectAt(call, call.params.projectKeyOrId);
      const message = 'You do not have permission to view the configuration of this project.';
      requireMay(call.world, caller(call), 'ADMINISTER_PROJECTS', project, message);
      if (project.securityScheme === undefined)
        throw missing('The project does not have an issue security scheme.');
      const scheme = requireSecurityScheme(call.world, String(project.securityScheme));
      return securitySchemeView(addressOf(call), scheme, true);
    },
  ),
];
