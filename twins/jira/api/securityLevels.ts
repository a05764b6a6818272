/** Levels of issue security, and who sees the issues of each. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, missing } from '../errors.ts';
import { levelsOf } from '../model/permissions/levels.ts';
import { may } from '../model/permissions/may.ts';
import {
  addLevels,
  addMembers,
  levelOfScheme,
  removeMember,
  updateLevel,
} from '../model/permissions/securityLevels.ts';
import {
  allSecuritySchemes,
  requireSecurityScheme,
  setDefaultLevels,
} from '../model/permissions/securitySchemes.ts';
import { startRemovingLevel } from '../model/permissions/securityWorks.ts';
import { type SecurityLevel, type SecurityMember, securityLevels, securityMembers } from '../world.ts';
import { addressOf, bodyObject, doc, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { askedIds, SCHEMES, SCHEMES_PAGE, schemesDoc } from './issueSecurity.ts';
import { rangeOf } from './meta.ts';
import { projectAt } from './projectAt.ts';
import { levelInScheme, levelShown, memberOfScheme, memberView } from './securityViews.ts';
import { taskStarted } from './tasks.ts';

const schemeIn = (call: Call) => requireSecurityScheme(call.world, call.params.schemeId as string);
const levelIn = (call: Call): SecurityLevel =>
  levelOfScheme(call.world, schemeIn(call).id, call.params.levelId as string);

/** The levels that are asked for: those named, and all of the schemes named; all where none is. */
function levels(call: Call): SecurityLevel[] {
  const ids = askedIds(call, 'id');
  const schemes = askedIds(call, 'schemeId');
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
  const ids = askedIds(call, 'id');
  const ofSchemes = askedIds(call, 'schemeId');
  const ofLevels = askedIds(call, 'levelId');
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

export const securityLevelEndpoints = [
  endpoint(
    {
      id: 'getSecurityLevels',
      route: `GET ${SCHEMES}/level`,
      page: SCHEMES_PAGE,
      doc: schemesDoc('issuesecurityschemes-level-get'),
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
      route: `PUT ${SCHEMES}/level/default`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-level-default-put'),
    },
    (call) => setDefaultLevels(call.world, administrator(call), bodyObject(call).defaultValues),
  ),
  endpoint(
    {
      id: 'getSecurityLevelMembers',
      route: `GET ${SCHEMES}/level/member`,
      page: SCHEMES_PAGE,
      doc: schemesDoc('issuesecurityschemes-level-member-get'),
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
      route: `PUT ${SCHEMES}/{schemeId}/level`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-schemeid-level-put'),
    },
    (call) => {
      administrator(call);
      addLevels(call.world, schemeIn(call), bodyObject(call).levels);
    },
  ),
  endpoint(
    {
      id: 'updateSecurityLevel',
      route: `PUT ${SCHEMES}/{schemeId}/level/{levelId}`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-schemeid-level-levelid-put'),
    },
    (call) => {
      administrator(call);
      updateLevel(call.world, levelIn(call), bodyObject(call));
    },
  ),
  endpoint(
    {
      id: 'removeLevel',
      route: `DELETE ${SCHEMES}/{schemeId}/level/{levelId}`,
      status: 303,
      doc: schemesDoc('issuesecurityschemes-schemeid-level-levelid-delete'),
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
      route: `PUT ${SCHEMES}/{schemeId}/level/{levelId}/member`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-schemeid-level-levelid-member-put'),
    },
    (call) => {
      administrator(call);
      addMembers(call.world, levelIn(call), bodyObject(call).members);
    },
  ),
  endpoint(
    {
      id: 'removeMemberFromSecurityLevel',
      route: `DELETE ${SCHEMES}/{schemeId}/level/{levelId}/member/{memberId}`,
      status: 204,
      doc: schemesDoc('issuesecurityschemes-schemeid-level-levelid-member-memberid-delete'),
    },
    (call) => {
      administrator(call);
      removeMember(call.world, levelIn(call), call.params.memberId);
    },
  ),
  endpoint(
    {
      id: 'getIssueSecurityLevelMembers',
      route: `GET ${SCHEMES}/{issueSecuritySchemeId}/members`,
      page: SCHEMES_PAGE,
      doc: doc('issue-security-level', 'issuesecurityschemes-issuesecurityschemeid-members-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      const expand = expandOf(call);
      const { id } = requireSecurityScheme(call.world, call.params.issueSecuritySchemeId);
      const wanted = askedIds(call, 'issueSecurityLevelId');
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
