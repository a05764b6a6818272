/** `drives.list`: the shared drives of a viewer, or of a domain. https://developers.google.com/workspace/drive/api/guides/search-shareddrives */
import { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { groupsWith } from '../../identity/model/group.ts';
import { accounts } from '../../identity/world.ts';
import { type SharedDrive, sharedDrives } from '../world.ts';
import { roleOf, type Viewer } from './access.ts';
import {
  type Condition,
  compares,
  holdsAll,
  type Operator,
  parseCondition,
  type Term,
  timeOf,
} from './search/condition.ts';

const TIMES: readonly Operator[] = ['<=', '<', '=', '!=', '>', '>='];

const TERMS: Readonly<Record<string, Term>> = {
  createdTime: { operators: TIMES, value: 'time' },
  hidden: { operators: ['=', '!='], value: 'flag' },
  memberCount: { operators: TIMES, value: 'number' },
  name: { operators: ['contains', '=', '!='], value: 'text' },
  organizerCount: { operators: TIMES, value: 'number' },
};
/** Terms that only an administrator may search by. */
const COUNTS = new Set(['memberCount', 'organizerCount']);

/** By name. Throws `invalid` for a query that cannot be read, `queryRequiresAdminCredentials`, `noListTeamDrivesAdministratorPrivilege`. */
export function searchDrives(
  world: World,
  viewer: Viewer,
  q: string | null,
  asAdmin: boolean,
): Range<SharedDrive> {
  if (asAdmin && !world.get(accounts, viewer.email.toLowerCase())?.isAdmin)
    throw googleError('noListTeamDrivesAdministratorPrivilege');
  const condition = q
    ? parseCondition(q, (word) => (Object.hasOwn(TERMS, word) ? TERMS[word] : undefined))
    : undefined;
  if (condition && !asAdmin && counts(condition)) throw googleError('queryRequiresAdminCredentials');
  const rows = asAdmin ? world.list(sharedDrives, { index: 'name' }).toArray() : drivesOf(world, viewer);
  const found = rows.filter(
    (row) => !condition || holdsAll(condition, (leaf) => leaf.kind === 'test' && holds(row, viewer, leaf)),
  );
  return new Range(
    { scan: () => found.map((row) => [row.id, row] as const) },
    { orderBy: [{ by: (row) => row.name.toLowerCase() }] },
  );
}

/** Those that the viewer is a member of, by name or by a group. */
function drivesOf(world: World, viewer: Viewer): SharedDrive[] {
  const who = [viewer.email.toLowerCase(), ...groupsWith(world, viewer.email)];
  const found = new Map<string, SharedDrive>();
  for (const equals of who)
    for (const row of world.list(sharedDrives, { index: 'member', equals }))
      if (roleOf(world, row, viewer.email)) found.set(row.id, row);
  return [...found.values()];
}

const counts = (condition: Condition): boolean =>
  condition.kind === 'not'
    ? counts(condition.part)
    : condition.kind === 'test'
      ? COUNTS.has(condition.term)
      : condition.kind !== 'property' && condition.parts.some(counts);

function holds(
  row: SharedDrive,
  viewer: Viewer,
  { term, operator, value }: Extract<Condition, { kind: 'test' }>,
): boolean {
  switch (term) {
    case 'name': {
      const [name, text] = [row.name.toLowerCase(), String(value).toLowerCase()];
      return operator === 'contains' ? name.includes(text) : (name === text) === (operator === '=');
    }
    case 'hidden':
      return (row.hiddenBy.includes(viewer.email) === value) === (operator === '=');
    case 'createdTime':
      return compares(Date.parse(row.createdTime), operator, timeOf(String(value)));
    default: {
      const counted = row.permissions.filter((one) => term === 'memberCount' || one.role === 'organizer');
      return compares(counted.length, operator, Number(value));
    }
  }
}
