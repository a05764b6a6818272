/** The frame of one universe's pages: heading, and a tab for each view of it and for each twin's room. */
import type { Child } from 'hono/jsx';
import type { Universe } from '../../universe.ts';
import { type Page, page } from '../page.tsx';
import type { Visit } from '../visit.ts';

/** What a page of a universe is made of. */
export interface UniverseParts {
  universe: Universe;
  visit: Visit;
  /** Id of the lit tab: one of `TABS`, or a twin's name for its room. */
  tab: string;
  /** Addresses of style sheets that it needs besides the console's own. */
  styles?: readonly string[];
  children?: Child;
}

const TABS: readonly { id: string; text: string }[] = [
  { id: 'journal', text: 'Journal' },
  { id: 'clock', text: 'Clock' },
  { id: 'faults', text: 'Faults' },
  { id: 'deliveries', text: 'Deliveries' },
  { id: 'gaps', text: 'Gaps' },
  { id: 'doors', text: 'Doors' },
  { id: 'snapshots', text: 'Snapshots' },
];

/** The address of a tab: `/console/u/{id}` for the journal, `…/rooms/{twin}` for a twin's room. */
export function tabPath(universe: string, tab: string): string {
  const base = `/console/u/${universe}`;
  if (tab === 'journal') return base;
  return TABS.some(({ id }) => id === tab) ? `${base}/${tab}` : `${base}/rooms/${tab}`;
}

/** The address of the stream that says when something changed, for `data-live`. */
export function livePath(universe: string, of: { view?: string; twin?: string } = {}): string {
  return `/console/u/${universe}/live?${new URLSearchParams({ rows: '0', ...of })}`;
}

/** The document of one view of a universe. */
export function universePage({ universe, visit, tab, styles = [], children }: UniverseParts): Page {
  const rooms = universe.twins.map(({ name, title }) => ({ id: name, text: title }));
  const now = [...TABS, ...rooms].find(({ id }) => id === tab)?.text ?? tab;
  return page({
    title: universe.name,
    tab: `${now} · ${universe.name}`,
    section: 'universes',
    visit,
    styles,
    aside: <Aside universe={universe} />,
    crumbs: [
      { text: 'Universes', href: '/' },
      { text: universe.id, href: tabPath(universe.id, 'journal') },
      { text: now },
    ],
    children: (
      <>
        <nav class="tabs" aria-label="Views of this universe">
          {[TABS, rooms].map((group) => (
            <div class="group">
              {group.map(({ id, text }) => (
                <a href={tabPath(universe.id, id)} {...(id === tab ? { 'aria-current': 'page' } : {})}>
                  {text}
                </a>
              ))}
            </div>
          ))}
        </nav>
        {children}
      </>
    ),
  });
}

function Aside({ universe }: { universe: Universe }) {
  const { id, seed, clock, faults, expiresAt } = universe;
  const active = faults.active.length;
  return (
    <>
      <span class="badge" title="what everything is drawn from">
        seed {seed}
      </span>
      <a class="badge" href={tabPath(id, 'clock')}>
        {clock.mode === 'frozen' ? 'time stands still' : clock.mode}
      </a>
      {active > 0 ? (
        <a class="badge warn" href={tabPath(id, 'faults')}>
          {active === 1 ? '1 fault' : `${active} faults`}
        </a>
      ) : (
        ''
      )}
      {expiresAt === undefined ? (
        ''
      ) : (
        <span class="badge">ends {new Date(expiresAt).toISOString().slice(0, 16).replace('T', ' ')}</span>
      )}
      <span class="small row-actions">
        <a href={`/console/u/${id}/fork`}>Fork</a> <a href={`/console/u/${id}/reset`}>Reset</a>{' '}
        <a href={`/console/u/${id}/drop`}>Drop</a>
      </span>
    </>
  );
}
