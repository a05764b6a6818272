/** What changes without an edit: the clock, and random numbers. */

import type { Node } from '../../formula/syntax.ts';
import { CellError, numberOf } from '../../formula/value.ts';
import { serialNow } from '../../serial.ts';
import type { Env, Form } from '../operand.ts';

type Args = readonly (Node | undefined)[];

/** Of the clock and of chance: computed anew when the time, or the spreadsheet, is another. */
export const CLOCKS: ReadonlySet<string> = new Set(['NOW', 'TODAY']);
export const CHANCES: ReadonlySet<string> = new Set(['RAND', 'RANDBETWEEN', 'RANDARRAY']);

export const VOLATILE: Readonly<Record<string, Form>> = {
  NOW: { least: 0, most: 0, format: { type: 'DATE_TIME' }, run: (_args, env) => now(env) },
  TODAY: { least: 0, most: 0, format: { type: 'DATE' }, run: (_args, env) => Math.floor(now(env)) },
  RAND: { least: 0, most: 0, run: (_args, env) => env.reading.draw().float() },
  RANDBETWEEN: { least: 2, most: 2, run: between },
  RANDARRAY: { least: 0, most: 2, run: array },
};

const MS_PER_SECOND = 1_000;

/** Sheets counts whole seconds. */
function now({ reading }: Env): number {
  const { world, timeZone } = reading.context;
  return serialNow(Math.floor(world.now() / MS_PER_SECOND) * MS_PER_SECOND, timeZone);
}

function between(args: Args, env: Env): number {
  const [low, high] = [0, 1].map((i) =>
    numberOf(env.single(args[i]), `Function RANDBETWEEN parameter ${i + 1}`),
  ) as [number, number];
  const [least, most] = [Math.ceil(low), Math.floor(high)];
  if (most < least)
    throw new CellError(
      'NUM',
      `Function RANDBETWEEN parameter 2 value is ${high}. It should be greater than or equal to ${low}.`,
    );
  return env.reading.draw().int(least, most);
}

function array(args: Args, env: Env): number[][] {
  const [rows, columns] = [0, 1].map((i) => {
    const count = args[i]
      ? Math.trunc(numberOf(env.single(args[i]), `Function RANDARRAY parameter ${i + 1}`))
      : 1;
    if (count < 1)
      throw new CellError(
        'NUM',
        `Function RANDARRAY parameter ${i + 1} value is ${count}. It should be greater than or equal to 1.`,
      );
    return count;
  }) as [number, number];
  env.reading.step(rows * columns);
  const draw = env.reading.draw();
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => draw.float()));
}
