/** Versions of projects, what becomes of their issues, and their related work. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { fieldById } from '../model/fields/fields.ts';
import { requireMay } from '../model/permissions/may.ts';
import {
  addRelatedWork,
  deleteRelatedWork,
  type RelatedWorkInput,
  relatedWorksOf,
  updateRelatedWork,
} from '../model/projects/relatedWork.ts';
import {
  createVersion,
  customUses,
  deleteVersion,
  issuesAffecting,
  issuesFixedIn,
  type Move,
  moveVersion,
  projectOfInput,
  requireVersion,
  updateVersion,
  type VersionInput,
  versionsOf,
} from '../model/projects/versions.ts';
import type { Project, RelatedWork, Version } from '../world.ts';
import { addressOf, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { administers, projectIn, projectSeen } from './projectAt.ts';
import { body, flag, listOf, oneOf, part, rowId, text } from './shapes.ts';
import { versionInFull } from './versionViews.ts';

type Json = Record<string, unknown>;

const input = body({
  name: text,
  description: text,
  project: { type: ['string', 'integer', 'null'] },
  projectId: rowId,
  archived: flag,
  released: flag,
  startDate: text,
  releaseDate: text,
  driver: text,
  moveUnfixedIssuesTo: text,
  expand: text,
});

/** A version that the caller may see, and its project. */
function versionIn(call: Call, id = call.params.id as string): { version: Version; project: Project } {
  const version = requireVersion(call.world, id);
  return { version, project: projectSeen(call, version.projectId, `Could not find version for id '${id}'`) };
}

/** The version of a path whose project the caller administers. */
function administered(call: Call): Version {
  const { version, project } = versionIn(call);
  administers(call, project);
  return version;
}

const whole = (call: Call, version: Version, expand = listParameter(call.query, 'expand')): Json =>
  versionInFull(addressOf(call), version, expand);

const expandIn = (sent: { expand?: string | null }): string[] => (sent.expand ?? '').split(',');

/** Which versions `status` asks for. */
const STATUSES: Readonly<Record<string, (one: Version) => boolean>> = {
  released: (one) => one.released && !one.archived,
  unreleased: (one) => !one.released && !one.archived,
  archived: (one) => one.archived,
};

const ORDERS: Readonly<Record<string, (one: Version) => string | number>> = {
  description: (one) => one.description?.toLowerCase() ?? '',
  name: (one) => one.name.toLowerCase(),
  releaseDate: (one) => one.releaseDate ?? '',
  sequence: (one) => one.sequence,
  startDate: (one) => one.startDate ?? '',
};

export const versionEndpoints = [
  endpoint(
    {
      id: 'getProjectVersionsPaginated',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/version',
      page: { style: 'values', default: 50, max: 1000 },
      doc: doc('project-versions', 'project-projectidorkey-version-get'),
    },
    (call) => {
      const { query, world } = call;
      const wanted = query.get('query')?.toLowerCase() ?? '';
      const statuses = listParameter(query, 'status').flatMap((one) => STATUSES[one.toLowerCase()] ?? []);
      const found = versionsOf(world, projectIn(call))
        .toArray()
        .filter(
          (one) =>
            `${one.name}\n${one.description ?? ''}`.toLowerCase().includes(wanted) &&
            (statuses.length === 0 || statuses.some((test) => test(one))),
        );
      return list(rangeOf(orderedBy(found, query.get('orderBy'), ORDERS)), (one) => whole(call, one));
    },
  ),
  endpoint(
    {
      id: 'getProjectVersions',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/versions',
      doc: doc('project-versions', 'project-projectidorkey-versions-get'),
    },
    (call) =>
      versionsOf(call.world, projectIn(call))
        .toArray()
        .map((one) => whole(call, one)),
  ),
  endpoint(
    {
      id: 'createVersion',
      route: 'POST /rest/api/3/version',
      status: 201,
      input,
      doc: doc('project-versions', 'version-post'),
    },
    (call) => {
      const sent = call.input as VersionInput;
      administers(call, projectOfInput(call.world, sent));
      return whole(call, createVersion(call.world, caller(call), sent), expandIn(sent as object));
    },
  ),
  endpoint(
    {
      id: 'getVersion',
      route: 'GET /rest/api/3/version/{id}',
      doc: doc('project-versions', 'version-id-get'),
    },
    (call) => whole(call, versionIn(call).version),
  ),
  endpoint(
    {
      id: 'updateVersion',
      route: 'PUT /rest/api/3/version/{id}',
      input,
      doc: doc('project-versions', 'version-id-put'),
    },
    (call) => {
      const { id } = administered(call);
      const sent = call.input as VersionInput;
      return whole(call, updateVersion(call.world, caller(call), id, sent), expandIn(sent as object));
    },
  ),
  endpoint(
    {
      id: 'deleteVersion',
      route: 'DELETE /rest/api/3/version/{id}',
      status: 204,
      doc: doc('project-versions', 'version-id-delete'),
    },
    (call) => {
      const { id } = administered(call);
      const [fix, affected] = [call.query.get('moveFixIssuesTo'), call.query.get('moveAffectedIssuesTo')];
      deleteVersion(call.world, caller(call), id, { fix, affected });
    },
  ),
  endpoint(
    {
      id: 'deleteAndReplaceVersion',
      route: 'POST /rest/api/3/version/{id}/removeAndSwap',
      status: 204,
      input: body({
        moveFixIssuesTo: rowId,
        moveAffectedIssuesTo: rowId,
        customFieldReplacementList: listOf(part({ customFieldId: rowId, moveTo: rowId })),
      }),
      doc: doc('project-versions', 'version-id-removeandswap-post'),
    },
    (call) =>
      deleteVersion(
        call.world,
        caller(call),
        administered(call).id,
        replacements(call.input as Replacements),
      ),
  ),
  endpoint(
    {
      id: 'mergeVersions',
      route: 'PUT /rest/api/3/version/{id}/mergeto/{moveIssuesTo}',
      status: 204,
      doc: doc('project-versions', 'version-id-mergeto-moveissuesto-put'),
    },
    (call) => {
      const into = call.params.moveIssuesTo;
      deleteVersion(call.world, caller(call), administered(call).id, { fix: into, affected: into });
    },
  ),
  endpoint(
    {
      id: 'moveVersion',
      route: 'POST /rest/api/3/version/{id}/move',
      input: body({ after: text, position: oneOf('Earlier', 'Later', 'First', 'Last') }),
      doc: doc('project-versions', 'version-id-move-post'),
    },
    (call) => {
      const { after, position } = call.input as { after?: string | null; position?: string | null };
      if (Boolean(after) === Boolean(position))
        throw badQuery("Either 'after' or 'position' must be provided, and not both.");
      const move = (after ? { after } : { position }) as Move;
      return whole(call, moveVersion(call.world, caller(call), administered(call).id, move));
    },
  ),
  endpoint(
    {
      id: 'getVersionRelatedIssues',
      route: 'GET /rest/api/3/version/{id}/relatedIssueCounts',
      doc: doc('project-versions', 'version-id-relatedissuecounts-get'),
    },
    (call) => relatedCounts(call, versionIn(call).version),
  ),
  endpoint(
    {
      id: 'getVersionUnresolvedIssues',
      route: 'GET /rest/api/3/version/{id}/unresolvedIssueCount',
      doc: doc('project-versions', 'version-id-unresolvedissuecount-get'),
    },
    (call) => {
      const { id } = versionIn(call).version;
      const fixed = issuesFixedIn(call.world, id);
      return {
        self: `${addressOf(call).rest}/version/${id}`,
        issuesUnresolvedCount: fixed.filter(({ fields }) => fields.resolution === null).count(),
        issuesCount: fixed.count(),
      };
    },
  ),
  ...relatedWorkEndpoints(),
];

