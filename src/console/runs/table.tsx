/** The builds of a run in figures: what the chart shows, and what it cost. */

import { Wide } from '../wide.tsx';
import { trialsPath } from './links.ts';
import { Badge } from './list.tsx';
import { type BuildNow, size } from './now.ts';
import type { Build, Change, RunDocument } from './shape.ts';
import { count, duration, percent, points, probability, range, whole } from './words.ts';

interface Shown {
  id: string;
  run: RunDocument;
  builds: readonly BuildNow[];
}

/** The table; a build that is being run has a row of its own kind. */
export function BuildsTable({ id, run, builds }: Shown) {
  const gated = builds.some(({ build }) => build?.gate !== undefined);
  return (
    <Wide name="Builds in figures">
      <table>
        <thead>
          <tr>
            <th>Build</th>
            <th class="n">Satisfaction</th>
            <th class="n">95 % interval</th>
            <th class="n" title="As if every unknown had failed, and as if every one had satisfied">
              Worst to best case
            </th>
            <th>Against the one before</th>
            <th class="n">Trials</th>
            <th class="n">Unknown</th>
            <th class="n" title="Trials that were run again in a fresh process with another verdict">
              Flakes
            </th>
            <th class="n">CPU</th>
            {gated ? <th>Gate</th> : ''}
          </tr>
        </thead>
        <tbody>
          {builds.map((now) =>
            now.build ? (
              <Scored id={id} build={now.build} gated={gated} />
            ) : (
              <Running id={id} run={run} now={now} gated={gated} />
            ),
          )}
        </tbody>
      </table>
    </Wide>
  );
}

function Scored({ id, build: scored, gated }: { id: string; build: Build; gated: boolean }) {
  const { candidate, build, satisfaction, change, gate, flakes, checked, cost } = scored;
  const { estimate, interval, worstCase, best, trials, unknownShare } = satisfaction;
  const unknown = Math.round((unknownShare ?? 0) * trials);
  return (
    <tr>
      <td class="name">
        <a href={trialsPath(id, { build })}>{candidate}</a>
      </td>
      <td class="n">{percent(estimate)}</td>
      <td class="n">{range(interval)}</td>
      <td class="n">
        {worstCase === undefined || best === undefined ? '–' : range({ lower: worstCase, upper: best })}
      </td>
      <td>
        <Against change={change} />
      </td>
      <td class="n">{whole(trials)}</td>
      <td class="n">
        {unknown === 0 ? '0' : <a href={trialsPath(id, { build, verdict: 'unknown' })}>{whole(unknown)}</a>}
      </td>
      <td class="n">{checked ? `${whole(flakes ?? 0)} of ${whole(checked)}` : '–'}</td>
      <td class="n">{cost?.cpuMs ? duration(cost.cpuMs) : '–'}</td>
      {gated ? <td>{gate ? <Badge of={gate.verdict} /> : '–'}</td> : ''}
    </tr>
  );
}

/** A build against the one before it, marked only where the paired test says so. */
export function Against({ change }: { change?: Change | undefined }) {
  if (!change) return <span class="dim">–</span>;
  return (
    <>
      {points(change.delta)}{' '}
      {change.moved === 'same' ? <span class="dim">no difference shown</span> : <Badge of={change.moved} />}{' '}
      <span class="dim small">{probability(change.p)}</span>
    </>
  );
}

/** What is counted so far is no estimate: there is none until the build's last trial. */
function Running({ id, run, now, gated }: { id: string; run: RunDocument; now: BuildNow; gated: boolean }) {
  const tally = now.soFar?.all ?? { satisfied: 0, unsatisfied: 0, unknown: 0 };
  const done = size(tally);
  const of = run.trials * run.scenarios.length;
  const state = run.status === 'running' ? (done === 0 ? 'waits' : 'is being run') : 'was not run to its end';
  return (
    <tr>
      <td class="name">
        {done === 0 ? now.candidate : <a href={trialsPath(id, { build: now.hash })}>{now.candidate}</a>}
      </td>
      <td colspan={4} class="dim">
        {state}
        {done === 0 ? '' : `: so far ${whole(tally.satisfied)} of ${count(done, 'trial')} satisfied `}
        {done === 0 ? '' : <progress max={of} value={done} aria-label="Trials done" />}
      </td>
      <td class="n">
        {whole(done)} of {whole(of)}
      </td>
      <td class="n">{whole(tally.unknown)}</td>
      <td class="n">–</td>
      <td class="n">–</td>
      {gated ? <td>–</td> : ''}
    </tr>
  );
}
