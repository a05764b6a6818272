/** Clauses on texts: `~` and `!~`. */
import type { Clause } from './ast.ts';
import { narrowedTo } from './choiceClause.ts';
import { type Compilation, type Hits, type Narrowing, refuse, tested } from './compilation.ts';
import type { Text } from './field.ts';
import { readTextQuery, says, type Wanted } from './textQuery.ts';

/** The hits of a clause, whose operator fits the field. */
export function textClause(
  at: Compilation,
  field: Text,
  { field: { name }, operator, operand }: Clause,
): Hits {
  const isEmpty: Hits['test'] = (issue) => field.texts(at.world, issue, at.me).every((text) => text === '');
  if (operand.kind === 'empty')
    return tested(operator === '~' || operator === 'is' ? isEmpty : (issue) => !isEmpty(issue));
  if (operand.kind !== 'value')
    return refuse(at, `The operator '${operator}' does not support the value for the field '${name}'.`);
  const query = operand.text;
  if (query.trim() === '')
    return refuse(at, `The field '${name}' does not support searching for an empty string.`);
  const wanted = readTextQuery(query);
  if (wanted === 'wildcard')
    return refuse(
      at,
      `The text query '${query}' for field '${name}' is not valid: the '*' and '?' are not allowed as first character in wildcard query.`,
    );
  if (wanted === undefined) return refuse(at, `Unable to parse the text '${query}' for field '${name}'.`);
  const matches: Hits['test'] = (issue) => says(field.texts(at.world, issue, at.me), wanted);
  if (operator === '!~') return tested((issue) => !isEmpty(issue) && !matches(issue));
  const plain =
    wanted.kind === 'word' || (wanted.kind === 'all' && wanted.parts.every((one) => one.kind === 'word'));
  const within = narrowings(at, field, wanted)
    .sort((a, b) => a.count - b.count)
    .map((one, i) => (i > 0 ? { ...one, alike: true } : one));
  return {
    test: matches,
    within,
    stretches: [],
    exact: plain && within.length > 0,
    reads: true,
  };
}

/** The issues in which every word stands that each hit must have. */
function narrowings(at: Compilation, field: Text, wanted: Wanted): Narrowing[] {
  const having = (word: string) => (field.within ? [narrowedTo(field.within(at.world, word, at.me))] : []);
  if (wanted.kind === 'word') return having(wanted.word);
  if (wanted.kind === 'phrase') return wanted.words.flatMap(having);
  if (wanted.kind === 'all') return wanted.parts.flatMap((part) => narrowings(at, field, part));
  if (wanted.kind !== 'any') return [];
  const parts = wanted.parts.map((part) => narrowings(at, field, part).sort((a, b) => a.count - b.count)[0]);
  if (parts.some((part) => part === undefined)) return [];
  return [narrowedTo(parts.flatMap((part) => part?.among ?? []))];
}
