/** Properties of boards and sprints: a program's own JSON. */
import type { Call } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { requireBoard, requireEditsBoard } from '../model/software/boards.ts';
import { requireManagesSprint, requireSprint } from '../model/software/sprints.ts';
import { addressOf, agileDoc, caller } from './address.ts';
import { propertyEndpointsOf } from './properties.ts';

export const agilePropertyEndpoints = propertyEndpointsOf([
  {
    entity: 'board',
    path: '/rest/agile/1.0/board/{boardId}',
    doc: agileDoc('board', 'board-boardid-properties-get'),
    ids: ['getBoardPropertyKeys', 'getBoardProperty', 'setBoardProperty', 'deleteBoardProperty'],
    idOf(call, write) {
      const board = requireBoard(call.world, addressOf(call).me, numberAt(call, 'boardId'));
      if (write) requireEditsBoard(call.world, caller(call), board);
      return String(board.id);
    },
    selfOf: (call, id) => `${addressOf(call).issues}/board/${id}`,
  },
  {
    entity: 'sprint',
    path: '/rest/agile/1.0/sprint/{sprintId}',
    doc: agileDoc('sprint', 'sprint-sprintid-properties-get'),
    ids: ['getPropertiesKeys', 'getProperty', 'setProperty', 'deleteProperty'],
    idOf(call, write) {
      const sprint = requireSprint(call.world, addressOf(call).me, numberAt(call, 'sprintId'));
      if (write) requireManagesSprint(call.world, caller(call), sprint);
      return String(sprint.id);
    },
    selfOf: (call, id) => `${addressOf(call).issues}/sprint/${id}`,
  },
]);

/** A number in a path; 400 for anything else, as the agile API has it here. */
function numberAt(call: Call, name: 'boardId' | 'sprintId'): string {
  const text = call.params[name] ?? '';
  if (!/^\d+$/.test(text)) throw badQuery(`The ${name} '${text}' is invalid.`);
  return text;
}
