/** A universe's time: read it, set it, move it on. */
import { durationMs } from '../../duration.ts';
import type { Universe } from '../../universe.ts';
import { clockDocument } from '../document.ts';
import { invalid } from '../problem.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';
import { type ClockText, clockSetting } from './universes.ts';

const group = 'clock';
const ADVANCE_MS_MAX = 3_660 * 86_400_000;
const clock = {
  200: {
    description: 'the clock; `nextDueAt` is when the next scheduled work falls due',
    schema: object(
      {
        mode: { enum: ['realtime', 'frozen', 'scaled'] },
        now: schema.instant,
        rate: { type: 'number' },
        nextDueAt: schema.instant,
      },
      ['mode', 'now', 'rate'],
    ),
  },
};

/** The calls of this group. */
export const clockRoutes: readonly Route[] = [
  route(
    {
      id: 'getClock',
      method: 'GET',
      path: '/v1/universes/{universe}/clock',
      summary: 'Read the clock',
      group,
      responses: clock,
    },
    ({ universe }) => shown(universe),
  ),
  route<ClockText>(
    {
      id: 'setClock',
      method: 'PATCH',
      path: '/v1/universes/{universe}/clock',
      summary: 'Change mode, time or rate; what then is due fires',
      group,
      body: schema.clockInput,
      responses: clock,
    },
    ({ universe, body }) => {
      universe.setClock(clockSetting(body, '', body.mode ?? universe.clock.mode));
      return shown(universe);
    },
  ),
  route<{ by?: string | number; to?: string }>(
    {
      id: 'advanceClock',
      method: 'POST',
      path: '/v1/universes/{universe}/clock/advance',
      summary:
        'Move time on `by` a duration or `to` a moment; what falls due fires, in order, before this answers',
      group,
      body: {
        ...object({ by: schema.duration, to: schema.instant }),
        minProperties: 1,
        maxProperties: 1,
      },
      responses: clock,
    },
    async ({ universe, body }) => {
      const now = universe.clock.now();
      const to = body.to === undefined ? now + durationMs(body.by as string) : Date.parse(body.to);
      const pointer = body.to === undefined ? '/by' : '/to';
      if (to < now) throw invalid([{ pointer, detail: 'lies in the past: time only moves on' }]);
      if (to - now > ADVANCE_MS_MAX) throw invalid([{ pointer, detail: 'is more than ten years away' }]);
      await universe.advance(to);
      return shown(universe);
    },
  ),
];

function shown(universe: Universe) {
  const due = universe.scheduler.nextAt();
  return {
    ...clockDocument(universe),
    ...(due === undefined ? {} : { nextDueAt: new Date(due).toISOString() }),
  };
}
