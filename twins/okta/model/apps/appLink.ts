/** What a user sees on their dashboard: a link per app that they are assigned to. */
import type { World } from '../../../../src/world/world.ts';
import { apps, appUsers } from '../../world.ts';
import type { User } from '../people/user.ts';
import type { App } from './app.ts';
import { linkName } from './app.ts';
import { appLogo } from './appLogo.ts';

/** Where a person's app begins, as their dashboard leads to it. */
export const launchAddress = (world: World, { id, name }: App): string =>
  `${world.base()}/home/${name}/${id}/${linkName(name)}`;

/**
 * Where an app's own sign-in begins: its page, or where it wants to be told that somebody comes. Undefined where it has
 * no such place.
 */
export function startOf(world: World, { settings, signOnMode }: App): string | undefined {
  const { url } = (settings.app ?? {}) as { url?: string };
  if (signOnMode === 'BOOKMARK' && url) return url;
  const start = (settings.oauthClient as { initiate_login_uri?: string } | undefined)?.initiate_login_uri;
  if (!start || !URL.canParse(start)) return undefined;
  const to = new URL(start);
  to.searchParams.set('iss', world.base());
  return to.href;
}

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
      linkUrl: launchAddress(world, app),
      logoUrl: appLogo(world, app).href,
      appName: app.name,
      appInstanceId: app.id,
      appAssignmentId: row.id,
      credentialsSetup: row.credentials !== null,
      hidden: false,
      sortOrder: i,
    }));
}
