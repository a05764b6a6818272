/** What a person does in a vendor's own screens, done by the operator of a universe. */
import { ApiError } from '../../error.ts';
import { didYouMean } from '../../suggest.ts';
import { asProblem, invalid, vendorRefusal } from '../problem.ts';
import { object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

const group = 'gestures';

/** Body of `makeGesture`. */
export interface GestureText {
  twin: string;
  gesture: string;
  as: string;
  with?: Record<string, unknown>;
}

/** The calls of this group. */
export const gestureRoutes: readonly Route[] = [
  route(
    {
      id: 'listGestures',
      method: 'GET',
      path: '/v1/gestures',
      summary: 'What people can do in the vendors’ screens, and with what',
      group,
      responses: {
        200: {
          description: 'gestures of every twin',
          schema: schema.listOf(
            'gestures',
            object({ twin: schema.label, gesture: schema.label, says: { type: 'string' }, with: {} }),
          ),
        },
      },
    },
    ({ registry }) => ({
      gestures: [...registry.twins.values()].flatMap(({ twin }) =>
        Object.entries(twin.gestures).map(([gesture, { says, input }]) => ({
          twin: twin.name,
          gesture,
          says,
          with: input,
        })),
      ),
    }),
  ),
  route<GestureText>(
    {
      id: 'makeGesture',
      method: 'POST',
      path: '/v1/universes/{universe}/gestures',
      summary: 'Do what a person does in a vendor’s own screen: click, approve, move a card',
      group,
      body: object(
        {
          twin: schema.label,
          gesture: schema.label,
          as: { ...schema.label, description: 'the person’s e-mail' },
          with: { type: 'object' },
        },
        ['twin', 'gesture', 'as'],
      ),
      responses: {
        200: {
          description: 'what came of it',
          schema: object({ twin: schema.label, gesture: schema.label, as: schema.label, result: {} }),
        },
      },
    },
    ({ universe, body }) => {
      const { twin, gesture, as } = body;
      const known = universe.twins.find((one) => one.name === twin);
      const names = universe.twins.map((one) => one.name);
      if (!known) throw invalid([{ pointer: '/twin', detail: `must be one of ${names.join(', ')}` }]);
      if (!Object.hasOwn(known.gestures, gesture)) {
        const gestures = Object.keys(known.gestures);
        const meant = didYouMean(gesture, gestures);
        const detail = `is no gesture of ${twin}${meant || `; it has ${gestures.join(', ') || 'none'}`}`;
        throw invalid([{ pointer: '/gesture', detail }]);
      }
      try {
        const result = universe.gesture({ twin, gesture, as, with: body.with ?? {}, by: 'operator' });
        return { twin, gesture, as, result: result ?? null };
      } catch (error) {
        throw refused(twin, error);
      }
    },
  ),
];

function refused(twin: string, error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.name === 'unknown-person') return invalid([{ pointer: '/as', detail: error.message }]);
  return error.name === 'invalid-gesture' ? asProblem(error) : vendorRefusal(twin, error);
}
