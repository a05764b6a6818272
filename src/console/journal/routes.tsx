/** The journal of a universe as a page: its newest entries, live; older ones by page; one entry in full. */
import { missing, Problem } from '../../control/problem.ts';
import type { Universe } from '../../universe.ts';
import { universePage } from '../universe/frame.tsx';
import type { ConsoleContext, ConsoleDeps, ConsoleHono } from '../visit.ts';
import { EntryView } from './entry.tsx';
import { liveStream } from './live.tsx';
import { type JournalFilter, recentEntries, VIEWS } from './recent.ts';
import { COLUMNS, JournalHead, JournalRow } from './row.tsx';

/** Rows of a page, and rows that a live page keeps. */
const ROWS = 100;
const ROWS_KEPT_MAX = 300;
/** Live pages of one server. */
const VIEWERS_MAX = 500;

/** Adds `/console/u/:universe`, `…/journal/:seq` and `…/live`. */
export function journalRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  app.get('/console/u/:universe', (c) => {
    const universe = deps.universe(c);
    const filter = filterOf(c, universe);
    const before = numberOf(c.req.query('before'));
    const children = <JournalPage universe={universe} filter={filter} before={before} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'journal', children }));
  });
  app.get('/console/u/:universe/journal/:seq', (c) => {
    const universe = deps.universe(c);
    const seq = numberOf(c.req.param('seq')) ?? 0;
    const [entry] = universe.journal.page({ after: seq - 1, limit: 1 }).entries;
    if (entry?.seq !== seq) throw missing(`the journal of ${universe.id} has no entry ${seq} (any more)`);
    const children = <EntryView entry={entry} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'journal', children }));
  });
  let viewers = 0;
  app.get('/console/u/:universe/live', (c) => {
    const universe = deps.universe(c);
    if (viewers >= VIEWERS_MAX)
      throw new Problem({ status: 503, kind: 'too-many-viewers', detail: 'too many pages are live' });
    viewers++;
    return liveStream(universe, {
      filter: filterOf(c, universe),
      after: numberOf(c.req.query('after')) ?? universe.journal.end,
      rows: c.req.query('rows') !== '0',
      closing: deps.options.closing,
      ended: () => viewers--,
    });
  });
}

function filterOf(c: ConsoleContext, { twins }: Universe): JournalFilter {
  const view = VIEWS.find((one) => one.view === c.req.query('view'))?.view ?? 'happened';
  const twin = twins.find(({ name }) => name === c.req.query('twin'))?.name;
  return { view, ...(twin === undefined ? {} : { twin }) };
}

const numberOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

interface Shown {
  universe: Universe;
  filter: JournalFilter;
  before: number | undefined;
}

function JournalPage({ universe, filter, before }: Shown) {
  const { journal } = universe;
  const { entries, lowest } = recentEntries(journal, filter, {
    limit: ROWS,
    ...(before === undefined ? {} : { before }),
  });
  const query = new URLSearchParams({ view: filter.view, ...(filter.twin ? { twin: filter.twin } : {}) });
  const live = before === undefined ? `/console/u/${universe.id}/live?${query}` : undefined;
  return (
    <>
      <Filters universe={universe} filter={filter} live={live !== undefined} />
      <p class="dim small" id="journal-state">
        {countText(universe)}
      </p>
      <div class="wide">
        <table
          id="journal"
          class="journal"
          {...(live
            ? { 'data-journal': live, 'data-after': String(journal.end), 'data-keep': String(ROWS_KEPT_MAX) }
            : {})}
        >
          <thead>
            <JournalHead />
          </thead>
          <tbody>
            {entries.map((entry) => (
              <JournalRow universe={universe.id} entry={entry} />
            ))}
            {entries.length === 0 ? <None universe={universe} /> : ''}
          </tbody>
        </table>
      </div>
      <div class="pager">
        {lowest > journal.dropped + 1 ? <a href={`?${query}&before=${lowest}`}>Older</a> : ''}
        {before === undefined ? '' : <a href={`?${query}`}>Newest</a>}
      </div>
    </>
  );
}

function countText({ journal }: Universe): string {
  const dropped = journal.dropped > 0 ? `, the oldest ${journal.dropped} no longer kept` : '';
  return journal.end === 1 ? '1 entry' : `${journal.end} entries${dropped}`;
}

function None({ universe }: { universe: Universe }) {
  return (
    <tr class="none">
      <td colspan={COLUMNS} class="fill dim">
        Nothing yet. Point a program at this universe (<a href={`/console/u/${universe.id}/doors`}>doors</a>)
        and its requests appear here as they come.
      </td>
    </tr>
  );
}

function Filters({ universe, filter, live }: { universe: Universe; filter: JournalFilter; live: boolean }) {
  return (
    <form class="inline filters" method="get">
      <label>
        Show
        <select name="view" data-filter="">
          {VIEWS.map(({ view, text }) => (
            <option value={view} selected={view === filter.view}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <label>
        of
        <select name="twin">
          <option value="">every twin</option>
          {universe.twins.map(({ name, title }) => (
            <option value={name} selected={name === filter.twin}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Filter</button>
      {live ? (
        <button type="button" id="pause" aria-pressed="false" hidden>
          Pause
        </button>
      ) : (
        ''
      )}
    </form>
  );
}
