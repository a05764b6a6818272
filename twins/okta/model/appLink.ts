/** What a user sees on their dashboard: a link per app that they are assigned to. */
import type { World } from '../../../src/world/world.ts';
import { apps, appUsers } from '../world.ts';
import type { App } from './app.ts';
import { linkName } from './app.ts';
import { appLogo } from './appLogo.ts';
import type { User } from './user.ts';

/** The links of a user, by app. */
export function appLinksOf(world: World, user: User): Record<string, unknown>[] {
  return world
    .list(appUsers, { index: 'user', equals: user.id })
    .toArray()
    .map((row) => ({ row, app: world.get(apps, row.appId) }))
    .filter((one): one is { row: typeof one.row; app: App } => one.app?.status === 'ACTIVE')
    .map(({ row, app }, i) => ({
      id: `${row.id.slice(0, 3)}${app.id.slice(3)}`,
      label: app.label,
      linkUrl: `${world.base()}/home/${app.name}/${app.id}/${linkName(app.name)}`,
      logoUrl: appLogo(world, app).href,
      appName: app.name,
      appInstanceId: app.id,
      appAssignmentId: row.id,
      credentialsSetup: row.credentials !== null,
      hidden: false,
      sortOrder: i,
    }));
}
