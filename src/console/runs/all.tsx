/** What the harness recorded, as pages: all runs, one run, its trials, a trial's trajectory; the operator's alone. */
import { missing, Problem } from '../../control/problem.ts';
import type { ConsoleContext, ConsoleDeps, ConsoleHono } from '../visit.ts';
import { RUNS_STYLE } from './css.ts';
import { trajectoryOf } from './entries.ts';
import { runPath, type Wanted } from './links.ts';
import { runsPage } from './list.tsx';
import { changeStream, type Look } from './live.ts';
import { type Log, logOf, trialsAt } from './log.ts';
import { overallPage } from './overall.tsx';
import { type FoundRun, findRun, findRuns, markOf, silentMs } from './read.ts';
import { runPage } from './run.tsx';
import type { RunDocument } from './shape.ts';
import { RUNS_STYLE_PATH } from './style.tsx';
import { trialPage } from './trial.tsx';
import { TRIALS_PAGE, trialsPage, wantedLines } from './trials.tsx';

/** How long a page waits for a log that is read for the first time; one trial is waited for until it is found. */
const GLANCE_MS = 400;
const SEARCH_MS = 30_000;
const LOOK_MS = 100;
/** Between two looks whether something changed: at one run, at all. */
const RUN_MS = 3_000;
const LIST_MS = 10_000;

/** Adds the pages under `/console/runs`, and `/console/trajectory`. */
export function runRoutes(app: ConsoleHono, { options }: ConsoleDeps): void {
  const directory = options.runs;
  app.get(RUNS_STYLE_PATH, (c) =>
    c.body(RUNS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  );
  app.get('/console/runs', async (c) => {
    operatorOnly(c);
    const { runs, more } = await findRuns(directory);
    const live = { href: '/console/runs-live', mark: markOfAll(runs) };
    return c.html(runsPage(c.get('visit'), { runs, more, at: numberIn(c, 'at'), live }));
  });
  app.get('/console/runs-live', (c) => {
    operatorOnly(c);
    const look = async () => ({ mark: markOfAll((await findRuns(directory)).runs), over: false });
    return changeStream({ look, everyMs: LIST_MS, after: afterIn(c), closing: options.closing });
  });
  app.get('/console/trajectory', async (c) => {
    operatorOnly(c);
    const { runs } = await findRuns(directory);
    return c.html(overallPage(c.get('visit'), runs));
  });
  app.get('/console/runs/:run', async (c) => {
    const found = await opened(c, directory);
    const { id, run, log } = found;
    const { mark, over } = await lookAt(found);
    const live = over ? undefined : { href: `${runPath(id)}/live`, mark };
    return c.html(runPage(c.get('visit'), { id, run, log, live, silentMs: await silentMs(found) }));
  });
  app.get('/console/runs/:run/live', async (c) => {
    const { id } = await opened(c, directory, LOOK_MS);
    const look = async () => lookAt(await openedAs(id, directory, LOOK_MS));
    return changeStream({ look, everyMs: RUN_MS, after: afterIn(c), closing: options.closing });
  });
  app.get('/console/runs/:run/trials', async (c) => {
    const { id, run, log, path } = await opened(c, directory);
    const wanted = wantedIn(c);
    const found = wantedLines(log, run, wanted);
    const at = wanted.at ?? 0;
    const shown = found.slice(at, at + TRIALS_PAGE);
    const trials = await trialsAt(path, shown);
    return c.html(trialsPage(c.get('visit'), { id, run, log, wanted, found, shown, trials }));
  });
  app.get('/console/runs/:run/trials/:trial', async (c) => {
    const { id, run, log, path } = await opened(c, directory, SEARCH_MS);
    const wanted = c.req.param('trial');
    const line = log.lines.findLast((one) => one.id === wanted);
    const [trial] = line ? await trialsAt(path, [line]) : [];
    if (!trial) throw missing(`the run ${id} has no trial ${wanted}`);
    const told = await trajectoryOf(path, trial);
    const from = numberIn(c, 'from');
    return c.html(trialPage(c.get('visit'), { id, run, trial, told, from, directory: directory ?? '' }));
  });
}

/** Runs belong to no tenant. */
function operatorOnly(c: ConsoleContext): void {
  if (!c.get('visit').caller.operator)
    throw new Problem({ status: 403, kind: 'operator-only', detail: 'runs take the operator’s key' });
}

type Opened = FoundRun & { run: RunDocument; log: Log };

function opened(c: ConsoleContext, directory: string | undefined, patienceMs = GLANCE_MS): Promise<Opened> {
  operatorOnly(c);
  return openedAs(c.req.param('run') ?? '', directory, patienceMs);
}

async function openedAs(id: string, directory: string | undefined, patienceMs: number): Promise<Opened> {
  const found = await findRun(directory, id);
  if (!found) throw missing(`there is no run ${id}`);
  const { document: run } = found;
  if (!run) throw missing(`the run ${id} cannot be read: its run.json is damaged or of another version`);
  return { ...found, run, log: await logOf(found.path, run.startedAt, patienceMs) };
}

/** A run changes while it goes on, and its page while the log is still being read. */
async function lookAt(opened: Opened): Promise<Look> {
  const { reading } = opened.log;
  const mark = `${await markOf(opened)}${reading ? '-reading' : ''}`;
  return { mark, over: opened.run.status !== 'running' && !reading };
}

function markOfAll(runs: readonly FoundRun[]): string {
  const newest = Math.max(0, ...runs.map(({ writtenAt }) => writtenAt));
  return `${runs.length}-${Math.round(newest)}`;
}

function afterIn(c: ConsoleContext): string {
  return c.req.query('after') ?? '';
}

function wantedIn(c: ConsoleContext): Wanted {
  const { build, scenario, verdict } = c.req.query();
  const all = { build, scenario, verdict, at: numberIn(c, 'at') };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '' && value !== undefined));
}

/** A whole number of the query; 0 where it is none. */
function numberIn(c: ConsoleContext, name: string): number {
  const value = Number(c.req.query(name) ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}
