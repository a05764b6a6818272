/** Boards of the agile API: made, found, set up. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { fieldById } from '../model/fields/fields.ts';
import { requireProject } from '../model/projects/projects.ts';
import { columnsOf } from '../model/software/boardColumns.ts';
import { featuresOf, toggleBoardFeature } from '../model/software/boardFeatures.ts';
import { estimationOf } from '../model/software/boardSettings.ts';
import {
  boardProject,
  createBoard,
  deleteBoard,
  requireBoard,
  searchBoards,
} from '../model/software/boards.ts';
import { quickFiltersOf, requireQuickFilter } from '../model/software/quickFilters.ts';
import { RANK_FIELD_ID } from '../model/software/ranking.ts';
import type { Board } from '../world.ts';
import { type Address, addressOf, agileDoc, bodyObject, caller, listParameter } from './address.ts';
import { boardView, listedBoard } from './agileViews.ts';
import { rangeOf } from './meta.ts';

const page = { style: 'bare', default: 50, max: 50 };

/** The board that a path names, where the caller sees it. */
export const boardAt = (call: Call): Board =>
  requireBoard(call.world, addressOf(call).me, call.params.boardId as string);

export const boardEndpoints = [
  endpoint(
    { id: 'getAllBoards', route: 'GET /rest/agile/1.0/board', page, doc: agileDoc('board', 'board-get') },
    (call) => {
      const at = addressOf(call);
      const expand = listParameter(call.query, 'expand');
      return list(rangeOf(boardsAsked(call)), (one) => listedBoard(at, one, expand));
    },
  ),
  endpoint(
    {
      id: 'createBoard',
      route: 'POST /rest/agile/1.0/board',
      status: 201,
      doc: agileDoc('board', 'board-post'),
    },
    (call) => boardView(addressOf(call), createBoard(call.world, caller(call), bodyObject(call))),
  ),
  endpoint(
    {
      id: 'getBoardByFilterId',
      route: 'GET /rest/agile/1.0/board/filter/{filterId}',
      page,
      doc: agileDoc('board', 'board-filter-filterid-get'),
    },
    (call) => {
      const at = addressOf(call);
      const { filterId } = call.params;
      if (!/^\d+$/.test(filterId)) throw badQuery('The filter ID must be a number.');
      const found = searchBoards(call.world, at.me, {
        filterId,
        types: [],
        projectTypes: [],
        negateLocation: false,
        includePrivate: false,
      });
      return list(rangeOf(found), ({ id, name }) => ({ id, self: `${at.issues}/board/${id}`, name }));
    },
  ),
  endpoint(
    {
      id: 'getBoard',
      route: 'GET /rest/agile/1.0/board/{boardId}',
      doc: agileDoc('board', 'board-boardid-get'),
    },
    (call) => boardView(addressOf(call), boardAt(call)),
  ),
  endpoint(
    {
      id: 'deleteBoard',
      route: 'DELETE /rest/agile/1.0/board/{boardId}',
      status: 204,
      doc: agileDoc('board', 'board-boardid-delete'),
    },
    (call) => deleteBoard(call.world, caller(call), boardAt(call)),
  ),
  endpoint(
    {
      id: 'getConfiguration',
      route: 'GET /rest/agile/1.0/board/{boardId}/configuration',
      doc: agileDoc('board', 'board-boardid-configuration-get'),
    },
    (call) => configurationView(addressOf(call), boardAt(call)),
  ),
  endpoint(
    {
      id: 'getFeaturesForBoard',
      route: 'GET /rest/agile/1.0/board/{boardId}/features',
      doc: agileDoc('board', 'board-boardid-features-get'),
    },
    (call) => featuresView(call, boardAt(call)),
  ),
  endpoint(
    {
      id: 'toggleFeatures',
      route: 'PUT /rest/agile/1.0/board/{boardId}/features',
      doc: agileDoc('board', 'board-boardid-features-put'),
    },
    (call) => {
      const { feature, enabling } = bodyObject(call);
      return featuresView(
        call,
        toggleBoardFeature(call.world, caller(call), boardAt(call), feature, enabling),
      );
    },
  ),
  endpoint(
    {
      id: 'getAllQuickFilters',
      route: 'GET /rest/agile/1.0/board/{boardId}/quickfilter',
      page,
      doc: agileDoc('board', 'board-boardid-quickfilter-get'),
    },
    (call) => list(rangeOf(quickFiltersOf(call.world, boardAt(call))), (one) => one),
  ),
  endpoint(
    {
      id: 'getQuickFilter',
      route: 'GET /rest/agile/1.0/board/{boardId}/quickfilter/{quickFilterId}',
      doc: agileDoc('board', 'board-boardid-quickfilter-quickfilterid-get'),
    },
    (call) => requireQuickFilter(call.world, boardAt(call), call.params.quickFilterId),
  ),
  endpoint(
    {
      id: 'getReportsForBoard',
      route: 'GET /rest/agile/1.0/board/{boardId}/reports',
      // What a report is called and shows is not described: a board has none here.
      support: 'stored',
      doc: agileDoc('board', 'board-boardid-reports-get'),
    },
    (call) => {
      boardAt(call);
      return { reports: [] };
    },
  ),
];

