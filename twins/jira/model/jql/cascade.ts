/** `cascadeOption(parent, child)`: the choices of cascading fields. */

import { fieldByClause } from '../fields/fields.ts';
import { optionsOfField } from '../fields/options.ts';
import { type Compilation, refuse } from './compilation.ts';

/** The ids of the choices that are meant; a problem for one that is not there, or not below the other. */
export function cascade(at: Compilation, args: readonly string[], fieldName: string): readonly string[] {
  const [above = '', below] = args;
  const all = optionsOfField(at.world, fieldByClause(at.world, fieldName)?.id ?? '');
  const named = (text: string) => (one: { id: string; value: string }) =>
    one.value.toLowerCase() === text.toLowerCase() || one.id === text;
  const parent = all.find((one) => one.optionId === undefined && named(above)(one));
  if (!parent) {
    refuse(at, `The option '${above}' specified in function 'cascadeOption' is not a valid parent option.`);
    return [];
  }
  if (below === undefined || below.toLowerCase() === 'none') return [parent.id];
  const child = all.find((one) => one.optionId === parent.id && named(below)(one));
  if (child) return [child.id];
  refuse(at, `The option '${below}' is not a child of option '${above}' in function 'cascadeOption'.`);
  return [];
}
