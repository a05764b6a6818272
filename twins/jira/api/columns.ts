/** Columns of lists of issues: sent as a form with repeated `columns`, or as JSON. */
import type { Call } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { badQuery } from '../errors.ts';
import { fieldById } from '../model/fields/fields.ts';

/** The field ids that were sent; 400 where they are something else. */
export function sentColumns(call: Pick<Call, 'body' | 'input'>): string[] {
  const { body, input } = call;
  if (body.kind === 'form' || body.kind === 'multipart')
    return (body.fields ?? []).flatMap(([name, value]) => (name === 'columns' ? [value] : []));
  const columns = Array.isArray(input) ? input : (input as { columns?: unknown } | undefined)?.columns;
  if (!Array.isArray(columns) || columns.some((one) => typeof one !== 'string'))
    throw badQuery('The columns must be a list of field IDs.');
  return columns;
}

/** Columns as answers list them. */
export const columnsView = (world: World, columns: readonly string[]): { label: string; value: string }[] =>
  columns.flatMap((id) => {
    const field = fieldById(world, id);
    return field ? [{ label: field.name, value: id }] : [];
  });
