/** Issue security: schemes, levels, members, and which project uses which. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, forbidden, missing } from '../errors.ts';
import { levelsOf } from '../model/permissions/levels.ts';
import { may, requireMay } from '../model/permissions/may.ts';
import {
  addLevels,
  addMembers,
  levelOfScheme,
  removeMember,
  updateLevel,
} from '../model/permissions/securityLevels.ts';
import {
  allSecuritySchemes,
  createSecurityScheme,
  deleteSecurityScheme,
  projectsOfSecurity,
  requireSecurityScheme,
  setDefaultLevels,
  updateSecurityScheme,
} from '../model/permissions/securitySchemes.ts';
import { startAssociation, startRemovingLevel } from '../model/permissions/securityWorks.ts';
import {
  projects,
  type SecurityLevel,
  type SecurityMember,
  securityLevels,
  securityMembers,
} from '../world.ts';
import { addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { rangeOf } from './meta.ts';
import { projectAt } from './projectAt.ts';
import {
  foundScheme,
  levelInScheme,
  levelShown,
  memberOfScheme,
  memberView,
  securitySchemeView,
} from './securityViews.ts';
import { taskStarted } from './tasks.ts';

const ROOT = '/rest/api/3/issuesecurityschemes';
const PAGE = { style: 'bare', default: 50, max: 50 } as const;
const page = (anchor: string) => doc('issue-security-schemes', anchor);

const asked = ({ query }: Call, name: string): Set<string> => {
  const ids = query.getAll(name);
  if (ids.some((id) => !/^\d+$/.test(id))) throw badQuery(`The ${name} parameter must hold ids.`);
  return new Set(ids);
};

const schemeIn = (call: Call) => requireSecurityScheme(call.world, call.params.schemeId as string);
const levelIn = (call: Call): SecurityLevel =>
  levelOfScheme(call.world, schemeIn(call).id, call.params.levelId as string);

/** The levels that are asked for: those named, and all of the schemes named; all where none is. */
function levels(call: Call): SecurityLevel[] {
  const ids = asked(call, 'id');
  const schemes = asked(call, 'schemeId');
  const onlyDefault = call.query.get('onlyDefault') === 'true';
  const defaults = new Set(allSecuritySchemes(call.world).map(({ defaultLevelId }) => defaultLevelId));
  return call.world
    .list(securityLevels, {
      where: ({ id, schemeId }) =>
        (ids.size + schemes.size === 0 || ids.has(id) || schemes.has(String(schemeId))) &&
        (!onlyDefault || defaults.has(id)),
    })
    .toArray();
}

/** The members that are asked for: those named, and all of the levels and schemes named; all where none is. */
function members(call: Call): SecurityMember[] {
  const ids = asked(call, 'id');
  const ofSchemes = asked(call, 'schemeId');
  const ofLevels = asked(call, 'levelId');
  const all = ids.size + ofSchemes.size + ofLevels.size === 0;
  return call.world
    .list(securityMembers, {
      where: (row) =>
        all || ids.has(row.id) || ofLevels.has(row.levelId) || ofSchemes.has(String(row.schemeId)),
    })
    .toArray();
}

const EXPANDS = ['all', 'field', 'group', 'projectRole', 'user'];

