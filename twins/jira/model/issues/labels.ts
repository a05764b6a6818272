/** The labels that issues carry. */
import type { World } from '../../../../src/world/world.ts';
import { issues } from '../../world.ts';

/** Every label in use, each once, in alphabetical order. */
export function labelsInUse(world: World): string[] {
  const labels = new Set<string>();
  for (const issue of world.list(issues)) for (const label of issue.fields.labels) labels.add(label);
  return [...labels].sort();
}