interface Replacements {
  moveFixIssuesTo?: string | number | null;
  moveAffectedIssuesTo?: string | number | null;
  customFieldReplacementList?: readonly ({
    customFieldId?: string | number | null;
    moveTo?: string | number | null;
  } | null)[];
}

const idOf = (sent: string | number | null | undefined): string | null =>
  sent === undefined || sent === null ? null : String(sent);

const replacements = (sent: Replacements) => ({
  fix: idOf(sent.moveFixIssuesTo),
  affected: idOf(sent.moveAffectedIssuesTo),
  custom: Object.fromEntries(
    (sent.customFieldReplacementList ?? []).map((one) => [
      Number(one?.customFieldId ?? 0),
      idOf(one?.moveTo),
    ]),
  ),
});

function relatedCounts(call: Call, version: Version): Json {
  const counts = new Map<`customfield_${number}`, number>();
  const uses = customUses(call.world, version);
  for (const { field } of uses) counts.set(field, (counts.get(field) ?? 0) + 1);
  return {
    self: `${addressOf(call).rest}/version/${version.id}`,
    issuesFixedCount: issuesFixedIn(call.world, version.id).count(),
    issuesAffectedCount: issuesAffecting(call.world, version.id).count(),
    issueCountWithCustomFieldsShowingVersion: new Set(uses.map(({ issue }) => issue.id)).size,
    customFieldUsage: [...counts].map(([field, issueCountWithVersionInCustomField]) => ({
      fieldName: fieldById(call.world, field)?.name ?? field,
      customFieldId: Number(field.slice('customfield_'.length)),
      issueCountWithVersionInCustomField,
    })),
  };
}

function relatedWorkEndpoints() {
  const all = '/rest/api/3/version/{id}/relatedwork';
  const page = doc('project-versions', 'version-id-relatedwork-get');
  const shape = body({ category: text, title: text, url: text, relatedWorkId: text, issueId: rowId });
  return [
    endpoint({ id: 'getRelatedWork', route: `GET ${all}`, doc: page }, (call: Call) =>
      relatedWorksOf(call.world, versionIn(call).version).map(relatedWorkView),
    ),
    endpoint(
      { id: 'createRelatedWork', route: `POST ${all}`, status: 201, input: shape, doc: page },
      (call: Call) =>
        relatedWorkView(addRelatedWork(call.world, resolver(call), call.input as RelatedWorkInput)),
    ),
    endpoint({ id: 'updateRelatedWork', route: `PUT ${all}`, input: shape, doc: page }, (call: Call) =>
      relatedWorkView(updateRelatedWork(call.world, resolver(call), call.input as RelatedWorkInput)),
    ),
    endpoint(
      {
        id: 'deleteRelatedWork',
        route: 'DELETE /rest/api/3/version/{versionId}/relatedwork/{relatedWorkId}',
        status: 204,
        doc: page,
      },
      (call: Call) =>
        deleteRelatedWork(
          call.world,
          resolver(call, call.params.versionId),
          call.params.relatedWorkId as string,
        ),
    ),
  ];
}

/** The version of a path in whose project the caller resolves and edits issues. */
function resolver(call: Call, id?: string): Version {
  const { version, project } = versionIn(call, id);
  for (const key of ['RESOLVE_ISSUES', 'EDIT_ISSUES']) requireMay(call.world, caller(call), key, project);
  return version;
}

const relatedWorkView = ({ versionId: _, ...work }: RelatedWork): Json => work;
