/** What a person does in a vendor's own screens, done for them and written down. */
import { ApiError } from './error.ts';
import { maskRow } from './mask.ts';
import type { Universe } from './universe.ts';
import { pointer, sentence, violations } from './validate.ts';

/** Which gesture, as whom, with what, and who made them do it. */
export interface GestureRequest {
  twin: string;
  gesture: string;
  as: string;
  with: unknown;
  by: 'person' | 'operator';
}

/**
 * Performs a gesture. Throws an ApiError (404 for an unknown gesture, 422 for input that does not fit, else the
 * vendor's own refusal).
 */
export function perform(universe: Universe, request: GestureRequest): unknown {
  const { twin, gesture: name, as, by } = request;
  const gestures = universe.setting.twins.get(twin)?.twin.gestures;
  const gesture = gestures && Object.hasOwn(gestures, name) ? gestures[name] : undefined;
  if (!gesture) {
    const known = Object.keys(gestures ?? {}).join(', ');
    const message = `${twin} has no gesture ${name}; it has ${known || 'none'}`;
    throw new ApiError({ name: 'no-gesture', status: 404, message });
  }
  const errors = violations(gesture.input, request.with);
  if (errors.length > 0) {
    const list = errors.map((error) => ({ pointer: `/with${pointer(error)}`, detail: sentence(error) }));
    throw new ApiError({
      name: 'invalid-gesture',
      status: 422,
      message: `${twin}.${name} does not take that`,
      data: { errors: list },
    });
  }
  const result = universe.work(twin, (world) => gesture.perform(world, as, request.with as never));
  // What a vendor leads a browser to may hold a code.
  const shown = typeof result === 'object' && result !== null ? maskRow(result) : result;
  universe.note('gesture', twin, { gesture: name, as, by, with: request.with as object, result: shown });
  universe.scheduler.arm();
  return result;
}
