/** Functions without a value: nothing is made up, the cell says why. Most ask services outside of a spreadsheet. */
import { type Definition, type Family, plain, refusal } from './definition.ts';

const asks = (spec: string, whom: string): Definition =>
  plain(spec, () => {
    throw refusal('N_A', `{name} asks ${whom}, which this spreadsheet cannot reach.`);
  });

/** Functions of Sheets that have no rule here yet, each with the reason. */
const GAPS: Readonly<Record<string, string>> = {
  GETPIVOTDATA: 'the cells of pivot tables are not looked up by their labels here',
};

const gap = ([name, reason]: [string, string]): [string, Definition] => [
  name,
  plain('value...', () => {
    throw refusal('N_A', `{name} has no value: ${reason}.`);
  }),
];

/** Each shows `#N/A` with the reason. */
export const OUTSIDE: Family = {
  GOOGLETRANSLATE: asks('any, any?, any?', 'a translator'),
  DETECTLANGUAGE: asks('value', 'a translator'),
  AI: asks('any, value?', 'a language model'),
  GEMINI: asks('any, value?', 'a language model'),
  ...Object.fromEntries(Object.entries(GAPS).map(gap)),
};
