/** Priority schemes, their priorities and their projects. */
import { type Call, endpoint, list, reply } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import {
  createPriorityScheme,
  deletePriorityScheme,
  type Migration,
  needingMap,
  type PrioritySchemeInput,
  prioritiesIn,
  projectsOfScheme,
  requirePriorityScheme,
  updatePriorityScheme,
} from '../model/priorities/prioritySchemes.ts';
import { projectNamed } from '../model/projects/projects.ts';
import { priorities } from '../model/schemes.ts';
import { startTask } from '../model/site/tasks.ts';
import { type Priority, type PriorityScheme, prioritySchemes, type Task } from '../world.ts';
import { type Address, addressOf, doc, listParameter } from './address.ts';
import { privileged } from './askers.ts';
import { embedded } from './embeddedPages.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { projectDetails } from './projectViews.ts';
import { listedPriority } from './schemeViews.ts';
import { body, listOf, part, rowId, text, whole } from './shapes.ts';
import { taskView } from './tasks.ts';

type Json = Record<string, unknown>;

const GROUP = 'priority-schemes';
const PATH = '/rest/api/3/priorityscheme';

const MAP = { type: ['object', 'null'], additionalProperties: { type: ['string', 'integer'] } };
const CHANGE = part({ add: part({ ids: listOf(rowId) }), remove: part({ ids: listOf(rowId) }) });
const COMMON = {
  name: text,
  description: text,
  defaultPriorityId: rowId,
  mappings: part({ in: MAP, out: MAP }),
};

/** A priority with its place; whether it is the default is the scheme's affair. */
const inScheme = (at: Address, priority: Priority, scheme?: PriorityScheme): Json => ({
  ...listedPriority(at, priority),
  ...(scheme ? { isDefault: scheme.defaultPriorityId === priority.id } : {}),
  sequence: String(priority.sequence),
});

const view = (at: Address, scheme: PriorityScheme, expand: readonly string[]): Json => ({
  self: `${at.rest}/priorityscheme/${scheme.id}`,
  id: scheme.id,
  name: scheme.name,
  description: scheme.description,
  isDefault: scheme.isDefault,
  default: scheme.isDefault,
  defaultPriorityId: scheme.defaultPriorityId,
  ...(expand.includes('priorities')
    ? { priorities: embedded(prioritiesIn(at.world, scheme).map((one) => inScheme(at, one, scheme))) }
    : {}),
  ...(expand.includes('projects')
    ? { projects: embedded(projectsOfScheme(at.world, scheme).map((one) => projectDetails(at, one))) }
    : {}),
});

/** The task that gives issues their new priorities. */
function migrating(call: Call, scheme: PriorityScheme, migration: Migration): Task {
  return startTask(call.world, {
    description: `Migrate priorities of the scheme ${scheme.name}`,
    submitter: privileged(call),
    work: 'migratePriorities',
    input: { ...migration },
  });
}

/** The schemes that `GET /priorityscheme` asks for. */
function found({ world, query }: Call): PriorityScheme[] {
  const ids = listParameter(query, 'schemeId');
  const having = listParameter(query, 'priorityId');
  const name = query.get('schemeName')?.toLowerCase() ?? '';
  const rows = world
    .list(prioritySchemes, {
      where: (one) =>
        (ids.length === 0 || ids.includes(one.id)) &&
        (having.length === 0 || one.priorityIds.some((id) => having.includes(id))) &&
        one.name.toLowerCase().includes(name) &&
        (query.get('onlyDefault') !== 'true' || one.isDefault),
    })
    .toArray();
  return orderedBy(rows, query.get('orderBy') ?? '+name', { name: (one) => one.name.toLowerCase() });
}

interface Suggestion {
  schemeId?: string | number | null;
  priorities?: { add?: readonly unknown[] | null; remove?: readonly unknown[] | null } | null;
  projects?: { add?: readonly unknown[] | null } | null;
  startAt?: number | null;
  maxResults?: number | null;
}

const textsIn = (sent: readonly unknown[] | null | undefined): string[] => (sent ?? []).map(String);

/** Which priorities a change would need a map for. */
function suggested(call: Call): Priority[] {
  const { world } = call;
  const { schemeId, priorities: change, projects } = call.input as Suggestion;
  const scheme =
    schemeId === undefined || schemeId === null ? undefined : requirePriorityScheme(world, String(schemeId));
  const removed = textsIn(change?.remove);
  const kept = (scheme?.priorityIds ?? []).filter((id) => !removed.includes(id));
  const of = [
    ...(scheme ? projectsOfScheme(world, scheme) : []),
    ...textsIn(projects?.add).flatMap((id) => projectNamed(world, id) ?? []),
  ];
  return needingMap(world, { priorityIds: [...kept, ...textsIn(change?.add)] }, of);
}

