/** Values that a query may compare a field with, as one types them. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';

import {
  components,
  filters,
  issues,
  issueTypes,
  priorities,
  resolutions,
  sprints,
  statuses,
  type User,
  versions,
} from '../../world.ts';
import { STATUS_CATEGORIES } from '../defaults.ts';
import { optionsOfField } from '../fields/options.ts';
import { sees } from '../filters/sharing.ts';
import { findUsers } from '../people/people.ts';
import { browsableProjects } from '../permissions/may.ts';
import { emboldened } from '../text/emboldened.ts';
import { encoded } from './encode.ts';
import type { ValueType } from './field.ts';
import { fieldNamed, type NamedField } from './fieldNamed.ts';

export interface Suggestion {
  /** As it stands in a query. */
  value: string;
  /** For people: what was typed stands in bold. */
  displayName: string;
}

/** How many are suggested at once. */
const SUGGESTIONS_MAX = 15;

interface Candidate {
  value: string;
  shown: string;
}

/** Values of a field that hold what was typed; all (of the first) for nothing. 400 for a field that is not there. */
export function suggestionsFor(
  world: World,
  me: User | undefined,
  name: string,
  typed: string,
): Suggestion[] {
  const named = fieldNamed(world, name);
  if (!named) throw badQuery(`Field '${name}' does not exist or you do not have permission to view it.`);
  const lower = typed.toLowerCase();
  const found = candidates(world, me, named, typed).filter((one) => one.shown.toLowerCase().includes(lower));
  const unique = new Map(found.map((one) => [one.value.toLowerCase(), one]));
  return [...unique.values()]
    .slice(0, SUGGESTIONS_MAX)
    .map(({ value, shown }) => ({ value: encoded(value), displayName: emboldened(shown, lower) }));
}

function candidates(
  world: World,
  me: User | undefined,
  { id, field }: NamedField,
  typed: string,
): Candidate[] {
  if (field.type === 'option')
    return optionsOfField(world, id).map((option) => ({ value: option.value, shown: option.value }));
  return NAMED[field.type]?.(world, me, typed) ?? [];
}

const plain = (names: readonly string[]): Candidate[] => names.map((name) => ({ value: name, shown: name }));
const names = (rows: Iterable<{ name: string }>): Candidate[] => plain([...rows].map((row) => row.name));

/** Rows of a project that the person may see. */
function inSight(world: World, me: User | undefined): (row: { projectId: string }) => boolean {
  const open = new Set(browsableProjects(world, me).map((project) => project.id));
  return (row) => open.has(row.projectId);
}

const NAMED: Partial<Record<ValueType, (world: World, me: User | undefined, typed: string) => Candidate[]>> =
  {
    user: (world, me, typed) =>
      me
        ? findUsers(world, typed)
            .filter((user) => user.active)
            .map((user) => ({ value: user.accountId, shown: `${user.displayName} - ${user.emailAddress}` }))
        : [],
    project: (world, me) =>
      browsableProjects(world, me).map((row) => ({ value: row.name, shown: `${row.name} (${row.key})` })),
    status: (world) => names(world.list(statuses)),
    statusCategory: () => plain(STATUS_CATEGORIES.map((each) => each.name)),
    priority: (world) => names(world.list(priorities)),
    resolution: (world) => [{ value: 'Unresolved', shown: 'Unresolved' }, ...names(world.list(resolutions))],
    issueType: (world) => names(world.list(issueTypes)),
    version: (world, me) => names(world.list(versions, { where: inSight(world, me) })),
    component: (world, me) => names(world.list(components, { where: inSight(world, me) })),
    sprint: (world) => names(world.list(sprints)),
    filter: (world, me) => names(world.list(filters, { where: (row) => sees(world, me, row) })),
    label: (world, _, typed) => plain(labelsBeginning(world, typed.toLowerCase())),
  };

/** Labels by which issues are found. */
function labelsBeginning(world: World, typed: string): string[] {
  const found: string[] = [];
  for (const [term] of world.postings(issues, 'facets').beginning(`labels=${typed}`)) {
    const label = term.slice('labels='.length);
    if (label !== '') found.push(label);
    if (found.length >= SUGGESTIONS_MAX) break;
  }
  return found;
}
