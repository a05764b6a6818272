/**
 * The workflow that comes with a new project: its statuses, its transitions, and the scheme that ties it to the
 * project. As in Jira's own templates, going to a status of the category `done` resolves an issue and leaving it
 * takes the resolution away.
 */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import {
  type Ref,
  type Scope,
  type Status,
  statuses,
  type Transition,
  workflowSchemes,
} from '../../world.ts';
import { type CategoryKey, categoryId, DONE_RESOLUTION } from '../defaults.ts';
import { nextId } from '../ids.ts';
import { addWorkflow, firstVersion, plainTransition, rule } from './documents.ts';
import { SYSTEM_STATUS_IDS } from './systemWorkflow.ts';

export interface StatusPart {
  name: string;
  category: CategoryKey;
}

export interface ProjectWorkflowPart {
  /** The project's key, after which workflow and scheme are called. */
  key: string;
  /** The team-managed project that all of it belongs to. */
  scope?: Scope | undefined;
  statuses: readonly StatusPart[];
  /** Transitions by name; without `from` from anywhere. Where absent, one to every status from anywhere. */
  transitions?: readonly { name: string; from?: readonly string[]; to: string }[] | undefined;
}

/** Adds statuses, a workflow and a scheme; gives the scheme. Throws 422 for a status that is named and not there. */
export function addProjectWorkflow(world: World, part: ProjectWorkflowPart): Ref {
  const { key, scope } = part;
  const rows = part.statuses.map((one) => statusFor(world, one, scope));
  const workflow = addWorkflow(world, {
    name: part.transitions ? `Workflow for ${key}` : `Software Simplified Workflow for Project ${key}`,
    description: '',
    ...(scope ? { scope } : {}),
    statuses: rows.map(({ id }, i) => ({
      statusReference: id,
      layout: { x: 120 + 200 * i, y: -16 },
      properties: {},
      deprecated: false,
    })),
    startPointLayout: { x: -100, y: -16 },
    transitions: transitionsFor(world, part, rows),
  });
  const scheme = world.insert(workflowSchemes, {
    id: nextId(world, 'workflowScheme'),
    name: part.transitions ? `${key}: Workflow Scheme` : `${key}: Software Simplified Workflow Scheme`,
    description: '',
    ...(scope ? { scope } : {}),
    version: firstVersion(world),
    defaultWorkflow: workflow.id,
    issueTypeMappings: {},
  });
  return { id: scheme.id };
}

/** A status of this name: the site's own for a company-managed project, else a new one. */
function statusFor(world: World, { name, category }: StatusPart, scope: Scope | undefined): Status {
  const statusCategory = { id: categoryId(category) };
  if (!scope)
    for (const row of world.list(statuses, { index: 'name', equals: name.toLowerCase() })) {
      if (row.scope) continue;
      // Jira's own five statuses may be given another category before anybody uses them.
      const other = SYSTEM_STATUS_IDS.has(row.id) && row.statusCategory.id !== statusCategory.id;
      return other ? world.update(statuses, row.id, { statusCategory }) : row;
    }
  return world.insert(statuses, {
    id: nextId(world, 'status'),
    name,
    description: '',
    statusCategory,
    ...(scope ? { scope } : {}),
  });
}

function transitionsFor(world: World, part: ProjectWorkflowPart, rows: readonly Status[]): Transition[] {
  const at = (name: string): Status => {
    const found = rows[part.statuses.findIndex((one) => one.name.toLowerCase() === name.toLowerCase())];
    if (found) return found;
    const message = `jira: the workflow of ${part.key} has no status called ${name}`;
    throw new ApiError({ name: 'invalid-world', status: 422, message });
  };
  const resolves = (to: Status) => {
    const value = to.statusCategory.id === categoryId('done') ? DONE_RESOLUTION : '';
    return [rule(world, 'system:update-field', { field: 'resolution', mode: 'replace', value })];
  };
  const begin = { id: '1', name: 'Create', type: 'INITIAL' } as const;
  const first = plainTransition({ ...begin, ...(rows[0] ? { toStatusReference: rows[0].id } : {}) });
  const wanted = part.transitions ?? part.statuses.map(({ name }) => ({ name, to: name }));
  return [
    first,
    ...wanted.map((one: { name: string; from?: readonly string[]; to: string }, i) => {
      const links = (one.from ?? []).map((name) => ({ fromStatusReference: at(name).id }));
      return plainTransition({
        id: String(11 + 10 * i),
        type: links.length > 0 ? 'DIRECTED' : 'GLOBAL',
        name: one.name,
        toStatusReference: at(one.to).id,
        links,
        actions: resolves(at(one.to)),
      });
    }),
  ];
}
