/** Resolutions. */
import { endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import {
  createResolution,
  moveResolutions,
  type ResolutionInput,
  requireReplacement,
  setDefaultResolution,
  updateResolution,
} from '../model/resolutions.ts';
import { requireResolution, resolutions } from '../model/schemes.ts';
import type { SequenceMove } from '../model/sequence.ts';
import { startTask } from '../model/site/tasks.ts';
import { addressOf, doc, listParameter } from './address.ts';
import { privileged } from './askers.ts';
import { rangeOf } from './meta.ts';
import { MOVE } from './priorities.ts';
import { resolutionView } from './schemeViews.ts';
import { body, rowId, text } from './shapes.ts';
import { taskStarted } from './tasks.ts';

const GROUP = 'issue-resolutions';
const input = body({ name: text, description: text });

export const resolutionEndpoints = [
  endpoint(
    { id: 'getResolutions', route: 'GET /rest/api/3/resolution', doc: doc(GROUP, 'resolution-get') },
    (call) => resolutions(call.world).map((one) => resolutionView(addressOf(call), one)),
  ),
  endpoint(
    {
      id: 'createResolution',
      route: 'POST /rest/api/3/resolution',
      status: 201,
      input,
      doc: doc(GROUP, 'resolution-post'),
    },
    (call) => {
      privileged(call);
      return { id: createResolution(call.world, call.input as ResolutionInput).id };
    },
  ),
  endpoint(
    {
      id: 'setDefaultResolution',
      route: 'PUT /rest/api/3/resolution/default',
      status: 204,
      input: body({ id: rowId }),
      doc: doc(GROUP, 'resolution-default-put'),
    },
    (call) => {
      privileged(call);
      const { id } = call.input as { id?: string | number | null };
      if (id === undefined) throw badQuery('The id has to be provided.');
      setDefaultResolution(call.world, id === null ? undefined : String(id));
    },
  ),
  endpoint(
    {
      id: 'moveResolutions',
      route: 'PUT /rest/api/3/resolution/move',
      status: 204,
      input: MOVE,
      doc: doc(GROUP, 'resolution-move-put'),
    },
    (call) => {
      privileged(call);
      moveResolutions(call.world, call.input as SequenceMove);
    },
  ),
  endpoint(
    {
      id: 'searchResolutions',
      route: 'GET /rest/api/3/resolution/search',
      page: { style: 'bare', default: 50, max: 50 },
      doc: doc(GROUP, 'resolution-search-get'),
    },
    (call) => {
      const ids = listParameter(call.query, 'id');
      const only = call.query.get('onlyDefault') === 'true';
      const found = resolutions(call.world).filter(
        (one) => (ids.length === 0 || ids.includes(one.id)) && (!only || one.isDefault),
      );
      return list(rangeOf(found), ({ sequence: _, ...resolution }) => resolution);
    },
  ),
  endpoint(
    { id: 'getResolution', route: 'GET /rest/api/3/resolution/{id}', doc: doc(GROUP, 'resolution-id-get') },
    (call) => resolutionView(addressOf(call), requireResolution(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'updateResolution',
      route: 'PUT /rest/api/3/resolution/{id}',
      status: 204,
      input,
      doc: doc(GROUP, 'resolution-id-put'),
    },
    (call) => {
      privileged(call);
      updateResolution(call.world, call.params.id, call.input as ResolutionInput);
    },
  ),
  endpoint(
    {
      id: 'deleteResolution',
      route: 'DELETE /rest/api/3/resolution/{id}',
      doc: doc(GROUP, 'resolution-id-delete'),
    },
    (call) => {
      const submitter = privileged(call);
      const { id } = call.params;
      const replaceWith = requireReplacement(call.world, id, call.query.get('replaceWith')).id;
      const description = `Delete resolution ${id}`;
      const task = { description, submitter, work: 'deleteResolution', input: { id, replaceWith } };
      return taskStarted(addressOf(call), startTask(call.world, task));
    },
  ),
];
