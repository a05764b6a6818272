/** The trials of a run, those that are wanted, in pages. */
import { type Page, page } from '../page.tsx';
import type { Visit } from '../visit.ts';
import { Wide } from '../wide.tsx';
import { RUNS, runPath, trialPath, trialsPath, type Wanted } from './links.ts';
import { Badge } from './list.tsx';
import type { Line, Log } from './log.ts';
import type { RunDocument, Trial } from './shape.ts';
import { RunsStyle } from './style.tsx';
import { count, percent, whole } from './words.ts';

/** Trials on one page. */
export const TRIALS_PAGE = 100;

/** What the page is made of: `found` are all that are wanted, `trials` the whole records of the page's lines. */
export interface TrialsParts {
  id: string;
  run: RunDocument;
  log: Log;
  wanted: Wanted;
  found: readonly Line[];
  shown: readonly Line[];
  trials: readonly (Trial | undefined)[];
}

/** Lines of a log that are wanted. A build is its hash, the beginning of one, or the candidate's name. */
export function wantedLines(log: Log, run: RunDocument, { build, scenario, verdict }: Wanted): Line[] {
  const named = run.candidates.filter(({ candidate }) => candidate === build).map((one) => one.build);
  const fits = (hash: string) => !build || hash.startsWith(build) || named.includes(hash);
  return log.lines.filter(
    (line) =>
      fits(line.build) && (!scenario || line.scenario === scenario) && (!verdict || line.verdict === verdict),
  );
}

/** The page. */
export function trialsPage(visit: Visit, parts: TrialsParts): Page {
  const { id, run, wanted, found, shown, trials, log } = parts;
  return page({
    title: 'Trials',
    section: 'runs',
    visit,
    crumbs: [{ text: 'Runs', href: RUNS }, { text: id, href: runPath(id) }, { text: 'Trials' }],
    aside: <span class="dim">{count(found.length, 'trial')}</span>,
    children: (
      <>
        <RunsStyle />
        <Filter id={id} run={run} wanted={wanted} />
        {shown.length === 0 ? (
          <div class="empty">
            {log.lines.length === 0 ? 'No trial has ended yet.' : 'No trial is like that.'}
          </div>
        ) : (
          <Table id={id} run={run} lines={shown} trials={trials} />
        )}
        <Pager id={id} wanted={wanted} all={found.length} />
      </>
    ),
  });
}

function Filter({ id, run, wanted }: { id: string; run: RunDocument; wanted: Wanted }) {
  const { build = '', scenario = '', verdict = '' } = wanted;
  const chosen = (hash: string, name: string) => build !== '' && (hash.startsWith(build) || name === build);
  return (
    <form class="inline filter" method="get" action={trialsPath(id)}>
      <label>
        Build
        <select name="build">
          <option value="">all</option>
          {run.candidates.map((one) => (
            <option value={one.build.slice(0, 12)} selected={chosen(one.build, one.candidate)}>
              {one.candidate}
            </option>
          ))}
        </select>
      </label>
      <label>
        Story
        <select name="scenario">
          <option value="">all</option>
          {run.scenarios.map((one) => (
            <option value={one.scenario} selected={one.scenario === scenario}>
              {one.scenario}
            </option>
          ))}
        </select>
      </label>
      <label>
        Verdict
        <select name="verdict">
          <option value="">all</option>
          {['satisfied', 'unsatisfied', 'unknown'].map((one) => (
            <option value={one} selected={one === verdict}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Show</button>
      {build || scenario || verdict ? <a href={trialsPath(id)}>all trials</a> : ''}
    </form>
  );
}

interface Shown {
  id: string;
  run: RunDocument;
  lines: readonly Line[];
  trials: readonly (Trial | undefined)[];
}

function Table({ id, run, lines, trials }: Shown) {
  const names = new Map(run.candidates.map(({ build, candidate }) => [build, candidate]));
  return (
    <Wide card name="Trials">
      <table>
        <thead>
          <tr>
            <th>Verdict</th>
            <th>Story</th>
            <th class="n">Draw</th>
            <th>Build</th>
            <th class="n">Score</th>
            <th>What did not hold</th>
            <th>Trajectory</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr>
              <td>
                <Badge of={line.verdict} text={line.cause ? `unknown: ${line.cause}` : line.verdict} />
              </td>
              <td>
                <a href={trialPath(id, line.id)}>{line.scenario}</a>
              </td>
              <td class="n">{line.index}</td>
              <td>{names.get(line.build) ?? line.build.slice(0, 12)}</td>
              <td class="n">{percent(line.score)}</td>
              <td class="fill">
                <Why line={line} trial={trials[i]} />
              </td>
              <td class="dim">{line.kept ? 'kept' : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

function Why({ line, trial }: { line: Line; trial: Trial | undefined }) {
  const failed = (trial?.findings ?? []).filter(({ verdict }) => verdict === 'unsatisfied');
  const first = failed[0] ?? (trial?.findings ?? []).find(({ verdict }) => verdict === 'unknown');
  return (
    <>
      {first?.says ?? ''} {failed.length > 1 ? <span class="dim">and {failed.length - 1} more</span> : ''}{' '}
      {line.attempt > 0 ? <span class="badge plain">attempt {line.attempt + 1}</span> : ''}{' '}
      {line.checks ? <span class="badge plain">checks another in a fresh process</span> : ''}{' '}
      {line.flake ? <span class="badge warn">flake</span> : ''}
    </>
  );
}

function Pager({ id, wanted, all }: { id: string; wanted: Wanted; all: number }) {
  const at = wanted.at ?? 0;
  if (all <= TRIALS_PAGE) return <></>;
  const to = (first: number) => trialsPath(id, { ...wanted, at: Math.max(0, first) });
  return (
    <nav class="pager" aria-label="Pages">
      {at > 0 ? <a href={to(at - TRIALS_PAGE)}>← before</a> : ''}
      <span class="dim">
        {whole(Math.min(at + 1, all))} to {whole(Math.min(all, at + TRIALS_PAGE))} of {whole(all)}
      </span>
      {at + TRIALS_PAGE < all ? <a href={to(at + TRIALS_PAGE)}>next →</a> : ''}
      {at + TRIALS_PAGE < all ? <a href={to(all - 1 - ((all - 1) % TRIALS_PAGE))}>last</a> : ''}
    </nav>
  );
}
