/** Satisfaction over builds with 95 % intervals, as one SVG in the page's colours. A table beside it has its numbers. */

import { Wide } from '../wide.tsx';
import { shortNames } from './names.ts';
import type { Moved, Satisfaction } from './shape.ts';
import { percent, points, range } from './words.ts';

const HEIGHT = 240;
const TOP = 18;
const BOTTOM = 34;
const LEFT = 52;
/** Room for the last build's share. */
const RIGHT = 64;
/** Pixels between builds: few stand apart, many stand close and the chart scrolls. */
const STEP_MAX = 104;
const STEP_MIN = 14;
const WIDTH_WISHED = 960;
/** A build's share is written beside it, and its name below, where there is so much room. */
const VALUE_STEP = 70;
const NAME_PX = 84;

/** What the chart draws of a build. */
export interface Point {
  candidate: string;
  satisfaction: Pick<Satisfaction, 'estimate' | 'interval'>;
  change?: { moved: Moved; delta: number } | undefined;
  /** The gate's verdict. */
  gate?: string | undefined;
  href?: string | undefined;
}

/** The chart; `id` makes its parts' ids. Nothing where there is no build. */
export function SatisfactionChart({ points: all, id }: { points: readonly Point[]; id: string }) {
  if (all.length === 0) return <></>;
  const step = Math.max(STEP_MIN, Math.min(STEP_MAX, WIDTH_WISHED / all.length));
  const width = Math.round(LEFT + step * all.length + RIGHT);
  const floor = floorOf(all);
  const y = (share: number) => Math.round(TOP + ((1 - share) / (1 - floor)) * (HEIGHT - TOP - BOTTOM));
  const x = (index: number) => Math.round(LEFT + step * (index + 0.5));
  const line = all.flatMap(({ satisfaction: { estimate } }, i) =>
    estimate === null ? [] : [`${x(i)},${y(estimate)}`],
  );
  const every = Math.ceil(NAME_PX / step);
  const name = shortNames(all.map(({ candidate }) => candidate));
  return (
    <Wide name="Chart">
      <svg
        class="chart"
        {...{ width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` }}
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-desc`}
      >
        <title id={`${id}-title`}>Satisfaction over builds with 95 % intervals</title>
        <desc id={`${id}-desc`}>{inWords(all)}</desc>
        <Grid floor={floor} y={y} width={width} />
        <polyline class="line" points={line.join(' ')} />
        {all.map((point, i) => (
          <Mark point={point} x={x(i)} y={y} value={step >= VALUE_STEP} />
        ))}
        {all.map((point, i) =>
          (all.length - 1 - i) % every === 0 ? (
            <text class="axis" x={x(i)} y={HEIGHT - 10} text-anchor="middle">
              {name(point.candidate)}
            </text>
          ) : (
            ''
          ),
        )}
      </svg>
    </Wide>
  );
}

/** The lowest tenth that anything reaches, so that what is near to one is told apart. */
function floorOf(all: readonly Point[]): number {
  const lowest = Math.min(0.9, ...all.map(({ satisfaction }) => satisfaction.interval.lower));
  return Math.max(0, Math.floor(lowest * 10 + 1e-9) / 10);
}

function Grid({ floor, y, width }: { floor: number; y: (share: number) => number; width: number }) {
  const tenths = Array.from({ length: Math.round((1 - floor) * 10) + 1 }, (_, i) => 1 - i / 10);
  const shown = tenths.filter((_, i) => tenths.length <= 6 || i % 2 === 0);
  return (
    <>
      {shown.map((tick) => (
        <>
          <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
          <text class="axis" x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
            {`${Math.round(tick * 100)} %`}
          </text>
        </>
      ))}
    </>
  );
}

interface Marked {
  point: Point;
  x: number;
  y: (share: number) => number;
  value: boolean;
}

function Mark({ point, x, y, value }: Marked) {
  const { candidate, satisfaction, change, gate, href } = point;
  const { estimate, interval } = satisfaction;
  const [top, bottom] = [y(interval.upper), y(interval.lower)];
  const arrow = change?.moved === 'improved' ? ' ▲' : change?.moved === 'regressed' ? ' ▼' : '';
  const moved = change && change.moved !== 'same' ? `, ${change.moved} by ${points(change.delta)}` : '';
  const verdict = gate === undefined ? '' : `, gate: ${gate}`;
  const said = `${candidate}: ${percent(estimate)} (${range(interval)})${moved}${verdict}`;
  const mark = (
    <g class={`mark ${change?.moved ?? ''}`}>
      <title>{said}</title>
      <rect class="room" x={x - 7} y={TOP} width={14} height={HEIGHT - TOP - BOTTOM} />
      <path
        class="whisker"
        d={`M${x} ${top}V${bottom}M${x - 5} ${top}H${x + 5}M${x - 5} ${bottom}H${x + 5}`}
      />
      {estimate === null ? '' : <circle class="dot" cx={x} cy={y(estimate)} r={5} />}
      {estimate === null || !value ? (
        ''
      ) : (
        <text class="value" x={x + 10} y={y(estimate) + (estimate > 0.95 ? 16 : 4)}>
          {`${percent(estimate)}${arrow}`}
        </text>
      )}
    </g>
  );
  return href === undefined ? (
    mark
  ) : (
    <a href={href} aria-label={said}>
      {mark}
    </a>
  );
}

function inWords(all: readonly Point[]): string {
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return '';
  const say = ({ candidate, satisfaction: { estimate, interval } }: Point) =>
    `${candidate} ${percent(estimate)} (${range(interval)})`;
  if (all.length === 1) return `${say(first)}.`;
  return `${all.length} builds, from ${say(first)} to ${say(last)}. The table has all of them.`;
}
