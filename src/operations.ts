/** Reads a twin's `operations.json`: every operation that its vendor has, made by `scripts/operations.mjs`. */
import { readFileSync } from 'node:fs';
import { asset } from './assets.ts';
import type { Operation } from './twin.ts';

/** The operations of a twin, by its name. */
export const readOperations = (twin: string): readonly Operation[] =>
  (JSON.parse(readFileSync(asset(`twins/${twin}/operations.json`), 'utf8')) as { operations: Operation[] })
    .operations;
