/** What schemes of other areas say of a type of issue goes with the type. */
import type { World } from '../../../../src/world/world.ts';
import {
  fieldConfigurationSchemes,
  fieldContexts,
  issueTypeScreenSchemes,
  workflowSchemeDrafts,
  workflowSchemes,
} from '../../world.ts';

/** Takes a type out of every scheme of workflows, screens and field configurations, and out of fields' contexts. */
export function forgetMappings(world: World, id: string): void {
  for (const rows of [workflowSchemes, workflowSchemeDrafts] as (typeof workflowSchemes)[])
    for (const row of world.list(rows).toArray())
      if (id in row.issueTypeMappings)
        world.put(rows, { ...row, issueTypeMappings: without(row.issueTypeMappings, id) });
  for (const rows of [issueTypeScreenSchemes, fieldConfigurationSchemes] as (typeof issueTypeScreenSchemes)[])
    for (const row of world.list(rows).toArray())
      if (id in row.mappings) world.put(rows, { ...row, mappings: without(row.mappings, id) });
  for (const row of world.list(fieldContexts).toArray())
    if (row.issueTypeIds.includes(id))
      world.put(fieldContexts, { ...row, issueTypeIds: row.issueTypeIds.filter((one) => one !== id) });
}

const without = (map: Readonly<Record<string, string>>, key: string): Record<string, string> =>
  Object.fromEntries(Object.entries(map).filter(([one]) => one !== key));
