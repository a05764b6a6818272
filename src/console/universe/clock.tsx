/** A universe's time: what it is, how it goes, and buttons that move it on. */

import type { Universe } from '../../universe.ts';
import { field, readForm } from '../form.ts';
import { durationText } from '../journal/row.tsx';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { livePath, tabPath, universePage } from './frame.tsx';

const STEPS: readonly { by: string; text: string }[] = [
  { by: '1m', text: '1 minute' },
  { by: '1h', text: '1 hour' },
  { by: '1d', text: '1 day' },
  { by: '7d', text: '1 week' },
];

/** Adds `…/clock` and its forms. */
export function clockRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  app.get('/console/u/:universe/clock', (c) => {
    const universe = deps.universe(c);
    const children = <ClockView universe={universe} />;
    return c.html(universePage({ universe, visit: c.get('visit'), tab: 'clock', children }));
  });
  app.post('/console/u/:universe/clock/advance', async (c) => {
    const universe = deps.universe(c).id;
    const form = await readForm(c);
    return deps.act(c, tabPath(universe, 'clock'), async () => {
      const by = field(form, 'by') ?? '';
      await deps.call(c, 'advanceClock', { params: { universe }, body: { by } });
      return `Time moved on by ${by}; what fell due on the way has happened`;
    });
  });
  app.post('/console/u/:universe/clock', async (c) => {
    const universe = deps.universe(c).id;
    const form = await readForm(c);
    return deps.act(c, tabPath(universe, 'clock'), async () => {
      const mode = field(form, 'mode');
      const rate = field(form, 'rate');
      const body = { mode, ...(mode === 'scaled' ? { rate: Number(rate ?? '60') } : {}) };
      await deps.call(c, 'setClock', { params: { universe }, body });
      return SAID[mode ?? ''] ?? 'The clock is set';
    });
  });
}

const SAID: Readonly<Record<string, string>> = {
  frozen: 'Time stands still',
  realtime: 'Time runs with the machine’s',
  scaled: 'Time runs at its own rate',
};

function ClockView({ universe }: { universe: Universe }) {
  const { mode, rate } = universe.clock.setting();
  const now = universe.now();
  const due = universe.scheduler.nextAt();
  const door = `/console/u/${universe.id}/clock`;
  return (
    <>
      <div
        class="card"
        id="clock"
        data-live={livePath(universe.id, { view: 'all' })}
        data-after={String(universe.journal.end)}
      >
        <p class="big">
          <time datetime={new Date(now).toISOString()}>{timeText(now)}</time>{' '}
          <span class="badge">{mode}</span>
          {mode === 'scaled' ? <span class="dim"> {rate} seconds to a second</span> : ''}
        </p>
        <p class="dim">
          {due === undefined
            ? 'Nothing is scheduled.'
            : `The next scheduled work is due at ${timeText(due)}${due > now ? `, in ${durationText(due - now)}` : ''}.`}
        </p>
      </div>
      <MoveOn door={door} />
      <Mode door={door} mode={mode} rate={rate} />
    </>
  );
}

function MoveOn({ door }: { door: string }) {
  return (
    <section class="card">
      <h2>Move on</h2>
      <form class="actions" method="post" action={`${door}/advance`}>
        {STEPS.map(({ by, text }) => (
          <button type="submit" name="by" value={by}>
            {text}
          </button>
        ))}
      </form>
      <form class="inline below" method="post" action={`${door}/advance`}>
        <label>
          by
          <input name="by" required placeholder="90s, 36h, PT2H30M" size={16} />
        </label>
        <button type="submit">Move on</button>
      </form>
      <p class="dim small">What falls due on the way happens in order before the page comes back.</p>
    </section>
  );
}

function Mode({ door, mode, rate }: { door: string; mode: string; rate: number }) {
  return (
    <section class="card">
      <h2>Mode</h2>
      <form class="actions" method="post" action={door}>
        <ModeButton mode="frozen" now={mode} text="Stand still" />
        <ModeButton mode="realtime" now={mode} text="Run with the machine’s" />
      </form>
      <form class="inline below" method="post" action={door}>
        <input type="hidden" name="mode" value="scaled" />
        <label>
          <input
            name="rate"
            type="number"
            min="0.001"
            max="1000000"
            step="any"
            value={String(mode === 'scaled' ? rate : 60)}
          />
          seconds to a second
        </label>
        <button type="submit" aria-pressed={String(mode === 'scaled')}>
          Run so
        </button>
      </form>
    </section>
  );
}

function ModeButton({ mode, now, text }: { mode: string; now: string; text: string }) {
  return (
    <button type="submit" name="mode" value={mode} aria-pressed={String(mode === now)}>
      {text}
    </button>
  );
}

/** `2026-03-02 09:00:00 UTC`. */
export const timeText = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
