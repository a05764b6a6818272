/** What lets an app search on behalf of who spoke to it: told with the event, given back with the search. https://docs.slack.dev/apis/web-api/real-time-search-api */
import { DIGITS, HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import type { App, Json } from '../../world.ts';

/** What an event says besides to an app that may search. */
export function searchPass(world: World, app: App, event: Json): Json {
  if (!app.scopes.includes('search:read.public')) return {};
  return { assistant_thread: { action_token: tokenFor(world, app.id, String(event.ts).replace('.', '')) } };
}

/** Was this token told to the app? */
export const isActionToken = (world: World, app: string, token: string): boolean =>
  token === tokenFor(world, app, token.split('.')[0] ?? '');

function tokenFor(world: World, app: string, said: string): string {
  const drawn = world.drawFor('slack.actionToken', app, said);
  return `${said}.${drawn.chars(DIGITS, 12)}.${drawn.chars(HEX, 32)}`;
}
