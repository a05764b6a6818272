/** Labels in searches: `'labels/ID' in labels`, `labels/ID.FIELD > 12`. */
import type { World } from '../../../../../src/world/world.ts';
import { fileLabels, labelDefinitions } from '../../world/label.ts';
import type { FileRow } from '../../world.ts';
import { compares, type Term, type Test } from '../search/condition.ts';
import { listed, type Narrowing } from '../search/narrow.ts';

const FIELD = /^labels\/([\w-]+)\.([\w-]+)$/;

export const isLabelTerm = (word: string): boolean => FIELD.test(word);

/** What a field of any label can be asked; whether it makes sense depends on its type. */
export const labelTerm: Term = {
  operators: ['=', '!=', '<', '<=', '>', '>=', 'contains', 'in', 'is null', 'is not null'],
  value: 'any',
};

/** Whether a file has a label, or one with such a field. */
export function holdsLabel(world: World, file: FileRow, { term, operator, value }: Test): boolean {
  const [, labelId = '', fieldId = ''] = FIELD.exec(term) ?? [];
  if (term === 'labels') return world.get(fileLabels, `${file.id}/${idOf(String(value))}`) !== undefined;
  const label = world.get(fileLabels, `${file.id}/${labelId}`);
  const values = label?.values[fieldId] ?? [];
  if (operator === 'is null') return label !== undefined && values.length === 0;
  if (operator === 'is not null') return values.length > 0;
  if (operator === '!=') return label !== undefined && !values.includes(String(value));
  if (operator === 'contains')
    return values.some((one) =>
      one
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(String(value).toLowerCase())),
    );
  if (operator === 'in') return values.includes(String(value));
  const type = world.get(labelDefinitions, labelId)?.fields.find(({ id }) => id === fieldId)?.type;
  const read = (text: string) => (type === 'integer' ? Number(text) : text);
  return values.some((one) => compares(read(one), operator, read(String(value))));
}

/** Files that have a label. */
export function labelFacet(world: World, name: string): Narrowing {
  const { count, ids } = listed(world.postings(fileLabels, 'labels').get(idOf(name)));
  return {
    count,
    *ids() {
      for (const key of ids()) yield key.slice(0, key.indexOf('/'));
    },
  };
}

const idOf = (name: string): string => name.replace(/^labels\//, '');
