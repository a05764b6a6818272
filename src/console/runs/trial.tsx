/** One trial: what was expected and what became of it, and its trajectory beside the states that it caused. */
import { type Page, page } from '../page.tsx';
import type { Visit } from '../visit.ts';
import type { Moment, Told } from './entries.ts';
import { Findings } from './findings.tsx';
import { RUNS, runPath, trialPath, trialsPath } from './links.ts';
import { Badge } from './list.tsx';
import type { RunDocument, Trial } from './shape.ts';
import { RunsStyle } from './style.tsx';
import { Timeline } from './timeline.tsx';
import { count, duration, percent, when, whole } from './words.ts';

/** Moments on one page. */
export const MOMENTS_PAGE = 150;

/** What the page is made of; `told` is undefined where no trajectory was kept. */
export interface TrialParts {
  id: string;
  run: RunDocument;
  trial: Trial;
  told: Told | undefined;
  /** The moment at which the timeline begins. */
  from: number;
  /** Where the runs lie, for the commands. */
  directory: string;
}

/** The page. */
export function trialPage(visit: Visit, parts: TrialParts): Page {
  const { id, run, trial, told, from } = parts;
  const story = run.scenarios.find(({ scenario }) => scenario === trial.scenario)?.story;
  const moments = told?.moments ?? [];
  return page({
    title: `${trial.scenario}, draw ${trial.index}`,
    section: 'runs',
    visit,
    crumbs: [
      { text: 'Runs', href: RUNS },
      { text: id, href: runPath(id) },
      { text: trial.candidate, href: trialsPath(id, { build: trial.build }) },
      { text: trial.id },
    ],
    aside: <Badge of={trial.verdict} text={trial.cause ? `unknown: ${trial.cause}` : trial.verdict} />,
    children: (
      <>
        <RunsStyle />
        {story ? <p class="lead">{story}</p> : ''}
        <h2>What was expected</h2>
        <Findings findings={trial.findings} to={(seq) => toMoment(parts, moments, seq)} />
        <h2>What happened</h2>
        {told ? (
          <Timeline moments={moments} from={from} to={from + MOMENTS_PAGE} findings={trial.findings} />
        ) : (
          <p class="empty">
            {trial.trajectory === undefined
              ? 'Its trajectory was not kept; the trial can be run again from its seed.'
              : 'Its trajectory cannot be read; the trial can be run again from its seed.'}
          </p>
        )}
        <Pager id={id} trial={trial.id} from={from} all={moments.length} />
        <Again {...parts} />
        {told && told.output.length > 0 ? <Output lines={told.output} /> : ''}
        <Facts trial={trial} id={id} />
      </>
    ),
  });
}

/** Evidence leads to the moment that it names, on whichever page that is. */
function toMoment({ id, trial }: TrialParts, moments: readonly Moment[], seq: number): string | undefined {
  const index = moments.findIndex((one) => one.seq === seq || one.changedSeq === seq);
  if (index < 0) return undefined;
  return trialPath(id, trial.id, index - (index % MOMENTS_PAGE), moments[index]?.seq ?? seq);
}

function Pager({ id, trial, from, all }: { id: string; trial: string; from: number; all: number }) {
  if (all <= MOMENTS_PAGE) return <></>;
  return (
    <nav class="pager" aria-label="Pages">
      {from > 0 ? <a href={trialPath(id, trial, Math.max(0, from - MOMENTS_PAGE))}>← before</a> : ''}
      <span class="dim">
        {whole(Math.min(from + 1, all))} to {whole(Math.min(all, from + MOMENTS_PAGE))} of {whole(all)}
      </span>
      {from + MOMENTS_PAGE < all ? <a href={trialPath(id, trial, from + MOMENTS_PAGE)}>next →</a> : ''}
    </nav>
  );
}

function Again({ id, trial, directory }: TrialParts) {
  const path = `${directory.replace(/\/$/, '')}/${id}`;
  return (
    <>
      <h2>Run it again</h2>
      <div class="copy">
        <pre>{`orrery replay --out ${shellWord(path)} ${shellWord(trial.id)}`}</pre>
      </div>
    </>
  );
}

/** A word as a shell takes it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function Output({ lines }: { lines: readonly string[] }) {
  return (
    <details>
      <summary>The last {count(lines.length, 'line')} that the candidate printed</summary>
      <pre>{lines.join('\n')}</pre>
    </details>
  );
}

function Facts({ trial, id }: { trial: Trial; id: string }) {
  const { given, exchanges, gaps, notes, flake, checks } = trial;
  const { candidate, build, seed, score, startedAt, wallMs, universeMs, ended, failedStep, faultsHit } =
    trial;
  const calls = Object.entries(exchanges ?? {}).map(
    ([twin, { ok, fail, info }]) =>
      `${twin} ${ok + fail + info}${fail + info > 0 ? ` (${fail + info} not ok)` : ''}`,
  );
  const facts: [string, string | undefined][] = [
    ['Build', `${candidate} (${build.slice(0, 12)})`],
    ['Begun', startedAt === undefined ? undefined : when(startedAt)],
    [
      'Took',
      wallMs === undefined ? undefined : `${duration(wallMs)} (${duration(universeMs ?? 0)} in the universe)`,
    ],
    ['Ended by', ended],
    ['Failed step', failedStep],
    ['Score', percent(score)],
    ['Exchanges', calls.join(', ') || 'none'],
    ['Faults hit', faultsHit === undefined ? undefined : whole(faultsHit)],
    ['Gaps', (gaps ?? []).join(', ') || undefined],
    ['Notes', (notes ?? []).join(' ') || undefined],
    ['Flake', flake && `${flake.cause}: ${flake.verdict} in a reused process`],
    ['Seed', String(seed)],
  ];
  return (
    <>
      <h2>The trial</h2>
      <dl class="pairs card">
        {Object.entries(given ?? {}).map(([name, value]) => (
          <>
            <dt>given {name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </>
        ))}
        {facts.map(([name, value]) =>
          value === undefined ? (
            ''
          ) : (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
        )}
        {checks === undefined ? (
          ''
        ) : (
          <>
            <dt>Checks</dt>
            <dd>
              <a href={trialPath(id, checks)}>{checks}</a>
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
