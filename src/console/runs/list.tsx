/** All runs, newest first: what was run, how much of it satisfied, what the gate said. */
import { type Page, page } from '../page.tsx';
import type { Visit } from '../visit.ts';
import { Wide } from '../wide.tsx';
import { IntervalBar } from './bar.tsx';
import { OVERALL, RUNS, runPath } from './links.ts';
import type { FoundRun } from './read.ts';
import type { Build, RunDocument } from './shape.ts';
import { RunsStyle } from './style.tsx';
import { count, percent, range, tone, when, whole } from './words.ts';

/** Runs on one page. */
const PAGE = 50;

/** A stream of changes, and what the page has seen of them. */
export interface Live {
  href: string;
  mark: string;
}

/** What the page is made of; `at` is the first run that it shows, `more` how many folders were not looked at. */
export interface RunsParts {
  runs: readonly FoundRun[];
  more: number;
  at: number;
  live: Live;
}

/** The page. */
export function runsPage(visit: Visit, { runs, more, at, live }: RunsParts): Page {
  const shown = runs.slice(at, at + PAGE);
  return page({
    title: 'Runs',
    section: 'runs',
    visit,
    aside: runs.length > 0 ? <a href={OVERALL}>Satisfaction over all builds</a> : '',
    children: (
      <>
        <RunsStyle />
        <div id="runs" data-live={live.href} data-after={live.mark}>
          {runs.length === 0 ? <NoRuns /> : <Table runs={shown} />}
          <Pager {...{ at, all: runs.length, more }} />
        </div>
      </>
    ),
  });
}

function NoRuns() {
  return (
    <div class="empty">
      <p>No run is recorded here yet.</p>
      <p>
        <code>orrery run --scenarios DIR --candidate FILE --trials 10</code>
      </p>
      <p class="small">
        Runs appear here as they happen. Another folder: <code>orrery serve --runs DIR</code>.
      </p>
    </div>
  );
}

function Table({ runs }: { runs: readonly FoundRun[] }) {
  return (
    <Wide card name="Runs">
      <table>
        <thead>
          <tr>
            <th>Run</th>
            <th class="opt">Begun</th>
            <th>Builds</th>
            <th class="n">Trials</th>
            <th>Satisfaction of the last build</th>
            <th>Gate</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ id, document }) => (document ? <Row id={id} run={document} /> : <Damaged id={id} />))}
        </tbody>
      </table>
    </Wide>
  );
}

function Row({ id, run }: { id: string; run: RunDocument }) {
  const last = run.builds.at(-1);
  const trials = run.builds.reduce((sum, { satisfaction }) => sum + satisfaction.trials, 0);
  return (
    <tr>
      <td class="name">
        <a href={runPath(id)}>{id}</a> <Status run={run} />
      </td>
      <td class="opt">{when(run.startedAt)}</td>
      <td>
        <Builds run={run} />
      </td>
      <td class="n">
        {whole(trials)}
        <div class="dim small">{count(run.scenarios.length, 'scenario')}</div>
      </td>
      <td>{last ? <Share build={last} /> : <span class="dim">none is done yet</span>}</td>
      <td>{last?.gate ? <Badge of={last.gate.verdict} /> : <span class="dim">–</span>}</td>
    </tr>
  );
}

/** The last build; those before it are counted. */
function Builds({ run: { candidates } }: { run: RunDocument }) {
  const before = candidates.length - 1;
  return (
    <>
      {candidates.at(-1)?.candidate ?? ''}
      {before > 0 ? <div class="dim small">after {count(before, 'other')}</div> : ''}
    </>
  );
}

/** A build's satisfaction as a bar and in figures. */
export function Share({ build: { satisfaction } }: { build: Pick<Build, 'satisfaction'> }) {
  const { estimate, interval } = satisfaction;
  return (
    <>
      <IntervalBar estimate={estimate} interval={interval} /> {percent(estimate)}{' '}
      <span class="dim small">{range(interval)}</span>
    </>
  );
}

/** A verdict, of a trial or a gate, in its colour. */
export function Badge({ of, text = of }: { of: string; text?: string }) {
  return <span class={`badge ${tone(of)}`}>{text}</span>;
}

/** Whether a run goes on or was stopped; nothing for one that ended well. */
export function Status({ run }: { run: RunDocument }) {
  if (run.status === 'finished') return <></>;
  return <span class={`badge ${run.status === 'running' ? 'plain' : 'warn'}`}>{run.status}</span>;
}

function Damaged({ id }: { id: string }) {
  return (
    <tr>
      <td class="name">{id}</td>
      <td colspan={5}>
        <span class="badge bad">unreadable</span> its <code>run.json</code> is damaged or of another version
      </td>
    </tr>
  );
}

function Pager({ at, all, more }: { at: number; all: number; more: number }) {
  if (all <= PAGE && more === 0) return <></>;
  return (
    <p class="pager">
      {at > 0 ? <a href={`${RUNS}?at=${Math.max(0, at - PAGE)}`}>← newer</a> : ''}
      <span class="dim">
        {whole(at + 1)} to {whole(Math.min(all, at + PAGE))} of {whole(all)}
        {more > 0 ? `, and ${whole(more)} folders that are not looked at` : ''}
      </span>
      {at + PAGE < all ? <a href={`${RUNS}?at=${at + PAGE}`}>older →</a> : ''}
    </p>
  );
}
