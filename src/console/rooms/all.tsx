/** The twins' rooms: the state of each twin as its people would see it, and what they do there, by hand. */
import { missing } from '../../control/problem.ts';
import type { Asked, Room } from '../../room.ts';
import { readForm } from '../form.ts';
import type { ConsoleContext, ConsoleDeps, ConsoleHono } from '../visit.ts';
import { type Here, herePath, placePath } from './address.ts';
import { ROOMS_STYLE, ROOMS_STYLE_PATH } from './css.ts';
import { type Wanted, wantedOf } from './gesture.ts';
import { roomPage } from './page.tsx';

/** Characters of anything that a room is asked by. */
const ASKED_CHARS_MAX = 2_000;
/** Characters of what was pressed, when it is said. */
const LABEL_CHARS_MAX = 80;

/** Adds the rooms' pages, `/console/u/:universe/rooms/:twin`. */
export function roomRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  app.get(ROOMS_STYLE_PATH, (c) =>
    c.body(ROOMS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  );
  app.get('/console/u/:universe/rooms/:twin', (c) => {
    const { here, room } = found(c, deps);
    const place = room.place(here.universe.view(here.twin), here.at, here.asked);
    if (!place) throw missing(`there is nothing at ${here.at} (any more)`);
    return c.html(roomPage(here, room, place, c.get('visit')));
  });
  app.post('/console/u/:universe/rooms/:twin', async (c) => {
    const { here } = found(c, deps);
    const form = await readForm(c);
    const spot = form.get('spot') ?? '';
    let to = herePath(here) + (/^[\w.-]{1,64}$/.test(spot) ? `#${spot}` : '');
    return deps.act(
      c,
      () => to,
      async () => {
        const wanted = wantedOf(form);
        const result = await perform(c, deps, here, wanted);
        to = after(here, form.get('leads'), result) ?? to;
        return done(here, wanted, form.get('label') ?? '');
      },
    );
  });
}

/** The room that a request is about, and who looks. Throws a 404 Problem. */
function found(c: ConsoleContext, deps: ConsoleDeps): { here: Here; room: Room } {
  const universe = deps.universe(c);
  const twin = universe.twins.find(({ name }) => name === c.req.param('twin'));
  const room = twin?.room;
  if (!twin || !room) throw missing(`${universe.id} has no room ${c.req.param('twin')}`);
  const asking = (name: string) => c.req.query(name)?.trim().slice(0, ASKED_CHARS_MAX) || undefined;
  const chosen = asking('as');
  const as = chosen ?? room.host(universe.view(twin.name));
  const from = c.req.query('from')?.slice(0, ASKED_CHARS_MAX) || undefined;
  const find = asking('find');
  const asked: Asked = { ...(as ? { as } : {}), ...(from ? { from } : {}), ...(find ? { find } : {}) };
  const at = asking('at') ?? room.shelves[0]?.to ?? '';
  return { here: { universe, twin: twin.name, at, asked, chosen: chosen !== undefined }, room };
}

/** Has the control API make the gesture: what it refuses is said in its words. */
async function perform(c: ConsoleContext, deps: ConsoleDeps, here: Here, wanted: Wanted): Promise<unknown> {
  const body = { twin: here.twin, ...wanted };
  const answer = await deps.call(c, 'makeGesture', { params: { universe: here.universe.id }, body });
  return (answer as { result?: unknown }).result;
}

/** What is said when it is done: what was pressed, and as whom. */
function done({ universe }: Here, { as, gesture }: Wanted, label: string): string {
  const person = universe.cast.find(({ email }) => email.toLowerCase() === as.toLowerCase());
  return `${label.slice(0, LABEL_CHARS_MAX) || gesture}: done, as ${person?.name ?? as}`;
}

/** Where `leads` leads: `channel/id` to the channel whose `id` the gesture gave. */
function after(here: Here, leads: string | null, result: unknown): string | undefined {
  const [kind, key] = leads?.split('/') ?? [];
  if (!kind || !key || typeof result !== 'object' || result === null) return undefined;
  const value = (result as Record<string, unknown>)[key];
  return typeof value === 'string' ? placePath(here, `${kind}/${value}`) : undefined;
}
