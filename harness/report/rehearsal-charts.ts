/** Charts of a rehearsal: tasks over time, latency over time, and the curve of latencies; inline SVG. */
import { sayDuration } from '../duration.ts';
import type { Conduct } from '../rehearsal/conduct.ts';
import { curve, latencies } from '../rehearsal/histogram.ts';
import { isGood, timed } from '../rehearsal/phases.ts';
import type { PreparedRehearsal } from '../rehearsal/prepare.ts';
import { type Markup, markup } from './markup.ts';

const WIDTH = 960;
const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 16, 22, 30];
/** As many stretches of time are drawn, at most. */
const COLUMNS = 60;

/** What the charts add to the report's style. */
export const CHART_STYLE = `
.chart{min-width:600px}
.chart .window{fill:var(--oddbg)}.chart .windowname{fill:var(--odd);font-size:12px;font-weight:600}
.chart .p50{stroke:var(--accent);opacity:1;stroke-width:2}.chart .p95{stroke:var(--bad);opacity:1;stroke-width:2}
.chart .control{stroke-dasharray:5 4;opacity:.7}.chart .goodbar{fill:var(--good)}.chart .badbar{fill:var(--bad)}
.chart .slowbar{fill:var(--odd)}
.key{display:inline-block;width:18px;height:0;border-top:3px solid;
margin:0 6px 4px 14px}
.key.dashed{border-top-style:dashed}`;

/** Tasks by when they were meant to arrive: good, slow, failed. */
export function tasksChart(run: Conduct, prepared: PreparedRehearsal): Markup {
  const columns = columnsOf(run, prepared).map(({ samples, ...column }) => ({
    ...column,
    good: samples.filter((sample) => isGood(sample, prepared.service)).length,
    failed: samples.filter(({ error }) => error !== undefined).length,
    all: samples.length,
  }));
  const most = Math.max(1, ...columns.map(({ all }) => all));
  const top = most + (most % 2);
  const y = (tasks: number) => TOP + (1 - tasks / top) * (HEIGHT - TOP - BOTTOM);
  const wide = ((WIDTH - LEFT - RIGHT) / columns.length) * 0.8;
  const bar = (x: number, from: number, to: number, tone: string) =>
    to > from &&
    markup`<rect class="${tone}" x="${n(x)}" width="${n(wide)}" y="${n(y(to))}" height="${n(y(from) - y(to))}"/>`;
  return frame(
    prepared,
    'Tasks by arrival: good, slow, failed',
    [0, top / 2, top].map((tick) => [y(tick), String(tick)]),
    markup`${columns.map(({ fromMs, good, failed, all }) => {
      const x = xOf(fromMs, prepared.durationMs);
      const title = `at ${sayDuration(fromMs)}: ${good} good, ${all - good - failed} slow, ${failed} failed`;
      return markup`<g><title>${title}</title>${bar(x, 0, good, 'goodbar')}
${bar(x, good, all - failed, 'slowbar')}${bar(x, all - failed, all, 'badbar')}</g>`;
    })}`,
  );
}

/** p50 and p95 over time, the control's dashed. */
export function latencyChart(
  run: Conduct,
  control: Conduct | undefined,
  prepared: PreparedRehearsal,
): Markup {
  const lines = [control, run].flatMap((one) => {
    if (!one) return [];
    const columns = columnsOf(one, prepared).map(({ fromMs, toMs, samples }) => {
      const values = timed(samples).map(({ ms }) => ms);
      const { p50, max } = latencies(values);
      const p95 = values.length >= 20 ? latencies(values).p95 : max;
      return { at: (fromMs + toMs) / 2, p50: p50 ?? values[0], p95: p95 ?? values[0] };
    });
    return [{ columns, tone: one.kind === 'control' ? 'control' : '' }];
  });
  const all = lines.flatMap(({ columns }) => columns.map(({ p95 }) => p95 ?? 0));
  const scale = logScale(all, TOP, HEIGHT - BOTTOM);
  const points = (columns: (typeof lines)[0]['columns'], key: 'p50' | 'p95') =>
    columns
      .flatMap((one) =>
        one[key] === undefined ? [] : [`${n(xOf(one.at, prepared.durationMs))},${n(scale.y(one[key]))}`],
      )
      .join(' ');
  return frame(
    prepared,
    'Latency over time',
    scale.ticks.map((tick) => [scale.y(tick), sayTick(tick)]),
    markup`${lines.map(
      ({ columns, tone }) => markup`<polyline class="line p50 ${tone}" points="${points(columns, 'p50')}"/>
<polyline class="line p95 ${tone}" points="${points(columns, 'p95')}"/>`,
    )}`,
  );
}

