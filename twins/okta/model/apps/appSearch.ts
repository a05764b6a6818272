/** Lists of apps: all, by `q`, by `filter`. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { apiServices } from '../../world/integrations.ts';
import { appGroups, apps, appUsers } from '../../world.ts';
import { matcher } from '../search/match.ts';
import { comparisons, parseFilter } from '../search/parse.ts';
import type { App } from './app.ts';

/**
 * Apps by age. `q` begins the label or name; `filter` compares `id status name label credentials.signing.kid
 * settings.slo.enabled`, or names a user or group that the app is assigned to. Throws E0000031 for any other filter.
 */
export function findApps(world: World, q: string | null, filter: string | null): Range<App> {
  const start = q?.toLowerCase();
  const test = filter === null ? undefined : filterTest(world, filter);
  return world.list(apps, {
    where: (app) =>
      // The clients of API service integrations are no apps of the org.
      !world.get(apiServices, app.id) &&
      (!start || app.label.toLowerCase().startsWith(start) || app.name.toLowerCase().startsWith(start)) &&
      (!test || test(app)),
  });
}

const FILTERED: ReadonlySet<string> = new Set([
  'id',
  'status',
  'name',
  'label',
  'user.id',
  'group.id',
  'credentials.signing.kid',
  'settings.slo.enabled',
]);

function filterTest(world: World, text: string): (app: App) => boolean {
  const bad = () => refuse('E0000031');
  const filter = parseFilter(text, bad);
  for (const { attribute, operator } of comparisons(filter))
    if (!FILTERED.has(attribute) || operator !== 'eq') throw bad();
  const matches = matcher(filter);
  const asksForAssignments = comparisons(filter).some(({ attribute }) =>
    /^(user|group)\.id$/.test(attribute),
  );
  if (!asksForAssignments) return (app) => matches(app);
  return (app) =>
    matches({
      ...app,
      user: world.list(appUsers, { prefix: `${app.id}/` }).toArray(),
      group: world.list(appGroups, { prefix: `${app.id}/` }).toArray(),
    });
}
