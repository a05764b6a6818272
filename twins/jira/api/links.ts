/** Links between issues, and from issues to other places. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { linkIssues, requireLink, requireLinkType, unlinkIssues } from '../model/issues/links.ts';
import {
  deleteRemoteLink,
  deleteRemoteLinkByGlobalId,
  putRemoteLink,
  remoteLinksOf,
  requireRemoteLink,
} from '../model/issues/remoteLinks.ts';

import { requireMay } from '../model/permissions/may.ts';

import type { Issue, RemoteLink } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc } from './address.ts';
import { shortIssue } from './issueView.ts';
import { linkTypeView } from './schemeViews.ts';

const issueOf = (call: Call) => requireIssue(call.world, call.params.issueIdOrKey as string);

/** The same, for who may link it; 403 for others. */
function linkable(call: Call): Issue {
  const issue = issueOf(call);
  const message = 'You do not have permission to link issues in this project.';
  requireMay(call.world, caller(call), 'LINK_ISSUES', issue, message);
  return issue;
}

const remoteSelf = (at: Address, issue: Issue, link: RemoteLink) =>
  `${at.rest}/issue/${issue.key}/remotelink/${link.id}`;

const remoteView = (at: Address, issue: Issue, link: RemoteLink) => ({
  id: link.id,
  self: remoteSelf(at, issue, link),
  ...(link.globalId === undefined ? {} : { globalId: link.globalId }),
  application: link.application ?? {},
  ...(link.relationship === undefined ? {} : { relationship: link.relationship }),
  object: link.object,
});

export const linkEndpoints = [
  endpoint(
    {
      id: 'linkIssues',
      route: 'POST /rest/api/3/issueLink',
      status: 201,
      doc: doc('issue-links', 'issuelink-post'),
    },
    (call) => {
      linkIssues(call.world, caller(call), bodyObject(call), addressOf(call).form);
    },
  ),
  endpoint(
    {
      id: 'getIssueLink',
      route: 'GET /rest/api/3/issueLink/{linkId}',
      doc: doc('issue-links', 'issuelink-linkid-get'),
    },
    (call) => {
      const at = addressOf(call);
      const link = requireLink(call.world, at.me, call.params.linkId);
      return {
        id: link.id,
        self: `${at.rest}/issueLink/${link.id}`,
        type: linkTypeView(at, requireLinkType(call.world, link.type)),
        inwardIssue: shortIssue(at, requireIssue(call.world, link.inwardIssue.id)),
        outwardIssue: shortIssue(at, requireIssue(call.world, link.outwardIssue.id)),
      };
    },
  ),
  endpoint(
    {
      id: 'deleteIssueLink',
      route: 'DELETE /rest/api/3/issueLink/{linkId}',
      status: 204,
      doc: doc('issue-links', 'issuelink-linkid-delete'),
    },
    (call) => unlinkIssues(call.world, caller(call), call.params.linkId),
  ),
  endpoint(
    {
      id: 'getRemoteIssueLinks',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/remotelink',
      doc: doc('issue-remote-links', 'issue-issueidorkey-remotelink-get'),
    },
    (call) => {
      const at = addressOf(call);
      const issue = issueOf(call);
      const globalId = call.query.get('globalId');
      const all = remoteLinksOf(call.world, issue.id).map((link) => remoteView(at, issue, link));
      return globalId === null ? all : all.find((link) => link.globalId === globalId);
    },
  ),
  endpoint(
    {
      id: 'createOrUpdateRemoteIssueLink',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/remotelink',
      doc: doc('issue-remote-links', 'issue-issueidorkey-remotelink-post'),
    },
    (call) => {
      const issue = linkable(call);
      const { link, created } = putRemoteLink(call.world, issue, caller(call), bodyObject(call));
      const self = remoteSelf(addressOf(call), issue, link);
      return reply({
        status: created ? 201 : 200,
        body: { id: link.id, self },
        headers: [['location', self]],
      });
    },
  ),
  endpoint(
    {
      id: 'deleteRemoteIssueLinkByGlobalId',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/remotelink',
      status: 204,
      doc: doc('issue-remote-links', 'issue-issueidorkey-remotelink-delete'),
    },
    (call) => {
      const globalId = call.query.get('globalId');
      if (globalId === null) throw refused('badRequest', "'globalId' is required.");
      deleteRemoteLinkByGlobalId(call.world, linkable(call), caller(call), globalId);
    },
  ),
  endpoint(
    {
      id: 'getRemoteIssueLinkById',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}',
      doc: doc('issue-remote-links', 'issue-issueidorkey-remotelink-linkid-get'),
    },
    (call) => {
      const issue = issueOf(call);
      return remoteView(addressOf(call), issue, requireRemoteLink(call.world, issue, call.params.linkId));
    },
  ),
  endpoint(
    {
      id: 'updateRemoteIssueLink',
      route: 'PUT /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}',
      status: 204,
      doc: doc('issue-remote-links', 'issue-issueidorkey-remotelink-linkid-put'),
    },
    (call) => {
      putRemoteLink(call.world, linkable(call), caller(call), bodyObject(call), call.params.linkId);
    },
  ),
  endpoint(
    {
      id: 'deleteRemoteIssueLinkById',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}',
      status: 204,
      doc: doc('issue-remote-links', 'issue-issueidorkey-remotelink-linkid-delete'),
    },
    (call) => deleteRemoteLink(call.world, linkable(call), caller(call), call.params.linkId),
  ),
];
