/** Priorities, and the schemes by which projects have them. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import {
  createPriority,
  movePriorities,
  type PriorityInput,
  requireDeletablePriority,
  setDefaultPriority,
  updatePriority,
} from '../model/priorities/priorities.ts';
import { prioritySchemeOf, projectNamed } from '../model/projects/projects.ts';
import { priorities, requirePriority } from '../model/schemes.ts';
import type { SequenceMove } from '../model/sequence.ts';
import { startTask } from '../model/site/tasks.ts';
import { type Priority, prioritySchemes } from '../world.ts';
import { type Address, addressOf, doc, listParameter } from './address.ts';
import { privileged } from './askers.ts';
import { embedded } from './embeddedPages.ts';
import { rangeOf } from './meta.ts';
import { listedPriority } from './schemeViews.ts';
import { body, listOf, rowId, text } from './shapes.ts';
import { taskStarted } from './tasks.ts';

type Json = Record<string, unknown>;

const GROUP = 'issue-priorities';

/** What a body that orders a list is made of. */
export const MOVE = body({ ids: listOf(rowId), after: rowId, position: text });

const input = body({ name: text, description: text, statusColor: text, iconUrl: text, avatarId: rowId });

const inputOf = (call: Call): PriorityInput => {
  const { avatarId, ...rest } = call.input as PriorityInput & { avatarId?: string | number | null };
  return avatarId === undefined || avatarId === null ? rest : { ...rest, avatarId: Number(avatarId) };
};

const SCHEMES_SHOWN_MAX = 15;

function searched(at: Address, priority: Priority, expand: readonly string[]): Json {
  if (!expand.includes('schemes')) return listedPriority(at, priority);
  const schemes = at.world.list(prioritySchemes, { index: 'priority', equals: priority.id }).toArray();
  return {
    ...listedPriority(at, priority),
    schemes: embedded(
      schemes.map(({ id, name, isDefault }) => ({
        self: `${at.rest}/priorityscheme/${id}`,
        id,
        name,
        isDefault,
      })),
      SCHEMES_SHOWN_MAX,
    ),
  };
}

/** The priorities that `/priority/search` asks for. */
function found({ world, query }: Call): Priority[] {
  const name = query.get('priorityName')?.toLowerCase() ?? '';
  const ids = listParameter(query, 'id');
  const projects = listParameter(query, 'projectId').flatMap((id) => projectNamed(world, id) ?? []);
  const ofProjects = query.has('projectId')
    ? new Set(projects.flatMap((project) => prioritySchemeOf(world, project).priorityIds))
    : undefined;
  return priorities(world).filter(
    (one) =>
      one.name.toLowerCase().includes(name) &&
      (ids.length === 0 || ids.includes(one.id)) &&
      (!ofProjects || ofProjects.has(one.id)) &&
      (query.get('onlyDefault') !== 'true' || one.isDefault),
  );
}

export const priorityEndpoints = [
  endpoint(
    { id: 'getPriorities', route: 'GET /rest/api/3/priority', doc: doc(GROUP, 'priority-get') },
    (call) => priorities(call.world).map((one) => listedPriority(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'createPriority',
      route: 'POST /rest/api/3/priority',
      status: 201,
      input,
      doc: doc(GROUP, 'priority-post'),
    },
    (call) => {
      privileged(call);
      return { id: createPriority(call.world, inputOf(call)).id };
    },
  ),
  endpoint(
    {
      id: 'setDefaultPriority',
      route: 'PUT /rest/api/3/priority/default',
      status: 204,
      input: body({ id: rowId }),
      doc: doc(GROUP, 'priority-default-put'),
    },
    (call) => {
      privileged(call);
      const { id } = call.input as { id?: string | number | null };
      if (id === undefined || id === null) throw badQuery('The id has to be provided.');
      setDefaultPriority(call.world, String(id));
    },
  ),
  endpoint(
    {
      id: 'movePriorities',
      route: 'PUT /rest/api/3/priority/move',
      status: 204,
      input: MOVE,
      doc: doc(GROUP, 'priority-move-put'),
    },
    (call) => {
      privileged(call);
      movePriorities(call.world, call.input as SequenceMove);
    },
  ),
  endpoint(
    {
      id: 'searchPriorities',
      route: 'GET /rest/api/3/priority/search',
      page: { style: 'bare', default: 50, max: 50 },
      doc: doc(GROUP, 'priority-search-get'),
    },
    (call) => {
      const expand = listParameter(call.query, 'expand');
      return list(rangeOf(found(call)), (one) => searched(addressOf(call), one, expand));
    },
  ),
  endpoint(
    { id: 'getPriority', route: 'GET /rest/api/3/priority/{id}', doc: doc(GROUP, 'priority-id-get') },
    (call) => listedPriority(addressOf(call), requirePriority(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'updatePriority',
      route: 'PUT /rest/api/3/priority/{id}',
      status: 204,
      input,
      doc: doc(GROUP, 'priority-id-put'),
    },
    (call) => {
      privileged(call);
      updatePriority(call.world, call.params.id, inputOf(call));
    },
  ),
  endpoint(
    {
      id: 'deletePriority',
      route: 'DELETE /rest/api/3/priority/{id}',
      doc: doc(GROUP, 'priority-id-delete'),
    },
    (call) => {
      const submitter = privileged(call);
      const { id, name } = requireDeletablePriority(call.world, call.params.id);
      const newPriority = call.query.get('newPriority') ?? call.query.get('replaceWith');
      const sent = { id, ...(newPriority === null ? {} : { newPriority }) };
      const description = `Delete priority ${name}`;
      const task = startTask(call.world, { description, submitter, work: 'deletePriority', input: sent });
      return taskStarted(addressOf(call), task);
    },
  ),
];
