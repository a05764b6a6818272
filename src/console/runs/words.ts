/** Numbers, times and verdicts as the pages write them. */
import type { Interval, Moved } from './shape.ts';

const NUMBER = new Intl.NumberFormat('en');

/** `87.5 %`; `–` where there is none. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;
}

/** `71.2–94.3 %`. */
export function range({ lower, upper }: Interval): string {
  return `${(lower * 100).toFixed(1)}–${(upper * 100).toFixed(1)} %`;
}

/** `+12.5 points`. */
export function points(delta: number): string {
  const value = Math.round(delta * 1000) / 10;
  return `${value > 0 ? '+' : value < 0 ? '−' : '±'}${Math.abs(value).toFixed(1)} points`;
}

/** `+10.8 to +78.9 points`. */
export function pointsRange({ lower, upper }: Interval): string {
  return `${points(lower).replace(' points', '')} to ${points(upper)}`;
}

/** `p = 0.012`, `p < 0.001`. */
export function probability(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`;
}

/** `10,000`. */
export function whole(n: number): string {
  return NUMBER.format(n);
}

/** `1 trial`, `10,000 trials`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${whole(n)} ${n === 1 ? one : many}`;
}

/** `240 ms`, `3.2 s`, `4 min 30 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  if (ms < 0) return `−${duration(-ms)}`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  const [unit, big, small] = ms < 3_600_000 ? [60_000, 'min', 's'] : [3_600_000, 'h', 'min'];
  const rest = Math.floor((ms % unit) / (unit / 60));
  return `${Math.floor(ms / unit)} ${big}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** A moment of a trial, to the millisecond: `27.021 s`, `1:22.871`, `1:02:03.004`. */
export function moment(ms: number): string {
  if (ms < 0) return `−${moment(-ms)}`;
  const seconds = (ms % 60_000) / 1_000;
  if (ms < 60_000) return `${seconds.toFixed(3)} s`;
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const front = hours === 0 ? `${minutes}` : `${hours}:${String(minutes).padStart(2, '0')}`;
  return `${front}:${seconds.toFixed(3).padStart(6, '0')}`;
}

/** `2026-11-21 13:11 UTC` of an ISO time. */
export function when(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What the paired test says of a change. */
export function movedWords(moved: Moved, blind: boolean): string {
  if (moved !== 'same') return moved;
  return blind ? 'too few trials to mark it' : 'within chance';
}

/** The class of a verdict, of a trial or of a gate, in the console's colours. */
export function tone(verdict: string): 'ok' | 'bad' | 'warn' {
  if (verdict === 'satisfied' || verdict === 'accept' || verdict === 'improved') return 'ok';
  return verdict === 'unsatisfied' || verdict === 'reject' || verdict === 'regressed' ? 'bad' : 'warn';
}
