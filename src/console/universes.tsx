/** The start page: every universe of the visitor's, and a form that makes one. */
import { type DamagedDocument, damagedFor } from '../control/damaged.ts';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
import { field, readForm } from './form.ts';
import { page } from './page.tsx';
import { NamingFields } from './universe/naming.tsx';
import type { ConsoleDeps, ConsoleHono, Visit } from './visit.ts';

const PAGE_ROWS = 50;

/** Adds `/` and the form's address. */
export function universesRoutes(app: ConsoleHono, { registry, call, act }: ConsoleDeps): void {
  app.get('/', (c) => {
    const visit = c.get('visit');
    const all = registry.list(visit.caller.operator ? undefined : visit.caller.tenant.id);
    const sought = (c.req.query('q') ?? '').trim();
    const found = matching(all, sought).sort((a, b) => b.serial - a.serial);
    const number = Math.max(
      1,
      Math.min(Number(c.req.query('page')) || 1, Math.ceil(found.length / PAGE_ROWS)),
    );
    const shown = found.slice((number - 1) * PAGE_ROWS, number * PAGE_ROWS);
    return c.html(
      page({
        title: 'Universes',
        section: 'universes',
        visit,
        aside: <span class="dim">{all.length}</span>,
        children: (
          <>
            <Damaged universes={damagedFor(registry, visit.caller)} />
            {all.length > 0 ? <Search sought={sought} /> : ''}
            <Table universes={shown} visit={visit} none={all.length === 0} sought={sought} />
            <Pager of={found.length} page={number} sought={sought} />
            <Make registry={registry} open={all.length === 0} />
          </>
        ),
      }),
    );
  });
  app.post('/console/universes', async (c) => {
    const form = await readForm(c);
    let to = '/';
    return act(
      c,
      () => to,
      async () => {
        const made = (await call(c, 'createUniverse', { body: creation(form) })) as { id: string };
        to = `/console/u/${made.id}`;
        return `${made.id} is made`;
      },
    );
  });
}

/** Body of `createUniverse` for what the form says. */
function creation(form: URLSearchParams): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name of ['id', 'name', 'world', 'ttl']) {
    const text = field(form, name);
    if (text !== undefined) body[name] = text;
  }
  const seed = field(form, 'seed');
  if (seed !== undefined) body.seed = /^\d+$/.test(seed) ? Number(seed) : seed;
  if (field(form, 'clock') === 'frozen') body.clock = { mode: 'frozen' };
  return body;
}

function matching(all: Universe[], sought: string): Universe[] {
  if (sought === '') return all;
  const text = sought.toLowerCase();
  return all.filter(({ id, name, tenant }) =>
    [id, name, tenant].some((one) => one.toLowerCase().includes(text)),
  );
}

function Search({ sought }: { sought: string }) {
  return (
    <form class="inline filters" method="get" action="/">
      <label>
        Filter
        <input type="search" name="q" value={sought} data-filter="" placeholder="id, name or tenant" />
      </label>
      <button type="submit">Filter</button>
      {sought === '' ? '' : <a href="/">All</a>}
    </form>
  );
}

function Damaged({ universes }: { universes: readonly DamagedDocument[] }) {
  if (universes.length === 0) return <></>;
  return (
    <div class="notice wrong" role="alert">
      {universes.map(({ id, why, proceed }) => (
        <p>
          Universe <b>{id}</b> is damaged and was left out: {why}. To proceed: {proceed}.
        </p>
      ))}
    </div>
  );
}

function Table(parts: { universes: Universe[]; visit: Visit; none: boolean; sought: string }) {
  const { universes, visit, none, sought } = parts;
  if (none)
    return (
      <div class="empty">
        <p>No universe yet. Make one below, or by a program:</p>
        <p>
          <code>orrery universe create</code>
        </p>
      </div>
    );
  if (universes.length === 0)
    return <div class="empty">No universe has “{sought}” in its id, name or tenant.</div>;
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th>Universe</th>
            <th class="opt">Clock</th>
            <th class="opt">Time there</th>
            <th class="n">Entries</th>
            <th class="n">Faults</th>
            <th class="n opt">Seed</th>
            <th class="opt" />
          </tr>
        </thead>
        <tbody>
          {universes.map((one) => (
            <Row universe={one} visit={visit} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ universe, visit }: { universe: Universe; visit: Visit }) {
  const { id, name, tenant, seed, clock, journal, faults } = universe;
  const door = `/console/u/${id}`;
  return (
    <tr>
      <td class="fill">
        <a href={door}>{id}</a> {name === id ? '' : name}
        {visit.keyed && visit.caller.operator ? <span class="dim small"> {tenant}</span> : ''}
      </td>
      <td class="opt">{clock.mode}</td>
      <td class="opt">{new Date(universe.now()).toISOString().slice(0, 16).replace('T', ' ')}</td>
      <td class="n">{journal.end}</td>
      <td class="n">
        {faults.active.length > 0 ? <span class="badge warn">{faults.active.length}</span> : 0}
      </td>
      <td class="n opt">{seed}</td>
      <td class="opt">
        <span class="small row-actions">
          <a href={`${door}/fork`}>Fork</a> <a href={`${door}/reset`}>Reset</a>{' '}
          <a href={`${door}/drop`}>Drop</a>
        </span>
      </td>
    </tr>
  );
}

function Pager({ of, page: number, sought }: { of: number; page: number; sought: string }) {
  const pages = Math.ceil(of / PAGE_ROWS);
  if (pages < 2) return null;
  const to = (wanted: number) =>
    `/?${new URLSearchParams({ ...(sought ? { q: sought } : {}), page: String(wanted) })}`;
  return (
    <nav class="pager" aria-label="Pages">
      {number > 1 ? <a href={to(number - 1)}>Newer</a> : ''}
      <span class="dim">
        {number} of {pages}
      </span>
      {number < pages ? <a href={to(number + 1)}>Older</a> : ''}
    </nav>
  );
}

function Make({ registry, open }: { registry: Registry; open: boolean }) {
  return (
    <details class="card below" open={open}>
      <summary>New universe</summary>
      <form method="post" action="/console/universes">
        <div class="grid">
          <label>
            World
            <select name="world">
              {[...registry.worlds.keys()].map((name) => (
                <option value={name}>{name}</option>
              ))}
            </select>
          </label>
          <NamingFields />
          <label>
            Seed
            <input name="seed" inputmode="numeric" placeholder="drawn where left out" pattern="\d*" />
          </label>
          <label>
            Clock
            <select name="clock">
              <option value="realtime">runs with the machine’s</option>
              <option value="frozen">stands still until moved on</option>
            </select>
          </label>
          <label>
            Ends after
            <input name="ttl" placeholder="never; 30m, 2h, 7d" />
          </label>
        </div>
        <p class="actions">
          <button class="main" type="submit">
            Make it
          </button>
        </p>
      </form>
    </details>
  );
}
