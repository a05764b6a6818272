/** The number formats of pivot tables' results, beside their values for as long as those are kept. */
import type { NumberFormat } from '../../../world.ts';
import type { Matrix } from '../../formula/value.ts';

type Formats = readonly (readonly (NumberFormat | undefined)[])[];

const FORMATS = new WeakMap<Matrix, Formats>();

export const keepFormats = (values: Matrix, formats: Formats): void => void FORMATS.set(values, formats);

/** Undefined for what is no pivot table's result. */
export const formatsOf = (values: Matrix | undefined): Formats | undefined => values && FORMATS.get(values);
