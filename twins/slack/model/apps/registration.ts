/** Apps as they come into being: by a world file or by a manifest; in a workspace they are only once installed. */
import { DIGITS, HEX, shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { type App, apps } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';

/** What is said of a new app; ids and secrets are made for it. */
export type AppDraft = Omit<
  App,
  | 'id'
  | 'client_id'
  | 'client_secret'
  | 'signing_secret'
  | 'verification_token'
  | 'bot_id'
  | 'bot_user'
  | 'uninstalled'
  | 'deleted'
  | 'icon'
  | 'updated'
  | 'order'
>;

/** Makes an app that is not installed yet. */
export function register(world: World, draft: AppDraft): App {
  const order = world.next('slack.appOrder') - 1;
  const id = (prefix: string, purpose: string) =>
    shaped(world.drawFor(purpose, order, draft.name), prefix, 9, UPPER36);
  const app = id('A0', 'slack.app');
  const digits = (purpose: string) => world.drawFor(purpose, app).chars(DIGITS, 13);
  return world.insert(apps, {
    ...draft,
    id: app,
    client_id: `${digits('slack.clientTeam')}.${digits('slack.client')}`,
    ...secretsOf(world, app, 0),
    verification_token: world.drawFor('slack.verification', app).chars(UPPER36, 24),
    bot_id: id('B0', 'slack.bot'),
    bot_user: '',
    uninstalled: true,
    updated: seconds(world),
    order,
  });
}

/** An app's secrets; another `nth`, others. */
export const secretsOf = (world: World, app: string, nth: number) => ({
  client_secret: world.secret(['slack.clientSecret', app, nth], 32, HEX),
  signing_secret: world.secret(['slack.signing', app, nth], 32, HEX),
});
