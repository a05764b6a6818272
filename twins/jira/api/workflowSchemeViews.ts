/** Workflow schemes and drafts as the older calls show them, by workflow names, and as the newer ones do, by ids. */

import { TIME_ZONE } from '../model/defaults.ts';
import { DAY_MS, momentOf, offsetMs } from '../model/time.ts';
import { runningMigration } from '../model/workflows/migration.ts';
import type { Mapping } from '../model/workflows/schemes.ts';
import { schemeWithId } from '../model/workflows/schemes.ts';
import { DEFAULT_SCHEME } from '../model/workflows/systemWorkflow.ts';
import { workflowNamed } from '../model/workflows/workflowOf.ts';
import type { WorkflowScheme, WorkflowSchemeDraft } from '../world.ts';
import type { Address } from './address.ts';
import { personView } from './peopleView.ts';
import { scopeView } from './workflowViews.ts';

type Json = Record<string, unknown>;

const nameOf = (at: Address, workflow: string): string => workflowNamed(at.world, workflow).name;

const byName = (at: Address, { defaultWorkflow, issueTypeMappings }: Mapping): Json => ({
  defaultWorkflow: nameOf(at, defaultWorkflow),
  issueTypeMappings: Object.fromEntries(
    Object.entries(issueTypeMappings).map(([type, workflow]) => [type, nameOf(at, workflow)]),
  ),
});

/** A scheme; the one that is every site's own has neither id nor address. */
export const schemeView = (at: Address, scheme: WorkflowScheme): Json => ({
  ...(scheme.id === DEFAULT_SCHEME ? {} : { id: Number(scheme.id) }),
  name: scheme.name,
  description: scheme.description,
  ...byName(at, scheme),
  draft: false,
  ...(scheme.id === DEFAULT_SCHEME ? {} : { self: `${at.rest}/workflowscheme/${scheme.id}` }),
});

/** A draft, with what its scheme says for comparison. */
export function draftView(at: Address, draft: WorkflowSchemeDraft): Json {
  const original = byName(at, schemeWithId(at.world, draft.parent));
  return {
    id: Number(draft.id),
    name: draft.name,
    description: draft.description,
    ...byName(at, draft),
    originalDefaultWorkflow: original.defaultWorkflow,
    originalIssueTypeMappings: original.issueTypeMappings,
    draft: true,
    lastModifiedUser: personView(at, draft.lastModifiedUser),
    lastModified: relative(at, draft.lastModified),
    self: `${at.rest}/workflowscheme/${draft.parent}/draft`,
  };
}

/** A scheme or a draft of one. */
export const anyView = (at: Address, row: WorkflowScheme | WorkflowSchemeDraft): Json =>
  'parent' in row ? draftView(at, row) : schemeView(at, row);

/** The kinds of issue of each workflow that a mapping names: `{workflow, issueTypes, defaultMapping}`. */
export function workflowMappings(at: Address, mapping: Mapping): Json[] {
  const ids = new Set([mapping.defaultWorkflow, ...Object.values(mapping.issueTypeMappings)]);
  return [...ids].map((id) => ({
    workflow: nameOf(at, id),
    issueTypes: Object.entries(mapping.issueTypeMappings).flatMap(([type, one]) =>
      one === id ? [type] : [],
    ),
    defaultMapping: id === mapping.defaultWorkflow,
  }));
}

/** `Today 6:38 PM`, in the reader's zone. */
function relative(at: Address, stored: string): string {
  const zone = at.me?.timeZone ?? TIME_ZONE;
  const local = (ms: number) => ms + offsetMs(ms, zone);
  const then = local(momentOf(stored) ?? 0);
  const days = Math.floor(local(at.world.now()) / DAY_MS) - Math.floor(then / DAY_MS);
  const date = new Date(then);
  const hours = date.getUTCHours();
  const time = `${hours % 12 || 12}:${String(date.getUTCMinutes()).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`;
  if (days === 0) return `Today ${time}`;
  if (days === 1) return `Yesterday ${time}`;
  const month = MONTHS[date.getUTCMonth()] ?? '';
  return `${String(date.getUTCDate()).padStart(2, '0')}/${month}/${String(date.getUTCFullYear()).slice(-2)} ${time}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

const metadata = (at: Address, id: string): Json => {
  const { name, description, version } = workflowNamed(at.world, id);
  return { id, name, description, version };
};

/** A scheme as `/workflowscheme/read` shows it. */
export function readSchemeView(at: Address, scheme: WorkflowScheme): Json {
  const byWorkflow = new Map<string, string[]>();
  for (const [type, workflow] of Object.entries(scheme.issueTypeMappings))
    byWorkflow.set(workflow, [...(byWorkflow.get(workflow) ?? []), type]);
  const taskId = runningMigration(at.world, scheme.id)?.id;
  return {
    id: scheme.id,
    name: scheme.name,
    description: scheme.description,
    ...(taskId === undefined ? {} : { taskId }),
    scope: scopeView(scheme.scope),
    version: scheme.version,
    defaultWorkflow: metadata(at, scheme.defaultWorkflow),
    workflowsForIssueTypes: [...byWorkflow].map(([workflow, issueTypeIds]) => ({
      workflow: metadata(at, workflow),
      issueTypeIds,
    })),
  };
}
