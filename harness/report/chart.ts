/** Satisfaction over builds with its intervals: one inline SVG that follows the page's colours. */
import type { BuildResult } from '../directory.ts';
import { type Markup, markup } from './markup.ts';
import { percent, range } from './words.ts';

const HEIGHT = 260;
const TOP = 16;
const BOTTOM = 44;
const LEFT = 48;
const STEP = 190;

/** What the chart draws of a build. */
export type Point = Pick<BuildResult, 'candidate' | 'satisfaction' | 'change'>;

/** The chart, as wide as its builds need. */
export function chart(builds: readonly Point[]): Markup {
  const width = LEFT + STEP * Math.max(2, builds.length) + 20;
  const low = Math.min(...builds.map(({ satisfaction }) => satisfaction.interval.lower), 0.9);
  const floor = Math.floor(low * 10) / 10;
  const y = (share: number) => TOP + ((1 - share) / (1 - floor)) * (HEIGHT - TOP - BOTTOM);
  const x = (index: number) => LEFT + STEP * (index + 0.5);
  const ticks = Array.from({ length: Math.round((1 - floor) * 10) + 1 }, (_, i) => floor + i / 10);
  const shown = ticks.filter((_, i) => ticks.length <= 6 || i % 2 === (ticks.length - 1) % 2);
  const placed = builds.flatMap(({ satisfaction: { estimate } }, i) =>
    estimate === null ? [] : [`${x(i).toFixed(1)},${y(estimate).toFixed(1)}`],
  );
  return markup`<svg class="chart" viewBox="0 0 ${width} ${HEIGHT}" style="max-width:${width}px" role="img"
 aria-label="Satisfaction over builds with 95 % intervals">
${shown.map(
  (tick) => markup`<line class="grid" x1="${LEFT}" x2="${width - 20}" y1="${y(tick)}" y2="${y(tick)}"/>
<text class="axis" x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${Math.round(tick * 100)} %</text>`,
)}
<polyline class="line" points="${placed.join(' ')}"/>
${builds.map((build, i) => point(build, x(i), y))}
</svg>`;
}

function point({ candidate, satisfaction, change }: Point, x: number, y: (share: number) => number): Markup {
  const { estimate, interval } = satisfaction;
  const title = `${candidate}: ${percent(estimate)} (${range(interval)})`;
  const moved = change?.moved === 'improved' ? ' ▲' : change?.moved === 'regressed' ? ' ▼' : '';
  const [top, bottom] = [y(interval.upper), y(interval.lower)];
  return markup`<g><title>${title}</title>
<line class="whisker" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>
<line class="whisker" x1="${x - 7}" x2="${x + 7}" y1="${top}" y2="${top}"/>
<line class="whisker" x1="${x - 7}" x2="${x + 7}" y1="${bottom}" y2="${bottom}"/>
${
  estimate === null
    ? ''
    : markup`<circle class="dot" cx="${x}" cy="${y(estimate)}" r="6"/>
<text class="value" x="${x + 14}" y="${y(estimate) + 5}">${percent(estimate)}${moved}</text>`
}
<text class="axis" x="${x}" y="${HEIGHT - 18}" text-anchor="middle">${short(candidate)}</text></g>`;
}

function short(label: string): string {
  return label.length > 22 ? `${label.slice(0, 21)}…` : label;
}