/** Latencies into the tail; each step to the right is ten times rarer. */
export function curveChart(run: Conduct, control: Conduct | undefined): Markup {
  const curves = [control, run].flatMap((one) =>
    one
      ? [
          {
            tone: one.kind === 'control' ? 'control' : '',
            points: curve(timed(one.samples).map(({ ms }) => ms)),
          },
        ]
      : [],
  );
  const nines = (percentile: number) => -Math.log10(Math.max(1e-9, 1 - percentile / 100));
  const most = Math.max(1, ...curves.map(({ points }) => nines(points.at(-1)?.[0] ?? 0)));
  const x = (percentile: number) => LEFT + (nines(percentile) / most) * (WIDTH - LEFT - RIGHT);
  const scale = logScale(
    curves.flatMap(({ points }) => points.map(([, ms]) => ms)),
    TOP,
    HEIGHT - BOTTOM,
  );
  const marks = [0, 50, 90, 99, 99.9, 99.99, 99.999].filter((mark) => nines(mark) <= most + 1e-9);
  return svg(
    'Latencies by percentile',
    scale.ticks.map((tick) => [scale.y(tick), sayTick(tick)]),
    markup`${marks.map((mark) => axisText(x(mark), `${mark} %`))}
${curves.map(
  ({ tone, points }) =>
    markup`<polyline class="line p50 ${tone}" points="${points
      .map(([percentile, ms]) => `${n(x(percentile))},${n(scale.y(ms))}`)
      .join(' ')}"/>`,
)}`,
  );
}

interface Column {
  fromMs: number;
  toMs: number;
  samples: Conduct['samples'];
}

function columnsOf({ samples }: Conduct, { durationMs, service }: PreparedRehearsal): Column[] {
  const stepMs = Math.max(service.overMs, durationMs / COLUMNS);
  const columns = Array.from({ length: Math.ceil(durationMs / stepMs) }, (_, i): Column => {
    return { fromMs: i * stepMs, toMs: (i + 1) * stepMs, samples: [] };
  });
  for (const sample of samples) columns[Math.floor(sample.at / stepMs)]?.samples.push(sample);
  return columns;
}

/** A chart over the time of the load, with the events' windows behind. */
function frame(prepared: PreparedRehearsal, label: string, ticks: [number, string][], inner: Markup): Markup {
  const { durationMs, events } = prepared;
  const windows = events.map(({ name, fromMs, toMs = durationMs }) => {
    const [from, to] = [xOf(fromMs, durationMs), xOf(Math.min(toMs, durationMs), durationMs)];
    return markup`<rect class="window" x="${n(from)}" width="${n(to - from)}" y="${TOP}"
 height="${HEIGHT - TOP - BOTTOM}"/><text class="windowname" x="${n(from + 4)}" y="${TOP - 7}">${name}</text>`;
  });
  const times = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    axisText(xOf(share * durationMs, durationMs), sayDuration(share * durationMs)),
  );
  return svg(label, ticks, markup`${windows}${inner}${times}`);
}

function svg(label: string, ticks: [number, string][], inner: Markup): Markup {
  const lines = ticks.map(
    ([y, text]) => markup`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y)}" y2="${n(y)}"/>
<text class="axis" x="${LEFT - 8}" y="${n(y + 4)}" text-anchor="end">${text}</text>`,
  );
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${lines}${inner}</svg>`;
}

function axisText(x: number, text: string): Markup {
  return markup`<text class="axis" x="${n(x)}" y="${HEIGHT - 8}" text-anchor="middle">${text}</text>`;
}

function xOf(ms: number, durationMs: number): number {
  return LEFT + (ms / durationMs) * (WIDTH - LEFT - RIGHT);
}

/** From the decade below the least to the one above the most. */
function logScale(values: readonly number[], top: number, bottom: number) {
  const known = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.max(0.1, Math.min(...known, 1e9))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(0.1, ...known))));
  const y = (ms: number) =>
    bottom - ((Math.log10(Math.max(10 ** low, ms)) - low) / (high - low)) * (bottom - top);
  return { y, ticks: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) };
}

function n(value: number): string {
  return value.toFixed(1);
}

/** A decade of ms; below one, `sayDuration` has no more to say. */
function sayTick(ms: number): string {
  return ms < 1 ? `${ms}ms` : sayDuration(ms);
}