export const prioritySchemeEndpoints = [
  endpoint(
    {
      id: 'getPrioritySchemes',
      route: `GET ${PATH}`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'priorityscheme-get'),
    },
    (call) => {
      privileged(call);
      const expand = listParameter(call.query, 'expand');
      return list(rangeOf(found(call)), (one) => view(addressOf(call), one, expand));
    },
  ),
  endpoint(
    {
      id: 'createPriorityScheme',
      route: `POST ${PATH}`,
      status: 201,
      input: body({ ...COMMON, priorityIds: listOf(rowId), projectIds: listOf(rowId) }),
      doc: doc(GROUP, 'priorityscheme-post'),
    },
    (call) => {
      privileged(call);
      const { scheme, migration } = createPriorityScheme(call.world, call.input as PrioritySchemeInput);
      if (!migration) return { id: scheme.id };
      const task = taskView(addressOf(call), migrating(call, scheme, migration));
      return reply({ status: 202, body: { id: scheme.id, task } });
    },
  ),
  endpoint(
    {
      id: 'suggestedPrioritiesForMappings',
      route: `POST ${PATH}/mappings`,
      input: body({
        schemeId: rowId,
        priorities: part({ add: listOf(rowId), remove: listOf(rowId) }),
        projects: part({ add: listOf(rowId) }),
        startAt: whole,
        maxResults: whole,
      }),
      doc: doc(GROUP, 'priorityscheme-mappings-post'),
    },
    (call) => {
      privileged(call);
      const { startAt, maxResults } = call.input as Suggestion;
      const all = suggested(call).map((one) => inScheme(addressOf(call), one));
      const [from, max] = [Math.max(0, startAt ?? 0), Math.max(1, maxResults ?? 50)];
      const values = all.slice(from, from + max);
      return { maxResults: max, startAt: from, total: all.length, isLast: from + max >= all.length, values };
    },
  ),
  endpoint(
    {
      id: 'getAvailablePrioritiesByPriorityScheme',
      route: `GET ${PATH}/priorities/available`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'priorityscheme-priorities-available-get'),
    },
    (call) => {
      privileged(call);
      const schemeId = call.query.get('schemeId');
      if (schemeId === null) throw badQuery('The schemeId has to be provided.');
      const { priorityIds } = requirePriorityScheme(call.world, schemeId);
      const without = new Set([...priorityIds, ...listParameter(call.query, 'exclude')]);
      const name = call.query.get('query')?.toLowerCase() ?? '';
      const rows = priorities(call.world).filter(
        (one) => !without.has(one.id) && one.name.toLowerCase().includes(name),
      );
      return list(rangeOf(rows), (one) => inScheme(addressOf(call), one));
    },
  ),
  endpoint(
    {
      id: 'deletePriorityScheme',
      route: `DELETE ${PATH}/{schemeId}`,
      status: 204,
      doc: doc(GROUP, 'priorityscheme-schemeid-delete'),
    },
    (call) => {
      privileged(call);
      deletePriorityScheme(call.world, call.params.schemeId);
    },
  ),
  endpoint(
    {
      id: 'updatePriorityScheme',
      route: `PUT ${PATH}/{schemeId}`,
      status: 202,
      input: body({ ...COMMON, priorities: CHANGE, projects: CHANGE }),
      doc: doc(GROUP, 'priorityscheme-schemeid-put'),
    },
    (call) => {
      privileged(call);
      const at = addressOf(call);
      const { schemeId } = call.params;
      const { scheme, migration } = updatePriorityScheme(
        call.world,
        schemeId,
        call.input as PrioritySchemeInput,
      );
      const task = taskView(at, migrating(call, scheme, migration));
      return { task, priorityScheme: view(at, scheme, ['priorities', 'projects']) };
    },
  ),
  endpoint(
    {
      id: 'getPrioritiesByPriorityScheme',
      route: `GET ${PATH}/{schemeId}/priorities`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'priorityscheme-schemeid-priorities-get'),
    },
    (call) => {
      privileged(call);
      const scheme = requirePriorityScheme(call.world, call.params.schemeId);
      const rows = prioritiesIn(call.world, scheme);
      return list(rangeOf(rows), (one) => inScheme(addressOf(call), one, scheme));
    },
  ),
  endpoint(
    {
      id: 'getProjectsByPriorityScheme',
      route: `GET ${PATH}/{schemeId}/projects`,
      page: { style: 'bare', default: 50, max: 100 },
      doc: doc(GROUP, 'priorityscheme-schemeid-projects-get'),
    },
    (call) => {
      privileged(call);
      const ids = listParameter(call.query, 'projectId');
      const name = call.query.get('query')?.toLowerCase() ?? '';
      const rows = projectsOfScheme(
        call.world,
        requirePriorityScheme(call.world, call.params.schemeId),
      ).filter((one) => (ids.length === 0 || ids.includes(one.id)) && one.name.toLowerCase().includes(name));
      return list(rangeOf(rows), (one) => projectDetails(addressOf(call), one));
    },
  ),
];
