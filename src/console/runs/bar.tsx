/** A share with its interval in the space of a word: for lists of runs and builds. */
import type { Interval } from './shape.ts';
import { percent, range } from './words.ts';

const WIDTH = 120;
const HEIGHT = 14;
const DOT = 4;

/** The bar; says its numbers to who cannot see it. */
export function IntervalBar({ estimate, interval }: { estimate: number | null; interval: Interval }) {
  const x = (share: number) => DOT + share * (WIDTH - 2 * DOT);
  const middle = HEIGHT / 2;
  const [from, to] = [x(interval.lower), x(interval.upper)];
  const said = `${percent(estimate)}, 95 % interval ${range(interval)}`;
  return (
    <svg class="interval" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{said}</title>
      <line class="track" x1={x(0)} x2={x(1)} y1={middle} y2={middle} />
      <rect class="between" x={from} y={middle - 3} width={Math.max(1, to - from)} height={6} rx={3} />
      {estimate === null ? '' : <circle class="dot" cx={x(estimate)} cy={middle} r={DOT} />}
    </svg>
  );
}
