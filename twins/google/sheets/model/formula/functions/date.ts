/** Dates and times. */
import { dateOf, serialNow, serialOf, timeOf } from '../../serial.ts';
import { numberOf, type Value } from '../value.ts';
import type { Definition, Family } from './definition.ts';

const fn = (least: number, most: number, run: Definition['run']): Definition => ({
  least,
  most,
  single: () => false,
  run,
});
const one = (args: readonly Value[], i: number): Value => args[i] ?? null;

/** Dates and times. */
export const DATES: Family = {
  NOW: fn(0, 0, (_args, { world, timeZone }) => serialNow(world.now(), timeZone)),
  TODAY: fn(0, 0, (_args, { world, timeZone }) => Math.floor(serialNow(world.now(), timeZone))),
  DATE: fn(3, 3, (args) => {
    const [year, month, day] = [0, 1, 2].map((i) =>
      numberOf(one(args, i), `Function DATE parameter ${i + 1}`),
    ) as [number, number, number];
    return (
      (serialOf(year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1, 1) ?? 0) + day - 1
    );
  }),
  TIME: fn(3, 3, (args) => {
    const [h, m, s] = [0, 1, 2].map((i) => numberOf(one(args, i), `Function TIME parameter ${i + 1}`)) as [
      number,
      number,
      number,
    ];
    return timeOf(h, m, s) % 1;
  }),
  YEAR: fn(1, 1, (args) => dateOf(numberOf(one(args, 0), 'Function YEAR parameter 1')).getUTCFullYear()),
  MONTH: fn(1, 1, (args) => dateOf(numberOf(one(args, 0), 'Function MONTH parameter 1')).getUTCMonth() + 1),
  DAY: fn(1, 1, (args) => dateOf(numberOf(one(args, 0), 'Function DAY parameter 1')).getUTCDate()),
};
