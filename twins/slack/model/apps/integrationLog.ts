/** Which apps came into the workspace and went. https://docs.slack.dev/reference/methods/team.integrationLogs */
import type { World } from '../../../../src/world/world.ts';
import { type App, type Json, type User, users } from '../../world.ts';

/** What logs are asked for: of an app, of a kind of change, of what one user did. */
export interface IntegrationQuery {
  app: string | undefined;
  change: string | undefined;
  user: string | undefined;
}

/** Is there an entry of this app among those asked for? Apps that never came have none. */
export function isLogged(world: World, app: App, asked: IntegrationQuery): boolean {
  if (app.bot_user === '') return false;
  if (asked.app !== undefined && asked.app !== app.id) return false;
  if (asked.change !== undefined && asked.change !== changeOf(app)) return false;
  return asked.user === undefined || asked.user === actorOf(world, app)?.id;
}

/** The last that happened to an app. */
export function integrationView(world: World, app: App): Json {
  const by = actorOf(world, app);
  return {
    user_id: by?.id ?? '',
    user_name: by?.name ?? '',
    date: String(app.updated),
    change_type: changeOf(app),
    app_type: app.name,
    app_id: app.id,
    scope: app.scopes.join(','),
  };
}

const changeOf = (app: App): string => (app.uninstalled ? 'removed' : 'added');

/** Who owns the app, else who owns the workspace. */
const actorOf = (world: World, app: App): User | undefined =>
  app.owner === undefined
    ? world.list(users, { index: 'roll', prefix: '1' }).first()
    : world.get(users, app.owner);
