/** Roman numerals. https://support.google.com/docs/answer/3094159 */
import { refusal } from './definition.ts';

const LETTERS: readonly [string, number][] = [
  ['M', 1000],
  ['D', 500],
  ['C', 100],
  ['L', 50],
  ['X', 10],
  ['V', 5],
  ['I', 1],
];

/** A number of 1 to 3999; `form` 0 is the classical one, each up to 4 lets farther letters be subtracted. */
export function roman(value: number, form: number): string {
  const numerals = LETTERS.flatMap(([letter, size], at): [string, number][] => [
    [letter, size],
    ...LETTERS.slice(at + 1)
      .filter(([, less], distance) => subtractable(less, distance + 1, form))
      .map(([small, less]): [string, number] => [small + letter, size - less]),
  ]).sort((a, b) => b[1] - a[1]);
  let rest = value;
  let text = '';
  for (const [letters, size] of numerals)
    while (rest >= size) {
      text += letters;
      rest -= size;
    }
  return text;
}

/**
 * Classically I stands before V and X, and so on. From form 1 V also stands before L and C, from 2 I before L and C,
 * from 3 V before D and M, from 4 I before D and M.
 */
function subtractable(less: number, distance: number, form: number): boolean {
  if (String(less).startsWith('5')) return distance >= 2 && form >= (distance <= 3 ? 1 : 3);
  return form >= (distance <= 2 ? 0 : distance <= 4 ? 2 : 4);
}

/** The number that Roman numerals stand for. Throws `VALUE` for other texts. */
export function arabic(text: string): number {
  const match = /^(-?)([MDCLXVI]*)$/i.exec(text.trim());
  if (!match) throw refusal('VALUE', `In {name} evaluation, cannot parse '${text}' as a Roman numeral.`);
  const sizes = [...(match[2] ?? '').toUpperCase()].map(
    (letter) => LETTERS.find(([one]) => one === letter)?.[1] ?? 0,
  );
  const total = sizes.reduce((sum, size, i) => sum + (size < (sizes[i + 1] ?? 0) ? -size : size), 0);
  return match[1] ? -total : total;
}
