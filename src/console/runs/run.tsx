/** One run: satisfaction over its builds, each story under each build, what moved and why, and the gate. */
import { type Page, page } from '../page.tsx';
import type { Visit } from '../visit.ts';
import { SatisfactionChart } from './chart.tsx';
import { Gates } from './gates.tsx';
import { OVERALL, RUNS, trialsPath } from './links.ts';
import type { Live } from './list.tsx';
import { Badge, Status } from './list.tsx';
import type { Log } from './log.ts';
import { Matrix } from './matrix.tsx';
import { Moved } from './moved.tsx';
import { type BuildNow, buildsNow } from './now.ts';
import type { Build, RunDocument } from './shape.ts';
import { RunsStyle } from './style.tsx';
import { BuildsTable } from './table.tsx';
import { Aside } from './unknown.tsx';
import { count, duration, percent, range, when } from './words.ts';

/** A run that goes on writes something at every trial; one that is silent for so long may have been killed. */
const SILENT_MS = 15 * 60_000;

/** What the page is made of; `live` is the stream of changes of a run that goes on, with what the page has of it. */
export interface RunParts {
  id: string;
  run: RunDocument;
  log: Log;
  live?: Live | undefined;
  /** For how long nothing was written to it. */
  silentMs: number;
}

/** The page. */
export function runPage(visit: Visit, { id, run, log, live, silentMs }: RunParts): Page {
  const builds = buildsNow(run, log);
  return page({
    title: id,
    section: 'runs',
    visit,
    crumbs: [{ text: 'Runs', href: RUNS }, { text: id }],
    aside: (
      <>
        <Status run={run} />
        <a href={trialsPath(id)}>Trials</a>
        <a href={OVERALL}>Satisfaction over all builds</a>
      </>
    ),
    children: (
      <>
        <RunsStyle />
        <div id="run" {...(live ? { 'data-live': live.href, 'data-after': live.mark } : {})}>
          {log.reading ? (
            <p class="dim">The log of the trials is being read: reasons and counts follow.</p>
          ) : (
            ''
          )}
          {run.status === 'running' && silentMs > SILENT_MS ? <Silent ms={silentMs} /> : ''}
          <Lead run={run} />
          <Builds id={id} run={run} builds={builds} />
          <Aside run={run} builds={builds} log={log} />
          <Matrix id={id} run={run} builds={builds} />
          {run.builds.map((build, i) =>
            i === 0 ? '' : <Moved run={run} log={log} index={i} build={build} />,
          )}
          <Gates builds={run.builds} />
          <Inputs run={run} />
        </div>
      </>
    ),
  });
}

function Silent({ ms }: { ms: number }) {
  return (
    <p class="lead">
      <span class="badge warn">silent</span> Nothing was written for {duration(ms)}: it may have been killed.
      The same <code>orrery run</code> with <code>--resume</code> goes on from here and loses nothing that was
      finished.
    </p>
  );
}

function Lead({ run }: { run: RunDocument }) {
  const last = run.builds.at(-1);
  if (!last) return <p class="lead dim">No build is scored yet.</p>;
  const { estimate, interval } = last.satisfaction;
  return (
    <p class="lead">
      <b>
        {last.candidate} satisfies {percent(estimate)} of journeys
      </b>{' '}
      <span class="dim">(95 % interval {range(interval)})</span>
      {last.gate ? (
        <>
          <br />
          <Badge of={last.gate.verdict} /> <Reason text={last.gate.reason} />
        </>
      ) : (
        ''
      )}
    </p>
  );
}

/** A gate's sentence; what stands between backticks is code. */
function Reason({ text }: { text: string }) {
  return (
    <>
      {String(text)
        .split('`')
        .map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}
    </>
  );
}

function Builds({ id, run, builds }: { id: string; run: RunDocument; builds: readonly BuildNow[] }) {
  return (
    <section class="card" aria-label="Builds">
      <SatisfactionChart id="over-builds" points={run.builds.map((build) => point(id, build))} />
      <BuildsTable id={id} run={run} builds={builds} />
    </section>
  );
}

function point(id: string, { candidate, build, satisfaction, change, gate }: Build) {
  return { candidate, satisfaction, change, gate: gate?.verdict, href: trialsPath(id, { build }) };
}

function Inputs({ run }: { run: RunDocument }) {
  const took =
    run.finishedAt === undefined ? undefined : Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  const versions = Object.entries(run.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  return (
    <>
      <h2>How it was run</h2>
      <dl class="pairs card">
        <dt>Begun</dt>
        <dd>
          {when(run.startedAt)}
          {took === undefined || Number.isNaN(took) ? '' : `, took ${duration(took)}`}
        </dd>
        <dt>Asked for</dt>
        <dd>
          {count(run.trials, 'trial')} of {count(run.scenarios.length, 'scenario')} by{' '}
          {count(run.candidates.length, 'build')}, seed {run.seed}
        </dd>
        <dt>Isolation</dt>
        <dd>{run.isolation ?? 'not said'}</dd>
        <dt>Kept</dt>
        <dd>{run.kept ?? 'not said'}</dd>
        <dt>Versions</dt>
        <dd>{versions.join(', ') || 'not said'}</dd>
        {run.builds.map(({ candidate, build, provenance, reuse }) => (
          <>
            <dt>{candidate}</dt>
            <dd>
              build <code>{build.slice(0, 12)}</code>, a process per {reuse ?? 'trial'}
              {Object.entries(provenance ?? {}).map(([name, value]) => `, ${name} ${written(value)}`)}
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
