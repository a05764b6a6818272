/** Events and webhooks: what was sent where, what is due, once more. */
import { missing } from '../../control/problem.ts';
import { type Delivery, type DeliveryStatus, deliveries } from '../../outbox.ts';
import type { Universe } from '../../universe.ts';
import { field, readForm } from '../form.ts';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { timeText } from './clock.tsx';
import { livePath, tabPath, universePage } from './frame.tsx';

const PAGE_ROWS = 50;
const STATUSES: readonly { status: DeliveryStatus; badge: string }[] = [
  { status: 'due', badge: '' },
  { status: 'delivered', badge: 'ok' },
  { status: 'failed', badge: 'bad' },
  { status: 'dropped', badge: 'warn' },
];

/** Adds `…/deliveries`, one delivery, and the form that sends it again. */
export function deliveryRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  const at = '/console/u/:universe/deliveries';
  app.get(at, (c) => {
    const universe = deps.universe(c);
    const status = STATUSES.find((one) => one.status === c.req.query('status'))?.status;
    const number = Math.max(1, Math.min(Number(c.req.query('page')) || 1, 1_000));
    const children = <Deliveries universe={universe} status={status} page={number} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'deliveries', children }));
  });
  app.get(`${at}/:delivery`, (c) => {
    const universe = deps.universe(c);
    const row = universe.state.get(deliveries, c.req.param('delivery'));
    if (!row) throw missing(`${universe.id} has no delivery ${c.req.param('delivery')}`);
    const children = <One universe={universe} row={row} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'deliveries', children }));
  });
  app.post(`${at}/redeliver`, async (c) => {
    const universe = deps.universe(c).id;
    const delivery = field(await readForm(c), 'delivery') ?? '';
    return deps.act(c, tabPath(universe, 'deliveries'), async () => {
      await deps.call(c, 'redeliver', { params: { universe, delivery } });
      return `${delivery} is due again`;
    });
  });
}

function Deliveries(parts: { universe: Universe; status: DeliveryStatus | undefined; page: number }) {
  const { universe, status, page } = parts;
  const all = universe.state.list(deliveries).toArray().reverse();
  const found = status === undefined ? all : all.filter((row) => row.status === status);
  const shown = found.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  const to = (wanted: number) =>
    `?${new URLSearchParams({ ...(status ? { status } : {}), page: String(wanted) })}`;
  return (
    <div
      id="deliveries"
      data-live={livePath(universe.id, { view: 'all' })}
      data-after={String(universe.journal.end)}
    >
      <p class="actions">
        <Status universe={universe} text="all" count={all.length} lit={status === undefined} />
        {STATUSES.map((one) => (
          <Status
            universe={universe}
            text={one.status}
            status={one.status}
            count={all.filter((row) => row.status === one.status).length}
            lit={status === one.status}
          />
        ))}
      </p>
      {shown.length === 0 ? (
        <div class="empty">
          {all.length === 0 ? 'Nothing was sent to any program, and nothing is due.' : 'None of these.'}
        </div>
      ) : (
        <Rows universe={universe} rows={shown} />
      )}
      <div class="pager">
        {page > 1 ? <a href={to(page - 1)}>Newer</a> : ''}
        {found.length > page * PAGE_ROWS ? <a href={to(page + 1)}>Older</a> : ''}
      </div>
    </div>
  );
}

function Status(parts: { universe: Universe; text: string; status?: string; count: number; lit: boolean }) {
  const { universe, text, status, count, lit } = parts;
  const query = status === undefined ? '' : `?status=${status}`;
  return (
    <a
      class="button"
      href={`${tabPath(universe.id, 'deliveries')}${query}`}
      {...(lit ? { 'aria-current': 'true' } : {})}
    >
      {text} <span class="dim">{count}</span>
    </a>
  );
}

function Rows({ universe, rows }: { universe: Universe; rows: readonly Delivery[] }) {
  return (
    <div class="wide">
      <table class="stack">
        <thead>
          <tr>
            <th>Twin</th>
            <th>Event</th>
            <th>Status</th>
            <th class="n opt">Attempts</th>
            <th class="opt">Due</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <td>
                <span class="badge">{row.twin}</span>
              </td>
              <td class="fill">
                <a href={`${tabPath(universe.id, 'deliveries')}/${row.id}`}>{row.event}</a>{' '}
                <span class="dim small">{row.to}</span>
              </td>
              <td>
                <StatusBadge row={row} />
              </td>
              <td class="n opt">{row.attempts}</td>
              <td class="opt">{timeText(row.dueAt)}</td>
              <td>{row.status === 'due' ? '' : <Again universe={universe} id={row.id} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StatusBadge({ row }: { row: Delivery }) {
  const badge = STATUSES.find(({ status }) => status === row.status)?.badge ?? '';
  const why = row.status === 'delivered' ? '' : (row.lastFailure ?? row.lastStatus ?? '');
  return (
    <>
      <span class={`badge ${badge}`}>{row.status}</span> <span class="dim small">{why}</span>
      {(row.faults ?? []).map((id) => (
        <span class="badge warn" title="a fault that was put in acted">
          {id}
        </span>
      ))}
    </>
  );
}

function Again({ universe, id }: { universe: Universe; id: string }) {
  return (
    <form method="post" action={`${tabPath(universe.id, 'deliveries')}/redeliver`}>
      <input type="hidden" name="delivery" value={id} />
      <button type="submit">Send again</button>
    </form>
  );
}

function One({ universe, row }: { universe: Universe; row: Delivery }) {
  return (
    <>
      <dl class="pairs">
        <dt>Delivery</dt>
        <dd>
          {row.id}, {row.event} of {row.twin} <StatusBadge row={row} />
        </dd>
        <dt>To</dt>
        <dd>{row.to}</dd>
        <dt>Attempts</dt>
        <dd>{row.attempts}</dd>
        <dt>Made</dt>
        <dd>{timeText(row.createdAt)}</dd>
        <dt>Due</dt>
        <dd>{timeText(row.dueAt)}</dd>
      </dl>
      <pre>{JSON.stringify(row.payload, null, 2)}</pre>
      {row.status === 'due' ? '' : <Again universe={universe} id={row.id} />}
    </>
  );
}