function boardsAsked(call: Call): Board[] {
  const { world, query } = call;
  const projectOf = (name: string) => {
    const text = query.get(name);
    return text ? requireProject(world, text) : undefined;
  };
  const types = listParameter(query, 'type');
  const wrong = types.find((type) => !['scrum', 'kanban', 'simple'].includes(type));
  if (wrong !== undefined)
    throw badQuery(`The board type '${wrong}' is invalid. Valid values are: scrum, kanban, simple.`);
  const orderBy = query.get('orderBy')?.trim();
  if (orderBy && !/^[+-]?name$/.test(orderBy)) throw badQuery(`Cannot order boards by '${orderBy}'.`);
  return searchBoards(world, addressOf(call).me, {
    name: query.get('name') ?? undefined,
    types,
    project: projectOf('projectKeyOrId'),
    filterId: query.get('filterId') ?? undefined,
    projectLocation: projectOf('projectLocation'),
    accountIdLocation: query.get('accountIdLocation') ?? undefined,
    projectTypes: listParameter(query, 'projectTypeLocation'),
    negateLocation: query.get('negateLocationFiltering') === 'true',
    includePrivate: query.get('includePrivate') === 'true',
    orderBy,
  });
}

function configurationView(at: Address, board: Board): Record<string, unknown> {
  const project = boardProject(at.world, board);
  const columns = columnsOf(at.world, board).map(({ statuses, name, min, max }) => ({
    name,
    statuses: statuses.map((id) => ({ id, self: `${at.rest}/status/${id}` })),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }));
  const { filterId } = board;
  return {
    id: board.id,
    name: board.name,
    type: board.type,
    self: `${at.issues}/board/${board.id}/configuration`,
    location: project ? { type: 'project', projectKeyOrId: project.key } : { type: 'user' },
    ...(filterId === undefined ? {} : { filter: { id: filterId, self: `${at.rest}/filter/${filterId}` } }),
    ...(board.subQuery === undefined ? {} : { subQuery: { query: board.subQuery } }),
    columnConfig: { columns, constraintType: board.constraintType ?? 'none' },
    ...(board.type === 'kanban' ? {} : { estimation: estimationView(at, board) }),
    ranking: { rankCustomFieldId: RANK_FIELD_ID },
  };
}

function estimationView(at: Address, board: Board): Record<string, unknown> {
  const fieldId = estimationOf(board);
  if (fieldId === 'none' || fieldId === 'issueCount') return { type: fieldId };
  return { type: 'field', field: { fieldId, displayName: fieldById(at.world, fieldId)?.name ?? fieldId } };
}

const ESTIMATIONS = [
  { value: 'STORY_POINTS', localisedName: 'Story points', localisedDescription: 'Estimate in points.' },
  {
    value: 'ORIGINAL_ESTIMATE',
    localisedName: 'Original estimate',
    localisedDescription: 'Estimate in time.',
  },
];

const featuresView = ({ world }: Call, board: Board): Record<string, unknown> => ({
  features: featuresOf(world, board).map((one) => ({
    boardFeature: one.boardFeature,
    boardId: board.id,
    state: one.enabled ? 'ENABLED' : 'DISABLED',
    localisedName: one.name,
    localisedDescription: one.description,
    localisedGroup: one.group,
    featureType: one.boardFeature === 'ESTIMATION' ? 'ESTIMATION' : 'BASIC',
    featureId: `jsw.agility.${one.boardFeature.toLowerCase().replaceAll('_', '-')}`,
    toggleLocked: one.locked,
    ...(one.boardFeature === 'ESTIMATION' ? { permissibleEstimationTypes: ESTIMATIONS } : {}),
  })),
});
