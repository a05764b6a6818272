/** Each story under each build: heat and numbers, and a way to the trials behind them. */

import { Wide } from '../wide.tsx';
import { trialsPath } from './links.ts';
import { shortNames } from './names.ts';
import type { BuildNow, Tally } from './now.ts';
import type { RunDocument } from './shape.ts';
import { range } from './words.ts';

/** Stories and builds that are drawn. */
const ROWS_MAX = 500;
const BUILDS_MAX = 30;

interface Shown {
  id: string;
  run: RunDocument;
  builds: readonly BuildNow[];
}

/** The matrix; of very many builds the newest. */
export function Matrix({ id, run, builds }: Shown) {
  const columns = builds.slice(-BUILDS_MAX);
  const name = shortNames(builds.map(({ candidate }) => candidate));
  const rows = run.scenarios.slice(0, ROWS_MAX);
  return (
    <>
      <h2>Stories</h2>
      <Wide card name="Stories under each build">
        <table>
          <thead>
            <tr>
              <th>Story</th>
              <th class="n">Weight</th>
              {columns.map(({ candidate }) => (
                <th class="heat" title={candidate}>
                  {name(candidate)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ scenario, story, weight, leftOut }) => (
              <tr>
                <td class="story">
                  <a href={trialsPath(id, { scenario })}>{scenario}</a>
                  <div class="dim small says">{story}</div>
                  {(leftOut ?? []).map((why) => (
                    <div class="dim small">Left out: {why}</div>
                  ))}
                </td>
                <td class="n">{weight}</td>
                {columns.map((now) => (
                  <Cell id={id} scenario={scenario} now={now} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p class="dim small">
          Satisfied of decided trials. “+n ?” are unknown and count neither way.
          {rows.length < run.scenarios.length ? ` The first ${rows.length} stories.` : ''}
          {columns.length < builds.length ? ` The last ${columns.length} builds.` : ''}
        </p>
      </Wide>
    </>
  );
}

function Cell({ id, scenario, now }: { id: string; scenario: string; now: BuildNow }) {
  const { satisfied, n, unknown, title } = figures(now, scenario);
  if (n + unknown === 0) return <td class="heat dim">–</td>;
  return (
    <td class={`heat ${n === 0 ? '' : heat(satisfied / n)}`} title={title}>
      <a href={trialsPath(id, { scenario, build: now.hash })}>
        {n === 0 ? '' : `${satisfied}/${n}`}
        {unknown > 0 ? <span class="dim">{` +${unknown} ?`}</span> : ''}
      </a>
    </td>
  );
}

function figures({ build, soFar }: BuildNow, scenario: string) {
  if (!build) {
    const tally: Tally = soFar?.scenarios.get(scenario) ?? { satisfied: 0, unsatisfied: 0, unknown: 0 };
    const n = tally.satisfied + tally.unsatisfied;
    return { satisfied: tally.satisfied, n, unknown: tally.unknown, title: 'so far' };
  }
  const score = build.satisfaction.scenarios.find((one) => one.scenario === scenario);
  if (!score) return { satisfied: 0, n: 0, unknown: 0, title: '' };
  const { satisfied, n, unknown, interval } = score;
  return { satisfied, n, unknown: unknown ?? 0, title: `95 % interval ${range(interval)}` };
}

/** Six levels; the best is for all, the worst for none. */
function heat(share: number): string {
  if (share === 0) return 'h0';
  if (share === 1) return 'h5';
  return `h${share < 0.4 ? 1 : share < 0.7 ? 2 : share < 0.9 ? 3 : 4}`;
}
