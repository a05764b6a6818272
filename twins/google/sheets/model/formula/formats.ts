/** The number formats of a result's cells, beside their values for as long as those are kept. */
import type { NumberFormat } from '../../world.ts';
import type { Matrix } from './value.ts';

type Formats = readonly (readonly (NumberFormat | undefined)[])[];

const FORMATS = new WeakMap<Matrix, Formats>();

/** Says how the cells of a result are shown, row by row; those not said are plain. */
export const keepFormats = (values: Matrix, formats: Formats): void => void FORMATS.set(values, formats);

/** Undefined for a result without formats of its own. */
export const formatsOf = (values: Matrix | undefined): Formats | undefined => values && FORMATS.get(values);
