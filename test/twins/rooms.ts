/** Walks a twin's room as a person would: from the shelves over every link. */
import type { Act, Asked, Block, Place, Room } from '../../src/room.ts';
import type { Twin } from '../../src/twin.ts';
import type { Universe } from '../../src/universe.ts';
import { violations } from '../../src/validate.ts';

/** Places that one walk visits. */
const PLACES_MAX = 500;

/** The place, as `as` (or the room's host) sees it. Throws where there is none. */
export function placeAt(universe: Universe, twin: string, at: string, asked: Asked = {}): Place {
  const room = roomOf(universe, twin);
  const world = universe.view(twin);
  const as = asked.as ?? room.host(world);
  const place = room.place(world, at, { ...asked, ...(as ? { as } : {}) });
  if (!place) throw new Error(`nothing at ${at}`);
  return place;
}

export function roomOf(universe: Universe, twin: string): Room {
  const room = universe.twins.find(({ name }) => name === twin)?.room;
  if (!room) throw new Error(`${twin} has no room`);
  return room;
}

/** Every place that links lead to, by id; `undefined` for links that lead nowhere. */
export function walked(universe: Universe, twin: string): Map<string, Place | undefined> {
  const room = roomOf(universe, twin);
  const world = universe.view(twin);
  const as = room.host(world);
  const seen = new Map<string, Place | undefined>();
  const queue = room.shelves.map(({ to }) => to);
  for (let at = queue.shift(); at !== undefined && seen.size < PLACES_MAX; at = queue.shift()) {
    if (seen.has(at)) continue;
    const place = room.place(world, at, as ? { as } : {});
    seen.set(at, place);
    queue.push(...valuesOf(place, 'to').filter((to): to is string => typeof to === 'string'));
  }
  return seen;
}

/** What is wrong with what a room offers: a gesture that is none, or whose input would not do when filled in. */
export function wrongActs(universe: Universe, twin: string): string[] {
  const gestures: Twin['gestures'] = universe.twins.find(({ name }) => name === twin)?.gestures ?? {};
  const acts = [...walked(universe, twin).values()].flatMap((place) => actsOf(place?.blocks ?? []));
  return acts.flatMap((act) => {
    const gesture = gestures[act.gesture];
    if (!gesture) return [`no gesture ${act.gesture}`];
    return violations(gesture.input, filled(act)).map((error) => `${act.gesture}: ${error.message}`);
  });
}

/** Every act of some blocks, wherever it stands. */
export const actsOf = (blocks: readonly Block[]): Act[] =>
  [...valuesOf(blocks, 'acts').flat(), ...valuesOf(blocks, 'act')] as Act[];

/** All text of a place, one line per run. */
export const textOf = (place: Place): string =>
  [...valuesOf(place, 'text'), ...valuesOf(place, 'title'), ...valuesOf(place, 'value')].join('\n');

/** What the form of an act would send, each field filled in. */
function filled(act: Act): Record<string, unknown> {
  let sent: Record<string, unknown> = act.with;
  for (const { path, type, options } of act.fields ?? []) {
    const value =
      type === 'person'
        ? 'ann@acme.example'
        : type === 'choice'
          ? options?.[0]?.value
          : type === 'many'
            ? []
            : 'B2';
    sent = placed(sent, path, value);
  }
  return sent;
}

function placed(into: unknown, [key, ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const base = (into ?? {}) as Record<string, unknown>;
  return { ...base, [key as string]: rest.length === 0 ? value : placed(base[key as string], rest, value) };
}

/** Every value under `key`, at any depth; what acts carry is not looked into. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesOf(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...(name === 'with' || name === 'options' ? [] : valuesOf(inner, key)),
  ]);
}
