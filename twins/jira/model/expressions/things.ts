/**
 * What Jira expressions can speak about: types with their properties, each with its own type and how it is read.
 * https://developer.atlassian.com/cloud/jira/platform/jira-expressions-type-reference/
 */
import type { World } from '../../../../src/world/world.ts';
import type { AdfNode } from '../text/adf.ts';
import { plainText } from '../text/adf.ts';

/** A thing of the site as an expression holds it. `row` is what it is made of. */
export interface Thing {
  type: string;
  row: object;
  /** What makes two of them one. */
  id: string;
}

export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && 'type' in value && 'row' in value && 'id' in value;

/** One property of a type. */
export interface Property {
  /** `String`, `List<Comment>`. */
  type: string;
  /** Reading it loads more: a limited number of them may be read. */
  expensive?: boolean;
  get(world: World, row: never): unknown;
}

export const property = <E extends object>(
  type: string,
  get: (row: E, world: World) => unknown,
  expensive = false,
): Property => ({
  type,
  ...(expensive ? { expensive } : {}),
  get: (world, row) => get(row as E, world) ?? null,
});

export const thing = (type: string, row: object | undefined | null, id: string): Thing | null =>
  row ? { type, row, id } : null;

/** Rich text: as plain text, and as the stored document. */
export const richText = (doc: AdfNode | null | undefined): Thing | null =>
  thing('RichText', doc, doc ? JSON.stringify(doc) : '');

export const RICH_TEXT: Readonly<Record<string, Property>> = {
  plainText: property<AdfNode>('String', (doc) => plainText(doc)),
  value: property<AdfNode>('Any', (doc) => doc),
};
