/** Satisfaction over builds, over all runs, in the order in which they were run. */
import { type Page, page } from '../page.tsx';
import type { Visit } from '../visit.ts';
import { Wide } from '../wide.tsx';
import { SatisfactionChart } from './chart.tsx';
import { RUNS, runPath, trialsPath } from './links.ts';
import { Badge, Share } from './list.tsx';
import type { FoundRun } from './read.ts';
import type { Build } from './shape.ts';
import { RunsStyle } from './style.tsx';
import { Against } from './table.tsx';
import { count, when, whole } from './words.ts';

/** Builds that are drawn and listed: the newest. */
const BUILDS_MAX = 300;

interface Ran {
  id: string;
  startedAt: string;
  build: Build;
}

/** The page; `runs` newest first. */
export function overallPage(visit: Visit, runs: readonly FoundRun[]): Page {
  const all = [...runs].reverse().flatMap(({ id, document }) => {
    return (document?.builds ?? []).map(
      (build): Ran => ({ id, startedAt: document?.startedAt ?? '', build }),
    );
  });
  const shown = all.slice(-BUILDS_MAX);
  return page({
    title: 'Satisfaction over builds',
    section: 'runs',
    visit,
    crumbs: [{ text: 'Runs', href: RUNS }, { text: 'Satisfaction over builds' }],
    aside: <span class="dim">{count(all.length, 'build')}</span>,
    children: (
      <>
        <RunsStyle />
        {all.length === 0 ? (
          <p class="empty">No build is scored yet.</p>
        ) : (
          <section class="card" aria-label="Satisfaction over builds">
            <SatisfactionChart id="over-runs" points={shown.map(point)} />
            <p class="dim small">
              Each run beside the one before it. ▲ and ▼ are marked only where the run’s paired test says so;
              builds of different runs may have met different stories.
              {all.length > shown.length
                ? ` The last ${whole(shown.length)} of ${whole(all.length)} builds.`
                : ''}
            </p>
          </section>
        )}
        {shown.length === 0 ? '' : <Table shown={[...shown].reverse()} />}
      </>
    ),
  });
}

function point({ id, build: { candidate, build, satisfaction, change, gate } }: Ran) {
  return { candidate, satisfaction, change, gate: gate?.verdict, href: trialsPath(id, { build }) };
}

function Table({ shown }: { shown: readonly Ran[] }) {
  return (
    <Wide card name="Builds in figures">
      <table>
        <thead>
          <tr>
            <th>Build</th>
            <th>Satisfaction</th>
            <th>Against the one before in its run</th>
            <th class="n">Trials</th>
            <th>Gate</th>
            <th>Run</th>
            <th>From</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, startedAt, build }) => (
            <tr>
              <td class="name">
                <a href={trialsPath(id, { build: build.build })}>{build.candidate}</a>
              </td>
              <td>
                <Share build={build} />
              </td>
              <td>
                <Against change={build.change} />
              </td>
              <td class="n">{whole(build.satisfaction.trials)}</td>
              <td>{build.gate ? <Badge of={build.gate.verdict} /> : '–'}</td>
              <td>
                <a href={runPath(id)}>{id}</a> <span class="dim small">{when(startedAt)}</span>
              </td>
              <td class="dim">{from(build)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
}

/** Who made the build, as its candidate's file says. */
function from({ provenance }: Build): string {
  const { commit, agent, model } = provenance ?? {};
  return [commit, agent, model].filter((one) => typeof one === 'string').join(' · ');
}
