/** Functions without a value: nothing is made up, the cell says why. Most ask services outside of a spreadsheet. */
import { type Definition, type Family, plain, refusal } from './definition.ts';

const asks = (spec: string, whom: string): Definition =>
  plain(spec, () => {
    throw refusal('N_A', `{name} asks ${whom}, which this spreadsheet cannot reach.`);
  });

/** Each shows `#N/A` with the reason. */
export const OUTSIDE: Family = {
  GOOGLETRANSLATE: asks('any, any?, any?', 'a translator'),
  DETECTLANGUAGE: asks('value', 'a translator'),
  AI: asks('any, value?', 'a language model'),
  GEMINI: asks('any, value?', 'a language model'),
};
