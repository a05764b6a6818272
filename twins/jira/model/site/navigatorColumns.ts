/** What lists of issues show where nobody chose otherwise. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, missing } from '../../errors.ts';
import { FILTER_COLUMNS_MAX } from '../../limits.ts';
import { settings } from '../../world.ts';
import { fieldById } from '../fields/fields.ts';

const KEY = 'jira.issuenav.columns';
const NEW_SITE = [
  ...['issuetype', 'issuekey', 'summary', 'assignee', 'reporter', 'priority', 'status', 'resolution'],
  ...['created', 'updated', 'duedate'],
];

/** The site's own columns, as ids of fields. */
export function navigatorColumns(world: World): string[] {
  const kept = world.get(settings, KEY)?.value;
  return kept === undefined ? NEW_SITE : kept.split(',').filter(Boolean);
}

/** Sets them; none removes all. 404 for a field that is not there or cannot be shown. */
export function setNavigatorColumns(world: World, columns: readonly string[]): void {
  if (columns.length > FILTER_COLUMNS_MAX)
    throw badQuery(`There are more than ${FILTER_COLUMNS_MAX} columns.`);
  for (const one of columns)
    if (fieldById(world, one)?.navigable !== true)
      throw missing(`The field '${one}' is not a navigable field.`);
  world.put(settings, { key: KEY, value: columns.join(',') });
}
