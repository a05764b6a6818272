/**
 * The generations of a universe: reset, restore and its end close one. What lives outside the state and belongs to one
 * generation alone (an open connection, a wait for a program) is told here, so that it ends with it.
 */

/** What has generations: a universe. */
export interface Generational {
  generation: number;
}

const endings = new WeakMap<Generational, Set<() => void>>();

/** Begins the next generation and ends what belonged to the one before. */
export function nextGeneration(universe: Generational): void {
  universe.generation++;
  const listeners = endings.get(universe);
  endings.delete(universe);
  for (const listener of listeners ?? []) listener();
}

/** Calls `listener` once, when the generation that is now ends. */
export function onGenerationEnd(universe: Generational, listener: () => void): void {
  const listeners = endings.get(universe) ?? new Set();
  listeners.add(listener);
  endings.set(universe, listeners);
}
