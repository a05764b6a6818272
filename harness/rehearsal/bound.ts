/** The bounds of service levels: what may be written for which measure, and whether a value keeps to it. */
import { durationMs, sayDuration } from '../duration.ts';
import { MEASURES } from '../schema/rehearsal.ts';
import type { Level } from './rehearsal.ts';
import { ratePerSecond } from './schedule.ts';

export type MeasureKind = keyof typeof MEASURES;

/** Ms, a share from 0 to 1, arrivals a second or a count; or so many times what the control had. */
export interface Bound {
  value: number;
  ofControl: boolean;
}

/** What kind of value a measure is. */
export function kindOf(measure: string): MeasureKind {
  const found = Object.entries(MEASURES).find(([, names]) => (names as readonly string[]).includes(measure));
  if (!found) throw new Error(`there is no measure ${measure}`);
  return found[0] as MeasureKind;
}

/** The bound as a number; undefined where the text fits no such measure. */
export function boundOf(text: string | number, kind: MeasureKind): Bound | undefined {
  const written = String(text);
  const times = /^(\d+(?:\.\d+)?)x$/.exec(written);
  if (times) return { value: Number(times[1]), ofControl: true };
  const value = READERS[kind](written);
  return value === undefined || Number.isNaN(value) ? undefined : { value, ofControl: false };
}

const READERS: Record<MeasureKind, (text: string) => number | undefined> = {
  duration: durationMs,
  share: (text) => (/^\d+(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) / 100 : undefined),
  rate: (text) => (/^\d+(\.\d+)?\/(s|m|h)$/.test(text) ? ratePerSecond(text) : undefined),
  count: (text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
};

const HOW: Record<MeasureKind, string> = {
  duration: 'a duration, as 250ms or 5s',
  share: 'a share, as 1%',
  rate: 'a rate, as 40/s',
  count: 'a number',
};

/** Measures of one event's handling, which a control cannot have. */
const OF_EVENTS = new Set(['detect', 'recover', 'lifted', 'adapt']);
/** Measures that compare with the control. */
const OF_CONTROL = new Set(['collateral', 'lost']);
/** Measures of the whole run. */
const OF_RUN = new Set(['cost', 'collateral', 'lost', 'never', 'falseAlarms']);

interface LevelProblem {
  at: string[];
  message: string;
  suggestion?: string;
}

/** What is wrong with a level beyond its shape. */
export function levelProblem(
  { measure, below, above, during, of }: Level,
  has: { signals: boolean; control: boolean },
): LevelProblem | undefined {
  const kind = kindOf(measure);
  const written = below ?? above ?? '';
  const at = [below === undefined ? 'above' : 'below'];
  const bound = boundOf(written, kind);
  if (!bound) {
    return { at, message: `"${written}" is no bound of ${measure}`, suggestion: `write ${HOW[kind]}` };
  }
  const own = OF_EVENTS.has(measure) || OF_CONTROL.has(measure);
  if (bound.ofControl && own)
    return { at, message: `a control has no ${measure}`, suggestion: `write ${HOW[kind]}` };
  if (!has.control && (bound.ofControl || OF_CONTROL.has(measure))) {
    return {
      at: ['measure'],
      message: `${measure} needs a control`,
      suggestion: 'leave "control: false" out',
    };
  }
  if ((measure === 'detect' || measure === 'falseAlarms') && !has.signals) {
    return { at: ['measure'], message: `${measure} needs signals`, suggestion: 'add "signals"' };
  }
  if (OF_RUN.has(measure) && (during !== undefined || of !== undefined)) {
    return {
      at: [during === undefined ? 'of' : 'during'],
      message: `${measure} is of the whole run`,
      suggestion: 'leave it out',
    };
  }
  if (OF_EVENTS.has(measure) && ['all', 'before', 'after'].includes(during ?? '')) {
    return {
      at: ['during'],
      message: `${measure} is of an event`,
      suggestion: 'name one, or leave it out for all',
    };
  }
  return undefined;
}

/** A value of a measure, for people. */
export function sayValue(value: number | null, kind: MeasureKind): string {
  if (value === null) return '–';
  if (value === Number.POSITIVE_INFINITY) return 'never';
  if (kind === 'duration') return value < 10 ? `${Math.round(value * 10) / 10}ms` : sayDuration(value);
  if (kind === 'share') return `${(value * 100).toFixed(value < 0.1 ? 2 : 1)} %`;
  const rounded = Math.round(value * 100) / 100;
  return kind === 'rate' ? `${rounded}/s` : String(rounded);
}
