/** `orrery trajectory`: satisfaction over builds, in order of their runs. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildResult, type RunDocument, readRun } from '../directory.ts';
import { ledgerPath, readLedger } from '../ledger.ts';
import { chart } from '../report/chart.ts';
import { markup } from '../report/markup.ts';
import { STYLE } from '../report/style.ts';
import { percent, points, probability, range } from '../report/words.ts';
import { WrongUse } from './deps.ts';
import { paint, type Terminal, table, whisker } from './terminal.ts';

const WIDTH = 41;

/** Prints it; gives the exit code. */
export function trajectoryCommand(
  flags: { out?: string; html?: string; json?: boolean },
  terminal: Terminal,
): number {
  const runs = runsIn(flags.out);
  if (runs.length === 0) {
    throw new WrongUse(
      `there is no run in ${flags.out ?? 'the ledger or ./runs'}; make one with "orrery run"`,
    );
  }
  const builds = runs.flatMap(({ document }) =>
    document.builds.map((build) => ({ run: document.run, build })),
  );
  if (flags.html !== undefined) writeFileSync(resolve(flags.html), page(builds.map(({ build }) => build)));
  if (flags.json) {
    terminal.out(
      `${JSON.stringify({ builds: builds.map(({ run, build }) => ({ run, ...build })) }, null, 2)}\n`,
    );
    return 0;
  }
  const rows = builds.map(({ run, build }) => row(run, build, terminal));
  const heading = ['build', `0 %${' '.repeat(WIDTH - 8)}100 %`, 'satisfaction', '95 % interval'];
  heading.push('against the one before', 'run');
  terminal.out(`${table(heading, rows, ['satisfaction', '95 % interval'])}\n`);
  if (flags.html !== undefined) terminal.out(`${resolve(flags.html)}\n`);
  return 0;
}

/** Runs of a directory (a run, or a directory of runs), else of the ledger, else of `./runs`; oldest first. */
export function runsIn(out: string | undefined): { path: string; document: RunDocument }[] {
  const paths = out === undefined ? ledgerRuns() : directoriesIn(resolve(out));
  const found = (paths.length === 0 && out === undefined ? directoriesIn(resolve('runs')) : paths).flatMap(
    (path) => {
      const document = readRun(path);
      return document ? [{ path, document }] : [];
    },
  );
  return found.sort((a, b) => (a.document.startedAt < b.document.startedAt ? -1 : 1));
}

function ledgerRuns(): string[] {
  return [...new Set(readLedger(ledgerPath()).map(({ directory }) => directory))].filter(existsSync);
}

function directoriesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (existsSync(join(path, 'run.json'))) return [path];
  const inner = readdirSync(path, { withFileTypes: true });
  return inner.filter((entry) => entry.isDirectory()).map((entry) => join(path, entry.name));
}

function row(run: string, { candidate, satisfaction, change }: BuildResult, terminal: Terminal): string[] {
  const { estimate, interval } = satisfaction;
  const tone = change?.moved === 'improved' ? 'good' : change?.moved === 'regressed' ? 'bad' : 'soft';
  const mark = change?.moved === 'improved' ? '▲' : change?.moved === 'regressed' ? '▼' : '=';
  return [
    candidate,
    whisker(interval.lower, estimate ?? 0, interval.upper, WIDTH),
    percent(estimate),
    range(interval),
    change ? paint(terminal, tone, `${mark} ${points(change.delta)}, ${probability(change.p)}`) : '–',
    run,
  ];
}

function page(builds: readonly BuildResult[]): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Satisfaction over builds</title><style>${{ markup: STYLE }}</style></head><body><main>
<h1>Satisfaction over builds</h1><div class="card scroll">${chart(builds)}</div>
<div class="card scroll"><table><thead><tr><th>Build</th><th class="number">Satisfaction</th>
<th class="number">95 % interval</th><th>Against the one before</th></tr></thead><tbody>
${builds.map(
  ({ candidate, satisfaction, change }) => markup`<tr><td class="name">${candidate}</td>
<td class="number">${percent(satisfaction.estimate)}</td><td class="number">${range(satisfaction.interval)}</td>
<td>${change ? `${points(change.delta)}, ${probability(change.p)}` : '–'}</td></tr>`,
)}</tbody></table></div></main></body></html>
`.markup;
}
