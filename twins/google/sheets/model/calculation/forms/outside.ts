/**
 * What comes from outside of the spreadsheet. Another spreadsheet of the universe is read; what the service would fetch
 * from the web or draw as a picture has no value here, and says so rather than show a made-up one.
 */
import { CellError, textOf } from '../../formula/value.ts';
import type { Env, Form } from '../operand.ts';

export const IMPORTS: ReadonlySet<string> = new Set(['IMPORTRANGE']);

const notReached = (name: string): Form => ({
  least: 0,
  most: 255,
  run: () => {
    throw new CellError('N_A', `${name} reads from outside of this universe, where nothing answers.`);
  },
});

export const OUTSIDE: Readonly<Record<string, Form>> = {
  IMPORTRANGE: {
    least: 2,
    most: 2,
    run: (args, env: Env) =>
      env.reading.imported(idIn(textOf(env.single(args[0]))), textOf(env.single(args[1]))),
  },
  // A picture has no value: the cell shows nothing.
  IMAGE: {
    least: 1,
    most: 4,
    run: (args, env) => {
      env.single(args[0]);
      return null;
    },
  },
  SPARKLINE: {
    least: 1,
    most: 2,
    run: (args, env) => {
      env.within({ arrays: true }).value(args[0]);
      return null;
    },
  },
  ...Object.fromEntries(
    'IMPORTHTML IMPORTXML IMPORTDATA IMPORTFEED GOOGLEFINANCE'
      .split(' ')
      .map((name) => [name, notReached(name)]),
  ),
};

/** A spreadsheet's id, from its address or as it is. */
function idIn(text: string): string {
  return /\/d\/([^/?#]+)/.exec(text)?.[1] ?? text.trim();
}
