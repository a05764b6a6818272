/** A word that stands for one arrival, the same in the control and in the rehearsal. */
import { keyed } from '../keyed.ts';

/** How such a word looks: in one piece, so that messages carry it whole. */
export const TOKEN = /\bt[0-9a-f]{4}n\d{6}\b/;

/** The word of an arrival. */
export function tokenOf(seed: number, n: number): string {
  const mark = keyed(seed, 'token').toString(16).padStart(8, '0').slice(0, 4);
  return `t${mark}n${String(n + 1).padStart(6, '0')}`;
}