function expandOf(call: Call): string[] {
  const wanted = listParameter(call.query, 'expand');
  const unknown = wanted.find((one) => !EXPANDS.includes(one));
  if (unknown) throw badQuery(`The expand value '${unknown}' is not supported.`);
  return wanted;
}

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
    { id: 'getIssueSecuritySchemes', route: `GET ${ROOT}`, doc: page('issuesecurityschemes-get') },
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
      route: `POST ${ROOT}`,
      status: 201,
      doc: page('issuesecurityschemes-post'),
    },
    (call) => {
      const made = createSecurityScheme(call.world, administrator(call), bodyObject(call));
      return { id: String(made.id) };
    },
  ),
  endpoint(
    {
      id: 'searchSecuritySchemes',
      route: `GET ${ROOT}/search`,
      page: PAGE,
      doc: page('issuesecurityschemes-search-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      const ids = asked(call, 'id');
      const ofProjects = asked(call, 'projectId');
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
      route: `GET ${ROOT}/{id}`,
      doc: page('issuesecurityschemes-id-get'),
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
      route: `PUT ${ROOT}/{id}`,
      status: 204,
      doc: page('issuesecurityschemes-id-put'),
    },
    (call) => updateSecurityScheme(call.world, administrator(call), call.params.id, bodyObject(call)),
  ),
  endpoint(
    {
      id: 'deleteSecurityScheme',
      route: `DELETE ${ROOT}/{schemeId}`,
      status: 204,
      doc: page('issuesecurityschemes-schemeid-delete'),
    },
    (call) => deleteSecurityScheme(call.world, administrator(call), call.params.schemeId),
  ),
  endpoint(
    {
      id: 'searchProjectsUsingSecuritySchemes',
      route: `GET ${ROOT}/project`,
      page: PAGE,
      doc: page('issuesecurityschemes-project-get'),
    },
    (call) => {
      administrator(call);
      const schemes = asked(call, 'issueSecuritySchemeId');
      const ids = asked(call, 'projectId');
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
      route: `PUT ${ROOT}/project`,
      status: 303,
      doc: page('issuesecurityschemes-project-put'),
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

export const securityLevelEndpoints = [
  endpoint(
    {
      id: 'getSecurityLevels',
      route: `GET ${ROOT}/level`,
      page: PAGE,
      doc: page('issuesecurityschemes-level-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      return list(rangeOf(levels(call)), (level) =>
        levelInScheme(at, level, requireSecurityScheme(call.world, String(level.schemeId)).defaultLevelId),
      );
    },
  ),
  endpoint(
    {
      id: 'setDefaultLevels',
      route: `PUT ${ROOT}/level/default`,
      status: 204,
      doc: page('issuesecurityschemes-level-default-put'),
    },
    (call) => setDefaultLevels(call.world, administrator(call), bodyObject(call).defaultValues),
  ),
  endpoint(
    {
      id: 'getSecurityLevelMembers',
      route: `GET ${ROOT}/level/member`,
      page: PAGE,
      doc: page('issuesecurityschemes-level-member-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      const expand = expandOf(call);
      return list(rangeOf(members(call)), (member) => memberView(at, member, expand));
    },
  ),
  endpoint(
    {
      id: 'addSecurityLevel',
      route: `PUT ${ROOT}/{schemeId}/level`,
      status: 204,
      doc: page('issuesecurityschemes-schemeid-level-put'),
    },
    (call) => {
      administrator(call);
      addLevels(call.world, schemeIn(call), bodyObject(call).levels);
    },
  ),
  endpoint(
    {
      id: 'updateSecurityLevel',
      route: `PUT ${ROOT}/{schemeId}/level/{levelId}`,
      status: 204,
      doc: page('issuesecurityschemes-schemeid-level-levelid-put'),
    },
    (call) => {
      administrator(call);
      updateLevel(call.world, levelIn(call), bodyObject(call));
    },
  ),
  endpoint(
    {
      id: 'removeLevel',
      route: `DELETE ${ROOT}/{schemeId}/level/{levelId}`,
      status: 303,
      doc: page('issuesecurityschemes-schemeid-level-levelid-delete'),
    },
    (call) => {
      const me = administrator(call);
      const { schemeId, levelId } = call.params;
      const replaceWith = call.query.get('replaceWith');
      return taskStarted(addressOf(call), startRemovingLevel(call.world, me, schemeId, levelId, replaceWith));
    },
  ),
  endpoint(
    {
      id: 'addSecurityLevelMembers',
      route: `PUT ${ROOT}/{schemeId}/level/{levelId}/member`,
      status: 204,
      doc: page('issuesecurityschemes-schemeid-level-levelid-member-put'),
    },
    (call) => {
      administrator(call);
      addMembers(call.world, levelIn(call), bodyObject(call).members);
    },
  ),
  endpoint(
    {
      id: 'removeMemberFromSecurityLevel',
      route: `DELETE ${ROOT}/{schemeId}/level/{levelId}/member/{memberId}`,
      status: 204,
      doc: page('issuesecurityschemes-schemeid-level-levelid-member-memberid-delete'),
    },
    (call) => {
      administrator(call);
      removeMember(call.world, levelIn(call), call.params.memberId);
    },
  ),
  endpoint(
    {
      id: 'getIssueSecurityLevelMembers',
      route: `GET ${ROOT}/{issueSecuritySchemeId}/members`,
      page: PAGE,
      doc: doc('issue-security-level', 'issuesecurityschemes-issuesecurityschemeid-members-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      const expand = expandOf(call);
      const { id } = requireSecurityScheme(call.world, call.params.issueSecuritySchemeId);
      const wanted = asked(call, 'issueSecurityLevelId');
      const found = call.world.list(securityMembers, {
        index: 'scheme',
        equals: String(id),
        where: ({ levelId }) => wanted.size === 0 || wanted.has(levelId),
      });
      return list(found, (member) => memberOfScheme(at, member, expand));
    },
  ),
  endpoint(
    {
      id: 'getIssueSecurityLevel',
      route: 'GET /rest/api/3/securitylevel/{id}',
      doc: doc('issue-security-level', 'securitylevel-id-get'),
    },
    (call) => {
      const gone = () => missing(`The security level with id '${call.params.id}' does not exist.`);
      return levelShown(addressOf(call), call.world.require(securityLevels, call.params.id, gone));
    },
  ),
  endpoint(
    {
      id: 'getSecurityLevelsForProject',
      route: 'GET /rest/api/3/project/{projectKeyOrId}/securitylevel',
      doc: doc('project-permission-schemes', 'project-projectkeyorid-securitylevel-get'),
    },
    (call) => {
      const at = addressOf(call);
      const project = projectAt(call, call.params.projectKeyOrId);
      const sets = at.me && may(call.world, at.me, 'SET_ISSUE_SECURITY', project);
      return { levels: sets ? levelsOf(call.world, project).map((level) => levelShown(at, level)) : [] };
    },
  ),
];
