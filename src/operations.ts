/** Reads a twin's `operations.json`: every operation that its vendor has, made by `scripts/operations.mjs`. */
import { readFileSync } from 'node:fs';
import type { Operation } from './twin.ts';

/** The operations of a twin, from the file beside its `twin.ts` (`new URL('./operations.json', import.meta.url)`). */
export const readOperations = (file: URL): readonly Operation[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { operations: Operation[] }).operations;
