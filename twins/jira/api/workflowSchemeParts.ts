/** Parts of a workflow scheme, or of its draft: the workflow of one kind of issue, the kinds of one workflow. */
import type { Call } from '../../../src/twin.ts';
import { missing } from '../errors.ts';
import { type Mapping, requireWorkflowNamed } from '../model/workflows/schemes.ts';
import { workflowNamed } from '../model/workflows/workflowOf.ts';
import { addressOf } from './address.ts';
import { workflowMappings } from './workflowSchemeViews.ts';

/** What requests for parts of a scheme say. */
export interface TypesInput {
  workflow?: string | null;
  issueTypes?: string[] | null;
  defaultMapping?: boolean | null;
  updateDraftIfNeeded?: boolean | null;
}

/** How these calls show a workflow: by its name. */
export const shownWorkflow = (call: Call, id: string): string => workflowNamed(call.world, id).name;

/** `{issueType, workflow}`; no workflow where the kind has none of its own. */
export function typeMapping(call: Call, { issueTypeMappings }: Mapping, issueType: string): unknown {
  const id = issueTypeMappings[issueType];
  return { issueType, ...(id === undefined ? {} : { workflow: shownWorkflow(call, id) }) };
}

/** The kinds of issue of the workflow that the request names, or of each; 404 for one that is not in the scheme. */
export function nameAsked(call: Call, mapping: Mapping): unknown {
  const name = call.query.get('workflowName');
  const all = workflowMappings(addressOf(call), mapping);
  if (name === null) return all;
  const wanted = requireWorkflowNamed(call.world, name).name;
  const found = all.find((one) => one.workflow === wanted);
  if (!found) throw missing(`The workflow '${name}' was not found in the workflow scheme.`);
  return found;
}
