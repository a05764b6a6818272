/** A place of a room as a page: shelves at its side, who looks, where one is, what stands there. */
import type { Place, Room } from '../../room.ts';
import type { Page } from '../page.tsx';
import { universePage } from '../universe/frame.tsx';
import type { Visit } from '../visit.ts';
import { CAST_LIST } from './acts.tsx';
import { elsewhere, type Here, herePath, placePath } from './address.ts';
import { Blocks } from './blocks.tsx';
import { ROOMS_STYLE_PATH } from './css.ts';
import { Mark } from './mark.tsx';

/** People that a page offers by name; others can be typed. */
const CAST_SHOWN_MAX = 200;

/** The document. What changes while one looks is renewed in place. */
export function roomPage(here: Here, room: Room, place: Place, visit: Visit): Page {
  const { universe, twin } = here;
  const live = `/console/u/${universe.id}/live?view=state&rows=0&twin=${twin}`;
  return universePage({
    universe,
    visit,
    tab: twin,
    styles: [ROOMS_STYLE_PATH],
    children: (
      <>
        <Cast here={here} />
        <div class="room">
          <Shelves here={here} room={room} place={place} />
          <div id="place" data-live={live} data-after={String(universe.journal.end)}>
            <Heading here={here} place={place} />
            <Blocks here={here} blocks={place.blocks} />
          </div>
        </div>
      </>
    ),
  });
}

function Shelves({ here, room, place }: { here: Here; room: Room; place: Place }) {
  const above = new Set([here.at, ...(place.trail ?? []).map(({ to }) => to)]);
  return (
    <aside>
      <Looker here={here} />
      <nav class="shelves" aria-label="Places">
        {room.shelves.map(({ to, title }) => (
          <a href={placePath(here, to)} {...(above.has(to) ? { 'aria-current': 'page' } : {})}>
            {title}
          </a>
        ))}
      </nav>
    </aside>
  );
}

/** Who looks, and acts. */
function Looker({ here }: { here: Here }) {
  const { cast } = here.universe;
  const { as = '' } = here.asked;
  const few = cast.length <= CAST_SHOWN_MAX;
  const known = cast.some(({ email }) => email === as);
  return (
    <form method="get" class="looker">
      <input type="hidden" name="at" value={here.at} />
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is one of two */}
      <label>
        Act as
        {few && cast.length > 0 ? (
          <select name="as">
            {known ? '' : <option value={as}>{as}</option>}
            {cast.map(({ email, name }) => (
              <option value={email} selected={email === as}>
                {name}
              </option>
            ))}
          </select>
        ) : (
          <input type="email" name="as" list={CAST_LIST} value={as} autocomplete="off" />
        )}
      </label>
      <button type="submit">Go</button>
    </form>
  );
}

function Cast({ here }: { here: Here }) {
  return (
    <datalist id={CAST_LIST}>
      {here.universe.cast.slice(0, CAST_SHOWN_MAX).map(({ email, name }) => (
        <option value={email}>{name}</option>
      ))}
    </datalist>
  );
}

function Heading({ here, place }: { here: Here; place: Place }) {
  const others = elsewhere(here, place);
  return (
    <header class="place">
      {place.trail && place.trail.length > 0 ? (
        <nav class="crumbs" aria-label="Where this place is">
          {place.trail.map(({ to, title }) => (
            <a href={placePath(here, to)}>{title}</a>
          ))}
          <span />
        </nav>
      ) : (
        ''
      )}
      <h2>
        <Mark icon={place.icon} /> {place.title}
      </h2>
      {place.subtitle ? <p class="dim">{place.subtitle}</p> : ''}
      {others.length > 0 ? (
        <p class="small">
          The same person in{' '}
          {others.map(({ title, href }, nth) => (
            <>
              {nth > 0 ? ', ' : ''}
              <a href={href}>{title}</a>
            </>
          ))}
        </p>
      ) : (
        ''
      )}
      <a class="refresh small" href={herePath(here)}>
        Refresh
      </a>
    </header>
  );
}
