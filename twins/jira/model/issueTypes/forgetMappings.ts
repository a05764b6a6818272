/** What schemes of other areas say of a type of issue goes with the type. */
import type { World } from '../../../../src/world/world.ts';
import { workflowSchemeDrafts, workflowSchemes } from '../../world.ts';
import { forgetIssueType } from '../fields/projectSchemes.ts';

/** Takes a type out of every scheme of workflows, screens and field configurations, and out of fields' contexts. */
export function forgetMappings(world: World, id: string): void {
  for (const rows of [workflowSchemes, workflowSchemeDrafts] as (typeof workflowSchemes)[])
    for (const row of world.list(rows).toArray())
      if (id in row.issueTypeMappings)
        world.put(rows, { ...row, issueTypeMappings: without(row.issueTypeMappings, id) });
  forgetIssueType(world, id);
}

const without = (map: Readonly<Record<string, string>>, key: string): Record<string, string> =>
  Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));
