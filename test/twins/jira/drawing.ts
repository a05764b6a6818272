/** A project whose workflow a test draws: To Do, Doing and Done, with the transitions that it says. */
import type { Answer, TestSite } from './site.ts';

export const TODO = 'todo';
export const DOING = 'doing';
export const DONE = 'done';

/** A transition of a drawing: its name, where it leads, and what else the API takes. */
export interface Drawn {
  name: string;
  to?: string;
  from?: string[];
  [more: string]: unknown;
}

export interface Drawing {
  workflow: Record<string, unknown> & { id: string; version: object; transitions: { id: string }[] };
  statuses: { id: string; name: string }[];
  /** Ids of TODO, DOING and DONE. */
  ids: Record<string, string>;
  /** A new issue's key. */
  issue(fields?: Record<string, unknown>): Promise<string>;
  /** The names of the transitions that the caller is offered. */
  offered(key: string): Promise<unknown>;
  /** Does the transition of this name. */
  move(key: string, name: string, more?: Record<string, unknown>): Promise<Answer>;
  field(key: string, name: string): Promise<unknown>;
}

const STATUSES = [
  { name: 'Wanted', statusCategory: 'TODO', statusReference: TODO },
  { name: 'Doing', statusCategory: 'IN_PROGRESS', statusReference: DOING },
  { name: 'Finished', statusCategory: 'DONE', statusReference: DONE },
];

/** The transitions as the API takes them; ids 11, 21, 31 … and 1 for the first. */
export const asSent = (transitions: readonly Drawn[]): Record<string, unknown>[] => [
  { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: TODO },
  ...transitions.map(({ name, to, from = [], ...more }, i) => ({
    id: String(11 + 10 * i),
    type: from.length > 0 ? 'DIRECTED' : 'GLOBAL',
    name,
    ...(to === undefined ? {} : { toStatusReference: to }),
    links: from.map((fromStatusReference) => ({ fromStatusReference })),
    ...more,
  })),
];

/** Draws the workflow of the project ENG, whose planted issues go first; a scheme of its own takes it in. */
export async function draw(
  site: TestSite,
  transitions: readonly Drawn[],
  properties: Readonly<Record<string, Record<string, string>>> = {},
): Promise<Drawing> {
  const api = '/rest/api/3';
  const made = await site.call('POST', `${api}/workflows/create`, {
    scope: { type: 'GLOBAL' },
    statuses: STATUSES,
    workflows: [
      {
        name: 'Drawn',
        statuses: STATUSES.map(({ statusReference }) => ({
          statusReference,
          properties: properties[statusReference] ?? {},
        })),
        transitions: asSent(transitions),
      },
    ],
  });
  if (made.status !== 200) throw new Error(JSON.stringify(made.body));
  const workflow = made.get('workflows.0') as Drawing['workflow'];
  const statuses = made.get('statuses') as Drawing['statuses'];
  for (const key of ['ENG-1', 'ENG-2', 'ENG-3']) await site.call('DELETE', `${api}/issue/${key}`);
  const scheme = await site.call('POST', `${api}/workflowscheme`, {
    name: 'Drawn',
    defaultWorkflow: 'Drawn',
  });
  const project = await site.call('GET', `${api}/project/ENG`);
  const assigned = await site.call('PUT', `${api}/workflowscheme/project`, {
    projectId: project.get('id'),
    workflowSchemeId: String(scheme.get('id')),
  });
  if (assigned.status !== 204) throw new Error(JSON.stringify(assigned.body));
  const idOf = (name: string) => statuses.find((one) => one.name === name)?.id ?? '';
  const id = (name: string) => String(11 + 10 * transitions.findIndex((one) => one.name === name));
  return {
    workflow,
    statuses,
    ids: { [TODO]: idOf('Wanted'), [DOING]: idOf('Doing'), [DONE]: idOf('Finished') },
    issue: (fields = {}) => site.issue(fields),
    offered: async (key) =>
      (await site.call('GET', `${api}/issue/${key}/transitions`)).get('transitions.*.name'),
    move: (key, name, more = {}) =>
      site.call('POST', `${api}/issue/${key}/transitions`, { transition: { id: id(name) }, ...more }),
    field: async (key, name) => (await site.call('GET', `${api}/issue/${key}`)).get(`fields.${name}`),
  };
}
