/** Jira's ids: numbers that a site counts up from 10000, written as text. */
import type { World } from '../../../src/world/world.ts';

/** The next id of a kind: `10000`, `10001`, … */
export const nextId = (world: World, kind: string, first = 10_000): string =>
  String(first - 1 + world.next(`jira.${kind}`));

/** Whether a text can only be an id. */
export const isNumeric = (text: string): boolean => /^\d+$/.test(text);
