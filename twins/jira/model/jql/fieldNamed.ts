/** Which field a query means by a name. */
import type { World } from '../../../../src/world/world.ts';
import { fieldByClause } from '../fields/fields.ts';
import { customField } from './customFields.ts';
import { DEVELOPMENT } from './developmentFields.ts';
import type { JqlField } from './field.ts';
import { ALIASES, SYSTEM } from './systemFields.ts';

/** A field with the id under which the changelog and the orders know it. */
export interface NamedField {
  id: string;
  field: JqlField;
}

/** The field that queries call `name`, case aside; undefined where there is none. */
export function fieldNamed(world: World, name: string): NamedField | undefined {
  const lower = name.toLowerCase();
  const site = fieldByClause(world, lower);
  if (site?.custom) {
    const field = site.searchable ? customField(site) : undefined;
    return field && { id: site.id, field };
  }
  const id = site?.id ?? ALIASES[lower] ?? lower;
  const fields = Object.hasOwn(SYSTEM, id) ? SYSTEM : DEVELOPMENT;
  return Object.hasOwn(fields, id) ? { id, field: fields[id] as JqlField } : undefined;
}
